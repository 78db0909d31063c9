"""How much a run trains for one frame: what its speed asks for, within the time that a frame may take."""

from __future__ import annotations

import time

from dnn.training.run import Run

BUDGET = 0.0035  # seconds of training for one frame, while few are watching
SHARED_BUDGET = 0.014  # the same for all players together
QUICK = 0.01  # seconds of training that may be done on the server's event loop; a thread's own estimate runs high
FIRST = 64  # updates, or one epoch where that is less, that are tried while it is not known how long they take
PATIENCE = 3  # budgets that a frame may take to keep the speed that was asked for
UNLIMITED = float("inf")


class Pace:
    """What is owed to one who asked for ``speed`` epochs a second, and what an update takes, as far as known."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.update_seconds: float | None = None
        self._owed, self._clock = 0.0, time.perf_counter()

    def restart(self) -> None:
        """Owe nothing from here on."""
        self._owed, self._clock = 0.0, time.perf_counter()

    def wait(self) -> float:
        """Seconds until an epoch is owed."""
        if self.speed == UNLIMITED:
            return 0.0
        owed = self._owed + (time.perf_counter() - self._clock) * self.speed
        return max(0.0, (1.0 - owed) / self.speed)

    def tick(self) -> float:
        """Turn to the next frame; gives the seconds since the last one."""
        now = time.perf_counter()
        elapsed, self._clock = now - self._clock, now
        return elapsed

    def portion(self, run: Run, elapsed: float, budget: float) -> tuple[int, bool]:
        """How much is owed after ``elapsed`` seconds and fits into a frame of ``budget`` seconds.

        In whole epochs (True), or in updates of this epoch where even one epoch is too long.
        """
        if self.speed != UNLIMITED:
            self._owed += elapsed * self.speed
        of = run.updates_per_epoch
        seconds = self.update_seconds or budget / min(of, FIRST)
        whole = seconds * of <= budget * PATIENCE
        unit = of if whole else 1
        most = max(1, int(budget / (seconds * unit)))
        if self.speed != UNLIMITED:
            most = min(int(self._owed if whole else self._owed * of), PATIENCE * most)
        most = most if whole else min(most, of - run.batch)  # at an epoch's end somebody looks for goals met
        if self.speed != UNLIMITED:
            self._owed = min(self._owed - most * unit / of, 1.0)  # what cannot be kept up with is let go
        return most, whole

    def learn(self, updates: int, seconds: float) -> None:
        """Take into account how long some updates took."""
        spent = max(seconds, 1e-7) / updates
        guess = spent if self.update_seconds is None else self.update_seconds
        self.update_seconds = guess + 0.3 * (spent - guess)

    def epoch_seconds(self, run: Run) -> float:
        """What an epoch takes, as far as known."""
        return QUICK if self.update_seconds is None else self.update_seconds * run.updates_per_epoch

    def expected(self, run: Run, asked: int, budget: float) -> float:
        """Seconds of training that the next frame is likely to take, with ``asked`` steps."""
        if asked or self.update_seconds is None:
            return self.epoch_seconds(run) * max(1, asked)
        return min(self.epoch_seconds(run), budget)
