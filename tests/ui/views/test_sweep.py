"""The page *Sweep* without a browser: its axes, its link, what does not fit, and the way to the playground."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dnn.sweeps import Sweep
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.wire import unpack
from tests.ui.page import KINDS, unescaped

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui import navigation, session
from dnn.ui.sweep import cell_actions
from dnn.ui.views import playground, sweep
from dnn.ui.visitor import address
address.read_page_words()
play = st.Page(playground.show, title="Playground", url_path="playground")
many = st.Page(lambda: sweep.show(play), title="Sweep", url_path="sweep", default=True)
page = st.navigation([many, play], position="hidden")
navigation.draw([play, many], page)
st.button("browser", on_click=lambda: cell_actions.act(st.session_state.get("sent")))
page.run()
st.session_state["page"] = page.title
"""
SMALL = {"samples": "40", "layers": "3"}
TWO = SMALL | {"axis.1": "training.learning_rate:0.01,0.1", "axis.2": 'network.activation:"tanh","relu"'}


class SweepPage:
    """The page in one visitor's session."""

    def __init__(self, **link: str) -> None:
        self.at = AppTest.from_string(SCRIPT, default_timeout=60)
        self.at.query_params = dict(link)
        self.run()

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    @property
    def player(self) -> GroupPlayer:
        player = GroupPlayer.of(self.at.session_state["sweep.token"])
        assert player is not None
        return player

    @property
    def sweep(self) -> Sweep:
        found: Sweep = self.at.session_state["sweep.shown"]
        assert Sweep.from_query(dict(self.at.query_params)) == (found, ())
        return found

    @property
    def settings(self) -> dict[str, Any]:
        """What the page says to the panel of the cells."""
        mounted = [each.proto for each in self.at.get("bidi_component")]
        found = json.loads(next(each.json for each in mounted if each.component_name == "dnn.group_panel"))
        settings: dict[str, Any] = found["settings"]
        return settings

    @property
    def said(self) -> str:
        return unescaped("\n".join(each.value for kind in ("error", "warning", "info") for each in self.at.get(kind)))

    def widget(self, label: str) -> Any:
        (found,) = [each for kind in KINDS for each in self.at.get(kind) if each.proto.label == label]
        return found

    def set(self, label: str, value: object) -> None:
        self.widget(label).set_value(value)
        self.run()

    def press(self, label: str) -> None:
        (button,) = [button for button in self.at.button if button.label == label]
        button.click()
        self.run()

    def send(self, message: object) -> None:
        self.at.session_state["sent"] = message
        self.press("browser")


def test_a_visitor_finds_learning_rates_and_activations_ready_to_be_played() -> None:
    page = SweepPage()
    assert [axis.name for axis in page.sweep.axes] == ["training.learning_rate", "network.activation"]
    assert page.settings["across"]["labels"][:3] == ["0.001", "0.003", "0.01"]
    assert "Tanh" in page.settings["up"]["labels"]
    assert len(page.player.runs) == page.sweep.runs == len(page.settings["names"])
    assert page.player.state == "paused"
    page.press("Play")
    assert page.player.state == "playing"
    assert page.player.until == 100


def test_the_link_holds_the_sweep_and_opens_it() -> None:
    page = SweepPage(**TWO, **{"sweep.seeds": "2", "sweep.epochs": "7"})
    assert page.widget("Across").value == "training.learning_rate"
    assert page.widget("Across: values").value == "0.01, 0.1"
    assert page.widget("Up: values").value == "tanh, relu"
    assert (page.sweep.seeds, page.sweep.epochs, page.sweep.runs) == (2, 7, 8)
    assert page.sweep.base.network.hidden_layer_sizes == (3,)
    page.press("Play")
    while page.player.state == "playing":
        page.player.frame()
    assert page.player.epoch == 7
    page.set("Across: values", "0.2:0.4:3")
    assert page.at.query_params["axis.1"] == "training.learning_rate:0.2,0.3,0.4"
    assert page.player.epoch == 0
    page.set("Epochs", 9)
    assert page.player.until == 9


def test_more_epochs_go_on_and_other_values_begin_anew() -> None:
    page = SweepPage(**TWO)
    page.press("Step")
    page.player.frame()
    runs = page.player.runs
    page.set("Epochs", 500)
    assert page.player.runs is runs
    page.set("Seeds", 2)
    assert page.player.epoch == 0


def test_values_that_cannot_be_read_are_said_and_the_last_sweep_stays() -> None:
    page = SweepPage(**TWO)
    runs = page.player.runs
    page.set("Across: values", "0:1:x")
    assert "Across: Values: '0:1:x' is not allowed; a range is 0:1:5" in page.said
    assert page.player.runs is runs
    page.set("Across: values", "0.01, 0.1")
    assert page.said == ""
    assert page.player.runs is runs


def test_values_that_are_not_allowed_leave_their_cells_empty_and_the_others_run() -> None:
    page = SweepPage(**TWO)
    page.set("Across: values", "0.1, 1000")
    assert "Across: Learning rate: 1000 is not allowed" in page.said
    assert [run is None for run in page.player.runs] == [False, False, True, True]
    _, parts = unpack(page.player.frame())
    cells = json.loads(parts["scene"].tobytes())["cells"]
    assert [bool(cell["problem"]) for cell in cells] == [False, True, False, True]


def test_another_setting_brings_its_values_and_two_axes_change_places() -> None:
    page = SweepPage(**TWO)
    page.set("Up", "training.l2")
    assert page.widget("Up: values").value.startswith("0, 0.001")
    page.set("Up", "training.learning_rate")
    assert [axis.name for axis in page.sweep.axes] == ["training.l2", "training.learning_rate"]
    assert page.widget("Across: values").value.startswith("0, 0.001")
    page.set("Third", "seed")
    assert len(page.sweep.axes) == 3
    page.set("Up", "")
    assert [axis.name for axis in page.sweep.axes] == ["training.l2", "seed"]


def test_a_third_axis_and_seeds_are_layers_behind_sliders() -> None:
    page = SweepPage(**TWO, **{"axis.3": "training.l2:0,0.1,1", "sweep.seeds": "2"})
    assert len(page.player.layers) == 6
    page.set("L2", 2)
    page.set("Seed", 1)
    assert page.player.layer == 5
    shown = [page.settings["names"][place] for place in page.player.layers[5]]
    assert all("L2 1, Seed 1" in name for name in shown)


def test_too_many_runs_are_not_played() -> None:
    page = SweepPage(**TWO)
    page.set("Seeds", 64)
    assert page.said == ""
    page.set("Across: values", "0.001:1:9:log")
    assert "1152 runs are more than the 256" in page.said
    assert "Play" not in [button.label for button in page.at.button]


def test_runs_too_large_to_be_watched_are_not_played() -> None:
    page = SweepPage(**(TWO | {"samples": "20000", "layers": "64-64-64-64-64-64-64-64"}))
    assert "too large to be watched" in page.said
    assert "Play" not in [button.label for button in page.at.button]


def test_another_experiment_of_the_playground_is_the_base_and_its_settings_are_offered() -> None:
    page = SweepPage(**(SMALL | {"axis.1": "data.dataset.noise:0.1,0.2", "axis.2": "seed:1,2"}))
    page.press("Play")
    other = page.sweep.base.model_dump()
    other["data"]["dataset"] = {"kind": "iris"}
    page.at.session_state["experiment"] = type(page.sweep.base).of(**other)
    page.run()
    assert page.sweep.base.data.dataset.kind == "iris"
    assert [axis.name for axis in page.sweep.axes] == ["training.learning_rate", "seed"]
    assert page.player.epoch == 0


def test_a_cell_is_opened_in_the_playground() -> None:
    page = SweepPage(**TWO)
    page.send({"do": "open", "run": 3})
    assert page.at.session_state["page"] == "Playground"
    experiment = page.at.session_state["experiment"]
    assert experiment.training.learning_rate == 0.1
    assert experiment.network.activation.kind == "relu"
    assert page.at.query_params["learning_rate"] == "0.1"
    assert "axis.1" not in page.at.query_params


def test_a_cell_is_kept_on_the_shelf_unless_a_link_for_pupils_hides_it() -> None:
    page = SweepPage(**TWO)
    assert page.settings["keeps"]
    page.press("Step")
    page.player.frame()
    page.send({"do": "keep", "run": 2})
    (kept,) = page.at.session_state["shelf"].kept
    assert kept.experiment == page.player.runs[2].experiment  # type: ignore[union-attr]
    assert kept.epoch == 1
    assert [unescaped(toast.value) for toast in page.at.toast] == ["Kept: 1 of 24 on the shelf."]
    assert not SweepPage(**TWO, show="layers").settings["keeps"]


@pytest.mark.parametrize(
    "message",
    [None, "open", {}, {"do": "open"}, {"do": "open", "run": 99}, {"do": "open", "run": "1"}, {"do": "x", "run": 0}],
)
def test_what_means_nothing_does_nothing(message: object) -> None:
    page = SweepPage(**TWO)
    page.send(message)
    assert page.at.session_state["page"] == "Sweep"


def test_a_link_that_cannot_be_read_says_so_and_what_can_be_is_shown() -> None:
    link = TWO | {"axis.3": "training.speed:1,2", "sweep.seeds": "many", "learning_rate": "fast"}
    page = SweepPage(**link)
    assert "speed" in page.said
    assert "Seeds: 'many'" in page.said
    assert "Learning rate: 'fast'" in page.said
    assert page.sweep.runs == 4
    page.press("Understood")
    assert page.said == ""


def test_more_axes_than_the_page_shows_and_random_draws_are_said() -> None:
    more = {"axis.3": "seed:1,2", "axis.4": "draw:1,2", "sweep.draws": "3"}
    page = SweepPage(**TWO, **more)
    assert "Axes: 4 axes is not allowed; the page shows three axes and the seeds" in page.said
    assert "the page shows all combinations" in page.said
    assert page.sweep.runs == 8


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("sweep.seeds", "100", "Seeds: 100 is not allowed; it must be a whole number from 1 to 64."),
        ("sweep.epochs", "100001", "Epochs: 100001 is not allowed; it must be a whole number from 1 to 100000."),
        ("sweep.epochs", "0", "Epochs: 0 is not allowed; it must be a whole number from 1 to 100000."),
    ],
)
def test_more_seeds_or_epochs_than_the_page_has_are_said(word: str, text: str, said: str) -> None:
    page = SweepPage(**TWO, **{word: text})
    assert said in page.said
    assert (page.sweep.seeds, page.sweep.epochs, page.sweep.runs) == (1, 100, 4)


def test_settings_that_are_not_offered_come_from_a_link() -> None:
    link = SMALL | {
        "axis.1": "network.hidden_layer_sizes.1:2,3",
        "axis.2": 'training.optimizer:"adam"',
        "axis.3": "training.optimizer.beta1:0.8,0.9",
    }
    page = SweepPage(**link)
    assert page.said == ""
    assert {word: text for word, text in page.at.query_params.items() if word in link} == link
    assert [axis.name for axis in page.sweep.axes][::2] == [
        "network.hidden_layer_sizes.1",
        "training.optimizer.beta1",
    ]
    page.set("Across: values", "2, three")
    assert "is not allowed" in page.said
    page.set("Across: values", "2, 4")
    assert [run is None for run in page.player.runs] == [False] * 4


def test_settings_that_change_places_take_their_values_along() -> None:
    page = SweepPage(**TWO)
    page.set("Up", "training.learning_rate")
    assert [axis.values for axis in page.sweep.axes] == [("tanh", "relu"), (0.01, 0.1)]


def test_as_many_values_as_the_background_trains_are_read_from_a_link() -> None:
    rates = ",".join(f"{number / 1000:g}" for number in range(1, 301))
    page = SweepPage(**SMALL, **{"axis.1": f"training.learning_rate:{rates}"})
    assert "300 runs are more than the 256" in page.said
    assert "is not allowed" not in page.said


def test_it_speaks_the_visitors_language() -> None:
    page = SweepPage(**TWO, lang="zh")
    assert page.settings["across"]["title"] == "学习率"
    assert page.widget("种子数").value == 1
