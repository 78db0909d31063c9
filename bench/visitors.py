"""Visitors without a browser, who speak the page's own protocol: for the benchmarks.

Each opens a session of the page, whose Streamlit script runs for it as for any other, reads the token of its run from
the page's panel, and pulls frames as the panel does: 60 a second at most and two requests at a time. It clicks as a
browser does. It draws nothing and reads of a frame only the header, so that many of them fit on one core.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from dnn.ui.live.socket import PROTOCOL
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET

DRAWN = 1 / 60  # seconds from one drawn frame to the next at least
PATIENCE = 120.0  # seconds
RATES = ("0.1", "0.03")  # what the slider of the learning rate is moved to, in turn


@dataclass
class Visitor:
    """One session of the page and its panel. ``widgets`` and ``fragments`` are ids, by what the widgets' keys are."""

    page: ClientConnection
    frames: ClientConnection
    widgets: dict[str, str]
    fragments: dict[str, str]
    scene: int = -1
    arrivals: list[float] = field(default_factory=list)
    latest: dict[str, Any] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)  # seconds from a click to the first frame after it

    async def watch(self) -> None:
        """Pull frames for ever, as the panel does."""
        drawn = 0.0
        await self.frames.send(str(self.scene))
        while True:
            message = await self.frames.recv()
            assert isinstance(message, bytes)
            self.latest = json.loads(message[4 : 4 + int.from_bytes(message[:4], "little")])
            if any(name == "scene" for name, _, _ in self.latest["parts"]):
                self.scene = json.loads(unpack(message)[1]["scene"].tobytes())["id"]
            self.arrivals.append(time.perf_counter())
            await asyncio.sleep(max(0.0, drawn + DRAWN - time.perf_counter()))
            drawn = time.perf_counter()
            await self.frames.send(str(self.scene))

    async def press(self, button: str) -> None:
        """As a browser presses a button."""
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=self.widgets[button], trigger_value=True)
        await self.page.send(message.SerializeToString())

    async def set_learning_rate(self, rate: str) -> None:
        """As a browser moves the slider, which runs only its own part of the page again."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragments["learning_rate"]
        moved = message.rerun_script.widget_states.widgets.add(id=self.widgets["learning_rate"])
        moved.string_array_value.data.append(rate)
        await self.page.send(message.SerializeToString())

    async def click(self, every: float, first: float) -> None:
        """Move the slider of the learning rate and press *New weights* in turn, at intervals of ``every`` seconds."""
        await asyncio.sleep(first)
        for turn in itertools.count():
            began, revision = time.perf_counter(), self.latest["revision"]
            if turn % 2:
                await self.press("new_weights")
            else:
                await self.set_learning_rate(RATES[turn // 2 % len(RATES)])
            self.waits.append(await until(lambda before=revision: self.latest["revision"] != before))
            await asyncio.sleep(max(0.0, began + every - time.perf_counter()))

    async def listen(self) -> None:
        """Take what the page sends, and pass it over."""
        async for _ in self.page:
            pass


@contextlib.asynccontextmanager
async def visit(url: str, query: dict[str, str]) -> AsyncIterator[Visitor]:
    """A visitor whose panel has shown its first frame, and goes on."""
    host = urlsplit(url).netloc
    opened = partial(connect, compression=None, max_size=None, ping_timeout=None, open_timeout=PATIENCE)
    async with contextlib.AsyncExitStack() as stack:
        page = await stack.enter_async_context(
            opened(f"ws://{host}/_stcore/stream", subprotocols=[Subprotocol("streamlit")])
        )
        opening = BackMsg()
        opening.rerun_script.query_string = urlencode(query)
        await page.send(opening.SerializeToString())
        token, widgets, fragments = "", {}, {}
        while not token or "new_weights" not in widgets:
            delta = ForwardMsg.FromString(await page.recv(decode=False)).delta
            element = delta.new_element
            if kind := next((kind for kind in ("button", "slider") if element.HasField(kind)), ""):
                found = getattr(element, kind).id
                key = found.rsplit("-", 1)[-1]
                widgets[key], fragments[key] = found, delta.fragment_id
            elif element.HasField("bidi_component") and element.bidi_component.component_name.endswith("live_panel"):
                told = element.bidi_component.json or element.bidi_component.mixed.json
                token = json.loads(told)["token"]
        frames = await stack.enter_async_context(
            opened(f"ws://{host}{LIVE_SOCKET}", subprotocols=[Subprotocol(PROTOCOL), Subprotocol(token)])
        )
        visitor = Visitor(page, frames, widgets, fragments)
        await frames.send("-1")
        tasks = [asyncio.create_task(visitor.watch()), asyncio.create_task(visitor.listen())]
        try:
            await until(lambda: bool(visitor.arrivals))
            yield visitor
        finally:
            for task in tasks:
                task.cancel()


async def until(condition: Callable[[], bool]) -> float:
    """Wait until it holds; returns the seconds that it took."""
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("nothing came for two minutes")
        await asyncio.sleep(0.004)
    return time.perf_counter() - began


async def ping(url: str, waits: list[float]) -> None:
    """Ask ten times a second whether the server is well."""

    def ask() -> float:
        began = time.perf_counter()
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=PATIENCE):
            return time.perf_counter() - began

    while True:
        waits.append(await asyncio.to_thread(ask))
        await asyncio.sleep(0.1)
