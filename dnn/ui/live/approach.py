"""Advance a run of the past towards an epoch, for as long as one frame may take."""

from __future__ import annotations

import time

from dnn.training import Workspace, advance, advance_updates
from dnn.training.run import Run

FIRST = 32  # updates that are tried while it is not known how long they take
MOST = 1_000_000  # updates at once, where there is no end of time


class Approach:
    """Advances runs of the past. Its workspace is kept from one frame to the next."""

    def __init__(self) -> None:
        self._workspace = Workspace()
        self.update_seconds: float | None = None  # what an update takes, once known

    def expected(self, updates: int) -> float:
        """Seconds that ``updates`` updates will take, about; infinite while it is not known."""
        return 0.0 if not updates else float("inf") if self.update_seconds is None else updates * self.update_seconds

    def towards(self, run: Run, epoch: int, seconds: float) -> Run:
        """Return ``run`` at ``epoch``, or as near to it as it gets in about ``seconds`` seconds."""
        began = time.perf_counter()
        while run.epoch < epoch and not run.stopped and (left := seconds - (time.perf_counter() - began)) > 0.0:
            of, before = run.updates_per_epoch, time.perf_counter()
            most = FIRST if self.update_seconds is None else max(1, int(min(left / self.update_seconds, MOST)))
            if most >= of:
                epochs = min(epoch - run.epoch, most // of)
                updates, run = epochs * of, advance(run, epochs, workspace=self._workspace)
            else:
                updates = min(most, of - run.batch)
                run = advance_updates(run, updates, workspace=self._workspace)
            self._learn((time.perf_counter() - before) / updates)
        return run

    def _learn(self, seconds: float) -> None:
        """Update the estimate with the time that an update took."""
        seconds = max(seconds, 1e-7)
        guess = seconds if self.update_seconds is None else self.update_seconds
        self.update_seconds = guess + 0.5 * (seconds - guess)

    def rest(self) -> None:
        """Release the workspace."""
        self._workspace.keep(0)
