"""How long a landscape takes: the cost of a network at the points of a grid, on one core.

What is timed is the processor's time of this process, the median of some repeats.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median

from threadpoolctl import threadpool_limits

from dnn import Experiment, Run, advance, start
from dnn.analysis.landscape import COARSE, SIDE, landscape
from dnn.analysis.path import Path

REPEATS = 9
GOAL = 500.0  # ms for the first row at the fine grid
ROWS = (((8, 8), 350), ((8, 8), 2000), ((32, 32, 32), 350), ((64, 64), 350))  # hidden layers, training examples


def main() -> None:
    """Print the table."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\nLandscape: ms on one core, medians of {REPEATS}{load}\n")
    line = "  {:<28}{:>12}{:>12}{:>12}{:>12}{:>14}"
    sides = f"{COARSE} × {COARSE}", f"{SIDE} × {SIDE}"
    print(line.format("layers, training examples", *sides, "float64", "path again", "goal"))
    with threadpool_limits(1):
        for number, (hidden, examples) in enumerate(ROWS):
            run = trained(hidden, examples)
            path = Path.trained_again(run)
            times = [
                took(lambda run=run, path=path: landscape(run, path=path, side=COARSE)),
                took(lambda run=run, path=path: landscape(run, path=path)),
                took(lambda run=run, path=path: landscape(run, path=path, dtype="float64")),
                took(lambda run=run: Path.trained_again(run)),
            ]
            goal = f"<={GOAL:.0f} {'yes' if times[1] <= GOAL else 'NO'}" if number == 0 else ""
            name = f"{[2, *hidden, 1]}, {examples}"
            print(line.format(name, *(f"{each:.1f}" for each in times), goal), flush=True)


def trained(hidden: tuple[int, ...], examples: int) -> Run:
    """A run of 100 epochs on so many training examples."""
    experiment = Experiment.of(
        data={"samples": examples, "test_share": 0.0},
        network={"hidden_layer_sizes": hidden},
        training={"learning_rate": 0.1, "batch_size": 30},
    )
    return advance(start(experiment), 100)


def took(job: Callable[[], object]) -> float:
    """Milliseconds of the processor's time, the median of the repeats after a first one."""
    job()
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        job()
        times.append(time.process_time() - before)
    return 1e3 * median(times)


if __name__ == "__main__":
    main()
