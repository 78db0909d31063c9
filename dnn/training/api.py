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

from dnn.components import Array
from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.network import init_params
from dnn.params import Layer, Params
from dnn.random_streams import WEIGHTS
from dnn.training.history import COLUMNS, History
from dnn.training.loop import (
    batch_size_of,
    divergence,
    finite,
    first_best,
    hyperparameters_of,
    named,
    rows_of,
    together,
    updates_of,
    workspace_of,
)
from dnn.training.run import Measure, Run
from dnn.training.workspace import ORDERS_AT_ONCE, orders_of


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
        weights = Params.of(params, dtype, sizes)
        if weights.sizes != sizes:
            raise InvalidParams(f"params are for layers {weights.sizes}; this experiment has layers {sizes}")
    state = experiment.training.optimizer.init(weights.vector)
    history = History(len(weights), history_limit)
    run = Run(experiment, data, network, weights, state, history, {}, measure=measure)
    if not data.n_train:  # nothing to learn from yet
        row = np.full((1, len(COLUMNS) + len(weights)), np.nan)
        row[0, 0] = 0.0
        return replace(run, history=history.extended(row), latest=named(row[0]))
    space, given = workspace_of([run]), hyperparameters_of([run])
    with np.errstate(all="ignore"):
        row = rows_of(space, 0, given.rates(0))
    fine = finite(space, row)[0]
    origin = None if params is None else weights.vector
    run = replace(run, history=run.history.extended(row), latest=named(row[0]), origin=origin, _spare=[space])
    return run if fine else replace(run, stopped=_TOO_LARGE, diverged=True)


def advance(run: Run, epochs: int) -> Run:
    """``run`` after ``epochs`` more epochs; a run that has stopped stays as it is.

    Stops at the last finite state where the cost or a parameter becomes NaN or infinite: see ``Run.stopped``.
    """
    if epochs < 0:
        raise ValueError(f"epochs is {epochs}; it must be 0 or more")
    return together([run], epochs)[0]


def advance_batch(run: Run) -> Run:
    """``run`` after one more update: the next batch of its epoch. The history gets its row when the epoch is over.

    ``advance`` then first finishes the epoch, so that going batch by batch and going on comes to the same.
    """
    return _updated(run, 1, measured=True)


def advance_updates(run: Run, updates: int) -> Run:
    """``run`` after so many more updates, over the ends of epochs; with very many examples an epoch takes long.

    The same as ``advance`` to the last bit, however the updates are portioned out. Costs are measured, and the history
    gets its row, where an epoch ends; in between ``latest`` stays as it was.
    """
    while updates > 0 and not run.stopped and run.data.n_train:
        left = updates_of(run) - run.batch
        run = _updated(run, min(updates, left))
        updates -= left
    return run


def _updated(run: Run, updates: int, *, measured: bool = False) -> Run:
    """``run`` after so many updates of the epoch that has begun, all that are left of it at most."""
    if run.stopped or not run.data.n_train:
        return run
    run = replace(run, best=first_best(run))  # before ``latest`` speaks of the middle of an epoch
    if run.batch + updates >= updates_of(run):
        return together([run], 1)[0]
    space, given = workspace_of([run]), hyperparameters_of([run])
    state = tuple(array.copy() for array in run.state)
    with np.errstate(all="ignore"):
        state = space.train_epoch(run.epoch, given, state, run.batch, run.batch + updates)
        row = rows_of(space, run.epoch, given.rates(run.epoch)) if measured else None
    fine = np.isfinite(space.params.vector).all() if row is None else finite(space, row)[0]
    if not fine:
        reason = divergence(run.epoch + 1, given.rates(run.epoch)[0])
        return replace(run, state=given.optimizer.init(run.params.vector), stopped=reason, diverged=True)
    rate = {"learning_rate": float(given.rates(run.epoch)[0])}  # that may have been changed since
    latest = run.latest | rate if row is None else named(row[0])
    batch = run.batch + updates
    return replace(run, params=space.params.copy(), state=state, latest=latest, batch=batch, _spare=[space])


def batch_of(run: Run) -> npt.NDArray[np.intp]:
    """Which training examples, by row, the last update of an epoch that is not over was made with; none before it."""
    size, m = batch_size_of(run), run.data.n_train
    if run.batch == 0 or size == m:
        return np.arange(0)
    block, place = divmod(run.epoch, ORDERS_AT_ONCE)
    return orders_of(run.experiment.seed, block, m)[place, (run.batch - 1) * size : run.batch * size]


def edited(run: Run, vector: Array, frozen: Array | None = None) -> Run:
    """``run`` with other parameters from here on; ``frozen`` (P,) is 1 for those that training shall leave alone.

    Raises InvalidParams for numbers that are not finite or not as many as the network has.
    """
    vector = np.array(vector, run.params.vector.dtype)
    if vector.shape != run.params.vector.shape or not np.isfinite(vector).all():
        raise InvalidParams(f"the network has {run.params.vector.size} parameters, and all of them must be finite")
    fixed = None if frozen is None or not np.any(frozen) else np.array(frozen, np.float64)
    later = replace(run, params=Params(run.params.sizes, vector), frozen=fixed, best=None, stopped="", diverged=False)
    later = replace(later, changed=True) if run.begun else replace(later, origin=vector)
    space = workspace_of([replace(later, _spare=[])])
    with np.errstate(all="ignore"):
        row = rows_of(space, run.epoch, hyperparameters_of([run]).rates(run.epoch))
    if not run.begun:  # the run begins here, and not with what was drawn
        later = replace(later, history=History(run.history.layers, run.history.limit).extended(row))
    return replace(later, latest=named(row[0]), _spare=[space])


def redrawn(run: Run, experiment: Experiment, data: Data) -> Run:
    """``run``, to go on with its weights and other examples: ``data`` are those of ``experiment``.

    Raises ValueError where they do not fit its network (``Run.fits``), or more than the data differs.
    """
    if not run.data.n_train and not run.epoch:  # it has not begun
        return start(experiment, data=data, params=run.params, history_limit=run.history.limit, measure=run.measure)
    later = run.retuned(experiment, data)
    if not data.n_train:
        return replace(later, latest=dict.fromkeys(run.latest, np.nan) | {"epoch": float(run.epoch)})
    space = workspace_of([later])
    with np.errstate(all="ignore"):
        row = rows_of(space, run.epoch, hyperparameters_of([later]).rates(run.epoch))
    return replace(later, latest=named(row[0]), _spare=[space])


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
    return together(runs, epochs)


_TOO_LARGE = Message(
    "Diverged in epoch 0: the starting weights already give an infinite cost, or one that is not a number. "
    "Start again with smaller starting weights or fewer layers."
)
