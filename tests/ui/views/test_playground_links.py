"""Every link is read, and what is bad in it is reported."""

import pytest

from dnn import Experiment
from dnn.experiment.links import from_query, to_query
from dnn.ui.limits import MOST_LAYERS, WIDEST
from tests.ui.controls.controls_page import ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow


def test_a_good_link_sets_every_widget_and_the_run() -> None:
    experiment = Experiment.of(
        data={"dataset": {"kind": "spiral", "noise": 0.05, "turns": 2.0}, "samples": 300, "test_share": 0.5},
        network={
            "hidden_layer_sizes": [8, 7, 6],
            "activation": {"kind": "leaky_relu", "slope": 0.2},
            "initializer": {"kind": "normal", "scale": 0.5},
        },
        training={"learning_rate": 0.1, "batch_size": None, "l2": 0.3, "dtype": "float32"},
        seed=7,
        draw=2,
    )
    page = Page(**to_query(experiment))
    assert page.experiment == experiment
    assert page.warnings == ""
    shown = {
        "Data set": "spiral",
        "Noise": 0.05,
        "Turns": 2.0,
        "Samples": 300,
        "Test share": 0.5,
        "Seed": 7,
        "Units in hidden layer 1": 8,
        "Units in hidden layer 2": 7,
        "Units in hidden layer 3": 6,
        "Activation": "leaky_relu",
        "Slope": 0.2,
        "Initialiser": "normal",
        "Scale": 0.5,
        "Learning rate": 0.1,
        "Batch size": "full",
        "L2": 0.3,
    }
    page.unfold()
    for label, value in shown.items():
        assert page.widget(label).value == value, label
    assert page.link == to_query(experiment)
    page.run()
    assert page.experiment == experiment


@pytest.mark.parametrize(
    "link",
    [
        {"learning_rate": "0.0123", "batch_size": "37", "l2": "0.0004", "data.noise": "0.123", "test_share": "0.333"},
        {"l2": "55.5", "samples": "10", "seed": str(2**31 - 1), "layers": "none"},
        {"initializer": "normal", "initializer.scale": "0.0005"},
        {  # what is folded away
            "optimizer": "adam",
            "optimizer.beta1": "0.8",
            "schedule": "warm_up",
            "schedule.then": "cosine",
            "bias_initializer": "constant",
            "l1": "0.01",
            "dropout": "0.1",
            "clip_norm": "2.0",
            "patience": "50",
            "weights": "balanced",
        },
    ],
    ids=str,
)
def test_a_value_between_the_steps_of_its_widget_is_kept(link: dict[str, str]) -> None:
    page = ControlsPage("Regularisation", **link)
    expected, problems = from_query(link)
    assert problems == ()
    assert page.experiment == expected
    page.set("Activation", "relu")
    assert from_query(link | {"activation": "relu"})[0] == page.experiment
    for label, value in [("Learning rate", 0.3), ("Batch size", 50), ("L2", 0.1)]:
        page.set(label, value)
        page.run()
        assert page.widget(label).value == value
    training = page.experiment.training
    assert (training.learning_rate, training.batch_size, training.l2) == (0.3, 50, 0.1)


BAD_LINKS = {
    "samples": ("5", "10 to 20000"),
    "learning_rate": ("nan", "1e-06 to 100"),
    "batch_size": ("0", "1 to 20000"),
    "l2": ("-1", "0 to 100"),
    "seed": ("1.5", "0 to 2147483647"),
    "layers": ("8-x-8", "1 to 1024"),
    "activation": ("swish2", "linear, sigmoid, tanh"),
    "loss": ("huber", "binary_cross_entropy or tanh_squared_error"),
    "data": ("banana", "moons, circles"),
    "data.noise": ("7", "0 to 1"),
    "colour": ("red", "Unknown setting 'colour' in this link. Known settings: data, samples, "),
}


@pytest.mark.parametrize("word", BAD_LINKS)
def test_a_bad_link_is_reported_and_the_rest_of_it_plays(word: str) -> None:
    text, allowed = BAD_LINKS[word]
    page = Page(**{word: text, "test_share": "0.5"})
    assert page.said.count("is not allowed") + page.said.count("Unknown setting") == 1
    assert allowed in page.said
    assert {"layers": "x", "colour": "colour"}.get(word, text) in page.said
    assert page.experiment == Experiment.of(data={"test_share": 0.5})
    assert page.player.state == "playing"
    assert page.link == {"test_share": "0.5"}


@pytest.mark.parametrize("word", ["samples", "colour"])
def test_what_was_bad_in_a_link_stands_there_until_it_has_been_read(word: str) -> None:
    page = Page(**{word: BAD_LINKS[word][0], "test_share": "0.5"})
    page.set("Seed", 1)
    assert page.said
    page.press("Understood")
    assert page.said == ""
    assert page.experiment == Experiment.of(data={"test_share": 0.5}, seed=1)


def test_all_that_is_bad_in_a_link_is_reported_together() -> None:
    page = Page(**{word: text for word, (text, _) in BAD_LINKS.items()})
    assert page.warnings.count("is not allowed") + page.warnings.count("Unknown setting") == len(BAD_LINKS)
    assert page.experiment == Experiment()


@pytest.mark.parametrize(
    ("layers", "given", "allowed"),
    [("8-65", "65", f"1 to {WIDEST}"), ("2-2-2-2-2-2-2-2-2", "9", f"0 to {MOST_LAYERS}")],
)
def test_a_network_too_large_for_the_page_is_reported(layers: str, given: str, allowed: str) -> None:
    page = Page(layers=layers, seed="3")
    assert given in page.warnings
    assert allowed in page.warnings
    assert page.experiment == Experiment(seed=3)
