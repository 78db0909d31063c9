"""Free what visitors used once they have left: their players, their sessions, and the memory of both."""

from __future__ import annotations

import asyncio
import gc

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from dnn.hosting.memory import give_back
from dnn.ui.live.base_player import BasePlayer

SOON = 3.0  # seconds in which others of a class that leaves are let go of as well

_due: set[asyncio.TimerHandle] = set()  # that there is memory to be given back


def grace() -> float:
    """Seconds for which a run outlives its tab: as long as Streamlit keeps the session for a browser to come back."""
    return float(st.get_option("server.disconnectedSessionTTL"))


def let_go_later() -> None:
    """Free what a visitor used who has just left, unless they come back. For the event loop."""
    asyncio.get_running_loop().call_later(grace() + 1, _let_go)


def _let_go() -> None:
    loop = asyncio.get_running_loop()
    BasePlayer.sweep(grace())
    if not _due:
        _due.add(loop.call_later(SOON, _tidy, loop))


def _tidy(loop: asyncio.AbstractEventLoop) -> None:
    _due.clear()
    forget_sessions()
    loop.run_in_executor(None, _give_back, BasePlayer.active() == 0)


def forget_sessions() -> None:
    """Make Streamlit forget expired sessions: by itself it does so only when the next visitor leaves."""
    if runtime.exists():
        storage = getattr(runtime.get_instance()._session_mgr, "_session_storage", None)
        if isinstance(storage, MemorySessionStorage):
            expire(storage)


def expire(storage: MemorySessionStorage) -> None:
    """Remove expired entries, for which Streamlit has no public function."""
    if drop := getattr(storage._cache, "expire", None):
        drop()


def _give_back(collect: bool) -> None:
    """Return memory to the system; ``collect`` first runs the garbage collector, for which everybody waits."""
    if collect:
        gc.collect()
    give_back()
