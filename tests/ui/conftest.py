"""What the tests of the page share."""

from collections.abc import Iterator

import pytest

from dnn.ui.live.player import Player


@pytest.fixture(autouse=True)
def no_players_left() -> Iterator[None]:
    """Every test begins and ends without players."""
    yield
    Player._all.clear()
