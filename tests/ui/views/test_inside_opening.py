"""From a stop of one example on the diagram to the page inside one step, at the same example and the same stop."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, start
from dnn.analysis.walkthrough import walkthrough
from dnn.ui.live.player import Player
from tests.ui.page import opened

pytestmark = pytest.mark.slow

# the pages, with a button for what the browser does by the panel
SCRIPT = """
import streamlit as st
from dnn.ui.inside import opening
from dnn.ui.live.player import Player
from tests.ui.page import opened
from dnn.ui.views import inside, lessons, playground
from dnn.ui.visitor import address

def with_browser(page, token=None):
    def show():
        page()
        run = Player.of(st.session_state[token]).run if token else None
        if st.button("browser") and opening.go_to(st.session_state["place"], run):
            st.switch_page(look)
    return show

address.read_page_words()
play = st.Page(with_browser(playground.show), title="Playground", url_path="playground")
learn = st.Page(with_browser(lambda: lessons.show(play), "lesson.token"), title="Lessons", url_path="lessons")
look = st.Page(lambda: inside.show(play), title="Inside", url_path="inside")
pages = [learn, play, look] if "lesson" in st.query_params else [play, learn, look]
st.navigation(pages, position="hidden").run()
"""


def go(at: AppTest, place: object) -> None:
    at.session_state["place"] = place
    (button,) = [each for each in at.button if each.label == "browser"]
    button.click().run()
    assert not at.exception, at.exception


def is_at(at: AppTest, title: str, row: int) -> None:
    assert title in [each.value for each in at.subheader]
    numbers = {each.label: each.value for each in at.number_input}
    assert (numbers["First example"], numbers["Examples"]) == (row + 1, 1)


def test_from_the_playground_it_is_the_same_example_and_stop() -> None:
    at = opened(SCRIPT, layers="3", data="moons")
    go(at, {"row": 12, "stop": "dw2"})
    is_at(at, "Layer 2: gradient of the weights", 12)


def test_another_view_gives_way_to_the_stop() -> None:
    at = opened(SCRIPT, layers="3")
    at.session_state["inside.view"] = "Gradient check"
    go(at, {"row": 0, "stop": "loss"})
    is_at(at, "The loss of each example", 0)


def test_a_lesson_takes_its_run_along_and_the_playground_pauses() -> None:
    at = opened(SCRIPT, lesson="modular", step="2")
    lesson = Player.of(at.session_state["lesson.token"])
    assert lesson is not None
    lesson.step()
    lesson.frame()
    go(at, {"row": 3, "stop": "z1"})
    is_at(at, "Layer 1: weighted sums", 3)
    player = Player.of(at.session_state["token"])
    assert player is not None
    assert (player.run.epoch, player.playing) == (1, False)
    np.testing.assert_array_equal(player.run.params.vector, lesson.run.params.vector)
    assert player.run.experiment == at.session_state["experiment"] == lesson.run.experiment


@pytest.mark.parametrize(
    "place",
    [None, 7, {}, {"row": -1, "stop": "x"}, {"row": 0}, {"row": 0, "stop": "x" * 40}, {"row": "0", "stop": "x"}],
)
def test_what_is_no_place_leads_nowhere(place: object) -> None:
    at = opened(SCRIPT, layers="3")
    go(at, place)
    assert "browser" in [each.label for each in at.button]


def test_the_diagrams_stops_are_stops_of_the_page() -> None:
    """As ``stopsOf`` in example_stops.js builds them."""
    run = start(Experiment.of(network={"hidden_layer_sizes": [3, 2]}))
    layers = range(1, len(run.params) + 1)
    stops = ["x", "loss", "new_w1", *(f"{part}{layer}" for part in ("z", "a", "dz", "dw") for layer in layers)]
    assert set(stops) <= {step.id for step in walkthrough(run, [0]).steps}
