"""Time travel: return to any epoch of a run, exact to the last bit, from a few snapshots.

A snapshot is a :class:`Run`, because a run is a value. Training is deterministic, so the nearest earlier snapshot and
``advance`` lead to the same run again: weights, the optimiser's state, history and early stopping.
"""

from __future__ import annotations

from dataclasses import replace

from dnn.params import Params
from dnn.training.api import advance, start
from dnn.training.footprint import bytes_at_most, held_bytes
from dnn.training.run import Run
from dnn.training.workspace import Workspace

SHARE = 1 / 16  # of the way back from the newest run, that a snapshot may be earlier than what is asked for
FINEST = SHARE / 8  # the same, as long as snapshots take less than half of the bytes they may take
MOST_BYTES = 8 << 20  # held by the snapshots of a timeline
MARGIN = 1 / 16  # of these, that may come in before the next thinning
ADDED = 16  # snapshots that come in before the next thinning, or an eighth more than there are


class Timeline:
    """The course of one run: snapshots, oldest first, the newest run last.

    Let N be the newest epoch. The nearest snapshot before an epoch e is at most (N - e) / 16 epochs before it, less
    where there is memory, or as many as were trained between two calls of :meth:`add`. Changes during the run
    (settings, parameters, data) are snapshots too, because training does not lead to them. Where a change follows
    another without training in between, only the last one is kept.

    The snapshots hold ``most_bytes`` at most, beside what the newest run holds. Beyond that, these are given up in this
    order:

    1. Histories that were thinned less than the newest one (a run's ``history_limit``): they become parts of the
       newest one, oldest first. All else of such an epoch stays exact.
    2. Snapshots that are no changes: first those whose loss makes the way to an epoch longer by the smallest share.
    3. The beginning of the run: the oldest snapshots. ``first`` is then the first epoch that can be restored.

    A run with ``measure="batches"`` that was advanced update by update has another cost in its history than one that
    was advanced by epochs, also here.
    """

    def __init__(self, run: Run, *, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._runs: list[Run] = []
        self._fixed: list[bool] = []  # for each: it is the first, or a change
        self._share = FINEST
        self._added = self._bytes_added = 0
        self.begin(run)

    @property
    def snapshots(self) -> tuple[Run, ...]:
        """Runs of this course, oldest first, the newest last."""
        return tuple(self._runs)

    @property
    def newest(self) -> Run:
        """The run as far as it has come."""
        return self._runs[-1]

    @property
    def first(self) -> int:
        """The first epoch that can be restored."""
        return self._runs[0].epoch

    @property
    def held_bytes(self) -> int:
        """Bytes that the snapshots hold, beside what the newest run holds anyway."""
        return held_bytes(self._runs, self.newest)

    def begin(self, run: Run) -> None:
        """Forget everything and continue from ``run``, or from epoch 0 if its experiment alone leads to it."""
        began = before_training(run) if run.has_started and not run.changed else None
        self._runs, self._fixed = ([run], [True]) if began is None else ([began, run], [True, False])
        self._share = FINEST
        self._thin()

    def add(self, run: Run) -> None:
        """Add ``run``, the newest one: after training, or after a change, which training does not lead to."""
        before = self.newest
        if run is before:
            return
        change = (run.epoch, run.batch) <= (before.epoch, before.batch) or (
            run.experiment is not before.experiment or run.data is not before.data or run.frozen is not before.frozen
        )
        if change and (run.epoch, run.batch) == (before.epoch, before.batch):
            self._runs.pop()
            self._fixed.pop()
        self._runs.append(run)
        self._fixed.append(change or len(self._runs) == 1)
        self._added += 1
        self._bytes_added += run.params.vector.nbytes * (1 + len(run.state))
        if change or self._added >= max(ADDED, len(self._runs) // 8) or self._bytes_added >= MARGIN * self.most_bytes:
            self._thin()

    def nearest(self, epoch: int) -> Run:
        """The last snapshot before ``epoch``, or at its beginning. Raises ValueError where there is none."""
        return self._runs[self._place(epoch)]

    def at(self, epoch: int, workspace: Workspace | None = None) -> Run:
        """The run as it was after ``epoch`` epochs; at an epoch with a change, after it.

        Equals the run stopped there, to the last bit. Raises ValueError for an epoch before ``first`` or after that of
        the newest run.
        """
        run = self.nearest(epoch)
        return advance(run, epoch - run.epoch, workspace=workspace)

    def holds(self, run: Run) -> bool:
        """Whether ``run`` is one of its snapshots, or one of them with other settings or parameters."""
        return any(_alike(other, run) for other in self._runs)

    def until(self, run: Run) -> Timeline:
        """Return another timeline: this one up to ``run``, one of its runs, from which training goes another way.

        Where it :meth:`holds` the run with other settings or parameters, ``run`` takes the place of that. Where the
        snapshots up to ``run`` were given up, the other timeline begins with it.
        """
        if _position(run) < _position(self._runs[0]):
            return Timeline(run, most_bytes=self.most_bytes)
        alike = [place for place, known in enumerate(self._runs) if _alike(known, run)]
        place = alike[-1] if alike else self._place(run.epoch)
        before = self._runs[place]
        other = Timeline(self._runs[0], most_bytes=self.most_bytes)
        other._runs, other._fixed, other._share = self._runs[: place + 1], self._fixed[: place + 1], self._share
        if before is not run and (alike or _position(run) == _position(before)):
            other._runs[-1] = run
            other._fixed[-1] = True
        elif before is not run:
            other._runs.append(run)
            other._fixed.append(False)
        other._thin()
        return other

    def _place(self, epoch: int) -> int:
        if epoch <= self.newest.epoch:
            for place in range(len(self._runs) - 1, -1, -1):
                if (self._runs[place].epoch, self._runs[place].batch) <= (epoch, 0):
                    return place
        raise ValueError(f"epoch is {epoch}; it must be from {self.first} to {self.newest.epoch}")

    # thinning

    def _thin(self) -> None:
        self._added = self._bytes_added = 0
        self._drop_close()
        if bytes_at_most(self._runs) <= self.most_bytes // 2:
            return
        while (held := self.held_bytes) > self.most_bytes // 2 and self._share < SHARE:
            self._share *= 2.0
            self._drop_close()
        most = int((1.0 - MARGIN) * self.most_bytes)
        if held <= most:
            return
        self._share_histories(most)
        while len(self._runs) > 1 and self.held_bytes > most:
            place = self._least_needed()
            del self._runs[place], self._fixed[place]
            self._fixed[0] = True

    def _drop_close(self) -> None:
        """Drop snapshots whose neighbours are close enough to each other without them."""
        positions, newest = [_position(run) for run in self._runs], _position(self.newest)
        kept = [0]
        for place in range(1, len(positions) - 1):
            gap = positions[place + 1] - positions[kept[-1]]
            if self._fixed[place] or not gap <= self._share * (newest - positions[place + 1]):
                kept.append(place)
        kept += [len(positions) - 1] if len(positions) > 1 else []
        self._runs, self._fixed = [self._runs[place] for place in kept], [self._fixed[place] for place in kept]

    def _share_histories(self, most: int) -> None:
        """Let old snapshots share the newest history, one storage after the other, until all fits."""
        newest = self.newest.history
        for place in range(len(self._runs) - 1):
            history = self._runs[place].history
            if history.storage is newest.storage or (history.layers, history.limit) != (newest.layers, newest.limit):
                continue
            for other in range(place, len(self._runs) - 1):
                run = self._runs[other]
                if run.history.storage is history.storage:
                    self._runs[other] = run.becoming(history=newest.until(run.epoch))
            if self.held_bytes <= most:
                return

    def _least_needed(self) -> int:
        """The place of the snapshot whose loss does the least harm; the oldest where all others are changes."""
        positions, newest = [_position(run) for run in self._runs], _position(self.newest)

        def longer(place: int) -> float:
            return (positions[place + 1] - positions[place - 1]) / max(1e-9, newest - positions[place - 1])

        plain = [place for place in range(1, len(positions) - 1) if not self._fixed[place]]
        return min(plain, key=longer) if plain else 0


def _alike(other: Run, run: Run) -> bool:
    """Whether they are one run, perhaps with other settings, parameters or data."""
    place = (other.epoch, other.batch) == (run.epoch, run.batch)
    return other is run or (place and other.history is run.history)


def _position(run: Run) -> float:
    """How far ``run`` has come, in epochs."""
    return run.epoch + run.batch / run.updates_per_epoch if run.batch else float(run.epoch)


def before_training(run: Run) -> Run:
    """``run`` before its first update: where its experiment, data and starting weights begin."""
    params = None if run.origin is None else Params(run.params.sizes, run.origin)
    began = start(run.experiment, data=run.data, params=params, history_limit=run.history.limit, measure=run.measure)
    return replace(began, frozen=run.frozen)
