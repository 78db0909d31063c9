"""How fast the grid of a sweep is: pictures a second of all its cells, and the wait after Pause.

The playground's own server and a headless Chromium, both on this machine. Goals stand in the lines.
"""

from __future__ import annotations

import time

import numpy as np
from browser import browser_page
from playground import playground
from playwright.sync_api import Page
from timing import load

# the grid of a sweep: cells on a side, and pictures a second that it should reach
GRIDS = ((8, 15), (16, 6))


def main() -> None:
    """Print a line for each size of the grid."""
    print(f"Sweep: [2,8,8,1], 500 points, as fast as it can, headless Chromium on the same machine{load()}\n")
    with playground() as url, browser_page() as page:
        grids(page, url)


def grids(page: Page, url: str, seconds: float = 5.0) -> None:
    """Print pictures a second, and the wait after a press of Play or Pause."""
    for side, goal in GRIDS:
        rates = ",".join(f"{rate:.6g}" for rate in np.geomspace(0.001, 1, side))
        penalties = ",".join(f"{penalty:.6g}" for penalty in np.linspace(0, 1, side))
        axes = f"axis.1=training.learning_rate:{rates}&axis.2=training.l2:{penalties}&sweep.epochs=100000"
        page.goto(f"{url}/sweep?samples=500&layers=8-8&{axes}")
        page.wait_for_selector("[data-testid=group-panel][data-state=paused] .dnn-sweep-cell", timeout=60_000)
        page.get_by_role("slider", name="Speed").press("End")
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_selector("[data-testid=group-panel][data-state=playing]")
        page.wait_for_timeout(2000)
        before, began = shown(page), time.perf_counter()
        page.wait_for_timeout(1000 * seconds)
        after, passed = shown(page), time.perf_counter() - began
        pictures, epochs = (np.subtract(after, before) / passed).tolist()
        waits = [toggled(page) for _ in range(10)]
        said = f"{pictures:.1f} pictures/s (>={goal}), {epochs:.0f} epochs/s"
        print(f"  {side} x {side}: {said}, pause or play {np.median(waits):.0f} / {np.percentile(waits, 95):.0f} ms")


def shown(page: Page) -> tuple[int, int]:
    """The numbers of the picture and the epoch that the grid shows."""
    found = page.locator("[data-testid=group-panel]").evaluate("({ dataset }) => [dataset.frame, dataset.epoch]")
    return int(found[0]), int(found[1])


def toggled(page: Page) -> float:
    """Milliseconds from a press of Play or Pause to the first picture that shows it."""
    wait: float = page.evaluate("""() => new Promise((done) => {
        const panel = document.querySelector('[data-testid=group-panel]');
        const [began, before] = [performance.now(), panel.dataset.state];
        new MutationObserver((_, observer) => {
            if (panel.dataset.state === before) return;
            observer.disconnect();
            done(performance.now() - began);
        }).observe(panel, { attributeFilter: ['data-state'] });
        document.querySelector('.st-key-play button').click();
    })""")
    page.wait_for_timeout(700)
    return wait


if __name__ == "__main__":
    main()
