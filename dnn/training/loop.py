"""The loop over epochs, for one run or for R of one shape in lockstep: train, measure, and find the runs that stop.

Epochs are trained in blocks. All epochs of a block and all runs are measured at once, so that nothing here happens once
for each run in each epoch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.params import Params
from dnn.training.early_stopping import TRAIN_COST, Best, EarlyStopping, watched_cost
from dnn.training.history import History, as_dict
from dnn.training.run import Run
from dnn.training.stopping import divergence, stopped_early
from dnn.training.workspace import Buffers, Workspace, measured_rows

CACHE = 1 << 21  # bytes that the arrays of runs trained at once should take
FEWEST, MOST = 16, 256  # runs trained at once, whatever they take
LONGEST = 4096  # epochs after which histories are extended, though more are to come


def advance_group(runs: Sequence[Run], epochs: int, workspace: Workspace | None = None, every: int = 1) -> list[Run]:
    """Each of ``runs`` after ``epochs`` more epochs: those of one shape in lockstep, those that stopped as they are."""
    workspace = Workspace() if workspace is None else workspace
    advanced, place = list(runs), 0
    for group in groups_of(runs) if epochs else ():
        members = [index for index in group if not runs[index].stopped and runs[index].data.n_train]
        for block in blocks_of(members, runs):
            later = _advance_block([runs[index] for index in block], epochs, workspace, place, every)
            place += 1
            for index, run in zip(block, later, strict=True):
                advanced[index] = run
    workspace.keep(place)
    return advanced


def groups_of(runs: Sequence[Run]) -> list[list[int]]:
    """The places of runs that can be trained in lockstep, group by group."""
    groups: dict[object, list[int]] = {}
    for index, run in enumerate(runs):
        groups.setdefault(_shape(run), []).append(index)
    return list(groups.values())


def _shape(run: Run) -> tuple[object, ...]:
    """What runs must have in common to be trained in lockstep."""
    training, data, history = run.experiment.training, run.data, run.history
    sizes = (data.n_train, data.n_validation, data.X.shape, data.weights is None, run.frozen is None)
    kinds = (run.network, type(training.optimizer), training.dtype, run.measure)
    return run.epoch, run.batch, run.params.sizes, kinds, run.batch_size, sizes, history.thinning


def blocks_of(members: list[int], runs: Sequence[Run]) -> Iterator[list[int]]:
    """``members`` of one group in blocks of about equal length, whose arrays fit the processor's cache."""
    if not members:
        return
    run = runs[members[0]]
    units, numbers = sum(run.params.sizes[1:]), run.params.vector.size
    most = int(np.clip(CACHE // (8 * (4 * units * run.batch_size + 4 * numbers)), FEWEST, MOST))
    blocks = -(-len(members) // most)
    for block in np.array_split(np.array(members), blocks):
        yield block.tolist()


def _advance_block(runs: list[Run], epochs: int, workspace: Workspace, place: int, every: int) -> list[Run]:
    """Advance runs of one shape together; those that go on when others have stopped go on without them."""
    last = runs[0].epoch + epochs
    going, advanced = list(range(len(runs))), list(runs)
    while going:
        group = [advanced[index] for index in going]
        later = Lockstep(group, workspace.buffers_of(group, place), every).advanced(last)
        for index, run in zip(going, later, strict=True):
            advanced[index] = run
        going = [index for index in going if not advanced[index].stopped and advanced[index].epoch < last]
    return advanced


class Block(NamedTuple):
    """Some epochs of R runs in lockstep: ``numbers`` (K,), history ``rows`` (K, R, columns), ``vectors`` (K, R, P).

    Of the epochs, (K,) each: ``judged`` are those that early stopping looks at, ``kept`` those that the history keeps,
    ``measured`` those whose costs are in the rows.
    """

    numbers: npt.NDArray[np.intp]
    rows: Array
    vectors: Array
    judged: npt.NDArray[np.bool]
    kept: npt.NDArray[np.bool]
    measured: npt.NDArray[np.bool]


class Lockstep:
    """Runs of one shape while they advance together, in arrays with a runs axis."""

    def __init__(self, runs: Sequence[Run], buffers: Buffers, every: int) -> None:
        self.runs, self.buffers, self.every = runs, buffers, every
        self.hyperparameters = buffers.hyperparameters_of(runs)
        states = zip(*(run.state for run in runs), strict=True)
        self.state = tuple(np.stack(arrays) if len(runs) > 1 else arrays[0].copy() for arrays in states)
        trainings = [run.experiment.training for run in runs]
        self.has_validation = runs[0].has_validation_data
        self.early_stopping = EarlyStopping(
            [first_best(run) for run in runs],
            [training.patience for training in trainings],
            [run.experiment.training.min_improvement * run.data.cost_scale for run in runs],
            watched_cost(runs[0].data),
            self.has_validation,
        )
        self.epoch = runs[0].epoch
        self.vectors = buffers.trainer.params.vector.reshape(len(runs), -1).copy()  # at that epoch
        self.latest: Array | None = None  # the rows (R, columns) of that epoch, where they are measured
        self.rows: list[Array] = []  # for the histories, (epochs, R, columns) of each block
        self.lengths = np.zeros(len(runs), int)  # how many of them belong to each run
        self.ended: dict[int, Run] = {}

    def advanced(self, last: int) -> list[Run]:
        """The runs at epoch ``last``, or where they stopped; or earlier, where many have stopped."""
        last = min(last, self.epoch + LONGEST)
        batch = self.runs[0].batch  # of the first epoch some updates may be done
        with np.errstate(all="ignore"):  # overflow is looked for after each block
            while self.epoch < last and 2 * len(self.ended) < len(self.runs):
                count = 1 if batch else min(self.buffers.record.epochs, last - self.epoch)
                block = self._trained(count, slice(batch, None), last)
                self._end(block)
                self.rows.append(block.rows[block.kept])
                self.vectors, batch = block.vectors[-1].copy(), 0
                self.latest = block.rows[-1] if block.measured[-1] else None
            return self._finished()

    def _trained(self, count: int, batches: slice, last: int) -> Block:
        """Train ``count`` epochs, and measure them."""
        epochs, record, runs = range(self.epoch, self.epoch + count), self.buffers.record, len(self.runs)
        self.state = self.buffers.trainer.train(epochs, self.hyperparameters, self.state, record, batches)
        self.epoch += count
        following = range(epochs.start + 1, epochs.stop + 1)
        numbers, vectors = np.array(following), record.vectors[:count].reshape(count, runs, -1)
        judged = numbers % self.every == 0
        kept = judged & (numbers % self.runs[0].history.stride == 0)
        measured = judged.copy() if self.early_stopping.watches.any() else kept.copy()
        measured[-1] |= self.epoch == last
        rows = self.buffers.rows(numbers, self.hyperparameters.rates(following), vectors, measured)
        return Block(numbers, rows, vectors, judged, kept, measured)

    def _end(self, block: Block) -> None:
        """Take out the runs that diverged, or whose patience was over, in one of the epochs of ``block``."""
        count = len(block.numbers)
        costs_count = block.kept[:, None] | (block.judged[:, None] & self.early_stopping.watches)
        costs = np.where(costs_count, block.rows[:, :, TRAIN_COST], 0.0)
        fine = np.isfinite(block.vectors).all(axis=-1) & np.isfinite(costs)
        broken = np.where(fine.all(axis=0), count, fine.argmin(axis=0))  # the place of the first epoch that is not fine
        over = self.early_stopping.look(block.numbers, block.rows, block.vectors, block.judged, broken)
        ends = np.minimum(broken - 1, over)
        someone = self.ended or (over < count).any() or (broken < count).any()
        for run in range(len(self.runs)) if someone else ():
            if run in self.ended:
                ends[run] = -1
            elif over[run] < count:
                self.ended[run] = self._stopped_early(run, int(block.numbers[over[run]]))
            elif broken[run] < count:
                self.ended[run] = self._diverged(run, block, int(ends[run]))
        kept_until = np.concatenate([[0], np.cumsum(block.kept)])
        self.lengths += kept_until[np.minimum(ends, count - 1) + 1]

    def _stopped_early(self, run: int, epoch: int) -> Run:
        """The run with its best weights, whose patience was over after ``epoch``."""
        before, best = self.runs[run], self.early_stopping.best(run)
        assert best is not None  # it has patience
        params = Params(before.params.sizes, best.vector)
        training = before.experiment.training
        state = training.optimizer.init(best.vector)
        reason = stopped_early(training.patience, best, watched_cost(before.data))
        return replace(
            before, params=params, state=state, latest=best.latest, epoch=epoch, batch=0, best=best, stopped=reason
        )

    def _diverged(self, run: int, block: Block, place: int) -> Run:
        """The run with the weights of its last good epoch: that at ``place`` of ``block``, -1 for the one before it."""
        before, epoch = self.runs[run], int(block.numbers[place + 1]) - 1
        vector = (self.vectors[run] if place < 0 else block.vectors[place, run]).copy()
        row = block.rows[place, run] if place >= 0 and block.measured[place] else None
        if place < 0 and self.latest is not None:
            row = self.latest[run]
        if row is None and epoch > before.epoch:
            vectors = self.vectors if place < 0 else block.vectors[place]
            row = self._measured(vectors, epoch)[run]
        params, rate = Params(before.params.sizes, vector), self.hyperparameters.rates(epoch)[run]
        state = before.experiment.training.optimizer.init(vector)
        later = replace(before, params=params, state=state, latest=before.latest if row is None else self._named(row))
        best, reason = self.early_stopping.best(run), divergence(epoch + 1, rate)
        return replace(later, epoch=epoch, batch=0, best=best, stopped=reason, diverged=True)

    def _named(self, row: Array) -> dict[str, float]:
        return as_dict(row, has_validation=self.has_validation)

    def _measured(self, vectors: Array, epoch: int) -> Array:
        """History rows (R, columns) of weights (R, P) whose costs no block has measured."""
        params = Params(self.runs[0].params.sizes, vectors)
        rates, train = self.hyperparameters.rates(epoch), self.runs[0].measure == "examples"
        return measured_rows(self.buffers.evaluation, params, epoch, rates, train=train)

    def _finished(self) -> list[Run]:
        """Every run as it has become, with its history."""
        runs = len(self.runs)
        rows = np.concatenate(self.rows).swapaxes(0, 1)
        tables = [table[:length] for table, length in zip(rows, self.lengths, strict=True)]
        histories = History.extended_group([run.history for run in self.runs], tables)
        latest = self.latest
        if latest is None and len(self.ended) < runs:
            latest = self._measured(self.vectors, self.epoch)
        state = tuple(array.reshape(runs, -1) for array in self.state)
        later = []
        for index, (run, history) in enumerate(zip(self.runs, histories, strict=True)):
            if index in self.ended:
                later.append(replace(self.ended[index], history=history))
                continue
            assert latest is not None
            later.append(
                run.becoming(
                    params=Params(run.params.sizes, self.vectors[index]),
                    state=tuple(array[index] for array in state),
                    history=history,
                    latest=self._named(latest[index]),
                    epoch=self.epoch,
                    batch=0,
                    best=self.early_stopping.best(index),
                )
            )
        return later


def first_best(run: Run) -> Best | None:
    """What early stopping has to beat from here on; None without it."""
    if run.experiment.training.patience is None:
        return None
    return run.best or Best.at(run.epoch, run.latest, run.params.vector, watched_cost(run.data))
