"""A teacher with a class."""

from collections.abc import Iterator

import pytest

from dnn.ui.pupil.reporter import REPORTER
from tests.ui.pupil.pupil_page import Teacher


@pytest.fixture
def teacher() -> Iterator[Teacher]:
    yield Teacher()
    REPORTER._members.clear()
