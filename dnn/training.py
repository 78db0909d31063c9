"""The loop: forward, backward, step, for every batch of every epoch.

A :class:`Run` is a value: ``advance(run, epochs)`` gives a later run and leaves the earlier one as it was.
``advance(run, a + b)`` equals ``advance(advance(run, a), b)`` to the last bit, because the order of the examples in an
epoch comes from the seed and the epoch's number alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.experiment import WEIGHTS, Experiment
from dnn.history import COLUMNS, History
from dnn.hyperparameters import Hyperparameters
from dnn.kinds import Array
from dnn.network import init_params
from dnn.params import Layer, Params
from dnn.run import Best, Measure, Run
from dnn.workspace import Workspace


def start(
    experiment: Experiment,
    *,
    data: Data | None = None,
    params: Sequence[Layer] | None = None,
    history_limit: int | None = None,
    measure: Measure = "examples",
) -> Run:
    """A run of ``experiment`` before its first update.

    ``data`` replaces the data that the experiment would make; ``params``, ``[(W, b), ...]`` with W (n_in, n_out) and
    b (n_out,), replaces its starting weights. ``history_limit`` bounds the rows that the history keeps.
    ``measure`` says what the history's train cost is: the cost of all training "examples" after each epoch, or, which
    costs no pass of its own, the mean of the epoch's "batches", each before its update and with penalties, as
    scikit-learn has it (then row 0 and the train accuracy are NaN).
    Raises InvalidParams where ``params`` do not fit the experiment's layers, InvalidSetting where the loss is not for
    such data.
    """
    data = experiment.make_data() if data is None else data
    network, dtype = experiment.make_network(data), np.dtype(experiment.training.dtype)
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
    if params is None:
        rng = np.random.default_rng([experiment.seed, WEIGHTS, experiment.draw])
        weights = init_params(sizes, experiment.network.initializer, rng, dtype, experiment.network.bias_initializer)
    else:
        weights = Params.of(params, dtype)
        if weights.sizes != sizes:
            raise InvalidParams(f"params are for layers {weights.sizes}; this experiment has layers {sizes}")
    state = experiment.training.optimizer.init(weights.vector)
    history = History(len(weights), history_limit)
    run = Run(experiment, data, network, weights, state, history, {}, measure=measure)
    space, given = _workspace([run]), _hyperparameters([run])
    with np.errstate(all="ignore"):
        row = _rows(space, 0, given.rates(0))
    fine = _finite(space, row)[0]
    run = replace(run, history=run.history.extended(row), latest=_named(row[0]), _spare=[space])
    return run if fine else replace(run, stopped=_TOO_LARGE, diverged=True)


def advance(run: Run, epochs: int) -> Run:
    """``run`` after ``epochs`` more epochs; a run that has stopped stays as it is.

    Stops at the last finite state where the cost or a parameter becomes NaN or infinite: see ``Run.stopped``.
    """
    if epochs < 0:
        raise ValueError(f"epochs is {epochs}; it must be 0 or more")
    return run if run.stopped or epochs == 0 else _lockstep([run], epochs)[0]


def train(
    experiment: Experiment,
    *,
    epochs: int,
    every: int = 1,
    data: Data | None = None,
    params: Sequence[Layer] | None = None,
) -> Iterator[Run]:
    """Runs at epoch 0, ``every``, 2·``every``, … ``epochs``; ends early after a run that has stopped."""
    if every < 1:
        raise ValueError(f"every is {every}; it must be 1 or more")
    run = start(experiment, data=data, params=params)
    yield run
    while run.epoch < epochs and not run.stopped:
        run = advance(run, min(every, epochs - run.epoch))
        yield run


def advance_many(runs: Sequence[Run], epochs: int) -> list[Run]:
    """``[advance(run, epochs) for run in runs]``, but runs that can share arrays are trained in lockstep.

    Runs share arrays when they are at the same epoch and have the same layer sizes, activations, loss, kind of
    optimiser, precision, batch size and numbers of examples; data, seeds, weights, the optimiser's constants, learning
    rate, schedule, penalties, dropout, clipping and early stopping are each run's own.
    A run that stops or diverges neither stops nor changes the others.
    """
    if epochs < 0:
        raise ValueError(f"epochs is {epochs}; it must be 0 or more")
    groups: dict[object, list[int]] = {}
    for index, run in enumerate(runs):
        alone = run.stopped or epochs == 0
        groups.setdefault(index if alone else _shape(run), []).append(index)
    advanced = list(runs)
    for members in groups.values():
        group = [runs[index] for index in members]
        if len(group) == 1:
            advanced[members[0]] = advance(group[0], epochs)
            continue
        for index, run in zip(members, _lockstep(group, epochs), strict=True):
            advanced[index] = run
    return advanced


def _shape(run: Run) -> tuple[object, ...]:
    training, data = run.experiment.training, run.data
    sizes = (data.n_train, data.X.shape, data.weights is None)
    kinds = (run.network, type(training.optimizer), training.dtype, run.measure)
    return run.epoch, run.params.sizes, kinds, _batch_size(run), sizes


def _batch_size(run: Run) -> int:
    return min(run.experiment.training.batch_size or run.data.n_train, run.data.n_train)


def _lockstep(runs: Sequence[Run], epochs: int) -> list[Run]:
    """Advance runs of one shape together. A single run goes without the runs axis, through the same lines."""
    many = len(runs) > 1
    space, given = _workspace(runs), _hyperparameters(runs)
    states = zip(*(run.state for run in runs), strict=True)
    state = tuple(np.stack(arrays) if many else arrays[0].copy() for arrays in states)
    histories, bests = [run.history for run in runs], [_first_best(run) for run in runs]
    epoch, last = runs[0].epoch, runs[0].epoch + epochs
    healthy, impatient = np.ones(len(runs), bool), False
    rows = before = np.array([[*run.latest.values()] for run in runs])
    with np.errstate(all="ignore"):  # overflow is looked for below, once an epoch
        while epoch < last and healthy.all() and not impatient:
            state = space.train_epoch(epoch, given, state)
            epoch += 1
            before, rows = rows, _rows(space, epoch, given.rates(epoch))
            healthy = _finite(space, rows)
            histories = [
                history.extended(row[None]) if history.wants(epoch) and fine else history
                for history, row, fine in zip(histories, rows, healthy, strict=True)
            ]
            if any(bests):
                vectors = space.params.vector.reshape(len(runs), -1)
                bests = [_better(*each, epoch) for each in zip(runs, bests, rows, vectors, strict=True)]
                impatient = any(_ran_out(run, best, epoch) for run, best in zip(runs, bests, strict=True))
        if not healthy.all():
            broken = ~healthy if many else slice(None)
            space.params.vector[broken] = space.before[broken]
            rows[~healthy, : before.shape[1]] = before[~healthy]
    advanced = []
    for index, (run, best) in enumerate(zip(runs, bests, strict=True)):
        params = space.params.run(index) if many else space.params.copy()
        mine = tuple(array[index].copy() for array in state) if many else state
        later = replace(run, params=params, state=mine, history=histories[index], latest=_named(rows[index]), best=best)
        if not healthy[index]:
            reset, reason = (
                given.trainings[index].optimizer.init(params.vector),
                _reason(epoch, given.rates(epoch - 1)[index]),
            )
            later = replace(later, epoch=epoch - 1, state=reset, stopped=reason, diverged=True)
        elif best is not None and _ran_out(run, best, epoch):
            params = Params(params.sizes, best.vector)
            reset = given.trainings[index].optimizer.init(params.vector)
            later = replace(
                later, epoch=epoch, params=params, latest=best.latest, state=reset, stopped=_enough(run, best)
            )
        else:
            later = replace(later, epoch=epoch, _spare=[] if many else [space])
        advanced.append(later)
    return advanced if epoch == last else advance_many(advanced, last - epoch)


def _first_best(run: Run) -> Best | None:
    if run.experiment.training.patience is None:
        return None
    return run.best or Best.at(run.epoch, run.latest, run.params.vector)


def _better(run: Run, best: Best | None, row: Array, vector: Array, epoch: int) -> Best | None:
    if best is None:
        return None
    return best.or_better(Best.at(epoch, _named(row), vector), run.experiment.training.min_improvement)


def _ran_out(run: Run, best: Best | None, epoch: int) -> bool:
    patience = run.experiment.training.patience
    return best is not None and patience is not None and epoch - best.epoch >= patience


_TOO_LARGE = (
    "Diverged in epoch 0: the starting weights already give an infinite cost, or one that is not a number. "
    "Try smaller starting weights or fewer layers, then reset."
)


def _reason(epoch: int, learning_rate: float) -> str:
    return (
        f"Diverged in epoch {epoch}: the cost or a weight became infinite or not a number. Shown is epoch {epoch - 1}, "
        f"the last with finite numbers. Try a learning rate smaller than {learning_rate:g}, then reset."
    )


def _enough(run: Run, best: Best) -> str:
    patience, part = run.experiment.training.patience, "train" if np.isnan(best.latest["test_cost"]) else "test"
    return (
        f"Stopped early: for {patience} epochs the {part} cost was not better than {best.cost:.4g}, that of epoch "
        f"{best.epoch}. Its weights are back."
    )


def _hyperparameters(runs: Sequence[Run]) -> Hyperparameters:
    vector = runs[0].params.vector
    return Hyperparameters([run.experiment.training for run in runs], len(runs[0].params) - 1, vector.dtype)


def _workspace(runs: Sequence[Run]) -> Workspace:
    """Buffers with the parameters of ``runs`` in them: those that a single run was handed, if they still fit."""
    first, batch_size, batch_costs = runs[0], _batch_size(runs[0]), runs[0].measure == "batches"
    hidden = range(len(first.params) - 1)
    shares = [run.experiment.training.dropout_of(len(hidden)) for run in runs]
    dropped = frozenset(layer for layer in hidden if any(of_run[layer] for of_run in shares))
    params = first.params
    if len(runs) == 1:
        try:
            space = first._spare.pop()  # one atomic step: two threads never get the same buffers
        except IndexError:
            space = None
        if space is not None and (space.batch_size, space.dropped) == (batch_size, dropped):
            space.params.vector[:] = params.vector
            return space
    else:
        params = Params(params.sizes, np.stack([run.params.vector for run in runs]))
    data, seeds = [run.data for run in runs], [run.experiment.seed for run in runs]
    return Workspace(params, first.network, data, batch_size, seeds, dropped, batch_costs=batch_costs)


def _rows(space: Workspace, epoch: int, rates: Array) -> Array:
    """A history row for each run, (R, columns); gradients of the last update, at epoch 0 of all examples."""
    norms = np.atleast_2d(space.gradients.layer_norms() if epoch else space.full_gradient_norms())
    rows = np.empty((len(rates), len(COLUMNS) + norms.shape[1]))
    rows[:, 0] = epoch
    for column, values in enumerate(space.evaluate(), start=1):
        rows[:, column] = values
    if space.batch_costs:
        rows[:, COLUMNS.index("train_cost")] = space.epoch_cost if epoch else np.nan
    rows[:, len(COLUMNS) - 1] = rates
    rows[:, len(COLUMNS) :] = norms
    return rows


def _finite(space: Workspace, rows: Array) -> npt.NDArray[np.bool]:
    """Whether each run's parameters and train cost are finite, (R,)."""
    costs = rows[:, COLUMNS.index("train_cost")]
    unmeasured = space.batch_costs & (rows[:, 0] == 0)
    fine: npt.NDArray[np.bool] = np.isfinite(space.params.vector).all(axis=-1) & (np.isfinite(costs) | unmeasured)
    return fine


def _named(row: Array) -> dict[str, float]:
    return dict(zip(COLUMNS, map(float, row), strict=False))
