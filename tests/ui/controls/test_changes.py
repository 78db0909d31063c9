"""Every widget of the page reaches the run: each alone on the page of settings, all of them on the whole page."""

from collections.abc import Callable

import pytest

from dnn import DATASETS, Experiment
from dnn.experiment.links import from_query, to_query
from dnn.ui.limits import MOST_LAYERS, WIDEST
from tests.ui.controls.controls_page import ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow

FOLDED = ("Initialisation and layers", "Regularisation")

CHANGES: list[tuple[str, object, Callable[[Experiment], object], object]] = [
    ("Data set", "spiral", lambda e: e.data.dataset.kind, "spiral"),
    ("Samples", 300, lambda e: e.data.samples, 300),
    ("Noise", 0.4, lambda e: e.data.dataset.model_dump()["noise"], 0.4),
    ("Test share", 0.5, lambda e: e.data.test_share, 0.5),
    ("Validation share", 0.2, lambda e: e.data.validation_share, 0.2),
    ("Seed", 42, lambda e: e.seed, 42),
    ("Activation", "relu", lambda e: e.network.activation.kind, "relu"),
    ("Initialiser", "he_normal", lambda e: e.network.initializer.kind, "he_normal"),
    ("Learning rate", 0.3, lambda e: e.training.learning_rate, 0.3),
    ("Batch size", 50, lambda e: e.training.batch_size, 50),
    ("Batch size", "full", lambda e: e.training.batch_size, None),
    ("L2", 0.1, lambda e: e.training.l2, 0.1),
    ("Units in hidden layer 1", 9, lambda e: e.network.hidden_layer_sizes, (9, 2)),
    ("Units in hidden layer 2", WIDEST, lambda e: e.network.hidden_layer_sizes, (4, WIDEST)),
]


@pytest.mark.parametrize(("label", "value", "of", "expected"), CHANGES, ids=[f"{c[0]} {c[1]}" for c in CHANGES])
def test_a_control_changes_its_setting_and_nothing_else(
    label: str, value: object, of: Callable[[Experiment], object], expected: object
) -> None:
    page = ControlsPage(*FOLDED)
    before = page.experiment
    page.set(label, value)
    assert of(page.experiment) == expected
    assert of(before) != expected
    words = {word.partition(".")[0] for word in to_query(page.experiment)}
    assert len(words) == 1  # how many settings differ from the default
    assert from_query(page.link) == (page.experiment, ())  # the address bar follows
    page.run()
    assert of(page.experiment) == expected  # and it stays


def test_changes_add_up() -> None:
    page = Page(*FOLDED)
    for label, value, *_ in CHANGES:
        page.set(label, value)
    for label, _, of, expected in CHANGES:
        if label not in ("Batch size", "Units in hidden layer 1", "Units in hidden layer 2"):
            assert of(page.experiment) == expected
    assert page.experiment.network.hidden_layer_sizes == (9, WIDEST)
    assert Page(**page.link).experiment == page.experiment


def test_every_data_set_can_be_chosen() -> None:
    page = Page()
    for kind in (kind for kind in DATASETS if kind != "own"):
        page.set("Data set", kind)
        assert page.experiment.data.dataset == DATASETS[kind](kind=kind)


def test_a_parameter_comes_and_goes_with_its_kind(page: ControlsPage) -> None:
    page.set("Activation", "leaky_relu")
    page.set("Slope", 0.25)
    assert page.experiment.network.activation.model_dump()["slope"] == 0.25
    page.set("Activation", "relu")
    assert not [slider for slider in page.at.slider if slider.label == "Slope"]
    page.set("Activation", "leaky_relu")
    assert page.widget("Slope").value == page.experiment.network.activation.model_dump()["slope"]
    page.set("Slope", 0.5)
    page.set("Seed", 1)
    assert page.experiment.network.activation.model_dump()["slope"] == 0.5


def test_the_noise_stays_when_the_data_set_changes(page: ControlsPage) -> None:
    page.set("Noise", 0.4)
    page.set("Data set", "circles")
    assert page.widget("Noise").value == 0.4
    assert page.experiment.data.dataset == DATASETS["circles"](kind="circles", noise=0.4)  # type: ignore[call-arg]


# hidden layers


def test_layers_can_be_added_up_to_the_most_and_removed_down_to_none(page: ControlsPage) -> None:
    while page.layers < MOST_LAYERS:
        before = page.experiment.network.hidden_layer_sizes
        page.press("Add layer")
        assert page.experiment.network.hidden_layer_sizes[:-1] == before
    (add,) = [button for button in page.at.button if button.label == "Add layer"]
    assert add.disabled
    for left in reversed(range(MOST_LAYERS)):
        page.press("Remove hidden layer 1")
        assert len(page.experiment.network.hidden_layer_sizes) == page.layers == left
    assert page.player.run.params.sizes == (2, 1)
    page.press("Add layer")
    assert page.layers == 1


def test_the_layer_that_goes_is_the_one_that_was_chosen() -> None:
    page = ControlsPage(layers="1-2-3-4")
    page.press("Remove hidden layer 2")
    assert page.experiment.network.hidden_layer_sizes == (1, 3, 4)
    page.set("Units in hidden layer 3", 9)
    page.press("Remove hidden layer 1")
    assert page.experiment.network.hidden_layer_sizes == (3, 9)
    page.press("Add layer")
    page.set("Units in hidden layer 3", 5)
    assert page.experiment.network.hidden_layer_sizes == (3, 9, 5)
