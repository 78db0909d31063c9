"""The page of the trainability map without a browser: its windows, its settings, and the way to a network."""

from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn.messages import Message
from dnn.sweeps.trainability import FINEST, MAPS, TrainabilityMap, at, picture
from dnn.ui import live
from dnn.ui.live.map_player import MapPlayer
from dnn.ui.trainability import actions, link
from dnn.ui.trainability.places import PLACES
from dnn.ui.trainability.windows import TOKEN, WINDOWS
from tests.declarations import Declarations
from tests.ui.page import Page, read

pytestmark = pytest.mark.slow

# both pages, with a button for what the browser does by other means
SCRIPT = """
import streamlit as st
from dnn.ui.trainability import actions, link
from dnn.ui.views import playground, trainability
play = st.Page(lambda: playground.show(play), title="Playground", url_path="playground")
shown = st.Page(lambda: trainability.show(play), title="Map", url_path="map", default=True)
st.navigation([shown, play], position="hidden").run()
st.button("browser", on_click=lambda: actions.perform(st.session_state["sent"]))
"""

WHOLE = MAPS["tanh"]


class MapPage(Page):
    """The map, and what its picture sends."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    @property
    def map(self) -> MapPlayer:
        player = MapPlayer.of(self.at.session_state[TOKEN])
        assert player is not None
        return player

    @property
    def window(self) -> TrainabilityMap:
        return self.map.window

    def send(self, do: str, **values: Any) -> None:
        """What the picture sends of the window on screen."""
        self.at.session_state["sent"] = {"do": do, "window": self.map.number} | values
        self.press("browser")

    def zoom(self, left: float, right: float, bottom: float, top: float) -> None:
        self.send("zoom", left=left, right=right, bottom=bottom, top=top)

    @property
    def text(self) -> str:
        return "\n".join(read(each.value) for kind in ("markdown", "caption") for each in self.at.get(kind))


def test_the_whole_map_is_shown_with_its_ends_and_its_source() -> None:
    page = MapPage()
    assert page.window == WHOLE
    assert "Learning rate: 0.01 to 100  \nScale: 0.01 to 30" in page.text
    assert "Sohl-Dickstein 2024" in page.text
    assert "Magnified" not in page.text
    disabled = {button.label: button.disabled for button in page.at.button}
    assert (disabled["Back"], disabled["Whole map"]) == (True, True)


def test_zooming_narrows_the_window_and_back_leads_out_again() -> None:
    page = MapPage()
    page.zoom(0.25, 0.5, 0.5, 1)
    closer = WHOLE.zoomed(0.25, 0.5, 0.5, 1.0)
    assert page.window == closer
    assert "Magnified 4 times" in page.text
    page.zoom(0.0, 0.1, 0.0, 0.1)
    page.press("Back")
    assert page.window == closer
    page.zoom(0.0, 0.1, 0.0, 0.1)
    page.send("back")
    assert page.window == closer
    page.zoom(0.2, 0.3, 0.2, 0.3)
    page.send("whole")
    assert page.window == WHOLE
    page.send("back")
    assert page.window == WHOLE


def test_a_pixel_opens_as_its_experiment_to_the_last_digit() -> None:
    page = MapPage()
    for _ in range(6):
        page.zoom(0.3, 0.4, 0.7, 0.8)
    expected = page.window.experiment(column=77, row=201, side=256)
    page.send("open", column=77, row=201, side=256)
    assert page.experiment == expected
    assert page.player.run.experiment == expected
    assert "Pause" in page.buttons
    assert float(page.link["learning_rate"]) == expected.training.learning_rate


WRONG: list[dict[str, Any]] = [
    {"do": "zoom", "left": 0.5, "right": 0.5, "bottom": 0.0, "top": 1.0},
    {"do": "zoom", "left": 0.1, "right": 1.5, "bottom": 0.0, "top": 1.0},
    {"do": "zoom", "left": "0.1", "right": 0.5, "bottom": 0.0, "top": 1.0},
    {"do": "zoom", "left": float("nan"), "right": 0.5, "bottom": 0.0, "top": 1.0},
    {"do": "zoom", "left": 0.1},
    {"do": "open", "column": 16, "row": 0, "side": 16},
    {"do": "open", "column": 0, "row": 0, "side": 1024},
    {"do": "open", "column": -1, "row": 0, "side": 16},
    {"do": "else"},
]


def test_what_is_no_action_and_what_is_for_another_window_is_passed_over() -> None:
    page = MapPage()
    for wrong in WRONG:
        page.send(**wrong)
        assert page.window == WHOLE
        assert "experiment" not in page.at.session_state
    for message in (None, "zoom", [], {"do": "back", "window": "1"}):
        page.at.session_state["sent"] = message
        page.press("browser")
    page.send("zoom", left=0.1, right=0.2, bottom=0.1, top=0.2, window=page.map.number - 1)
    assert page.window == WHOLE


def test_settings_change_the_networks_and_not_the_window() -> None:
    page = MapPage()
    page.zoom(0.25, 0.5, 0.5, 1.0)
    page.set("Epochs", 50)
    closer = WHOLE.model_copy(update={"epochs": 50}).zoomed(0.25, 0.5, 0.5, 1.0)
    assert page.window == closer
    page.press("Other starting weights")
    assert page.window.base.draw == 1
    assert page.window.learning_rates == closer.learning_rates
    page.press("Back")
    assert (page.window.base.draw, page.window.epochs) == (1, 50)
    page.set("Activation", "relu")
    assert page.window == MAPS["relu"]


@pytest.mark.parametrize("name", PLACES, ids=str)
def test_a_place_has_networks_of_both_kinds_and_lies_in_its_map(name: Message) -> None:
    page = MapPage()
    page.press(str(name))
    whole, place = PLACES[name]
    assert page.window == place
    for ends, all_of_it in ((place.learning_rates, whole.learning_rates), (place.scales, whole.scales)):
        assert all_of_it[0] <= ends[0] < ends[1] <= all_of_it[1]
    converged = (picture(place, 32) <= 0.0).mean()
    assert 0.2 < converged < 0.8
    page.press("Whole map")
    assert page.window == whole


def test_where_float64_ends_the_page_says_so_and_stays() -> None:
    page = MapPage()
    deep = WHOLE
    while not deep.is_deepest:
        deep = deep.zoomed(0.3, 0.4, 0.7, 0.8)
    page.at.session_state[WINDOWS] = (WHOLE, deep)
    page.run()
    assert "as deep as it goes" in page.at.info[0].value
    assert "·10¹" in page.text
    page.zoom(0.0, 0.5, 0.0, 0.5)
    assert page.window.is_deepest
    numbers = at(page.window.learning_rates, np.arange(FINEST) / FINEST)
    assert all(low < high for low, high in pairwise(numbers))


def test_the_same_picture_comes_from_the_python_that_is_shown() -> None:
    page = MapPage()
    page.zoom(0.3, 0.4, 0.7, 0.8)
    page.press("Other starting weights")
    (code,) = page.at.code
    names: dict[str, Any] = {}
    exec(code.value.replace("side=256", "side=16"), names)
    assert names["window"] == page.window
    assert names["values"].shape == (16, 16)


def test_the_actions_are_those_that_are_declared() -> None:
    declared = Declarations(Path(live.__file__).with_name("map_contract.d.ts"))
    kinds = {f"Map{kind.__name__}": kind for kind in get_args(actions.Action)}
    assert {name.strip() for name in declared.aliases["MapAction"].split("|")} == kinds.keys()
    for name, kind in kinds.items():
        assert kind.model_fields.keys() == declared.fields[name].keys()
        assert all(field.is_required() for field in kind.model_fields.values())


# the link


def test_the_address_holds_the_window_and_opens_it_again() -> None:
    page = MapPage()
    assert page.link == {}
    page.set("Activation", "relu")
    page.set("Epochs", 200)
    page.press("Other starting weights")
    page.zoom(0.3, 0.4, 0.7, 0.8)
    window = page.window
    assert page.link.keys() == {"map", "epochs", "draw", "rates", "scales"}
    other = MapPage(**{word: str(text) for word, text in page.link.items()})
    assert other.window == window
    assert other.at.warning == []
    other.press("Back")
    assert other.window == window.model_copy(
        update={"learning_rates": MAPS["relu"].learning_rates, "scales": MAPS["relu"].scales}
    )


def test_a_link_may_have_other_epochs_than_the_page_offers() -> None:
    page = MapPage(epochs="30")
    assert page.window.epochs == 30
    assert page.widget("Epochs").value == 30
    page.set("Epochs", 50)
    assert page.window.epochs == 50


def test_a_window_goes_through_the_address_to_the_last_digit() -> None:
    window = WHOLE
    while not window.is_deepest:
        window = window.zoomed(0.3, 0.4, 0.7, 0.8)
        assert link.from_query(link.to_query(window)) == ((WHOLE, window), ())
    assert link.from_query({}) == ((WHOLE,), ())


@pytest.mark.parametrize(
    ("word", "text", "allowed"),
    [
        ("map", "sigmoid", "choose one of tanh, relu"),
        ("epochs", "0", "from 1 to 1000"),
        ("epochs", "many", "a whole number"),
        ("draw", "-1", "from 0"),
        ("rates", "1..0.1", "the smaller one first"),
        ("rates", "0.1", "like 0.1..1"),
        ("scales", "0..1", "the smaller one first"),
        ("scales", "1..1e999", "it must be 2 finite numbers"),
    ],
)
def test_what_cannot_be_read_keeps_its_default_and_is_reported(word: str, text: str, allowed: str) -> None:
    windows, (problem,) = link.from_query({word: text})
    assert windows == (WHOLE,)
    assert problem.field == word
    assert allowed in str(problem)


def test_the_page_reports_what_of_its_address_it_could_not_read() -> None:
    page = MapPage(map="sigmoid", rates="0.1..1.0")
    assert "sigmoid" in page.warnings
    assert page.window.learning_rates == (0.1, 1.0)
    page.press("Understood")
    assert page.warnings == ""
    assert page.window.learning_rates == (0.1, 1.0)
