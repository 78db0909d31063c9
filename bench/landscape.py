"""How long a landscape takes: the cost of a network at the points of a grid, on one core.

What is timed is the processor's time of this process, the median of some repeats. ``in_browser`` prints the rows that
``page.py`` has of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

from browser import COUNT_FRAMES, open_page
from playwright.sync_api import Page
from threadpoolctl import threadpool_limits
from timing import load

from dnn import Experiment, Run, advance, start
from dnn.analysis.landscape import COARSE, SIDE, landscape
from dnn.analysis.path import Path

REPEATS = 9
GOAL = 500.0  # ms for the first row at the fine grid
ROWS = (((8, 8), 350), ((8, 8), 2000), ((32, 32, 32), 350), ((64, 64), 350))  # hidden layers, training examples


# Counts how often the landscape is drawn.
COUNT = """() => {
  window.refreshes = 0;
  window.counter?.disconnect();
  window.counter = new MutationObserver((changes) => (window.refreshes += changes.length));
  window.counter.observe(document.querySelector('.dnn-landscape'), { attributeFilter: ['data-drawn'] });
}"""


def main() -> None:
    """Print the table."""
    print(f"\nLandscape: ms on one core, medians of {REPEATS}{load()}\n")
    line = "  {:<28}{:>12}{:>12}{:>12}{:>12}{:>14}"
    sides = f"{COARSE} × {COARSE}", f"{SIDE} × {SIDE}"
    print(line.format("layers, training examples", *sides, "float64", "path again", "goal"))
    with threadpool_limits(1):
        for number, (hidden, examples) in enumerate(ROWS):
            run = trained(hidden, examples)
            path = Path.trained_again(run)
            times = [
                took(partial(landscape, run, path=path, side=COARSE)),
                took(partial(landscape, run, path=path)),
                took(partial(landscape, run, path=path, dtype="float64")),
                took(partial(Path.trained_again, run)),
            ]
            goal = f"<={GOAL:.0f} {'yes' if times[1] <= GOAL else 'NO'}" if number == 0 else ""
            name = f"{[2, *hidden, 1]}, {examples}"
            print(line.format(name, *(f"{each:.1f}" for each in times), goal), flush=True)


def in_browser(page: Page, url: str, seconds: float = 8.0) -> None:
    """Print refreshes of the landscape a second, and frames a second of the page with it open."""
    print(f"\n{'[2,8,8,1], 350 examples, landscape':<36}{'frames/s':>10}{'refreshes/s':>14}")
    print(f"{'goal':<36}{'>=50':>10}{'>=1':>14}")
    open_page(page, f"{url}/?samples=500&layers=8-8")
    page.locator("input[name=picture][value=landscape]").check(force=True)
    for form in ("contours", "surface"):
        page.locator(".dnn-landscape [name=form]").select_option(form)
        page.wait_for_selector(f".dnn-landscape[data-form={form}][data-side='51'][data-drawn]")
        page.wait_for_timeout(2000)
        page.evaluate(COUNT)
        seen = page.evaluate(COUNT_FRAMES, seconds)
        refreshes = page.evaluate("window.refreshes") / seconds
        print(f"{form:<36}{seen['shown']:>10.1f}{refreshes:>14.2f}", flush=True)


def trained(hidden: tuple[int, ...], examples: int) -> Run:
    """A run of 100 epochs on ``examples`` training examples."""
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
