"""How fast the page is: frames that a real browser shows, the wait after a change, and what a frame costs the server.

The playground's own server and a headless Chromium, both on this machine. Goals stand in the table's head.
"""

from __future__ import annotations

import json
import time

import landscape
import numpy as np
import time_travel
from browser import WATCH, browser_page, open_page
from playground import playground
from playwright.sync_api import Page
from threadpoolctl import threadpool_limits
from timing import load

from dnn import advance, start
from dnn.experiment.links import from_query
from dnn.ui.live.health_part import measured
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack

# words of the address, by what the row is called; 500 examples where they do not say otherwise
CASES = {
    "[2,4,2,1]": "layers=4-2",
    "[2,8,8,1]": "layers=8-8",
    "[2,8,8,8,8,8,8,1]": "layers=8-8-8-8-8-8",
    "[2,8,8,3] softmax": "layers=8-8&data=blobs&data.classes=3",
    "[2,8,8,1] 20 000 examples": "layers=8-8&samples=20000",
    "[7,8,8,8,8,8,8,1] seven features": "layers=8-8-8-8-8-8&features=x1,x2,x1^2,x2^2,x1*x2,sin(x1),sin(x2)",
}
# the same with the tab for health open
HEALTH_CASES = {
    "[2,8,8,1]": "layers=8-8&samples=500",
    "[2,64 eight times,1] 20 000": "layers=64-64-64-64-64-64-64-64&samples=20000",
}
MANY_EPOCHS = 10_000
FRAME = 0.02  # seconds between two frames at the goal of 50 a second

# Notes how long after a key was pressed the first frame was drawn that the server made under another learning rate.
LISTEN = """() => {
  const panel = document.querySelector('[data-testid=live-panel]');
  let pressed = 0, rate = panel.dataset.learningRate;
  window.waits = [];
  window.addEventListener('keydown', () => (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (panel.dataset.learningRate === rate) return;
    rate = panel.dataset.learningRate;
    window.waits.push(performance.now() - pressed);
  }).observe(panel, { attributeFilter: ['data-learning-rate'] });
}"""


def main() -> None:
    """Print the table."""
    print(f"Page: 500 points, as fast as it can, headless Chromium on the same machine{load()}\n")
    line = "{:<36}{:>10}{:>9}{:>7}{:>16}{:>30}{:>13}"
    print(line.format("", "frames/s", "browser", "blank", "change -> frame", "server ms = train + picture", "bytes"))
    print(line.format("network", ">=50", "(most)", "0", "p50/p95 <=150", "<=6", "per frame"))
    with playground() as url, browser_page() as page:
        for name, words in CASES.items():
            open_page(page, f"{url}/?{words if 'samples=' in words else f'samples=500&{words}'}")
            seen, waits = page.evaluate(WATCH, 5), changes(page)
            total, training, size = frames_in_process(words)
            cells = [
                name,
                f"{seen['shown']:.1f}",
                f"{seen['animation']:.1f}",
                seen["blank"],
                f"{np.median(waits):.0f} / {np.percentile(waits, 95):.0f}",
                f"{total:.2f} = {training:.2f} + {total - training:.2f}",
                f"{size:,.0f}",
            ]
            print(line.format(*cells), flush=True)
        with_health(page, url, line)
        landscape.in_browser(page, url)
        speeds(page, url)
        open_page(page, f"{url}/?samples=500&layers=8-8&batch_size=100")
        enough = "(epochs) => document.querySelector('[data-testid=live-panel]').dataset.epoch >= epochs"
        page.wait_for_function(enough, arg=MANY_EPOCHS, timeout=180_000)
        seen = page.evaluate(WATCH, 5)
        cells = [f"[2,8,8,1] b100 after {MANY_EPOCHS:,} epochs", f"{seen['shown']:.1f}", f"{seen['animation']:.1f}"]
        print(line.format(*cells, seen["blank"], "", "", ""))
        print(time_travel.in_browser(page))
        opening(page, url)


def with_health(page: Page, url: str, line: str) -> None:
    """Print a row for each case with the tab for health open, and what one measurement costs the server."""
    for name, words in HEALTH_CASES.items():
        open_page(page, f"{url}/?{words}")
        page.get_by_role("tab", name="Health").click()
        page.wait_for_selector(".dnn-layers tbody tr")
        seen = page.evaluate(WATCH, 5)
        run, times = advance(start(from_query(dict(word.split("=", 1) for word in words.split("&")))[0]), 1), []
        with threadpool_limits(1, user_api="blas"):
            for _ in range(50):
                began = time.perf_counter()
                measured(run)
                times.append(1e3 * (time.perf_counter() - began))
        server = f"health {np.median(times[5:]):.2f}, p95 {np.percentile(times[5:], 95):.2f}"
        cells = [f"{name}, Health open", f"{seen['shown']:.1f}", f"{seen['animation']:.1f}", seen["blank"]]
        print(line.format(*cells, "", server, ""), flush=True)


def opening(page: Page, url: str, count: int = 7) -> None:
    """Print the seconds from opening the page to its first frame: a browser that was never here, and one that was."""
    drawn = "() => document.querySelector('[data-testid=live-panel]')?.dataset.frame >= 1"
    browser = page.context.browser
    if browser is None:
        return
    seconds: dict[str, list[float]] = {"a new browser": [], "again": []}
    page.goto("about:blank")
    for _ in range(count):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        fresh = context.new_page()
        for times in seconds.values():
            began = time.perf_counter()
            fresh.goto(url)
            fresh.wait_for_function(drawn)
            times.append(time.perf_counter() - began)
            fresh.goto("about:blank")
        context.close()
    for who, times in seconds.items():
        print(f"first frame after opening, {who:<14} {np.median(times):.2f} s (quickest {min(times):.2f}); goal <= 2.5")


def speeds(page: Page, url: str, seconds: float = 5.0) -> None:
    """Print epochs a second at the two highest speeds, and what the loop does without a page."""
    words = "data=spiral&layers=8-8&learning_rate=0.1"
    experiment, _ = from_query(dict(word.split("=", 1) for word in words.split("&")))
    run, began = start(experiment), time.perf_counter()
    with threadpool_limits(1, user_api="blas"):
        while time.perf_counter() - began < seconds:
            run = advance(run, 20)
    alone = run.epoch / (time.perf_counter() - began)
    open_page(page, f"{url}/?{words}")
    found = {}
    for speed, key in (("as fast as it can", "End"), ("120 a second", "ArrowLeft")):
        page.get_by_role("slider", name="Speed").press(key)
        page.wait_for_timeout(1500)
        before = int(page.locator("[data-testid=live-panel]").get_attribute("data-epoch") or 0)
        seen = page.evaluate(WATCH, seconds)
        after = int(page.locator("[data-testid=live-panel]").get_attribute("data-epoch") or 0)
        found[speed] = (after - before) / seconds, seen["shown"]
    print(f"\n{words}: `advance` alone {alone:.0f} epochs/s")
    for speed, (epochs, frames) in found.items():
        print(f"  {speed:<18} {epochs:6.0f} epochs/s = {epochs / alone:4.0%} of alone, {frames:.1f} frames/s")


def changes(page: Page, count: int = 20) -> list[float]:
    """Milliseconds from a key on the learning rate's slider to the first frame under the new rate, ``count`` times."""
    slider = page.get_by_role("slider", name="Learning rate")
    slider.focus()
    page.evaluate(LISTEN)
    for change in range(count):
        page.keyboard.press("ArrowLeft" if change % 2 else "ArrowRight")
        page.wait_for_function("before => window.waits.length > before", arg=change, timeout=30_000)
        page.wait_for_timeout(300 + 37 * (change % 7))  # out of step with frames and reruns
    waits: list[float] = page.evaluate("window.waits")
    return waits


class TimedPlayer(Player):
    """A player that knows how many seconds of its last frame went into training."""

    trained = 0.0

    def _train(self) -> None:
        began = time.perf_counter()
        super()._train()
        self.trained = time.perf_counter() - began


def frames_in_process(words: str, seconds: float = 4.0) -> tuple[float, float, float]:
    """Median ms of a player's frames, ms of training in them, and mean bytes, asked for at 50 frames a second."""
    experiment, _ = from_query(dict(word.split("=", 1) for word in words.split("&")))
    player, rows = TimedPlayer(experiment), []
    scene = json.loads(unpack(player.frame())[1]["scene"].tobytes())["id"]
    for _ in range(int(seconds / FRAME)):
        began = time.perf_counter()
        size = len(player.frame(scene))
        spent = time.perf_counter() - began
        rows.append((1e3 * spent, 1e3 * player.trained, size))
        time.sleep(max(0.0, FRAME - spent))
    table = np.array(rows[len(rows) // 4 :])  # without those before the player knew how long an epoch takes
    return float(np.median(table[:, 0])), float(np.median(table[:, 1])), float(table[:, 2].mean())


if __name__ == "__main__":
    main()
