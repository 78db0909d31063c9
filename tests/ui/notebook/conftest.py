"""A widget and the browser's end of it."""

from collections.abc import Iterator

import pytest

import dnn
from dnn.ui.notebook import LiveWidget
from tests.ui.notebook.browser import EXPERIMENT, Browser


@pytest.fixture
def widget() -> Iterator[LiveWidget]:
    shown = dnn.live(EXPERIMENT)
    yield shown
    shown.close()


@pytest.fixture
def browser(widget: LiveWidget) -> Browser:
    return Browser(widget)
