"""What each layer has to itself: its activation and its dropout."""

import pytest

from dnn import ACTIVATIONS, Experiment
from dnn.ui.limits import MOST_LAYERS, within_limits
from tests.ui.controls.controls_page import NETWORK, ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow


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


def test_a_first_layer_begins_as_the_shared_activation_and_not_as_the_layer_before_it() -> None:
    page = ControlsPage(layers="2", activation="leaky_relu", **{"activation.slope": "0.3"})
    page.unfold(NETWORK)
    page.set("One activation per layer", True)
    page.set("Activation of hidden layer 1", "elu")
    page.set("Layer 1: alpha", 2.0)
    page.press("Remove hidden layer 1")
    page.press("Add layer")
    assert page.widget("Activation of hidden layer 1").value == "leaky_relu"
    assert page.widget("Layer 1: slope").value == 0.3
    page.set("Activation of hidden layer 1", "elu")
    assert page.widget("Layer 1: alpha").value == 1.0


def test_a_network_too_large_for_the_page_takes_with_it_what_each_layer_had() -> None:
    many = MOST_LAYERS + 1
    beyond = Experiment.of(
        network={"hidden_layer_sizes": [2] * many, "activation": ["relu"] * many}, training={"dropout": [0.1] * many}
    )
    experiment, problems = within_limits(beyond)
    assert experiment == Experiment()
    assert [problem.field for problem in problems] == ["hidden_layer_sizes"]
