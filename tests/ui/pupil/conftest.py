"""A teacher with a class, and a pupil in it."""

from collections.abc import Iterator

import pytest

from dnn.ui.pupil.reporter import REPORTER
from tests.ui.pupil.pupil_page import PupilsPage, Teacher


@pytest.fixture
def teacher() -> Iterator[Teacher]:
    yield Teacher()
    REPORTER._members.clear()


@pytest.fixture
def pupil(teacher: Teacher) -> PupilsPage:
    return PupilsPage(**{"class": teacher.code.lower(), "play": "yes"}).join("Mia")
