"""Every kind and parameter has its widget, which shows a setting and changes it."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from dnn import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES, Experiment
from dnn.data.features import INPUTS
from dnn.experiment.links import to_query
from dnn.initializers import BIAS_INITIALIZERS
from tests.strategies import small_experiments
from tests.ui.controls.controls_page import EVERYTHING, SHOWN, ControlsPage
from tests.ui.page import FOLDS, Page

pytestmark = pytest.mark.slow


def test_a_link_sets_every_widget_and_the_folds_change_nothing() -> None:
    page = ControlsPage(**to_query(EVERYTHING))
    assert page.warnings == ""
    assert page.experiment == EVERYTHING
    page.unfold()
    assert {label: page.widget(label).value for label in SHOWN} == SHOWN
    assert page.experiment == EVERYTHING
    for name in FOLDS:
        page.fold(name)
    assert "L1" not in page.labels
    page.set("Seed", 4)
    assert page.experiment == EVERYTHING.model_copy(update={"seed": 4})
    assert page.link == to_query(page.experiment)


Change = tuple[str, object, Callable[[Experiment], object], object]

CHANGES: list[Change] = [
    ("Features", ["x1", "x2", "x1^2"], lambda e: e.data.features, ("x1", "x2", "x1^2")),
    ("Your own formula", "x1*x2+1, x1/9", lambda e: e.data.features, ("x1", "x2", "x1*x2+1", "x1/9")),
    ("Standardise", "whole", lambda e: e.data.standardize, "whole"),
    ("Class balance", 0.3, lambda e: e.data.class_balance, 0.3),
    ("Label noise", 0.2, lambda e: e.data.label_noise, 0.2),
    ("Weight of the examples", "balanced", lambda e: e.data.weights, "balanced"),
    ("Bias initialiser", "normal", lambda e: e.network.bias_initializer.kind, "normal"),
    ("Optimiser", "adam", lambda e: e.training.optimizer.kind, "adam"),
    ("Learning-rate schedule", "step", lambda e: e.training.schedule.kind, "step"),
    ("L1", 0.03, lambda e: e.training.l1, 0.03),
    ("Dropout", 0.25, lambda e: e.training.dropout, 0.25),
    ("Clip the gradient", True, lambda e: e.training.clip_norm, 1.0),
    ("Early stopping", True, lambda e: e.training.patience, 50),
    ("Loss", "tanh_squared_error", lambda e: e.training.loss and e.training.loss.kind, "tanh_squared_error"),
    ("Precision", "float32", lambda e: e.training.dtype, "float32"),
]


def test_every_folded_control_changes_its_setting_and_nothing_else() -> None:
    page = ControlsPage(*FOLDS)
    for label, value, of, expected in CHANGES:
        before, usual = page.experiment, page.widget(label).value
        page.set(label, value)
        assert of(page.experiment) == expected, label
        assert of(before) != expected, label
        assert page.link == to_query(page.experiment)
        assert len({word.partition(".")[0] for word in page.link}) == 1, label
        page.set(label, usual)
        assert page.experiment == before, label


def test_every_kind_of_every_table_can_be_chosen_with_a_widget_for_each_parameter() -> None:
    page = ControlsPage(*FOLDS)
    tables: list[tuple[str, dict[str, Any], Callable[[Experiment], Any], str]] = [
        ("Activation", ACTIVATIONS, lambda e: e.network.activation, ""),
        ("Bias initialiser", BIAS_INITIALIZERS, lambda e: e.network.bias_initializer, "Biases: "),
        ("Initialiser", INITIALIZERS, lambda e: e.network.initializer, ""),
        ("Optimiser", OPTIMIZERS, lambda e: e.training.optimizer, ""),
        ("Learning-rate schedule", SCHEDULES, lambda e: e.training.schedule, ""),
    ]
    for label, table, of, prefix in tables:
        for name, kind in table.items():
            page.set(label, name)
            assert of(page.experiment) == kind(kind=name)
            for field in kind.model_fields:
                title = f"{prefix}{field}".replace("_", " ").replace("beta1", "beta 1").replace("beta2", "beta 2")
                assert field == "kind" or title.lower() in [each.lower() for each in page.labels], (name, field)


def test_parameters_of_kinds_reach_the_run(page: Page) -> None:
    page.set("Optimiser", "adam")
    page.set("Epsilon", 1e-16)
    page.set("Beta 2", 0.5)
    page.set("Optimiser", "momentum")
    page.set("Dampening", True)
    assert page.experiment.training.optimizer == OPTIMIZERS["momentum"](kind="momentum", dampening=True)  # type: ignore[call-arg]
    page.set("Optimiser", "adam")
    assert page.experiment.training.optimizer.model_dump() == OPTIMIZERS["adam"](kind="adam").model_dump() | {
        "epsilon": 1e-16,
        "beta2": 0.5,
    }


def test_what_follows_the_warm_up_has_its_own_parameters(page: Page) -> None:
    page.unfold("Schedule")
    for label, value in [
        ("Learning-rate schedule", "warm_up"),
        ("Epochs", 5),
        ("Then", "cosine"),
        ("Then: epochs", 50),
        ("Then: floor", 0.5),
    ]:
        page.set(label, value)
    expected = {"kind": "warm_up", "epochs": 5, "then": {"kind": "cosine", "epochs": 50, "floor": 0.5}}
    assert page.experiment.training.schedule.model_dump() == expected
    assert ControlsPage(**page.link).experiment == page.experiment


@settings(max_examples=6, deadline=None)
@given(small_experiments())
def test_unfolding_what_a_link_set_changes_nothing_whatever_it_is(experiment: Experiment) -> None:
    page = ControlsPage(**to_query(experiment))
    assert page.warnings == ""
    page.unfold()
    if experiment.data.features == INPUTS:  # which says the same as none
        experiment = experiment.model_copy(update={"data": experiment.data.model_copy(update={"features": ()})})
    assert page.experiment == experiment
    assert page.errors == []
