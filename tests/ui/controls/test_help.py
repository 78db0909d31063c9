"""What is read beside the settings, and that each of them is shown somewhere."""

import pytest
from pydantic import BaseModel

from dnn import ACTIVATIONS, Experiment
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import to_query
from tests.ui.controls.controls_page import EVERYTHING, SHOWN, ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow


def test_no_two_settings_share_a_name_and_each_says_what_it_is() -> None:
    page = ControlsPage(**to_query(EVERYTHING)).unfold()
    assert len(set(page.labels)) == len(page.labels)
    assert all(page.labels)
    for label in SHOWN:
        if "per layer" not in label and label != "Your own formula":
            assert len(page.widget(label).proto.help) > 10, label


def test_the_help_of_a_picker_says_the_formula_and_the_source(page: Page) -> None:
    for name, kind in ACTIVATIONS.items():
        page.set("Activation", name)
        text = page.widget("Activation").help
        assert f"${kind.formula}$" in text
        assert kind.source in text


def test_pictures_are_made_only_where_they_are_seen(page: Page) -> None:
    assert len(page.at.get("plotly_chart")) == 0
    page.at.session_state["curve-activation"] = True
    page.unfold("Schedule")
    assert len(page.at.get("plotly_chart")) == 2
    page.set("Learning-rate schedule", "cosine")
    page.fold("Schedule")
    assert len(page.at.get("plotly_chart")) == 1


def test_every_setting_of_an_experiment_is_shown_somewhere() -> None:
    """A new field of a spec is described by the page, or this test says that it has no widget."""
    page = ControlsPage().unfold()
    sections: dict[str, type[BaseModel]] = {"data": DataSpec, "network": NetworkSpec, "training": TrainingSpec}
    changed = {
        (section, field)
        for section, model in sections.items()
        for field in model.model_fields
        if getattr(getattr(EVERYTHING, section), field) != getattr(getattr(Experiment(), section), field)
    }
    missing = {(section, field) for section, model in sections.items() for field in model.model_fields} - changed
    assert missing == {
        ("data", "test_share"),
        ("data", "validation_share"),
        ("data", "standardize_target"),  # for numbers only: see below
        ("training", "learning_rate"),
        ("training", "batch_size"),
        ("training", "l2"),
    }  # which test_playground_changes.py changes one by one
    assert {"Test share", "Validation share", "Learning rate", "Batch size", "L2"} <= set(page.labels)
