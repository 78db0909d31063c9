"""A component that was added to its table is on the page: its widgets, its link, its walk through one step."""

import pytest

from dnn.experiment.links import to_query
from tests.new_components import NEW, Bump, add_to_tables, experiment_with
from tests.ui.page import Page

pytestmark = pytest.mark.slow

new = pytest.mark.parametrize("name", NEW)


@pytest.fixture(autouse=True)
def _one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    add_to_tables(monkeypatch)


@new
def test_the_page_shows_it_and_every_other_page_too(name: str) -> None:
    """With the widgets for its numbers, and the reasons of the formats that do not hold it."""
    page = Page(**to_query(experiment_with(name)))
    assert page.errors == []
    assert page.experiment == experiment_with(name)
    page.unfold()
    page.at.session_state["take"] = True
    page.run()
    captions = [caption.value for caption in page.at.caption if "cannot be written for" in caption.value]
    refusing = {"pytorch": "PyTorch", "keras": "Keras", "onnx": "ONNX"}
    assert len(captions) == len(NEW[name][1])
    assert all(any(refusing[format] in caption for caption in captions) for format in NEW[name][1])
    page.press("Inside")
    for view in ("One weight", "Gradient check", "Step by step"):
        page.set("View", view)


def test_it_can_be_chosen_on_the_page_and_its_number_is_a_widget() -> None:
    page = Page()
    page.set("Activation", "bump")
    page.set("Steepness", 2.0)
    assert page.experiment.network.activation == Bump(steepness=2.0)
    assert page.link == {"activation": "bump", "activation.steepness": "2.0"}
