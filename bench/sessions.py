"""How many can play at once: frames a second for each of many sessions on one server.

The server is uvicorn with the playground's own routes, under the settings that Streamlit runs it with; the players are
made in that process instead of by visits. The clients have no browser: each keeps two requests in flight, as the panel
does, and reads as fast as it can.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
import time

import numpy as np
import uvicorn
from playground import HOST, free_port, served
from starlette.applications import Starlette
from timing import load
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from dnn import Experiment
from dnn.ui.live.player import Player
from dnn.ui.live.socket import PROTOCOL, ROUTES
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET

SESSIONS = ((10, 35.0), (30, 14.0))  # how many at once, goal in frames a second for each


def main() -> None:
    """Print the table."""
    print(f"\nSessions: [2,8,8,1], 500 points, all playing as fast as they can{load()}\n")
    line = "{:<10}{:>15}{:>8}{:>10}{:>10}{:>12}"
    print(line.format("sessions", "frames/s each", "goal", "slowest", "in all", "gap p95 ms"))
    for count, goal in SESSIONS:
        rates, gap = sessions(count)
        row = (count, f"{np.median(rates):.1f}", f">={goal:g}", f"{min(rates):.1f}", f"{sum(rates):.0f}", f"{gap:.0f}")
        print(line.format(*row), flush=True)


def sessions(count: int, seconds: float = 6.0) -> tuple[list[float], float]:
    """Frames a second of each of ``count`` clients, and the 95th percentile of the ms between two frames."""
    port = free_port()
    with served([__file__, "serve", str(count), str(port)], f"http://{HOST}:{port}/ui/live/static/wire.js") as server:
        assert server.stdout is not None
        tokens = [server.stdout.readline().strip() for _ in range(count)]
        return asyncio.run(read_all(f"ws://{HOST}:{port}{LIVE_SOCKET}", tokens, seconds))


async def read_all(url: str, tokens: list[str], seconds: float) -> tuple[list[float], float]:
    """Read from all players with these ``tokens`` at once; the first two seconds do not count."""
    began = time.perf_counter() + 2.0
    arrivals = await asyncio.gather(*(read(url, token, began + seconds) for token in tokens))
    counted = [times[times >= began] for times in arrivals]
    gaps = np.concatenate([np.diff(times) for times in counted])
    return [len(times) / seconds for times in counted], float(np.percentile(gaps, 95) * 1e3)


async def read(url: str, token: str, until: float) -> np.ndarray:
    """When each frame arrived: as a browser asks for them, but without drawing."""
    times = []
    protocols = [Subprotocol(PROTOCOL), Subprotocol(token)]
    async with connect(url, subprotocols=protocols, compression=None, max_size=None) as live:
        await live.send("-1")
        scene = json.loads(unpack(await live.recv(decode=False))[1]["scene"].tobytes())["id"]
        for _ in range(2):
            await live.send(str(scene))
        with contextlib.suppress(ConnectionClosed):
            while time.perf_counter() < until:
                await live.recv()
                times.append(time.perf_counter())
                await live.send(str(scene))
    return np.array(times)


def serve(count: int, port: int) -> None:
    """``count`` players and the routes to them; their tokens are printed, one a line."""
    experiments = (Experiment.of(network={"hidden_layer_sizes": (8, 8)}, seed=seed) for seed in range(count))
    held = [Player(experiment) for experiment in experiments]
    print(*(player.token for player in held), sep="\n", flush=True)
    listening = socket.create_server((HOST, port))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as dnn.ui.server does for Streamlit's
    # the settings under which Streamlit runs uvicorn
    settings = uvicorn.Config(
        Starlette(routes=ROUTES), ws="websockets-sansio", ws_per_message_deflate=False, log_level="warning"
    )
    uvicorn.Server(settings).run(sockets=[listening])


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
