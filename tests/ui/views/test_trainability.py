"""The page of the trainability map without a browser: its windows, its settings, and the way to a network."""

from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from dnn.messages import Message
from dnn.sweeps.trainability import FINEST, MAPS, at, picture
from dnn.ui import live
from dnn.ui.trainability import actions
from dnn.ui.trainability.places import PLACES
from dnn.ui.trainability.windows import WINDOWS
from tests.declarations import Declarations
from tests.ui.views.map_page import WHOLE, MapPage

pytestmark = pytest.mark.slow


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
