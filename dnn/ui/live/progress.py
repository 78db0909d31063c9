"""How much a run that plays is advanced in one frame: what is due, up to a goal."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from dnn.training import advance, advance_batch, advance_updates, batch_of
from dnn.training.run import Run
from dnn.training.workspace import Workspace
from dnn.ui.live.goals import GoalWatch
from dnn.ui.live.pace import FIRST, UNLIMITED, Pace

SLOW = 0.1  # seconds of training in an epoch from which on the page says how far it has come


class Progress:
    """Advances a run at a pace. Its workspace is kept from one frame to the next."""

    def __init__(self, pace: Pace) -> None:
        self.pace, self.goals = pace, GoalWatch()
        self._workspace = Workspace()
        self._rows: tuple[Run, Run] | None = None  # the run that a single batch led to, and one of which it is the last

    def step(self, run: Run, epochs: int, batches: int, seconds: float = UNLIMITED) -> tuple[Run, int, int]:
        """``run`` after single epochs and then single batches that were asked for, and how many of both are left.

        Some are left where they do not fit into ``seconds``; the run may then be within an epoch.
        """
        if seconds == UNLIMITED:
            run, left = advance(run, epochs, workspace=self._workspace), 0
        else:
            run, left = self._slice(run, epochs, seconds)
        if left:
            return run, left, batches
        for _ in range(batches):
            before, run = run, advance_batch(run, workspace=self._workspace)
            self._rows = run, replace(before, batch=before.batch + 1)
        return run, 0, 0

    def _slice(self, run: Run, epochs: int, seconds: float) -> tuple[Run, int]:
        """``run`` after as much of ``epochs`` epochs as fits into ``seconds``, and the epochs that are left."""
        before, worked, began = run, time.thread_time(), time.perf_counter()
        most = max(1, int(seconds / (self.pace.update_seconds or seconds / FIRST)))
        run = advance_updates(run, min(most, epochs * run.updates_per_epoch - run.batch), workspace=self._workspace)
        if done := _updates(run) - _updates(before):
            self.pace.learn(done, time.thread_time() - worked or time.perf_counter() - began)
        return run, 0 if run.stopped or not done else epochs - (run.epoch - before.epoch)

    def play(self, run: Run, elapsed: float, budget: float) -> tuple[Run, bool]:
        """``run`` after what is due ``elapsed`` seconds later and fits into ``budget`` seconds; and whether it goes on.

        Where a goal is reached before, it is advanced exactly to there.
        """
        began, worked, before = time.perf_counter(), time.thread_time(), _updates(run)
        most, whole = self.pace.portion(run, elapsed, budget)
        playing = True
        if whole:
            run, playing = self._epochs(run, most)
        else:
            run = advance_updates(run, most, workspace=self._workspace)
            playing = not self.pauses(run)
        if done := _updates(run) - before:
            worked = time.thread_time() - worked  # not the time that other threads took; 0 where the clock is coarse
            self.pace.learn(done, worked or time.perf_counter() - began)
        return run, playing

    def rest(self) -> None:
        """Release the scratch space."""
        self._workspace = Workspace()

    def pauses(self, run: Run) -> bool:
        """Whether ``run`` has reached a goal, and pauses there."""
        if pauses := not run.stopped and self.goals.reached(run):
            self.pace.restart()
        return pauses

    def _epochs(self, run: Run, epochs: int) -> tuple[Run, bool]:
        """So many epochs, or fewer if a goal is reached before."""
        last, playing = run.epoch + epochs, True
        while playing and run.epoch < last and not run.stopped:
            epochs = self.goals.goals.most(run, last - run.epoch)
            run = advance(run, epochs, workspace=self._workspace)
            playing = not self.pauses(run)
        return run, playing

    def batch(self, run: Run, *, playing: bool) -> dict[str, Any] | None:
        """The last update of an epoch that is not over, or that one step of a batch has just ended."""
        shown = run if self._rows is None or self._rows[0] is not run else self._rows[1]
        if not shown.batch or shown.stopped:
            return None
        if playing and (self.pace.epoch_seconds(run) or 0.0) < SLOW:
            return None
        m, size = shown.data.n_train, shown.batch_size
        rows = np.arange(0) if playing else batch_of(shown) if size < m else np.arange(m)
        return {"done": shown.batch, "of": shown.updates_per_epoch, "rows": rows.tolist()}


def _updates(run: Run) -> int:
    return run.epoch * run.updates_per_epoch + run.batch
