"""A page in a browser without a window, and the frames that it shows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.chromium import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

# Counts for some seconds: frames drawn, animation frames of the browser, and those among them that showed a hole.
WATCH = """async (seconds) => {
  const panel = () => document.querySelector('[data-testid=live-panel]');
  const probe = new OffscreenCanvas(32, 32).getContext('2d', { willReadFrequently: true });
  const empty = (canvas) => {
    if (!canvas?.width || !canvas.height) return true;
    probe.clearRect(0, 0, 32, 32);
    probe.drawImage(canvas, 0, 0, 32, 32);
    return !probe.getImageData(0, 0, 32, 32).data.some((value) => value > 0);
  };
  const hole = () => {
    const figures = [...(panel()?.querySelectorAll('figure') ?? [])];
    const canvases = figures.flatMap((figure) => [...figure.querySelectorAll('canvas')])
      .filter((canvas) => canvas.checkVisibility());
    const charts = figures.filter((figure) => figure.querySelector('.main-svg .scatterlayer'));
    return canvases.length < 2 || charts.length < 2 || canvases.some(empty);
  };
  const [began, before] = [performance.now(), Number(panel().dataset.frame)];
  let animation = 0, blank = 0;
  while (performance.now() - began < 1000 * seconds) {
    await new Promise(requestAnimationFrame);
    animation += 1;
    blank += hole();
  }
  const passed = (performance.now() - began) / 1000;
  return { shown: (panel().dataset.frame - before) / passed, animation: animation / passed, blank };
}"""

# The same without looking for holes: reading a canvas back from WebGL would itself cost a third of the frames.
COUNT_FRAMES = WATCH.replace("blank += hole();", "")


@contextlib.contextmanager
def browser_page() -> Iterator[Page]:
    """A page of a Chromium without a window: the one that the tests find on this machine, else Playwright's."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS) as browser,
    ):
        yield browser.new_page(viewport={"width": 1440, "height": 900})


def open_page(page: Page, url: str) -> None:
    """Go there, wait for the charts, and let it train as fast as it can."""
    page.goto(url)
    page.wait_for_selector("[data-testid=live-panel][data-state=playing] .dnn-cost .scatterlayer", state="attached")
    page.get_by_role("slider", name="Speed").press("End")
    page.wait_for_timeout(2000)
