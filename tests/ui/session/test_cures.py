"""The cure of a finding is applied by one click and taken back by another: the whole page without a browser."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import advance
from dnn.analysis.health import applies
from dnn.ui.live.wire import unpack
from tests.ui.page import Page

pytestmark = pytest.mark.slow

# the page, with a button for each thing that its browser does by other means
SCRIPT = """
import streamlit as st
from dnn.ui import session
from dnn.ui.views import playground
playground.show()
st.button("browser", on_click=lambda: session.run_actions(st.session_state["sent"]))
st.button("undone", on_click=session.undo)
st.button("redone", on_click=session.redo)
"""
VANISHING = {"data": "circles", "layers": "6-6-6-6-6", "activation": "sigmoid", "learning_rate": "0.1"}
STUCK = {"data": "circles", "layers": "8-8-8-8-8", "activation": "relu", "learning_rate": "1", "samples": "200"}
TOO_SMALL = {"data": "moons", "learning_rate": "0.0001", "layers": "8-8"}


class SickPage(Page):
    """The playground with a run that is paused at epoch 40, and the cures that a visitor applies."""

    def __init__(self, **link: str) -> None:
        self.number = 0
        super().__init__(**link)
        self.player.play(False)
        self.player.restore(advance(self.player.run, 40))

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    @property
    def found(self) -> list[str]:
        return [each["rule"] for each in unpack(self.player.frame())[0]["findings"]]

    def cure(self, rule: str) -> None:
        self.number += 1
        self.at.session_state["sent"] = [{"number": self.number, "do": "cure", "rule": rule}]
        self.press("browser")


def test_a_cure_that_needs_another_network_starts_anew_and_is_undone_to_the_last_bit() -> None:
    page = SickPage(**VANISHING)
    assert page.found == ["vanishing"]
    before = page.player.run
    page.cure("vanishing")
    assert page.player.run.epoch == 0
    assert page.experiment.network.activation.kind == "relu"  # type: ignore[union-attr]
    assert page.widget("Activation").value == "relu"
    assert page.link["activation"] == "relu"
    assert page.found == []
    page.press("undone")
    assert page.player.run.epoch == 40
    np.testing.assert_array_equal(page.player.run.params.vector, before.params.vector)
    assert page.link == VANISHING
    assert page.found == ["vanishing"]
    page.press("redone")
    assert page.experiment.network.activation.kind == "relu"  # type: ignore[union-attr]


def test_a_cure_of_the_learning_rate_goes_on_with_the_run() -> None:
    page = SickPage(**TOO_SMALL)
    assert page.found == ["rate_too_small"]
    before = page.player.run
    page.cure("rate_too_small")
    after = page.player.run
    assert after.epoch == 40
    np.testing.assert_array_equal(after.params.vector, before.params.vector)
    assert after.experiment.training.learning_rate > 1e-4
    assert page.widget("Learning rate").value == after.experiment.training.learning_rate
    assert [mark.epoch for mark in page.player.marks] == [40]
    page.press("undone")
    assert page.experiment == before.experiment
    assert page.player.run.epoch == 40


def test_weights_that_a_large_rate_has_spoilt_are_left_behind() -> None:
    page = SickPage(**STUCK)
    assert page.found[0] == "stuck_rate"
    page.cure("stuck_rate")
    assert page.player.run.epoch == 0
    assert page.experiment.training.learning_rate == pytest.approx(0.1)
    assert applies("stuck_rate", advance(page.player.run, 40)) is None
    page.press("undone")
    assert (page.player.run.epoch, page.experiment.training.learning_rate) == (40, 1.0)


def test_a_cure_in_the_past_goes_on_from_there_and_is_undone_to_the_newest_epoch() -> None:
    page = SickPage(**TOO_SMALL)
    page.player.look(30)
    page.player.settle()
    assert page.found == ["rate_too_small"]
    past, newest = page.player.run, page.player.newest
    assert (past.epoch, newest.epoch) == (30, 40)
    page.cure("rate_too_small")
    after = page.player.newest
    assert (after.epoch, page.player.looks_back) == (30, False)
    np.testing.assert_array_equal(after.params.vector, past.params.vector)
    assert after.experiment.training.learning_rate > 1e-4
    page.press("undone")
    assert page.player.newest.epoch == 40
    np.testing.assert_array_equal(page.player.newest.params.vector, newest.params.vector)


@pytest.mark.parametrize("rule", ["vanishing", "finished", "no rule", "x" * 100, ""])
def test_what_was_not_found_cures_nothing(rule: str) -> None:
    page = SickPage(**TOO_SMALL)
    assert page.found == ["rate_too_small"]
    before = page.player.run
    page.cure(rule)
    assert page.player.run is before


def test_a_locked_setting_stays_as_it_is() -> None:
    page = SickPage(**TOO_SMALL, lock="learning_rate")
    (found,) = unpack(page.player.frame())[0]["findings"]
    assert found["cure"] is None
    page.cure("rate_too_small")
    assert page.experiment.training.learning_rate == 1e-4
