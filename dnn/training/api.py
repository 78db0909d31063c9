"""Start a run, and advance it: forward, backward, step, for every batch of every epoch.

A :class:`Run` is a value: ``advance(run, epochs)`` returns a later run and leaves the earlier one as it was.
``advance(run, a + b)`` equals ``advance(advance(run, a), b)`` to the last bit, because the order of the examples in an
epoch comes from the seed and the epoch's number alone.

Whoever advances a run often keeps a ``Workspace()`` and passes it along, so that arrays are not made again each time.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.experiment import Experiment
from dnn.initializers import init_params
from dnn.params import Layer, Params
from dnn.random_streams import WEIGHTS, generator
from dnn.training.batches import ORDERS_PER_BLOCK, orders_of
from dnn.training.history import as_dict
from dnn.training.loop import advance_group, first_best, groups_of
from dnn.training.run import Run, first_measured, new_run
from dnn.training.stopping import divergence
from dnn.training.workspace import Measure, Workspace, measured_rows


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
    return first_measured([_unmeasured(experiment, data, params, history_limit, measure)])[0]


def start_many(
    experiments: Sequence[Experiment],
    *,
    data: Data | None = None,
    history_limit: int | None = None,
    measure: Measure = "examples",
) -> list[Run]:
    """``[start(experiment, data=data) for experiment in experiments]``, but measured in lockstep.

    Experiments with the same data settings and seed share their data. Raises as ``start`` does.
    """
    data_by_key: dict[object, Data] = {}
    runs = []
    for experiment in experiments:
        run_data = data
        if run_data is None:
            key = experiment.data, experiment.seed
            run_data = data_by_key[key] if key in data_by_key else data_by_key.setdefault(key, experiment.make_data())
        runs.append(_unmeasured(experiment, run_data, None, history_limit, measure))
    for group in groups_of(runs):
        for index, run in zip(group, first_measured([runs[index] for index in group]), strict=True):
            runs[index] = run
    return runs


def _unmeasured(
    experiment: Experiment, data: Data, params: Sequence[Layer] | None, history_limit: int | None, measure: Measure
) -> Run:
    dtype = np.dtype(experiment.training.dtype)
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
    if params is None:
        rng = generator(experiment.seed, WEIGHTS, experiment.draw)
        weights = init_params(sizes, experiment.network.initializer, rng, dtype, experiment.network.bias_initializer)
    else:
        weights = Params.of(params, dtype, sizes)
        if weights.sizes != sizes:
            raise InvalidParams(f"params are for layers {weights.sizes}; this experiment has layers {sizes}")
    origin = None if params is None else weights.vector
    return new_run(experiment, data, weights, origin=origin, history_limit=history_limit, measure=measure)


def advance(run: Run, epochs: int, *, every: int = 1, workspace: Workspace | None = None) -> Run:
    """``run`` after ``epochs`` more epochs; a run that has stopped stays as it is.

    Costs are measured in each epoch whose number is a multiple of ``every``, and after the last; the history keeps the
    former, and early stopping looks at them alone. Stops at the last finite state where a parameter, or a cost that is
    measured, becomes NaN or infinite: see ``Run.stopped``. Raises ValueError for fewer than 0 epochs.
    """
    return advance_many([run], epochs, every=every, workspace=workspace)[0]


def advance_many(runs: Sequence[Run], epochs: int, *, every: int = 1, workspace: Workspace | None = None) -> list[Run]:
    """``[advance(run, epochs) for run in runs]``, but runs that can share arrays are trained in lockstep.

    Runs share arrays when they are at the same epoch and have the same layer sizes, activations, loss, kind of
    optimiser, precision, batch size and numbers of examples; data, seeds, weights, the optimiser's constants, learning
    rate, schedule, penalties, dropout, clipping and early stopping are each run's own. A run that stops or diverges
    neither stops nor changes the others. Raises ValueError as ``advance`` does.
    """
    if epochs < 0:
        raise ValueError(f"epochs is {epochs}; it must be 0 or more")
    if every < 1:
        raise ValueError(f"every is {every}; it must be 1 or more")
    return advance_group(runs, epochs, workspace, every)


def advance_batch(run: Run, *, workspace: Workspace | None = None) -> Run:
    """``run`` after one more update: the next batch of its epoch. The history gets its row when the epoch is over.

    ``advance`` finishes an epoch that has begun before it starts another one, so both ways lead to the same run.
    """
    return _updated(run, 1, workspace, measured=True)


def advance_updates(run: Run, updates: int, *, workspace: Workspace | None = None) -> Run:
    """``run`` after ``updates`` more updates, over the ends of epochs; with very many examples an epoch takes long.

    The same as ``advance`` to the last bit, however the updates are portioned out. Costs are measured, and the history
    gets its row, where an epoch ends; in between ``latest`` stays as it was.
    """
    while updates > 0 and not run.stopped and run.data.n_train:
        left = run.updates_per_epoch - run.batch
        run = _updated(run, min(updates, left), workspace)
        updates -= left
    return run


def _updated(run: Run, updates: int, workspace: Workspace | None, *, measured: bool = False) -> Run:
    """``run`` after ``updates`` updates of the epoch that has begun, all that are left of it at most."""
    if run.stopped or not run.data.n_train:
        return run
    run = replace(run, best=first_best(run))  # before ``latest`` tells of the middle of an epoch
    if run.batch + updates >= run.updates_per_epoch:
        return advance_group([run], 1, workspace)[0]
    buffers = (workspace or Workspace()).buffers_of([run])
    hyperparameters = buffers.hyperparameters_of([run])
    trainer, epoch, batch = buffers.trainer, run.epoch, run.batch + updates
    state = tuple(array.copy() for array in run.state)
    rates = hyperparameters.rates(epoch)
    latest = run.latest | {"learning_rate": float(rates[0])}  # that may have been changed since
    with np.errstate(all="ignore"):
        part = slice(run.batch, batch)
        state = trainer.train(range(epoch, epoch + 1), hyperparameters, state, buffers.record, part)
        fine = bool(np.isfinite(trainer.params.vector).all())
        if measured and fine:
            train = run.measure == "examples"
            row = measured_rows(buffers.evaluation, trainer.params, epoch, rates, train=train)
            latest = as_dict(row[0], has_validation=run.has_validation_data)
            if not train:
                latest["train_cost"] = float(buffers.record.batch_costs[0, 0]) * run.data.cost_scale
            fine = bool(np.isfinite(latest["train_cost"]))
    if not fine:
        reason = divergence(epoch + 1, rates[0])
        state = hyperparameters.optimizer.init(run.params.vector)
        return replace(run, state=state, stopped=reason, diverged=True)
    return replace(run, params=trainer.params.copy(), state=state, latest=latest, batch=batch)


def batch_of(run: Run) -> npt.NDArray[np.intp]:
    """The rows (k,) of the training examples in the last update of an unfinished epoch; empty without such an update.

    An epoch of a full batch is one update, so it is never unfinished.
    """
    size, m = run.batch_size, run.data.n_train
    if run.batch == 0 or size == m:
        return np.arange(0)
    block, place = divmod(run.epoch, ORDERS_PER_BLOCK)
    return orders_of(run.experiment.seed, block, m)[place, (run.batch - 1) * size : run.batch * size]


def train(
    experiment: Experiment,
    *,
    epochs: int,
    every: int = 1,
    data: Data | None = None,
    params: Sequence[Layer] | None = None,
) -> Iterator[Run]:
    """Yield the run at epoch 0, ``every``, 2·``every``, … ``epochs``, and end early with a run that has stopped.

    ``data`` and ``params`` are as for ``start``. Raises ValueError for ``every`` below 1, and what ``start`` raises.
    """
    if every < 1:
        raise ValueError(f"every is {every}; it must be 1 or more")
    run, workspace = start(experiment, data=data, params=params), Workspace()
    yield run
    while run.epoch < epochs and not run.stopped:
        run = advance(run, min(every, epochs - run.epoch), workspace=workspace)
        yield run


def edited(run: Run, vector: Array, frozen: Array | None = None) -> Run:
    """The old name of ``Run.with_params``."""
    warnings.warn(
        "edited(run, …) is now run.with_params(…); the old name goes with the next version",
        DeprecationWarning,
        stacklevel=2,
    )
    return run.with_params(vector, frozen)
