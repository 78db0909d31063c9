"""A replay: the run from its first epoch to the newest one in a fixed time, evenly or slowly at the start."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from dnn.training.replay_epochs import epoch_at

SECONDS = (5, 10, 20, 60)  # that a replay may take


@dataclass(frozen=True)
class Replay:
    """A replay that began at a time (of ``time.perf_counter``)."""

    seconds: float
    logarithmic: bool
    began: float = field(default_factory=time.perf_counter)

    def epoch(self, first: int, last: int) -> int:
        """Return the epoch that is shown now; ``last`` when the replay is over."""
        share = min(1.0, (time.perf_counter() - self.began) / self.seconds)
        return epoch_at(share, first, last, logarithmic=self.logarithmic)
