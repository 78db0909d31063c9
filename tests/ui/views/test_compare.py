"""The page Compare without a browser: what it shows, where runs come from and go to, its link and its file."""

import json
from typing import Any

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.experiment.comparisons import MOST, Comparison, comparison_from_query, comparison_to_query, read
from dnn.experiment.variants import with_setting
from dnn.plots.comparison import group_costs_figure, line_looks
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.compare import state
from dnn.ui.compare.settings import settings
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.wire import unpack
from dnn.ui.session.shelf import Kept, Shelf
from dnn.ui.views import compare as view
from tests.ui.page import OtherPage, Page, unescaped

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui.views import compare, playground
beside = st.Page(lambda: compare.show(play), title="Compare", url_path="compare", default=True)
play = st.Page(lambda: playground.show(None, beside), title="Playground", url_path="playground")
st.navigation([beside, play], position="hidden").run()
"""
SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]}, training={"learning_rate": 0.1})
RELU = with_setting(SMALL, ("network", "activation"), "relu")
QUICK = with_setting(SMALL, ("training", "learning_rate"), 0.3)


class ComparePage(OtherPage):
    script = SCRIPT

    @property
    def group(self) -> GroupPlayer:
        found = GroupPlayer.of(self.at.session_state[state.TOKEN])
        assert found is not None
        return found

    @property
    def compared(self) -> list[Experiment]:
        return [run.experiment for run in self.group.runs if run is not None]

    def click(self, key: str) -> None:
        self.at.button(key=key).click()
        self.run()

    def keep(self, *experiments: Experiment) -> None:
        self.at.session_state["shelf"] = Shelf().adding(*(Kept(experiment=each) for each in experiments))
        self.run()

    def upload(self, key: str, content: bytes) -> None:
        uploader = next(each for each in self.at.file_uploader if each.key == key)
        uploader.set_value(("file.json", content, "application/json"))
        self.run()


def link_of(*experiments: Experiment) -> dict[str, str]:
    return comparison_to_query(Comparison(experiments=experiments))


def test_it_begins_with_the_run_on_screen_and_a_faster_one() -> None:
    page = ComparePage()
    assert page.compared == [Experiment(), with_setting(Experiment(), ("training", "learning_rate"), 0.09)]
    assert page.group.state == "playing"
    assert page.link == {"2.learning_rate": "0.09"}


def test_an_address_with_one_run_gets_a_faster_one_beside_it() -> None:
    page = ComparePage(samples="60", layers="3", learning_rate="0.1")
    assert page.compared == [SMALL, QUICK]
    assert page.link == link_of(SMALL, QUICK)


@pytest.mark.parametrize(
    "compared",
    [
        (SMALL, RELU),
        (SMALL, RELU, QUICK),
        (SMALL, SMALL),
        tuple(with_setting(SMALL, ("draw",), draw) for draw in range(MOST)),
        tuple(Experiment.of(data={"dataset": {"kind": "blobs", "classes": 4}}, seed=seed) for seed in range(2)),
        tuple(Experiment.of(data={"dataset": "bumps"}, seed=seed) for seed in range(2)),
    ],
    ids=["two", "three", "equal", "six", "several classes", "regression"],
)
def test_the_link_holds_the_comparison(compared: tuple[Experiment, ...]) -> None:
    page = ComparePage(**link_of(*compared))
    assert page.compared == list(compared)
    assert page.link == link_of(*compared)
    assert comparison_from_query(page.link)[0] == Comparison(experiments=compared)
    assert not page.warnings
    header, parts = unpack(page.group.frame())
    assert header["kind"] == "group"
    assert len(parts["maps"]) == len(parts["states"]) == len(parts["curve_lengths"]) == len(compared)


def test_what_a_link_says_wrong_is_said_and_the_rest_plays() -> None:
    page = ComparePage(**{"samples": "60", "2.learning_rate": "-1", "3.activation": "relu", "9.seed": "3"})
    assert len(page.compared) == 3
    assert "Learning rate: '-1' is not allowed" in page.said
    assert "the compared runs have the numbers 2 to 6" in page.said
    page.click("reset")
    assert page.said  # until another comparison is chosen


def test_runs_are_trained_in_step_and_bit_for_bit_as_alone() -> None:
    page = ComparePage(**link_of(SMALL, RELU))
    page.group.play(False)
    for _ in range(3):
        page.click("step")
        page.group.frame()
    for run, experiment in zip(page.group.runs, (SMALL, RELU), strict=True):
        assert run is not None
        assert np.array_equal(run.params.vector, advance(start(experiment), 3).params.vector)


def test_the_transport_plays_pauses_and_begins_again() -> None:
    page = ComparePage(**link_of(SMALL, RELU))
    page.click("play")
    assert page.group.state == "paused"
    page.click("step")
    page.group.frame()
    assert page.group.epoch == 1
    page.click("reset")
    page.group.frame()
    assert page.group.epoch == 0
    page.at.number_input(key="stop-group").set_value(7)
    page.run()
    assert page.group.until == 7


def test_marked_runs_of_the_shelf_are_compared() -> None:
    page = ComparePage()
    page.keep(SMALL, RELU, QUICK)
    assert page.at.button(key="shelf.compare").disabled
    for number in (1, 2):
        page.at.checkbox(key=f"shelf.choice.{number}").check()
    page.run()
    assert not page.at.button(key="shelf.compare").disabled
    page.click("shelf.compare")
    assert page.compared == [RELU, QUICK]
    assert page.link == link_of(RELU, QUICK)


def test_seven_are_too_many() -> None:
    page = ComparePage()
    page.keep(*(with_setting(SMALL, ("draw",), draw) for draw in range(MOST + 1)))
    for number in range(MOST + 1):
        page.at.checkbox(key=f"shelf.choice.{number}").check()
    page.run()
    assert page.at.button(key="shelf.compare").disabled


def test_all_compared_runs_are_kept_and_undo_takes_them_back() -> None:
    page = ComparePage(**link_of(SMALL, RELU))
    page.click("keep")
    assert [each.experiment for each in page.at.session_state["shelf"].kept] == [SMALL, RELU]
    assert {"Tanh", "ReLU"} <= set(page.buttons)
    page.click("undo")
    assert page.at.session_state["shelf"].kept == ()
    assert page.compared == [SMALL, RELU]


def test_a_copy_with_one_setting_changed_is_added_until_there_are_six() -> None:
    page = ComparePage(**link_of(SMALL, RELU))
    while len(page.compared) < MOST:
        count = len(page.compared)
        page.at.selectbox(key="compare.add").set_value(count)
        page.run()
        page.click("compare.add.use")
        assert len(page.compared) == count + 1
    assert "Add" not in page.buttons


def test_a_file_brings_the_comparison_back() -> None:
    page = ComparePage(**link_of(SMALL, RELU, QUICK))
    text = Comparison(experiments=(SMALL, RELU, QUICK)).model_dump_json()
    other = ComparePage()
    other.upload(view.UPLOADED, text.encode())
    assert other.compared == page.compared
    other.upload(view.UPLOADED, b'{"experiments": [{}]}')
    assert "it must be a list of 2 to 6 experiments" in unescaped(other.errors[0])
    assert other.compared == page.compared
    other.upload(view.UPLOADED, SMALL.model_dump_json().encode())
    elsewhere = "the file of an experiment is not allowed; it opens in the playground, under Share"
    assert elsewhere in unescaped(other.errors[0])
    assert read(text).experiments == (SMALL, RELU, QUICK)


def test_the_problems_of_a_link_stand_there_until_they_are_read() -> None:
    page = ComparePage(**link_of(SMALL, RELU), nonsense="1")
    assert "Unknown setting 'nonsense'" in unescaped(page.warnings)
    page.click("understood")
    assert not page.warnings


# from the playground


def test_compare_with_takes_the_present_run_and_a_copy() -> None:
    page = Page(samples="60", layers="3", learning_rate="0.1")
    assert "Compare" not in page.buttons  # what is offered takes long to find, and is so only when it is asked for
    page.at.session_state["compare-with"] = True
    page.run()
    assert "Compare" in page.buttons
    page.at.selectbox(key="compare.with").set_value(2)
    page.run()
    page.at.button(key="compare.with.use").click()
    page.at.run()
    assert not page.at.exception
    group = GroupPlayer.of(page.at.session_state[state.TOKEN])
    assert group is not None
    assert [run.experiment for run in group.runs if run is not None] == [SMALL, QUICK]


def test_the_first_run_of_a_link_is_the_one_that_the_playground_has() -> None:
    page = ComparePage(**link_of(SMALL, RELU))
    assert page.at.session_state["experiment"] == SMALL


# what the script is told


def test_settings_name_the_runs_by_what_differs_and_mark_other_values() -> None:
    told = settings(Comparison(experiments=(SMALL, RELU, QUICK)), LIGHT)
    assert told["names"] == ["Tanh, 0.1", "ReLU, 0.1", "Tanh, 0.3"]
    assert told["rows"] == [
        {"title": "Activation", "texts": ["Tanh", "ReLU", "Tanh"], "marked": [False, True, False]},
        {"title": "Learning rate", "texts": ["0.1", "0.1", "0.3"], "marked": [False, False, True]},
    ]
    assert len(set(zip(told["colors"], told["dashes"], strict=True))) == 3
    json.dumps(told)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_run_has_a_colour_and_a_dash_of_its_own(theme: Any) -> None:
    looks = line_looks(theme, MOST)
    assert len({color for color, _ in looks}) == len({dash for _, dash in looks}) == MOST
    assert not {color for color, _ in looks} & set(theme.classes)
    figure = group_costs_figure([f"<b>{n}" for n in range(MOST)], theme)
    assert [trace.name for trace in figure.data] == [f"&lt;b&gt;{n}" for n in range(MOST)]
    assert [(trace.line.color, trace.line.dash) for trace in figure.data] == list(looks)
