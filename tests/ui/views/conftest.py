"""The page as a visitor finds it."""

import pytest

from tests.ui.page import Page


@pytest.fixture
def page() -> Page:
    return Page()
