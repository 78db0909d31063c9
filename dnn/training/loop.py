"""The loop over epochs, for one run or for R of one shape in lockstep: train, measure, and see who must stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.messages import Message
from dnn.params import Params
from dnn.training.history import COLUMNS
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.run import Best, Run
from dnn.training.workspace import Workspace


def together(runs: Sequence[Run], epochs: int) -> list[Run]:
    """Each of ``runs`` after ``epochs`` more epochs: those of one shape in lockstep, those that stopped as they are."""
    groups: dict[object, list[int]] = {}
    for index, run in enumerate(runs):
        if epochs and not run.stopped and run.data.n_train:
            groups.setdefault(_shape(run), []).append(index)
    advanced = list(runs)
    for members in groups.values():
        for index, run in zip(members, _lockstep([runs[index] for index in members], epochs), strict=True):
            advanced[index] = run
    return advanced


def _shape(run: Run) -> tuple[object, ...]:
    training, data = run.experiment.training, run.data
    sizes = (data.n_train, data.X.shape, data.weights is None, run.frozen is None)
    kinds = (run.network, type(training.optimizer), training.dtype, run.measure)
    return run.epoch, run.batch, run.params.sizes, kinds, batch_size_of(run), sizes


def batch_size_of(run: Run) -> int:
    """Examples in each of its updates but an epoch's last."""
    return min(run.experiment.training.batch_size or run.data.n_train, run.data.n_train)


def updates_of(run: Run) -> int:
    """Updates in each of its epochs."""
    return -(-run.data.n_train // max(1, batch_size_of(run)))


def _lockstep(runs: Sequence[Run], epochs: int) -> list[Run]:
    """Advance runs of one shape together. A single run goes without the runs axis, through the same lines."""
    many = len(runs) > 1
    space, given = workspace_of(runs), hyperparameters_of(runs)
    states = zip(*(run.state for run in runs), strict=True)
    state = tuple(np.stack(arrays) if many else arrays[0].copy() for arrays in states)
    histories, bests = [run.history for run in runs], [first_best(run) for run in runs]
    epoch, last = runs[0].epoch, runs[0].epoch + epochs
    healthy, impatient = np.ones(len(runs), bool), False
    rows = before = np.array([[*run.latest.values()] for run in runs])
    with np.errstate(all="ignore"):  # overflow is looked for below, once an epoch
        while epoch < last and healthy.all() and not impatient:
            state = space.train_epoch(epoch, given, state, runs[0].batch if epoch == runs[0].epoch else 0)
            epoch += 1
            before, rows = rows, rows_of(space, epoch, given.rates(epoch))
            healthy = finite(space, rows)
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
        later = replace(
            run, params=params, state=mine, history=histories[index], latest=named(rows[index]), best=best, batch=0
        )
        if not healthy[index]:
            reset, reason = (
                given.trainings[index].optimizer.init(params.vector),
                divergence(epoch, given.rates(epoch - 1)[index]),
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
    return advanced if epoch == last else together(advanced, last - epoch)


def first_best(run: Run) -> Best | None:
    """What early stopping has to beat from here on; None without it."""
    if run.experiment.training.patience is None:
        return None
    return run.best or Best.at(run.epoch, run.latest, run.params.vector, tested=run.tested)


def _better(run: Run, best: Best | None, row: Array, vector: Array, epoch: int) -> Best | None:
    if best is None:
        return None
    found = Best.at(epoch, named(row), vector, tested=run.tested)
    return best.or_better(found, run.experiment.training.min_improvement)


def _ran_out(run: Run, best: Best | None, epoch: int) -> bool:
    patience = run.experiment.training.patience
    return best is not None and patience is not None and epoch - best.epoch >= patience


def divergence(epoch: int, learning_rate: float) -> str:
    """The sentence for a run that broke in ``epoch``."""
    return Message(
        "Diverged in epoch {epoch}: the cost or a weight became infinite or not a number. The weights are those of "
        "epoch {last}, the last with finite numbers. Start again with a learning rate smaller than {rate}.",
        epoch=epoch,
        last=epoch - 1,
        rate=f"{learning_rate:g}",
    )


def _enough(run: Run, best: Best) -> str:
    numbers = {"patience": run.experiment.training.patience, "cost": f"{best.cost:.4g}", "epoch": best.epoch}
    if run.tested:
        return Message(
            "Stopped early: for {patience} epochs the test cost was not better than {cost}, that of epoch {epoch}. Its "
            "weights are back.",
            **numbers,
        )
    return Message(
        "Stopped early: for {patience} epochs the train cost was not better than {cost}, that of epoch {epoch}. Its "
        "weights are back.",
        **numbers,
    )


def hyperparameters_of(runs: Sequence[Run]) -> Hyperparameters:
    """The training settings of runs of one shape, as numbers or columns."""
    vector = runs[0].params.vector
    return Hyperparameters([run.experiment.training for run in runs], len(runs[0].params) - 1, vector.dtype)


def workspace_of(runs: Sequence[Run]) -> Workspace:
    """Buffers with the parameters of ``runs`` in them: those that a single run was handed, if they still fit."""
    first, batch_size, batch_costs = runs[0], batch_size_of(runs[0]), runs[0].measure == "batches"
    hidden = range(len(first.params) - 1)
    shares = [run.experiment.training.dropout_of(len(hidden)) for run in runs]
    dropped = frozenset(layer for layer in hidden if any(of_run[layer] for of_run in shares))
    params, key = first.params, (batch_size, dropped, first.frozen is None)
    if len(runs) == 1:
        try:
            space = first._spare.pop()  # one atomic step: two threads never get the same buffers
        except IndexError:
            space = None
        if space is not None and (space.batch_size, space.dropped, space.free is None) == key:
            space.params.vector[:] = params.vector
            return space
    else:
        params = Params(params.sizes, np.stack([run.params.vector for run in runs]))
    data, seeds = [run.data for run in runs], [run.experiment.seed for run in runs]
    frozen = None
    if first.frozen is not None:
        frozen = np.stack([run.frozen for run in runs if run.frozen is not None]).reshape(params.vector.shape)
    return Workspace(params, first.network, data, batch_size, seeds, dropped, batch_costs=batch_costs, frozen=frozen)


def rows_of(space: Workspace, epoch: int, rates: Array) -> Array:
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


def finite(space: Workspace, rows: Array) -> npt.NDArray[np.bool]:
    """Whether each run's parameters and train cost are finite, (R,)."""
    costs = rows[:, COLUMNS.index("train_cost")]
    unmeasured = space.batch_costs & (rows[:, 0] == 0)
    fine: npt.NDArray[np.bool] = np.isfinite(space.params.vector).all(axis=-1) & (np.isfinite(costs) | unmeasured)
    return fine


def named(row: Array) -> dict[str, float]:
    """A history row's numbers by the names of their columns."""
    return dict(zip(COLUMNS, map(float, row), strict=False))
