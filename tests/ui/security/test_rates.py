"""How fast messages of a socket are read."""

import asyncio
import time

import pytest
from starlette.types import Receive, Send

from dnn.ui.security import MOST_AT_ONCE, MOST_MESSAGES, Rates


def test_messages_of_a_socket_are_read_at_their_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that only sleeping moves."""
    now, read = [100.0], []

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def receive() -> dict[str, str]:
        return {"type": "websocket.receive", "text": "7"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    async def app(scope: object, receive: Receive, send: Send) -> None:
        for _ in range(MOST_AT_ONCE + 3 * MOST_MESSAGES):
            await receive()
            read.append(now[0])

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    asyncio.run(Rates(app)({"type": "websocket"}, receive, send))
    assert read[MOST_AT_ONCE - 1] == 100.0
    assert read[-1] == pytest.approx(103.0)
    after_a_second = sum(moment <= 101.0 + 1e-9 for moment in read)
    assert after_a_second == MOST_AT_ONCE + MOST_MESSAGES
