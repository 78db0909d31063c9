"""The routes of the live view: a WebSocket that brings frames, and the files that draw them.

The browser names the player in a subprotocol and not in the address, which servers in front keep in their logs. It asks
for each frame ("pull"), so it is never sent more than it can draw. A request while nothing changes is answered when
something does. What the browser says is one of

    7         send the next frame; the scene that is on screen is number 7 (-1: none yet)
    look 3    from now on send part 3 large with each frame: a unit of the network, or one of many runs
    look      no part any more

or what the player in question knows: ``Camera.request``, ``GroupPlayer.request``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import anyio.to_thread
import plotly
import streamlit as st
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from dnn import web
from dnn.ui.live.base_player import BasePlayer, Picture
from dnn.ui.live.cleanup import let_go_later
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.sharing import rest, rest_of_heavy
from dnn.ui.security import LIVE_SOCKET, TRUSTED, is_trusted

PROTOCOL = "dnn.live"  # the first subprotocol; the second is the player's token
TAKEN = 4409  # close code: the same player is shown by a newer connection
UNKNOWN = 4404  # close code: no such player (any more)
FOREIGN = 4403  # close code: asked for by a page of another origin
NONSENSE = 1008  # close code: a request that is none
GONE = 1001  # close code: the browser left
LONGEST_REQUEST = 40  # characters
REQUEST = re.compile(r"(?P<scene>-?\d{1,15})|look(?: (?P<part>\d{1,9}))?", re.ASCII)
THREADS = anyio.CapacityLimiter(2)  # for frames that take long: more threads would only wait for one another
HEAVY = anyio.CapacityLimiter(1)  # for frames of runs so large that others would wait for them
USUAL = 0.2  # weight of the last frame in what a frame usually takes
MOST_ASKED = 16  # requests waiting; our own panel has two


@dataclass
class Wishes:
    """What one browser has asked for and not got yet."""

    scenes: deque[int] = field(default_factory=deque)  # a frame each, for one who shows that scene
    part: int | None = None  # shown large
    looked: bool = False  # whether the part was chosen since the last frame
    taken: bool = False  # whether another connection shows the player now


async def live(socket: WebSocket) -> None:
    """Serve frames of the player with the token in the subprotocols, one for each request."""
    protocol, token = (*socket.scope.get("subprotocols", ()), "", "")[:2]
    player = BasePlayer.of(token) if protocol == PROTOCOL else None
    await socket.accept(subprotocol=PROTOCOL if protocol == PROTOCOL else None)
    if not is_trusted(socket.headers.get("origin"), socket.headers.get("host")):
        await socket.close(FOREIGN, f"another origin; the setting {TRUSTED} allows it")
        return
    if player is None:
        await socket.close(UNKNOWN)
        return
    loop, wake = asyncio.get_running_loop(), asyncio.Event()

    def changed() -> None:
        loop.call_soon_threadsafe(wake.set)

    stop_listening = player.on_change(changed)
    player.watchers += 1
    wishes = Wishes()

    def take_away() -> None:
        wishes.taken = True
        changed()

    leave = player.belong_to(take_away)
    shown: int | None = None  # the scene that this connection has brought: requests under way may not know of it yet
    usual = 0.0  # seconds of the processor that a frame takes
    reader = asyncio.create_task(_read(socket, player, wishes, wake))
    try:
        while not reader.done() and not wishes.taken:
            asked = wishes.scenes
            seconds = player.wait(asked[0] if shown is None else shown) if asked else UNLIMITED
            if seconds > 0 and not (asked and wishes.looked):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), None if seconds == UNLIMITED else seconds)
                wake.clear()
                continue
            request = asked.popleft()
            known = request if shown is None else shown
            part, wishes.looked = wishes.part, False
            (frame, shown), seconds = await _made(player, known, part)
            await socket.send_bytes(frame)
            usual += USUAL * (seconds - usual)
            await asyncio.sleep(0.0 if player.heavy else rest(usual, BasePlayer.active()))  # everybody else's turn
        if not reader.done():
            await socket.close(TAKEN)
        elif reader.result() == NONSENSE:
            await socket.close(NONSENSE)
    except WebSocketDisconnect:
        pass
    finally:
        reader.cancel()
        stop_listening()
        leave()
        player.watchers -= 1
        player.left = time.perf_counter()
        let_go_later()


async def _made(player: BasePlayer, scene: int, part: int | None) -> tuple[Picture, float]:
    """A picture, and the seconds of the processor that it took: here if it takes moments only, else in a thread.

    Those of heavy runs are made one at a time, with a rest after each.
    """
    began = time.thread_time()
    at_once = player.at_once(scene, part)
    if at_once is not None:
        return at_once, time.thread_time() - began
    if not player.heavy:
        return await anyio.to_thread.run_sync(_timed, player, scene, part, limiter=THREADS)
    async with HEAVY:
        picture, seconds = await anyio.to_thread.run_sync(_timed, player, scene, part)
        heavy = BasePlayer.active_heavy()
        await asyncio.sleep(rest_of_heavy(seconds, BasePlayer.active() - heavy, heavy))
        return picture, seconds


def _timed(player: BasePlayer, scene: int, part: int | None) -> tuple[Picture, float]:
    began = time.thread_time()
    picture = player.picture(scene, part)
    return picture, time.thread_time() - began


async def _read(socket: WebSocket, player: BasePlayer, wishes: Wishes, wake: asyncio.Event) -> int:
    """Note what the browser asks for, until it talks nonsense or leaves; gives the close code."""
    try:
        while len(wishes.scenes) < MOST_ASKED:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return GONE
            request = message.get("text") or ""
            if len(request) > LONGEST_REQUEST:
                break
            if words := REQUEST.fullmatch(request):
                scene, part = words["scene"], words["part"]
                if scene is not None:
                    wishes.scenes.append(int(scene))
                else:
                    wishes.part, wishes.looked = None if part is None else int(part), True
            elif not player.request(request):
                break
            wake.set()
        return NONSENSE
    finally:
        wake.set()


class Files(StaticFiles):
    """Scripts and styles of a folder, with an age for which the browser need not ask again. Other files stay unseen."""

    def __init__(self, directory: Path, max_age: int) -> None:
        super().__init__(directory=directory)
        self.max_age = max_age

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with its Cache-Control header."""
        if not path.endswith(SERVED):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = f"public, max-age={self.max_age}"
        return response


SERVED = (".js", ".css")
STATIC = Path(__file__).parent / "static"
BASE = "".join(f"/{part}" for part in st.get_option("server.baseUrlPath").split("/") if part)
ROUTES: list[BaseRoute] = [
    WebSocketRoute(BASE + LIVE_SOCKET, live),
    # scripts import one another by relative paths: these are the paths that they have inside dnn/
    Mount(BASE + "/ui/live/static", Files(STATIC, max_age=0)),
    Mount(BASE + "/web", Files(web.FOLDER, max_age=0)),
    Mount(
        f"{BASE}/live/plotly-{plotly.__version__}",
        Files(Path(plotly.__file__).parent / "package_data", max_age=31_536_000),
    ),
]
