"""The page without a browser: every widget reaches the run, every mistake gets its sentence, every link is read."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, Experiment, start
from dnn.components import limits
from dnn.experiment import DataSpec
from dnn.experiment.links import from_query, to_query
from dnn.ui.controls.data_gallery import USUAL
from dnn.ui.controls.speeds import SPEEDS
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.toolbar.transport import PROJECTED
from tests.ui.page import MAIN, Page

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> Page:
    return Page()


# what is there


def test_the_page_plays_the_default_at_once(page: Page) -> None:
    assert page.experiment == Experiment()
    assert page.player.state == "playing"
    assert page.link == {}
    assert page.errors == []
    assert page.warnings == ""


def test_every_control_has_its_name(page: Page) -> None:
    page.unfold()
    for label in (
        "Data set",
        "Samples",
        "Noise",
        "Test share",
        "Seed",
        "Activation",
        "Learning rate",
        "Batch size",
        "L2",
        "Initialiser",
        "Speed",
    ):
        assert page.widget(label).label == label
    for label in ("Pause", "Step", "Reset", "New weights", "Add layer", "Remove hidden layer 1"):
        assert page.buttons.count(label) == 1


def test_each_group_asks_its_question_and_l2_is_in_view(page: Page) -> None:
    asked = [heading.value for heading in page.at.subheader]
    assert asked == ["Data :small[Which examples?]", "Network :small[How deep, how wide?]",
                     "Training :small[How fast to learn?]"]  # fmt: skip
    page.set("L2", 0.1)
    assert page.experiment.training.l2 == 0.1


def test_a_picture_chooses_its_data_set(page: Page) -> None:
    for name in USUAL[::-1]:
        page.at.button(key=f"picture-{name}").click()
        page.run()
        assert page.experiment.data.dataset == DATASETS[name]()
        assert page.widget("Data set").value == name
        styles = [each.proto.body for each in page.at.get("html") if "st-key-picture" in each.proto.body]
        assert [style.count("data:image/svg+xml") for style in styles] == [len(USUAL)]
    locked = Page(lock="data")
    assert not [button for button in locked.at.button if str(button.key).startswith("picture-")]


def test_the_projector_is_switched_by_a_button(page: Page) -> None:
    assert page.player.camera.theme.scale == 1.0
    page.press("Projector")
    assert page.player.camera.theme.scale > 1.0
    assert any(each.proto.body == PROJECTED for each in page.at.get("html"))
    page.press("Projector")
    assert page.player.camera.theme.scale == 1.0


def test_the_widgets_show_the_experiment(page: Page) -> None:
    default = Experiment()
    assert page.widget("Data set").value == default.data.dataset.kind
    assert page.widget("Samples").value == default.data.samples
    assert page.widget("Seed").value == default.seed
    assert page.widget("Activation").value == default.network.activation.kind
    assert page.widget("Learning rate").value == default.training.learning_rate
    assert page.widget("Batch size").value == default.training.batch_size
    widths = [page.widget(f"Units in hidden layer {place + 1}").value for place in range(page.layers)]
    assert tuple(widths) == default.network.hidden_layer_sizes


def test_every_visitor_has_a_run_of_their_own() -> None:
    one, other = Page(), Page()
    one.set("Seed", 5)
    one.press("Pause")
    assert one.player is not other.player
    assert other.experiment == Experiment()
    assert other.player.state == "playing"


# every widget reaches the run

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
    page: Page, label: str, value: object, of: Callable[[Experiment], object], expected: object
) -> None:
    page.unfold("Initialisation and layers", "Regularisation")
    before = page.experiment
    page.set(label, value)
    assert of(page.experiment) == expected
    assert of(before) != expected
    words = {word.partition(".")[0] for word in to_query(page.experiment)}
    assert len(words) == 1  # how many settings differ from the default
    assert from_query(page.link) == (page.experiment, ())  # the address bar follows
    page.run()
    assert of(page.experiment) == expected  # and it stays


def test_changes_add_up(page: Page) -> None:
    page.unfold("Initialisation and layers", "Regularisation")
    for label, value, *_ in CHANGES:
        page.set(label, value)
    for label, _, of, expected in CHANGES:
        if label not in ("Batch size", "Units in hidden layer 1", "Units in hidden layer 2"):
            assert of(page.experiment) == expected
    assert page.experiment.network.hidden_layer_sizes == (9, WIDEST)
    assert Page(**page.link).experiment == page.experiment


def test_every_kind_can_be_chosen(page: Page) -> None:
    page.unfold("Initialisation and layers", "Regularisation")
    for kind in (kind for kind in DATASETS if kind != "own"):
        page.set("Data set", kind)
        assert page.experiment.data.dataset == DATASETS[kind](kind=kind)
    for kind in ACTIVATIONS:
        page.set("Activation", kind)
        assert page.experiment.network.activation == ACTIVATIONS[kind](kind=kind)
    for kind in INITIALIZERS:
        page.set("Initialiser", kind)
        assert page.experiment.network.initializer == INITIALIZERS[kind](kind=kind)


def test_a_parameter_comes_and_goes_with_its_kind(page: Page) -> None:
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


def test_the_noise_stays_when_the_data_set_changes(page: Page) -> None:
    page.set("Noise", 0.4)
    page.set("Data set", "circles")
    assert page.widget("Noise").value == 0.4
    assert page.experiment.data.dataset == DATASETS["circles"](kind="circles", noise=0.4)  # type: ignore[call-arg]


# transport


def test_play_and_pause_are_one_button(page: Page) -> None:
    page.press("Pause")
    assert page.player.state == "paused"
    assert "Pause" not in page.buttons
    page.press("Play")
    assert page.player.state == "playing"
    assert "Play" not in page.buttons


def test_step_pauses_and_trains_for_one_epoch(page: Page) -> None:
    page.press("Step")
    assert "Play" in page.buttons
    page.press("Step")
    page.player.frame()
    assert page.player.run.epoch == 2


def test_reset_starts_with_the_same_weights(page: Page) -> None:
    page.press("Step")
    page.player.frame()
    page.press("Reset")
    assert page.player.run.epoch == 0
    np.testing.assert_array_equal(page.player.run.params.vector, start(Experiment()).params.vector)


def test_new_weights_start_with_others_every_time_and_share_the_data(page: Page) -> None:
    seen = {page.player.run.params.vector.tobytes()}
    for _ in range(3):
        page.press("New weights")
        seen.add(page.player.run.params.vector.tobytes())
        assert page.player.run.epoch == 0
    assert len(seen) == 4
    np.testing.assert_array_equal(page.player.run.data.X, start(Experiment()).data.X)
    assert Page(**page.link).experiment == page.experiment


def test_the_speed_reaches_the_player(page: Page) -> None:
    for seed, speed in enumerate(SPEEDS):
        page.set("Speed", speed)
        assert page.player.speed == speed
        page.set("Seed", seed)
        assert page.player.speed == speed


def test_the_fastest_speed_is_as_fast_as_it_can(page: Page) -> None:
    assert max(SPEEDS) == UNLIMITED
    assert page.widget("Speed").options[-1] == "as fast as it can"


def test_training_settings_do_not_restart_and_the_others_do(page: Page) -> None:
    page.unfold("Initialisation and layers", "Regularisation")
    page.press("Step")
    page.player.frame()
    for label, value in [("Learning rate", 0.3), ("Batch size", 50), ("L2", 0.1)]:
        page.set(label, value)
        assert page.player.run.epoch == 1
        assert page.player.state == "paused"
    page.set("Activation", "relu")
    assert page.player.run.epoch == 0
    assert page.player.state == "paused"


# hidden layers


def test_layers_can_be_added_up_to_the_most_and_removed_down_to_none(page: Page) -> None:
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
    page = Page(layers="1-2-3-4")
    page.press("Remove hidden layer 2")
    assert page.experiment.network.hidden_layer_sizes == (1, 3, 4)
    page.set("Units in hidden layer 3", 9)
    page.press("Remove hidden layer 1")
    assert page.experiment.network.hidden_layer_sizes == (3, 9)
    page.press("Add layer")
    page.set("Units in hidden layer 3", 5)
    assert page.experiment.network.hidden_layer_sizes == (3, 9, 5)


# bad input

SAMPLES = limits(DataSpec, "samples")
SEEDS = limits(Experiment, "seed")
MISTAKES: list[tuple[str, int, tuple[float, float], int]] = [
    ("Samples", 5, SAMPLES, 100),
    ("Samples", -1, SAMPLES, 100),
    ("Samples", 20_001, SAMPLES, 100),
    ("Seed", -1, SEEDS, 3),
    ("Seed", 2**31, SEEDS, 3),
    ("Units in hidden layer 1", 0, (1, WIDEST), 6),
    ("Units in hidden layer 2", WIDEST + 1, (1, WIDEST), 6),
    ("Units in hidden layer 2", 10**9, (1, WIDEST), 6),
]


@pytest.mark.parametrize(("label", "value", "bounds", "good"), MISTAKES, ids=[f"{m[0]} {m[1]}" for m in MISTAKES])
def test_a_mistake_gets_its_sentence_and_the_last_good_run_goes_on(
    page: Page, label: str, value: int, bounds: tuple[float, float], good: int
) -> None:
    page.set("Learning rate", 0.3)
    run, link = page.player.run, page.link
    page.set(label, value)
    assert len(page.errors) == 1
    numbers = re.findall(r"-?\d+", page.errors[0])
    assert str(value) in numbers
    assert f"{bounds[0]:.10g}" in numbers
    assert numbers[-1] in (f"{bounds[1]:.10g}", "1024")
    assert page.player.run is run
    assert page.player.state == "playing"
    assert page.link == link
    page.set("Test share", 0.5)  # another setting, while the mistake stands: still the last good run
    assert len(page.errors) == 1
    assert page.player.run is run
    page.set(label, good)
    assert page.errors == []
    assert page.player.run is not run
    assert page.experiment.data.test_share == 0.5  # what was set meanwhile counts now
    assert page.experiment.training.learning_rate == 0.3


def test_two_mistakes_get_two_sentences(page: Page) -> None:
    page.set("Samples", 5)
    page.set("Seed", -1)
    assert len(page.errors) == 2
    page.set("Samples", 100)
    assert len(page.errors) == 1
    assert "Seed" in page.errors[0]


def test_with_a_mistake_on_the_page_the_transport_still_works(page: Page) -> None:
    page.set("Samples", 5)
    for label in ("Step", "Reset", "New weights", "Play", "Pause"):
        page.press(label)
        assert len(page.errors) == 1
    assert page.experiment.draw == 1
    page.press("Add layer")
    page.set("Samples", 100)
    assert page.errors == []
    assert len(page.experiment.network.hidden_layer_sizes) == 3


# links


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
    page = Page(**link)
    expected, problems = from_query(link)
    assert problems == ()
    assert page.experiment == expected
    page.unfold("Regularisation")
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
    page.set("Seed", 1)
    assert page.said  # until it has been read
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


# what only haste, malice or a bookmark brings about


def test_values_that_look_alike_when_rounded_are_not_mixed_up() -> None:
    page = Page(learning_rate="0.03000001")
    assert page.experiment.training.learning_rate == 0.03000001
    page.set("Learning rate", 0.03)
    assert page.experiment.training.learning_rate == 0.03


def test_a_change_that_comes_before_the_address_bar_has_caught_up_undoes_nothing(page: Page) -> None:
    """The browser sends its address along with every change; after a quick one it is still the old address."""
    page.unfold("Regularisation")
    page.set("Learning rate", 0.3)
    page.at.query_params = {}
    page.set("L2", 0.1)
    assert (page.experiment.training.learning_rate, page.experiment.training.l2) == (0.3, 0.1)
    page.at.query_params = {"learning_rate": "0.3"}
    page.press("Step")
    assert (page.experiment.training.learning_rate, page.experiment.training.l2) == (0.3, 0.1)


def test_a_link_can_put_neither_pictures_nor_links_on_the_page() -> None:
    page = Page(activation="![](http://evil.example/x)", **{"[a](http://evil.example)": "1"})
    assert not re.search(r"(?<!\\)\]\(", page.warnings)


def test_the_page_comes_when_it_is_asked_for_by_its_own_address() -> None:
    at = AppTest.from_file(MAIN, default_timeout=60).run()
    again = at.run()  # AppTest now asks for the page it was on, as a bookmark does from a server just started
    assert [slider.label for slider in again.select_slider]
