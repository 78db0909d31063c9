"""Every press of a button counts: a layer around Streamlit's socket, where two come quickly one after the other.

Streamlit stops a visitor's script when a newer message comes, and starts a new one. A browser sends a press only once,
unlike the values of its other widgets. So a press whose callback has not run when the next message comes would be lost:
its thread is stopped before it begins, or at the callback's first access to the session's state. Streamlit 1.67 has no
setting against this: with ``runner.fastReruns`` off a callback can be stopped in the same way.

So the message after a press waits until the callbacks of the press have run. They run before the script draws.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dnn.ui.security import STREAM

LOG = logging.getLogger(__name__)
PATIENCE = 2.0  # seconds after which a message waits no longer: Streamlit may have dropped the press before it
DRAWN = ("delta", "ref_hash", "script_finished")  # types of messages of a script that draws or is at its end


class PressesInTurn:
    """It holds a browser's message back while the callbacks of the press before it have not run."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on all, the messages to Streamlit's scripts in turn."""
        if scope["type"] != "websocket" or not scope["path"].endswith(STREAM):
            await self.app(scope, receive, send)
            return
        last = LastPress()

        async def receive_in_turn() -> Message:
            message = await receive()
            if data := message.get("bytes"):
                await last.wait()
                if is_press(data):
                    last.begin()
            return message

        async def send_and_note(message: Message) -> None:
            if data := message.get("bytes"):
                last.note(data)
            await send(message)

        await self.app(scope, receive_in_turn, send_and_note)


class LastPress:
    """The last press of a button on one socket: whether its callbacks have run, as the script's messages tell."""

    def __init__(self) -> None:
        self._has_run, self._script_began = asyncio.Event(), False
        self._has_run.set()

    def begin(self) -> None:
        """The press goes to Streamlit now."""
        self._has_run.clear()
        self._script_began = False

    def note(self, data: bytes) -> None:
        """Take note of a message to the browser. A script says that it begins, runs the callbacks, and draws."""
        if self._has_run.is_set():
            return
        kind = ForwardMsg.FromString(data).WhichOneof("type")
        if kind == "new_session":
            self._script_began = True
        elif self._script_began and kind in DRAWN:
            self._has_run.set()

    async def wait(self) -> None:
        """Wait until its callbacks have run, at most for ``PATIENCE``."""
        if not self._has_run.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._has_run.wait(), PATIENCE)
            self._has_run.set()


def is_press(data: bytes) -> bool:
    """Whether a browser's message tells of a button that was pressed."""
    try:
        message = BackMsg.FromString(data)
    except Exception:
        LOG.exception("a browser's message is none that Streamlit reads")
        return False  # Streamlit closes the socket
    return any(widget.trigger_value for widget in message.rerun_script.widget_states.widgets)


PRESSES = [Middleware(PressesInTurn)]
