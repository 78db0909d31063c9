"""What the tests of players share: a clock, a player, and a client of the live view's routes."""

import pytest
from starlette.testclient import TestClient

from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from tests.ui.live.clock import Clock
from tests.ui.live.sockets import APP, EXPERIMENT


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.of_players(monkeypatch)


@pytest.fixture
def client() -> TestClient:
    return TestClient(APP)


@pytest.fixture
def player() -> Player:
    return Player(EXPERIMENT, speed=UNLIMITED)
