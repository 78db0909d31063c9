"""How quickly the page goes to an epoch of the past, and its frames while one looks there: rows of ``page.py``."""

from __future__ import annotations

import json
import time

import numpy as np
from browser import WATCH
from playwright.sync_api import Page

from dnn import Experiment
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack

EPOCHS, JUMPS = 10_000, 40
BATCHES = (None, 100, 10)  # examples in a batch

# Asks for epochs of the past one after another; notes how long after each the frame of that epoch was drawn.
JUMP = """async (epochs) => {
  const panel = document.querySelector('[data-testid=live-panel]');
  const slider = document.querySelector('.dnn-time [type=range]');
  const waits = [];
  for (const epoch of epochs) {
    const began = performance.now();
    slider.value = epoch;
    slider.dispatchEvent(new Event('input'));
    while (panel.dataset.epoch !== String(epoch)) await new Promise(requestAnimationFrame);
    waits.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return waits;
}"""


def in_browser(page: Page) -> str:
    """Jumps on a page that plays, frames a second while somebody looks at the past, and frames of a replay."""
    newest = int(page.locator("[data-testid=live-panel]").get_attribute("data-epoch") or 0)
    epochs = np.random.default_rng(0).integers(newest, size=JUMPS).tolist()
    waits = page.evaluate(JUMP, epochs)
    rows = [f"  jump -> frame p50/p95 <=100 {np.median(waits):>7.0f} / {np.percentile(waits, 95):.0f} ms"]
    page.get_by_label("How to replay, and whether training waits").click()
    for name, press in (
        ("training goes on meanwhile", page.get_by_label("Training goes on while I look at the past").check),
        ("a replay", page.get_by_role("button", name="Replay").click),
    ):
        press()
        seen = page.evaluate(WATCH, 5)
        rows.append(f"  {name:<34}{seen['shown']:>10.1f}{seen['animation']:>9.1f}{seen['blank']:>7}")
    return "\n".join(rows)


def in_process() -> None:
    """Print jumps of a player by itself, and what its snapshots take."""
    for batch_size in BATCHES:
        experiment = Experiment.of(
            data={"samples": 500}, network={"hidden_layer_sizes": [8, 8]}, training={"batch_size": batch_size}
        )
        player = Player(experiment, speed=UNLIMITED)
        scene = json.loads(unpack(player.frame())[1]["scene"].tobytes())["id"]
        while player.newest.epoch < EPOCHS:
            player.frame(scene)
        waits = []
        for epoch in np.random.default_rng(0).integers(player.newest.epoch, size=JUMPS).tolist():
            began = time.perf_counter()
            player.look(epoch)
            while player.run.epoch != epoch:
                player.frame(scene)
            waits.append(1e3 * (time.perf_counter() - began))
        name = f"[2,8,8,1] b{batch_size or ' all'} after {player.newest.epoch:,} epochs"
        held = f"{len(player.timeline.snapshots)} snapshots, {player.timeline.held_bytes / 2**20:.1f} MB"
        print(f"{name:<44} jump p50/p95 {np.median(waits):.0f} / {np.percentile(waits, 95):.0f} ms; {held}")


if __name__ == "__main__":
    in_process()
