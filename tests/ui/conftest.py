"""What the tests of the page share."""

import functools
from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner

from dnn.ui.live.player import Player


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once() -> Iterator[None]:
    """Streamlit searches all installed packages for components once per process.

    A server does so once, too, but every ``AppTest`` would do it anew, and take four times as long for that as for
    its page.
    """
    search = functools.cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", search)
        yield


@pytest.fixture(autouse=True)
def no_players_left() -> Iterator[None]:
    """Every test begins and ends without players."""
    yield
    Player._all.clear()
