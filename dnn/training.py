"""The loop: forward, backward, step, for every batch of every epoch.

A :class:`Run` is a value: ``advance(run, epochs)`` gives a later run and leaves the earlier one as it was.
``advance(run, a + b)`` equals ``advance(advance(run, a), b)`` to the last bit, because the order of the examples in an
epoch comes from the seed and the epoch's number alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.experiment import WEIGHTS, Experiment
from dnn.history import COLUMNS, History
from dnn.kinds import Array
from dnn.network import Network, forward, init_params
from dnn.optimizers import State
from dnn.params import Layer, Params
from dnn.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Run:
    """A network after ``epoch`` epochs of training, and how it got there.

    ``params`` are its weights and biases, ``history`` its costs, ``stopped`` a sentence saying why it cannot go on, or
    empty while it can.
    """

    experiment: Experiment
    data: Data
    network: Network
    params: Params
    state: State
    history: History
    latest: dict[str, float]  # the history row of this very epoch, by column name
    epoch: int = 0
    stopped: str = ""
    _spare: list[Workspace] = field(default_factory=list, repr=False)  # buffers, handed on to the next run

    def predict_proba(self, X: object) -> Array:
        """P(class) for examples ``X`` (m, n_in): (m, 2), or (m, K) for K classes. For regression the outputs (m, K)."""
        with np.errstate(all="ignore"):  # far from the examples large weights may overflow
            output = forward(self.params, np.asarray(X, self.params.vector.dtype), self.network).output
        return np.hstack([1.0 - output, output]) if self.data.task == "binary" else output

    def predict(self, X: object) -> Array:
        """Class number of each example, (m,): the likeliest, 1 if above 0.5. For regression the outputs (m, K)."""
        output = self.predict_proba(X)
        return output if self.data.task == "regression" else output.argmax(axis=1)

    def retuned(self, experiment: Experiment) -> Run:
        """This run, to go on under ``experiment``: another learning rate, batch size, penalty or optimiser.

        Raises ValueError where data, network, loss, precision or seeds differ: that is another run, to start afresh.
        """
        if not experiment.continues(self.experiment):
            raise ValueError("the experiment has another start (data, network, loss, precision or seed)")
        before, after = self.experiment.training.optimizer, experiment.training.optimizer
        state = self.state if type(before) is type(after) else after.init(self.params.vector)
        return replace(self, experiment=experiment, state=state, stopped="")


def start(
    experiment: Experiment,
    *,
    data: Data | None = None,
    params: Sequence[Layer] | None = None,
    history_limit: int | None = None,
) -> Run:
    """A run of ``experiment`` before its first update.

    ``data`` replaces the data that the experiment would make; ``params``, ``[(W, b), ...]`` with W (n_in, n_out) and
    b (n_out,), replaces its starting weights. ``history_limit`` bounds the rows that the history keeps.
    Raises InvalidParams where ``params`` do not fit the experiment's layers.
    """
    data = experiment.make_data() if data is None else data
    network, dtype = experiment.make_network(data), np.dtype(experiment.training.dtype)
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
    if params is None:
        rng = np.random.default_rng([experiment.seed, WEIGHTS, experiment.draw])
        weights = init_params(sizes, experiment.network.initializer, rng, dtype)
    else:
        weights = Params.of(params, dtype)
        if weights.sizes != sizes:
            raise InvalidParams(f"params are for layers {weights.sizes}; this experiment has layers {sizes}")
    state = experiment.training.optimizer.init(weights.vector)
    run = Run(experiment, data, network, weights, state, History(len(weights), history_limit), {})
    space = _workspace([run])
    with np.errstate(all="ignore"):
        row = _rows(space, 0, np.array([experiment.training.learning_rate]))
    stopped = "" if np.isfinite(row[0, COLUMNS.index("train_cost")]) else _TOO_LARGE
    return replace(run, history=run.history.extended(row), latest=_named(row[0]), stopped=stopped, _spare=[space])


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

    Runs share arrays when they are at the same epoch and have the same layer sizes, activations, loss, optimiser,
    precision, batch size and numbers of examples; data, seeds, weights, learning rate and penalties are each run's own.
    A run that diverges neither stops nor changes the others.
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
    training, sizes = run.experiment.training, (run.data.n_train, run.data.X.shape)
    return run.epoch, run.params.sizes, run.network, training.optimizer, training.dtype, _batch_size(run), sizes


def _batch_size(run: Run) -> int:
    return min(run.experiment.training.batch_size or run.data.n_train, run.data.n_train)


def _lockstep(runs: Sequence[Run], epochs: int) -> list[Run]:
    """Advance runs of one shape together. A single run goes without the runs axis, through the same lines."""
    many = len(runs) > 1
    space = _workspace(runs)
    trainings = [run.experiment.training for run in runs]
    rates, penalties = np.array([t.learning_rate for t in trainings]), np.array([t.l2 for t in trainings])
    column = space.params.vector.dtype.type
    rate, l2 = (values[:, None].astype(column) if many else float(values[0]) for values in (rates, penalties))
    state = tuple(np.stack(arrays) for arrays in zip(*(r.state for r in runs), strict=True)) if many else runs[0].state
    histories, epoch, last = [run.history for run in runs], runs[0].epoch, runs[0].epoch + epochs
    optimizer, healthy = trainings[0].optimizer, np.ones(len(runs), bool)
    rows: Array = np.empty((len(runs), 0))
    with np.errstate(all="ignore"):  # overflow is looked for below, once an epoch
        while epoch < last and healthy.all():
            state = space.train_epoch(epoch, optimizer, state, rate, l2)
            epoch += 1
            healthy = np.atleast_1d(np.isfinite(space.params.vector).all(axis=-1))
            rows = _rows(space, epoch, rates)
            healthy &= np.isfinite(rows[:, COLUMNS.index("train_cost")])
            histories = [
                history.extended(row[None]) if history.wants(epoch) and fine else history
                for history, row, fine in zip(histories, rows, healthy, strict=True)
            ]
        if not healthy.all():
            broken = ~healthy if many else slice(None)
            space.params.vector[broken] = space.before[broken]
            rows[~healthy] = _rows(space, epoch - 1, rates)[~healthy]
    advanced = []
    for index, run in enumerate(runs):
        params = space.params.run(index) if many else space.params.copy()
        mine = tuple(array[index].copy() for array in state) if many else state
        later = replace(run, params=params, state=mine, history=histories[index], latest=_named(rows[index]))
        if healthy[index]:
            later = replace(later, epoch=epoch, _spare=[] if many else [space])
        else:
            reset = optimizer.init(params.vector)
            later = replace(later, epoch=epoch - 1, state=reset, stopped=_reason(epoch, trainings[index].learning_rate))
        advanced.append(later)
    return advanced if epoch == last else advance_many(advanced, last - epoch)


_TOO_LARGE = (
    "Diverged in epoch 0: the starting weights already give an infinite cost, or one that is not a number. "
    "Try smaller starting weights or fewer layers, then reset."
)


def _reason(epoch: int, learning_rate: float) -> str:
    return (
        f"Diverged in epoch {epoch}: the cost or a weight became infinite or not a number. Shown is epoch {epoch - 1}, "
        f"the last with finite numbers. Try a learning rate smaller than {learning_rate:g}, then reset."
    )


def _workspace(runs: Sequence[Run]) -> Workspace:
    """Buffers with the parameters of ``runs`` in them: those that a single run was handed, if they still fit."""
    first, batch_size = runs[0], _batch_size(runs[0])
    if len(runs) == 1:
        try:
            space = first._spare.pop()  # one atomic step: two threads never get the same buffers
        except IndexError:
            space = None
        if space is None or space.batch_size != batch_size:
            return Workspace(first.params, first.network, [first.data], batch_size, [first.experiment.seed])
        space.params.vector[:] = first.params.vector
        return space
    stacked = Params(first.params.sizes, np.stack([run.params.vector for run in runs]))
    seeds = [run.experiment.seed for run in runs]
    return Workspace(stacked, first.network, [run.data for run in runs], batch_size, seeds)


def _rows(space: Workspace, epoch: int, rates: Array) -> Array:
    """A history row for each run, (R, columns); gradients of the last update, at epoch 0 of all examples."""
    norms = np.atleast_2d(space.gradients.layer_norms() if epoch else space.full_gradient_norms())
    rows = np.empty((len(rates), len(COLUMNS) + norms.shape[1]))
    rows[:, 0] = epoch
    for column, values in enumerate(space.evaluate(), start=1):
        rows[:, column] = values
    rows[:, len(COLUMNS) - 1] = rates
    rows[:, len(COLUMNS) :] = norms
    return rows


def _named(row: Array) -> dict[str, float]:
    return dict(zip(COLUMNS, map(float, row), strict=False))
