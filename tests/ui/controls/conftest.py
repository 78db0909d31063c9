"""The page of settings as a visitor finds it."""

import pytest

from tests.ui.controls.controls_page import ControlsPage


@pytest.fixture
def page() -> ControlsPage:
    return ControlsPage()
