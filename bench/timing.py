"""What the tables of this folder have in common: jobs that take turns, and the machine's load in the headline."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

Job = tuple[Callable[[], object], int]  # what to call, and units of work in it


class Row(NamedTuple):
    """One line of a table of goals: what was measured, a number, and its goal where it has one."""

    name: str
    shown: str
    number: float
    goal: str
    met: bool


def print_parts(*parts: Callable[[], Iterator[Row]]) -> None:
    """Print the rows of each part below the first line of its docstring; only the parts named as arguments, if any."""
    wanted = sys.argv[1:]
    for part in parts:
        if not wanted or part.__name__ in wanted:
            print(f"\n{(part.__doc__ or '').splitlines()[0]}")
            for row in part():
                goal = f"goal {row.goal:<8}{'yes' if row.met else 'NO'}" if row.goal else ""
                print(f"  {row.name:<44}{row.shown:<66}{row.number:7.2f}  {goal}", flush=True)


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
