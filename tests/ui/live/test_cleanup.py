"""What is left of visitors who have left: nothing, and the system has the memory."""

import asyncio
import gc
import sys
import weakref
from collections.abc import Iterator

import numpy as np
import psutil
import pytest
from streamlit import config
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo

from dnn import Experiment
from dnn.hosting.memory import give_back
from dnn.ui.live import cleanup
from dnn.ui.live.player import Player

TTL = "server.disconnectedSessionTTL"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody is waited for."""
    monkeypatch.setattr(cleanup, "SOON", 0.0)
    before = config.get_option(TTL)
    config.set_option(TTL, -1)
    yield
    config.set_option(TTL, before)


@pytest.mark.usefixtures("impatient")
def test_who_does_not_come_back_is_let_go_of_and_who_stays_is_not() -> None:
    experiment = Experiment.of(data={"samples": 60})
    left, stays = Player(experiment), Player(experiment)
    stays.watchers = 1
    token, gone = left.token, weakref.ref(left)
    del left

    async def leave() -> None:
        for _ in range(30):  # a class
            cleanup.let_go_later()
        await asyncio.sleep(0.05)
        assert len(cleanup._due) <= 1
        while cleanup._due or Player.of(token):
            await asyncio.sleep(0.01)

    asyncio.run(leave())
    gc.collect()
    assert gone() is None
    assert Player.of(stays.token) is stays
    stays.release()


def test_streamlit_forgets_sessions_whose_time_is_over() -> None:

    class Session:
        id = "one"

    session = Session()
    gone = weakref.ref(session)
    storage = MemorySessionStorage(ttl_seconds=0)
    storage.save(SessionInfo(client=None, session=session))  # type: ignore[arg-type]
    del session
    assert storage.get("one") is None
    assert gone() is not None  # else ``expire`` would be for nothing
    cleanup.expire(storage)
    assert gone() is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done")
def test_free_memory_goes_back_to_the_system() -> None:
    """Numbers that lie between others are not given back by themselves when they are freed."""
    process, size = psutil.Process(), 4096
    many = [np.ones(size // 8) for _ in range(20_000)]
    between = many[1::100]
    del many
    before = process.memory_info().rss
    give_back()
    assert process.memory_info().rss < before - 10_000 * size
    assert len(between) == 200
