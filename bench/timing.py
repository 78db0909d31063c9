"""What the tables of this folder have in common: jobs that take turns, and the machine's load in the headline."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping

import numpy as np

Job = tuple[Callable[[], object], int]  # what to call, and units of work in it


def load() -> str:
    """The machine's load now, for the end of a headline; empty where the system does not tell it."""
    return f"; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def alternating(
    jobs: Mapping[str, Job], clock: Callable[[], float], least: int, seconds: float = 0.0
) -> dict[str, np.ndarray]:
    """Seconds of ``clock`` per unit of work of each job, once per repeat; in a repeat each has its turn.

    There are ``least`` repeats, and more until ``seconds`` have passed.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for call, _ in jobs.values():  # the first turn warms caches and counts for nothing
        call()
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline or min(map(len, times.values())) < least:
        for name, (call, units) in jobs.items():
            began = clock()
            call()
            times[name].append((clock() - began) / units)
    return {name: np.array(each) for name, each in times.items()}
