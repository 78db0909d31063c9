"""How much a run trains for one frame: what its speed asks for, within the time that a frame may take."""

from __future__ import annotations

import math
import time
from typing import Protocol

FIRST = 64  # updates, or one epoch where that is less, that are tried while it is not known how long they take
UNLIMITED = float("inf")


class Paced(Protocol):
    """Something that is advanced at a pace: it has a number of updates in an epoch, some of the present one done."""

    @property
    def updates_per_epoch(self) -> int: ...
    @property
    def batch(self) -> int: ...


class Pace:
    """The epochs that are due at ``speed`` of them a second, and how long an update takes, once known."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.update_seconds: float | None = None
        self._due, self._clock = 0.0, time.perf_counter()

    def restart(self) -> None:
        """Begin to count anew: nothing is due yet."""
        self._due, self._clock = 0.0, time.perf_counter()

    def wait(self) -> float:
        """Seconds until an epoch is due."""
        if self.speed == UNLIMITED:
            return 0.0
        due = self._due + (time.perf_counter() - self._clock) * self.speed
        return max(0.0, (1.0 - due) / self.speed)

    def tick(self) -> float:
        """Begin the next frame; return the seconds since the last one."""
        now = time.perf_counter()
        elapsed, self._clock = now - self._clock, now
        return elapsed

    def portion(self, run: Paced, elapsed: float, budget: float) -> tuple[int, bool]:
        """How much is due after ``elapsed`` seconds and fits into a frame of ``budget`` seconds.

        In whole epochs (True), or in updates of this epoch where even one epoch is too long. Whatever the speed, a
        frame has the same budget: the highest is never slower than one below it.
        """
        if self.speed != UNLIMITED:
            self._due += elapsed * self.speed
        of = run.updates_per_epoch
        seconds = self.update_seconds or budget / min(of, FIRST)
        whole = seconds * of <= budget
        unit = of if whole else 1
        most = max(1, int(budget / (seconds * unit)))
        if self.speed != UNLIMITED:
            most = min(int(self._due if whole else self._due * of), most)
        most = most if whole else min(most, of - run.batch)  # at an epoch's end somebody looks for goals reached
        if self.speed != UNLIMITED:
            self._due = min(self._due - most * unit / of, 1.0)  # what cannot be kept up with is let go
        return most, whole

    def learn(self, updates: int, seconds: float) -> None:
        """Update the estimate with the time that some updates took."""
        each = max(seconds, 1e-7) / updates
        guess = each if self.update_seconds is None else self.update_seconds
        self.update_seconds = guess + 0.3 * (each - guess)

    def epoch_seconds(self, run: Paced) -> float | None:
        """Seconds that an epoch takes, once known."""
        return None if self.update_seconds is None else self.update_seconds * run.updates_per_epoch

    def expected(self, run: Paced, steps: int, budget: float) -> float:
        """Seconds of training that the next frame with ``steps`` steps will take, about; infinite if unknown."""
        epoch = self.epoch_seconds(run)
        if epoch is None:
            return math.inf
        if steps:
            return epoch * steps
        due = math.inf if self.speed == UNLIMITED else self._due + (time.perf_counter() - self._clock) * self.speed
        return min(epoch * max(1.0, due), budget)
