"""Another server goes on with a run from what the tab kept: a new session of the page, without a browser."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import advance, start
from dnn.experiment.links import ELSEWHERE
from tests.ui.page import Page
from tests.ui.session.kept import kept

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui import session
from dnn.ui.session import recovery
from dnn.ui.views import playground
playground.show()
st.button("the tab answers", on_click=lambda: recovery.receive_kept_run(st.session_state["sent"]))
st.button("its data arrive", on_click=lambda: (session.end_data_search(), session.open(st.session_state["data"])))
st.session_state["recovered"] = session.recovered_run()
"""
LINK = {"samples": "60", "layers": "3", "seed": "4"}


class RecoveringPage(Page):
    """The playground on a server that has never seen its run."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    def send(self, kept: object) -> None:
        self.at.session_state["sent"] = kept
        self.press("the tab answers")

    @property
    def recovered(self) -> Any:
        return self.at.session_state["recovered"]


def test_the_run_goes_on_as_it_was_and_so_does_its_speed() -> None:
    before = RecoveringPage(**LINK)
    before.player.play(False)
    for _ in range(25):
        before.player.step()
    before.player.frame()
    before.player.set_speed(15.0)
    text = kept(before.player)
    after = RecoveringPage(**before.link)
    assert after.recovered is None
    after.send({"number": 7, "text": text, "playing": False})
    assert after.recovered == {"number": 7, "epoch": 25}
    run = after.player.newest
    expected = advance(start(after.experiment), 25)
    np.testing.assert_array_equal(run.params.vector, expected.params.vector)
    np.testing.assert_array_equal(run.history.table(), expected.history.table())
    assert after.player.state == "paused"
    another = RecoveringPage(**before.link)
    another.player.play(False)
    another.send({"number": 7, "text": text, "playing": True})
    assert another.player.state == "playing"
    assert after.player.speed == after.at.session_state["speed"] == 15.0
    after.run()
    assert after.player.newest is run  # once


def test_own_data_are_waited_for() -> None:
    before = RecoveringPage(**LINK)
    text = kept(before.player)
    after = RecoveringPage(data=ELSEWHERE)
    after.send({"number": 7, "text": text})
    assert after.recovered is None
    after.at.session_state["data"] = before.experiment
    after.press("its data arrive")
    assert after.recovered == {"number": 7, "epoch": before.player.newest.epoch}


def test_while_own_data_are_looked_for_the_address_leads_to_them_whatever_is_changed() -> None:
    """The page may be loaded anew meanwhile: then they are looked for again."""
    page = RecoveringPage(data=ELSEWHERE)
    page.set("Seed", 9)
    assert page.link == {"data": ELSEWHERE}
    page.at.session_state["data"] = RecoveringPage(**LINK).experiment
    page.press("its data arrive")
    assert page.link == LINK


def test_what_is_of_another_run_changes_nothing() -> None:
    text = kept(RecoveringPage(**LINK).player)
    after = RecoveringPage(**LINK | {"seed": "5"})
    run = after.player.newest
    for number, other in enumerate((text, "", "nonsense")):
        after.send({"number": number, "text": other})
        assert after.recovered == {"number": number, "epoch": -1}
    for nonsense in (None, "text", 5, [], {}, {"text": text}, {"number": "1", "text": text}, {"number": 1, "text": 2}):
        after.send(nonsense)
    assert after.recovered == {"number": 2, "epoch": -1}
    assert after.player.newest.experiment == run.experiment
