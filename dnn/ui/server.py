"""What the server does once, before the first visitor."""

from __future__ import annotations

import asyncio
import gc
import importlib
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from streamlit import cli_util
from streamlit.web.server import server_util
from threadpoolctl import threadpool_limits

from dnn.hosting.network import ANY
from dnn.ui.sweep.background import JOBS

MAIN = Path(__file__).with_name("main.py")  # the script that Streamlit runs for every visitor

# Imported here and not by the first visitor's script: they take a second, and pandas breaks if two threads begin it.
SLOW = ("pandas", "plotly.graph_objects", "sklearn.datasets")


# Seconds for which one thread may keep the others waiting. Python's own 5 ms is a third of a frame: a setting would
# take several of them to get past the threads that train.
SWITCH = 0.001


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Load what is slow to load, keep frames from waiting in the network, and open the browser; at the end stop what
    trains in the background.
    """
    for name in SLOW:
        importlib.import_module(name)  # start-up time: spent before the first visitor comes
    send_at_once()
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()  # nothing loaded so far will ever be garbage: later collections need not look at it
    if not st.get_option("server.headless"):
        asyncio.get_running_loop().call_soon(cli_util.open_browser, server_util.get_url(_own_name()))
    # Matrices here are small, and there are many sessions: several threads for one product mostly wait for each other.
    with threadpool_limits(1, user_api="blas"):
        yield
    JOBS.close()


def _own_name() -> str:
    """The name by which this machine's own browser reaches the server."""
    address: str | None = st.get_option("server.address")
    return "localhost" if (address or "") in ANY else str(address)


def send_at_once() -> None:
    """Set TCP_NODELAY on the listening sockets, from which connections inherit it.

    Streamlit 1.67 leaves Nagle's algorithm on, which holds a frame back for up to 40 ms.
    """
    for held in gc.get_objects():
        if (
            issubclass(type(held), socket.socket)  # `isinstance` asks the object, and some warn or fail at that
            and held.fileno() >= 0
            and held.type == socket.SOCK_STREAM
            and held.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        ):
            held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
