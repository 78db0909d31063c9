"""A clock for the tests of players."""

import pytest

from tests.ui.live.clock import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.of_players(monkeypatch)
