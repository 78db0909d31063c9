"""What others feel of heavy runs: a light visitor's frames beside 1, 3 and 10 of the heaviest that the page allows.

The playground's own server, and visitors without a browser (``visitors``).
"""

from __future__ import annotations

import asyncio
import contextlib
import time

import numpy as np
from playground import playground
from timing import load
from visitors import ping, until, visit

LIGHT = {"layers": "8-8", "samples": "500"}
HEAVY = {"layers": "-".join(8 * ["64"]), "samples": "20000", "batch_size": "1"}
HEAVIES = (0, 1, 3, 10)  # how many of them play
SHARE = {0: "", 1: ">=80 %", 3: "", 10: ">=40 %"}  # goals for the light visitor's frames, beside none
VISITS = 8  # of light visitors, one after the other
WATCHED = 3.0  # seconds for which frames are counted


async def light_visit(url: str, firsts: list[float], frames: list[float], weights: list[float]) -> None:
    """One light visitor: the first frame, frames a second, and the frame after *New weights*."""
    began = time.perf_counter()
    async with visit(url, LIGHT) as visitor:
        firsts.append(time.perf_counter() - began)
        await asyncio.sleep(1.0)
        start = time.perf_counter()
        await asyncio.sleep(WATCHED)
        frames.append(sum(arrival > start for arrival in visitor.arrivals) / (time.perf_counter() - start))
        epoch = int(str(visitor.latest["epoch"]))
        await visitor.press("new_weights")
        weights.append(await until(lambda: int(str(visitor.latest["epoch"])) < epoch))


async def measure(url: str, heavies: int) -> dict[str, list[float]]:
    """What a light visitor feels beside ``heavies`` heavy runs; ``health`` from before they begin."""
    found: dict[str, list[float]] = {name: [] for name in ("first", "frames", "weights", "health", "heavy")}
    pinger = asyncio.create_task(ping(url, found["health"]))
    async with contextlib.AsyncExitStack() as stack:
        entering = [asyncio.create_task(stack.enter_async_context(visit(url, HEAVY))) for _ in range(heavies)]
        playing = [await each for each in entering]
        before = [len(each.arrivals) for each in playing]
        began = time.perf_counter()
        for _ in range(VISITS):
            await light_visit(url, found["first"], found["frames"], found["weights"])
        seconds = time.perf_counter() - began
        found["heavy"] = [(len(each.arrivals) - n) / seconds for each, n in zip(playing, before, strict=True)] or [0.0]
        pinger.cancel()
    return found


def main() -> None:
    """Print the table."""
    print(f"\nA light visitor beside heavy runs (20 000 examples, 8 x 64 units, batches of 1){load()}\n")
    line = "{:<8}{:>22}{:>22}{:>10}{:>10}{:>9}{:>17}{:>14}"
    print(line.format("heavy", "first frame", "New weights", "frames/s", "share", "goal", "health", "heavy's own"))
    print(line.format("runs", "p50/p95 <=1 s", "p50/p95 <=1 s", "", "of alone", "", "p95 <=200 ms", "frames/s"))
    alone = 0.0
    with playground() as url:
        asyncio.run(light_visit(url, [], [], []))  # the very first visitor waits for more than later ones
        for heavies in HEAVIES:
            found = asyncio.run(measure(url, heavies))
            frames = float(np.median(found["frames"]))
            alone = alone or frames
            cells = [
                heavies,
                f"{np.median(found['first']):.2f} / {np.percentile(found['first'], 95):.2f}",
                f"{np.median(found['weights']):.2f} / {np.percentile(found['weights'], 95):.2f}",
                f"{frames:.1f}",
                f"{frames / alone:.0%}",
                SHARE[heavies],
                f"{1e3 * np.percentile(found['health'], 95):.0f} ms",
                f"{np.median(found['heavy']):.1f}",
            ]
            print(line.format(*cells), flush=True)


if __name__ == "__main__":
    main()
