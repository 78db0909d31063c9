"""How fast the trainability map is, in one process on one core: processor's time, medians of several pictures."""

from __future__ import annotations

import time

import numpy as np
from threadpoolctl import threadpool_limits
from timing import load

from dnn.sweeps.trainability import FINEST, MAPS, TrainabilityMap, picture, refine

REPEATS = 5
GOAL = 3.0  # seconds for 64 × 64 networks [2,8,1], 16 examples, 100 updates each


def main() -> None:
    """Print a row for each map, and one for the longest wait between two chances to stop."""
    print(f"The trainability map; one BLAS thread{load()}\n")
    for name, window in MAPS.items():
        seconds = np.median([timed(window, 64) for _ in range(REPEATS)])
        each = seconds / (64 * 64 * window.epochs) * 1e6
        met = "yes" if seconds <= GOAL else "NO"
        print(f"  {name}, 64 × 64, 100 epochs    {seconds:6.2f} s   {each:5.2f} µs each    goal ≤ {GOAL:g} s   {met}")
    window = MAPS["tanh"]
    print(f"  tanh, {FINEST} × {FINEST}, 100 epochs  {timed(window, FINEST):6.1f} s")
    one, two = [timed_on_the_clock(jobs) for jobs in (1, 2, 1, 2)][2:]  # the first with two starts processes
    print(f"  tanh, 256 × 256, in one process and in two   {one:.1f} s, {two:.1f} s: {one / two:.2f} ×")
    waits = np.diff([time.perf_counter() for _ in refine(window, 128)]) * 1e3
    print(f"  wait for the next chance to stop: median {np.median(waits):.1f} ms, longest {waits.max():.1f} ms")


def timed(window: TrainabilityMap, side: int) -> float:
    """Seconds for a picture."""
    began = time.process_time()
    picture(window, side)
    return time.process_time() - began


def timed_on_the_clock(jobs: int) -> float:
    """Seconds that pass while some processes compute a picture."""
    began = time.perf_counter()
    picture(MAPS["tanh"], 256, jobs=jobs)
    return time.perf_counter() - began


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
