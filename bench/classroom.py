"""What others feel of heavy runs: a light visitor's frames beside 1, 3 and 10 of the heaviest that the page allows.

The playground's own server, and visitors without a browser that speak its protocol: each opens a session of the page,
reads the token of its run from the page's panel, and pulls frames as the panel does, 60 a second at most and two
requests at a time. *New weights* is pressed as a browser presses it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import numpy as np
from page import playground
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dnn.ui.live.socket import PROTOCOL
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET

LIGHT = {"layers": "8-8", "samples": "500"}
HEAVY = {"layers": "-".join(8 * ["64"]), "samples": "20000", "batch_size": "1"}
HEAVIES = (0, 1, 3, 10)  # how many of them play
SHARE = {0: "", 1: ">=80 %", 3: "", 10: ">=40 %"}  # goals for the light visitor's frames, beside none
VISITS = 8  # of light visitors, one after the other
DRAWN = 1 / 60  # seconds from one drawn frame to the next at least
WATCHED = 3.0  # seconds for which frames are counted
PATIENCE = 120.0  # seconds


@dataclass
class Visitor:
    """One session of the page and its panel."""

    page: ClientConnection
    frames: ClientConnection
    buttons: dict[str, str]  # ids of the page's buttons, by what their keys end with
    scene: int = -1
    arrivals: list[float] = field(default_factory=list)
    latest: dict[str, object] = field(default_factory=dict)

    async def watch(self) -> None:
        """Pull frames for ever, as the panel does."""
        drawn = 0.0
        await self.frames.send(str(self.scene))
        while True:
            header, parts = unpack(await self.frames.recv())  # type: ignore[arg-type]
            if "scene" in parts:
                self.scene = json.loads(parts["scene"].tobytes())["id"]
            self.latest = header
            self.arrivals.append(time.perf_counter())
            await asyncio.sleep(max(0.0, drawn + DRAWN - time.perf_counter()))
            drawn = time.perf_counter()
            await self.frames.send(str(self.scene))

    async def press(self, button: str) -> None:
        """As a browser presses a button."""
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=self.buttons[button], trigger_value=True)
        await self.page.send(message.SerializeToString())

    async def listen(self) -> None:
        """Take what the page sends, and pass it over."""
        async for _ in self.page:
            pass


@contextlib.asynccontextmanager
async def visit(url: str, query: dict[str, str]) -> AsyncIterator[Visitor]:
    """A visitor whose panel has shown its first frame, and goes on."""
    host = urlsplit(url).netloc
    options = {"compression": None, "max_size": None, "ping_timeout": None}
    async with contextlib.AsyncExitStack() as stack:
        page = await stack.enter_async_context(
            connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], **options)  # type: ignore[arg-type]
        )
        opening = BackMsg()
        opening.rerun_script.query_string = urlencode(query)
        await page.send(opening.SerializeToString())
        token, buttons = "", {}
        while not token or "new_weights" not in buttons:
            element = ForwardMsg.FromString(await page.recv()).delta.new_element  # type: ignore[arg-type]
            if element.HasField("button"):
                buttons[element.button.id.rsplit("-", 1)[-1]] = element.button.id
            elif element.HasField("bidi_component") and element.bidi_component.component_name.endswith("live_panel"):
                told = element.bidi_component.json or element.bidi_component.mixed.json
                token = json.loads(told)["token"]
        frames = await stack.enter_async_context(
            connect(f"ws://{host}{LIVE_SOCKET}", subprotocols=[PROTOCOL, token], **options)  # type: ignore[arg-type]
        )
        visitor = Visitor(page, frames, buttons)
        await frames.send("-1")
        tasks = [asyncio.create_task(visitor.watch()), asyncio.create_task(visitor.listen())]
        try:
            await until(lambda: bool(visitor.arrivals))
            yield visitor
        finally:
            for task in tasks:
                task.cancel()


async def until(condition: object) -> float:
    """Wait until it holds; returns the seconds that it took."""
    began = time.perf_counter()
    while not condition():  # type: ignore[operator]
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("nothing came for two minutes")
        await asyncio.sleep(0.002)
    return time.perf_counter() - began


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


async def ping(url: str, waits: list[float]) -> None:
    """Ask ten times a second whether the server is well."""

    def ask() -> float:
        began = time.perf_counter()
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=PATIENCE):
            return time.perf_counter() - began

    while True:
        waits.append(await asyncio.to_thread(ask))
        await asyncio.sleep(0.1)


async def measure(url: str, heavies: int) -> dict[str, list[float]]:
    """What a light visitor feels beside so many heavy runs; ``health`` from before they begin."""
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
    load = f"; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\nA light visitor beside heavy runs (20 000 examples, 8 x 64 units, batches of 1){load}\n")
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
