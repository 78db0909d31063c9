"""What Streamlit's scripts hear of a browser's messages, and when: a press is over before the next one comes."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dnn.ui import presses
from dnn.ui.presses import PressesInTurn
from dnn.ui.security import LIVE_SOCKET, STREAM


def press(button: str) -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
    return message.SerializeToString()


def moved(slider: str) -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id=slider, int_value=3)
    return message.SerializeToString()


UNDO, PLAY, SLIDER = press("undo"), press("play"), moved("slider")


class Socket:
    """A browser, and Streamlit behind the layer: ``heard`` is what it has read so far."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.seen: list[bytes] = []
        self._sent: asyncio.Queue[Message] = asyncio.Queue()

    async def open(self, path: str) -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            self._say = send
            while (message := await receive())["type"] == "websocket.receive":
                self.heard.append(message["bytes"])

        async def send(message: Message) -> None:
            self.seen.append(message["bytes"])

        await PressesInTurn(app)({"type": "websocket", "path": path}, self._sent.get, send)

    async def send(self, *messages: bytes) -> None:
        """As the browser sends them, without a pause."""
        for message in messages:
            self._sent.put_nowait({"type": "websocket.receive", "bytes": message})
        await self.rest()

    async def say(self, kind: str) -> None:
        """As a script of Streamlit sends a message of this ``kind`` to the browser."""
        message = ForwardMsg()
        if kind == "script_finished":
            message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        elif kind == "ref_hash":
            message.ref_hash = "0"
        else:
            getattr(message, kind).SetInParent()
        await self._say({"type": "websocket.send", "bytes": message.SerializeToString()})
        assert self.seen[-1] == message.SerializeToString()
        await self.rest()

    async def close(self) -> None:
        self._sent.put_nowait({"type": "websocket.disconnect"})
        await self.rest()

    async def rest(self) -> None:
        """Let all others do what they can do now."""
        for _ in range(20):
            await asyncio.sleep(0)


def drive(use: Callable[[Socket], Awaitable[None]], path: str = STREAM) -> None:
    async def both() -> None:
        socket = Socket()
        layer = asyncio.create_task(socket.open(path))
        await socket.rest()
        await use(socket)
        await socket.close()
        await asyncio.wait_for(layer, 10)

    asyncio.run(both())


@pytest.mark.parametrize("sign", ["delta", "ref_hash", "script_finished"])
@pytest.mark.parametrize("second", [PLAY, UNDO, SLIDER])
def test_the_next_message_waits_until_the_callbacks_of_a_press_have_run(second: bytes, sign: str) -> None:
    async def use(socket: Socket) -> None:
        await socket.send(UNDO, second)
        assert socket.heard == [UNDO]
        await socket.say("delta")  # of the script before, which is stopped
        await socket.say("new_session")
        await socket.say("page_info_changed")  # the callbacks change the address
        assert socket.heard == [UNDO]
        await socket.say(sign)
        assert socket.heard == [UNDO, second]

    drive(use)


def test_many_presses_come_one_after_the_other() -> None:
    async def use(socket: Socket) -> None:
        await socket.send(*5 * [UNDO])
        for count in range(1, 6):
            assert len(socket.heard) == count
            await socket.say("new_session")
            await socket.say("delta")

    drive(use)


def test_what_browsers_say_again_waits_for_nothing() -> None:
    async def use(socket: Socket) -> None:
        await socket.send(SLIDER, SLIDER, UNDO)
        assert socket.heard == [SLIDER, SLIDER, UNDO]

    drive(use)


def test_a_press_that_streamlit_has_dropped_delays_the_next_message_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def use(socket: Socket) -> None:
        await socket.send(UNDO, SLIDER, SLIDER)
        while socket.heard != [UNDO, SLIDER, SLIDER]:
            await asyncio.sleep(0.001)

    monkeypatch.setattr(presses, "PATIENCE", 0.01)
    drive(use)


def test_nonsense_is_left_to_streamlit_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def use(socket: Socket) -> None:
        await socket.send(b"\xff", SLIDER)
        assert socket.heard == [b"\xff", SLIDER]

    drive(use)
    assert [record.name for record in caplog.records if record.exc_info] == [presses.__name__]


def test_other_sockets_are_left_alone() -> None:
    async def use(socket: Socket) -> None:
        await socket.send(UNDO, PLAY)
        assert socket.heard == [UNDO, PLAY]

    drive(use, LIVE_SOCKET)
