"""A class on one server: frames, clicks, memory, and what one heavy run takes from the others.

The playground's own server, and pupils without a browser (``visitors``), each with its Streamlit script: all play at
the page's own speed, and each clicks every five seconds. They run in this process, on the same machine as the server;
the table says what both take. Name rows to get only those. ``--soak 60`` watches a class of thirty for an hour instead.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import numpy as np
import psutil
from playground import playground_process
from timing import load
from visitors import Visitor, ping, visit

LIGHT = {"layers": "8-8", "samples": "500"}
HEAVY = {"layers": "-".join(8 * ["64"]), "samples": "20000", "batch_size": "1"}  # nothing on the page is heavier
PUPILS = 30
FRAMES = {"30": ">=12", "60": ">=6"}  # goals in frames a second for each, by how many they are
CLICK_EVERY = 5.0  # seconds
SETTLE = 6.0  # seconds from when all are there until it counts
GIVEN_BACK = 130.0  # seconds after which what they took is to be given back
ROWS = (*FRAMES, "heavy", "memory")
LINE = "{:<16}{:>9}{:>9}{:>7}{:>16}{:>14}{:>13}{:>9}{:>9}"


@dataclass
class Measured:
    """What some pupils had: frames a second each, seconds from clicks to frames, seconds of health; cores taken."""

    frames: np.ndarray
    clicks: np.ndarray
    health: np.ndarray
    server: float
    clients: float


@contextlib.asynccontextmanager
async def pupils(url: str, count: int, query: dict[str, str]) -> AsyncIterator[list[Visitor]]:
    """So many who come at once, and stay."""
    async with contextlib.AsyncExitStack() as stack:
        coming = [asyncio.create_task(stack.enter_async_context(visit(url, query))) for _ in range(count)]
        yield [await each for each in coming]


@contextlib.asynccontextmanager
async def clicking(visitors: Sequence[Visitor]) -> AsyncIterator[None]:
    """They click, one after the other in turn."""
    step = CLICK_EVERY / max(1, len(visitors))
    tasks = [asyncio.create_task(each.click(CLICK_EVERY, step * place)) for place, each in enumerate(visitors)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def watch(url: str, server: psutil.Process, visitors: Sequence[Visitor], seconds: float) -> Measured:
    """Count for ``seconds`` what these have."""
    health: list[float] = []
    pinger = asyncio.create_task(ping(url, health))
    before = [(len(each.arrivals), len(each.waits)) for each in visitors]
    began, busy, own = time.perf_counter(), cpu(server), cpu(psutil.Process())
    await asyncio.sleep(seconds)
    passed = time.perf_counter() - began
    pinger.cancel()
    return Measured(
        np.array([(len(each.arrivals) - frames) / passed for each, (frames, _) in zip(visitors, before, strict=True)]),
        np.array([wait for each, (_, waits) in zip(visitors, before, strict=True) for wait in each.waits[waits:]]),
        np.array(health),
        (cpu(server) - busy) / passed,
        (cpu(psutil.Process()) - own) / passed,
    )


def cpu(process: psutil.Process) -> float:
    """Seconds that it has computed so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def megabytes(process: psutil.Process) -> float:
    """What it holds of the machine's memory."""
    return float(process.memory_info().rss) / 1e6


def show(name: str, found: Measured, goal: str) -> None:
    """Print a row."""
    clicks = found.clicks if len(found.clicks) else np.array([np.nan])
    cells = [
        name,
        f"{np.median(found.frames):.1f}",
        f"{found.frames.min():.1f}",
        goal,
        f"{np.median(clicks):.2f} / {np.percentile(clicks, 95):.2f}",
        len(found.clicks),
        f"{1e3 * np.percentile(found.health, 95):.0f} ms",
        f"{found.server:.2f}",
        f"{found.clients:.2f}",
    ]
    print(LINE.format(*cells), flush=True)


async def many(url: str, server: psutil.Process, count: int, seconds: float) -> None:
    """A row for ``count`` pupils."""
    async with pupils(url, count, LIGHT) as visitors, clicking(visitors):
        await asyncio.sleep(SETTLE)
        found = await watch(url, server, visitors, seconds)
    show(f"{count} light", found, FRAMES.get(str(count), ""))


async def heavy(url: str, server: psutil.Process, seconds: float) -> None:
    """Two rows for each of two rounds: one more light pupil beside 29, and the heaviest there is instead."""
    shares = []
    async with pupils(url, PUPILS - 1, LIGHT) as visitors, clicking(visitors):
        for _ in range(2):
            rates = []
            for name, query in (("light", LIGHT), ("heaviest", HEAVY)):
                async with pupils(url, 1, query) as another:
                    await asyncio.sleep(SETTLE)
                    before, began = len(another[0].arrivals), time.perf_counter()
                    found = await watch(url, server, visitors, seconds)
                    own = (len(another[0].arrivals) - before) / (time.perf_counter() - began)
                show(f"29 + 1 {name}", found, "")
                rates.append(float(np.median(found.frames)))
            shares.append(rates[1] / rates[0])
            print(f"  the 29 keep {shares[-1]:.0%} of their frames (goal >=80 %); the heaviest has {own:.1f} frames/s")


async def memory(url: str, server: psutil.Process, seconds: float) -> None:
    """What two classes, one after the other, hold, and what is left of it when each has gone.

    What the first leaves behind and the second does not add to is kept for the next class, and not lost.
    """
    base = megabytes(server)
    for turn in ("first", "second"):
        async with pupils(url, PUPILS, LIGHT) as visitors, clicking(visitors):
            await asyncio.sleep(SETTLE + seconds)
            held = megabytes(server)
        print(
            f"memory, {turn} class: {base:.0f} MB before, {held:.0f} MB with {PUPILS} pupils: "
            f"{(held - base) / PUPILS:.1f} each (<=12)"
        )
        await asyncio.sleep(GIVEN_BACK)
        left = megabytes(server)
        back = (held - left) / (held - base)
        print(f"  {GIVEN_BACK:.0f} s after they have left {left:.0f} MB: {back:.0%} of it given back", flush=True)
        base = left


async def soak(url: str, server: psutil.Process, minutes: float) -> None:
    """A class that stays: memory and frames each minute, and how fast they grow or fall."""
    rows = []
    async with pupils(url, PUPILS, LIGHT) as visitors, clicking(visitors):
        await asyncio.sleep(SETTLE)
        for minute in range(1, int(minutes) + 1):
            found = await watch(url, server, visitors, 60.0)
            rows.append((minute / 60, megabytes(server), float(np.median(found.frames))))
            slow = float(np.percentile(found.clicks, 95))
            print(
                f"{minute:4d} min {rows[-1][1]:7.0f} MB {rows[-1][2]:6.1f} frames/s, click p95 {slow:.2f} s", flush=True
            )
            for each in visitors:
                each.arrivals.clear()
                each.waits.clear()
    late = np.array(rows[len(rows) // 3 :])  # without the beginning, when histories fill
    if len(late) > 1:
        slopes = [float(np.polyfit(late[:, 0], late[:, column], 1)[0]) for column in (1, 2)]
        print(f"slope over the last two thirds: {slopes[0]:+.1f} MB an hour, {slopes[1]:+.2f} frames/s an hour")


async def run(row: str, seconds: float, minutes: float) -> None:
    """One row on a server of its own, after a first visitor, who waits for more than later ones."""
    with playground_process() as (url, number):
        server = psutil.Process(number)
        async with pupils(url, 1, LIGHT):
            await asyncio.sleep(1.0)
        if row == "soak":
            await soak(url, server, minutes)
        elif row == "heavy":
            await heavy(url, server, seconds)
        elif row == "memory":
            await memory(url, server, seconds)
        else:
            await many(url, server, int(row), seconds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="A class on one server.")
    parser.add_argument(
        "rows", nargs="*", help=f"{', '.join(ROWS)}, or another number of pupils; all of these if none is named"
    )
    parser.add_argument("--seconds", type=float, default=15.0, help="for which is counted (default 15)")
    parser.add_argument(
        "--soak", type=float, default=0.0, metavar="MINUTES", help="watch a class of thirty for so long"
    )
    chosen = parser.parse_args()
    print(f"\nA class ([2,8,8,1], 500 points, 60 epochs/s, a click every {CLICK_EVERY:g} s each){load()}\n")
    print(
        LINE.format("pupils", "frames/s", "slowest", "goal", "click -> frame", "clicks", "health", "server", "clients")
    )
    print(LINE.format("", "each", "", "", "p50/p95 <=1 s", "counted", "p95 <=200 ms", "cores", "cores"), flush=True)
    for row in ("soak",) if chosen.soak else chosen.rows or ROWS:
        asyncio.run(run(row, chosen.seconds, chosen.soak))


if __name__ == "__main__":
    main()
