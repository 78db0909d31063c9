"""The settings: every kind and parameter has its widget, two-way, and what is wrong is said where it was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import BaseModel
from streamlit.testing.v1 import AppTest

from dnn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment
from dnn.data.features import INPUTS
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import to_query
from dnn.initializers import BIAS_INITIALIZERS
from dnn.ui import form
from dnn.ui.controls.data import transformation
from dnn.ui.controls.widgets import fold_key
from dnn.ui.limits import MOST_LAYERS, within_limits
from tests.strategies import small_experiments
from tests.ui.page import FOLDS, Page

pytestmark = pytest.mark.slow

NETWORK, REGULARISATION, LOSS = "Initialisation and layers", "Regularisation", "Loss and precision"


def controls_page() -> None:
    from dnn.ui import controls, session

    session.open_address()
    controls.draw()
    session.player()


class ControlsPage(Page):
    """A page with nothing but the settings."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(controls_page, default_timeout=60)


@pytest.fixture
def page() -> ControlsPage:
    return ControlsPage()


EVERYTHING = Experiment.of(
    data={
        "dataset": {"kind": "blobs", "noise": 0.2, "classes": 4},
        "features": ["x2", "x1", "sin(x1)", "x1*x2/2"],
        "weights": "balanced",
        "samples": 200,
        "class_balance": 0.5,
        "label_noise": 0.1,
        "standardize": "each",
    },
    network={
        "hidden_layer_sizes": [3, 5],
        "activation": [{"kind": "elu", "alpha": 0.5}, {"kind": "leaky_relu", "slope": 0.2}],
        "initializer": {"kind": "orthogonal", "gain": 1.5},
        "bias_initializer": {"kind": "uniform", "scale": 0.25},
    },
    training={
        "optimizer": {"kind": "adam", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6},
        "schedule": {"kind": "warm_up", "epochs": 7, "then": {"kind": "cosine", "epochs": 70, "floor": 0.1}},
        "l1": 0.01,
        "dropout": [0.1, 0.2],
        "clip_norm": 2.5,
        "patience": 400,
        "min_improvement": 1e-3,
        "loss": "softmax_cross_entropy",
        "dtype": "float32",
    },
    seed=3,
)
SHOWN = {
    "Data set": "blobs",
    "Classes": 4,
    "Features": ["x1", "x2", "sin(x1)"],
    "Your own formula": "x1*x2/2",
    "Weight of the examples": "balanced",
    "One activation per layer": True,
    "Activation of hidden layer 1": "elu",
    "Layer 1: alpha": 0.5,
    "Activation of hidden layer 2": "leaky_relu",
    "Layer 2: slope": 0.2,
    "Initialiser": "orthogonal",
    "Gain": 1.5,
    "Bias initialiser": "uniform",
    "Biases: scale": 0.25,
    "Optimiser": "adam",
    "Beta 1": 0.8,
    "Beta 2": 0.99,
    "Epsilon": 1e-6,
    "Learning-rate schedule": "warm_up",
    "Epochs": 7,
    "Then": "cosine",
    "Then: epochs": 70,
    "Then: floor": 0.1,
    "L1": 0.01,
    "One dropout per layer": True,
    "Dropout, layer 1": 0.1,
    "Dropout, layer 2": 0.2,
    "Clip the gradient": True,
    "Longest gradient": 2.5,
    "Early stopping": True,
    "Patience": 400,
    "Min improvement": 1e-3,
    "Loss": "softmax_cross_entropy",
    "Precision": "float32",
}

# two-way


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


def test_every_folded_control_changes_its_setting_and_nothing_else(page: Page) -> None:
    page.unfold()
    for label, value, of, expected in CHANGES:
        before, usual = page.experiment, page.widget(label).value
        page.set(label, value)
        assert of(page.experiment) == expected, label
        assert of(before) != expected, label
        assert page.link == to_query(page.experiment)
        assert len({word.partition(".")[0] for word in page.link}) == 1, label
        page.set(label, usual)
        assert page.experiment == before, label


def test_every_kind_of_every_table_can_be_chosen_with_a_widget_for_each_parameter(page: Page) -> None:
    page.unfold()
    tables: list[tuple[str, dict[str, Any], Callable[[Experiment], Any], str]] = [
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


# features


def test_the_two_inputs_alone_are_no_features_at_all(page: Page) -> None:
    page.unfold("Inputs and weights")
    page.set("Features", ["x1"])
    assert page.experiment.data.features == ("x1",)
    page.set("Features", ["x2", "x1"])
    assert page.experiment.data.features == ()
    assert page.link == {}


def test_the_order_of_a_links_features_stays_until_another_is_chosen() -> None:
    page = ControlsPage(features="x2^2,x1")
    page.unfold("Inputs and weights")
    assert page.experiment.data.features == ("x2^2", "x1")
    page.set("Features", ["x1", "x2", "x2^2"])
    assert page.experiment.data.features == ("x1", "x2", "x2^2")


REFUSED = {
    "x1*": "ends too early",
    "__import__('os')": "cannot be read",
    "x3": "these data have 2 inputs",
    "1/(x1-x1)": "must be finite",
    ",".join(f"x1+{n}" for n in range(20)): "12 at most",
}


def test_a_formula_that_is_refused_gets_its_sentence_and_the_last_good_run_goes_on(page: Page) -> None:
    page.unfold("Inputs and weights")
    for power, (formula, said) in enumerate(REFUSED.items(), start=2):
        run = page.player.run
        page.set("Your own formula", formula)
        assert len(page.errors) == 1, formula
        assert said in page.errors[0], formula
        assert page.player.run is run, formula
        page.set("Your own formula", f"x1^{power}*x2")
        assert page.errors == [], formula
        assert page.experiment.data.features == ("x1", "x2", f"x1^{power}*x2"), formula


def test_one_feature_must_stay(page: Page) -> None:
    page.unfold("Inputs and weights")
    page.set("Features", [])
    assert len(page.errors) == 1
    assert "one must stay" in page.errors[0]
    assert page.experiment == Experiment()
    page.set("Your own formula", "x1*x1")
    assert page.errors == []
    assert page.experiment.data.features == ("x1*x1",)


def test_a_link_with_a_formula_that_these_data_cannot_have_is_reported() -> None:
    page = Page(features="x1,x7", seed="2")
    assert page.said.count("these data have 2 inputs") == 1
    assert page.experiment == Experiment(seed=2)


# one for each layer


def test_each_layer_can_bend_in_its_own_way(page: Page) -> None:
    page.set("Activation", "relu")
    page.unfold(NETWORK)
    page.set("One activation per layer", True)
    relu, leaky = ACTIVATIONS["relu"](kind="relu"), ACTIVATIONS["leaky_relu"]
    assert page.experiment.network.activation == (relu, relu)
    page.set("Activation of hidden layer 2", "leaky_relu")
    page.set("Layer 2: slope", 0.5)
    assert page.experiment.network.activation == (relu, leaky(kind="leaky_relu", slope=0.5))  # type: ignore[call-arg]
    assert ControlsPage(**page.link).experiment == page.experiment
    page.set("One activation per layer", False)
    assert page.experiment.network.activation == relu


def test_adding_and_removing_layers_keeps_what_each_layer_has_to_itself() -> None:
    page = ControlsPage(
        layers="2-3-4", activation="relu-leaky_relu-sin", dropout="0.1~0.2~0.3", **{"activation.2.slope": "0.7"}
    )
    page.unfold()
    relu, sin = (ACTIVATIONS[name](kind=name) for name in ("relu", "sin"))
    page.press("Add layer")
    assert page.experiment.training.dropout == (0.1, 0.2, 0.3, 0.3)
    page.press("Remove hidden layer 1")
    leaky, *others = page.experiment.network.activation  # type: ignore[misc]
    assert (leaky.kind, leaky.slope, others) == ("leaky_relu", 0.7, [sin, sin])
    assert page.experiment.training.dropout == (0.2, 0.3, 0.3)
    assert page.widget("Dropout, layer 1").value == 0.2
    assert "Dropout, layer 4" not in page.labels
    for _ in range(3):
        page.press("Remove hidden layer 1")
    assert page.experiment.network.hidden_layer_sizes == ()
    page.press("Add layer")
    page.press("Add layer")
    page.set("Activation of hidden layer 1", "relu")
    assert page.experiment.network.activation[0] == relu  # type: ignore[index]
    assert page.errors == []


def test_a_network_too_large_for_the_page_takes_with_it_what_each_layer_had() -> None:
    many = MOST_LAYERS + 1
    beyond = Experiment.of(
        network={"hidden_layer_sizes": [2] * many, "activation": ["relu"] * many}, training={"dropout": [0.1] * many}
    )
    experiment, problems = within_limits(beyond)
    assert experiment == Experiment()
    assert [problem.field for problem in problems] == ["hidden_layer_sizes"]


# what does not fit, and what is wrong


def test_only_losses_that_fit_the_data_are_offered_and_another_task_chooses_again(page: Page) -> None:
    page.unfold(LOSS)
    offered = page.widget("Loss").options
    assert offered == ["Chosen by the data", "Binary cross-entropy", "Squared error on tanh"]
    page.set("Loss", "tanh_squared_error")
    page.set("Data set", "plane")
    assert page.errors == []
    assert page.experiment.training.loss is None
    assert page.widget("Loss").options == ["Chosen by the data", "Mean squared error", "Huber"]
    page.set("Loss", "huber")
    page.set("Delta", 2.0)
    assert page.experiment.training.loss == LOSSES["huber"](kind="huber", delta=2.0)  # type: ignore[call-arg]
    page.set("Data set", "moons")
    assert page.widget("Loss").value == form.NOTHING


MISTAKES = [
    ("Optimiser", "adam", "Epsilon", 2.0, "Epsilon: 2.0", "1e-16 to 1"),
    ("Optimiser", "adam", "Beta 1", 1.0, "Beta1: 1.0", "0 to less than 1"),
    ("Clip the gradient", True, "Longest gradient", 0.0, "Clip norm: 0.0", "1e-06 to 1000000"),
    ("Early stopping", True, "Patience", 0, "Patience: 0", "1 to 1000000"),
    ("Early stopping", True, "Min improvement", -1.0, "Min improvement: -1.0", "0 to 1000000"),
    ("Learning-rate schedule", "warm_up", "Epochs", 0, "Epochs: 0", "1 to 1000000"),
    ("Bias initialiser", "constant", "Biases: value", 11.0, "Value: 11.0", "-10 to 10"),
]


def test_a_mistake_in_a_parameter_is_said_once_even_when_its_fold_is_closed(page: Page) -> None:
    page.unfold()
    for chooser, choice, label, wrong, said, allowed in MISTAKES:
        usual = page.widget(chooser).value
        page.set(chooser, choice)
        good, before = page.widget(label).value, page.experiment
        page.set(label, wrong)
        assert len(page.errors) == 1, label
        sentence = page.errors[0].replace("\\", "")
        assert said in sentence, label
        assert allowed in sentence, label
        assert page.experiment == before, label
        for name in FOLDS:
            page.at.session_state[fold_key(name)] = False
        page.run()
        assert len(page.errors) == 1, label
        page.unfold()
        assert page.widget(label).value == wrong, label
        page.set(label, good)
        assert page.errors == [], label
        page.set(chooser, usual)


def test_what_was_set_in_a_fold_while_a_mistake_stood_elsewhere_counts_once_it_is_mended(page: Page) -> None:
    page.set("Samples", 5)
    page.unfold(REGULARISATION)
    page.set("L1", 0.1)
    page.fold(REGULARISATION)
    assert page.experiment == Experiment()
    page.set("Samples", 100)
    assert page.experiment == Experiment.of(data={"samples": 100}, training={"l1": 0.1})


def test_switching_a_limit_off_forgets_what_was_wrong_with_it(page: Page) -> None:
    page.unfold(REGULARISATION)
    page.set("Early stopping", True)
    page.set("Min improvement", -1.0)
    assert len(page.errors) == 1
    page.set("Early stopping", False)
    assert page.errors == []
    assert page.experiment == Experiment()


# what is read, and what it costs


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
    }  # which test_playground.py changes one by one
    assert {"Test share", "Validation share", "Learning rate", "Batch size", "L2"} <= set(page.labels)


def test_a_target_of_numbers_can_be_standardised_and_other_data_reset_it() -> None:
    page = ControlsPage(data="plane").unfold("Inputs and weights")
    assert page.widget("Standardise the target").value is False
    page.set("Standardise the target", True)
    assert page.experiment.data.standardize_target
    assert page.link["standardize_target"] == "True"
    assert page.player.run.data.target_std is not None
    assert ControlsPage(**page.link).experiment == page.experiment
    page.set("Data set", "sine")
    assert not page.experiment.data.standardize_target
    page.set("Data set", "moons")
    assert "Standardise the target" not in page.labels


def test_targets_far_from_one_that_are_not_standardised_are_pointed_at() -> None:
    rows = {"data": "own", "data.rows": "1 2 100000~2 3 250000~3 1 180000~4 4 320000", "data.classes": ""}
    # a link from before there was such a switch
    page = ControlsPage(**rows, standardize="each").unfold("Inputs and weights")

    def said() -> bool:
        return any("The targets are far from 1" in caption.value for caption in page.at.caption)

    assert said()
    page.set("Standardise the target", True)
    assert not said()


@pytest.mark.parametrize("features", ["", "x1,x1*x2"])
def test_the_page_says_how_inputs_are_standardised(features: str) -> None:
    page = ControlsPage(data="weather", standardize="each", **({"features": features} if features else {}))
    page.unfold("Inputs and weights")
    data = page.player.run.data
    assert data.mean is not None
    assert data.std is not None
    (said,) = [each.value for each in page.at.caption if "The network sees" in each.value]
    first = features.split(",")[0] or "temperature"
    assert f"({first} − {data.mean[0]:.3g}) ÷ {data.std[0]:.3g}, " in said.replace("\\", "")
    page.set("Standardise", "none")
    assert not [each for each in page.at.caption if "The network sees" in each.value]


@pytest.mark.parametrize(
    ("mean", "std", "said"),
    [
        (1013.0, 9.14, "(a − 1013) ÷ 9.14"),
        (1013.26, 0.914, "(a − 1013.26) ÷ 0.914"),
        (14.21, 8.312, "(a − 14.2) ÷ 8.31"),
        (-0.004, 1.0, "(a − 0) ÷ 1"),
        (-0.4, 1.0, "(a + 0.4) ÷ 1"),
        (52431.7, 12345.6, "(a − 52432) ÷ 12346"),
        (0.00123, 0.000456, "(a − 0.00123) ÷ 0.000456"),
        (1e-12, 3e-12, "(a − 1e-12) ÷ 3e-12"),
        (2.5e20, 1.5e20, "(a − 2.5e+20) ÷ 1.5e+20"),
    ],
)
def test_the_transformation_has_the_digits_that_the_spread_calls_for(mean: float, std: float, said: str) -> None:
    assert transformation("a", mean, std) == said
