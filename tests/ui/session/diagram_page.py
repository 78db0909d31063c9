"""The page of one visitor, and what the diagram of the browser sends to it."""

from typing import Any

from streamlit.testing.v1 import AppTest

from dnn import Experiment
from dnn.experiment.links import from_query
from tests.ui.page import Page

# the page, with a button for each thing that its browser does by other means
BUTTONS = """
st.button("browser", on_click=lambda: session.run_actions(st.session_state["sent"]))
st.button("undone", on_click=session.undo)
st.button("redone", on_click=session.redo)
st.button("begun again", on_click=session.reset)
st.session_state["possible"] = session.can_undo(), session.can_redo()
"""
SCRIPT = f"""
import streamlit as st
from dnn.ui import session
from dnn.ui.views import playground
playground.show()
{BUTTONS}
"""
SETTINGS = f"""
import streamlit as st
from dnn.ui import controls, session
session.open_address()
controls.draw()
session.player()
{BUTTONS}
"""


class DiagramPage(Page):
    """The playground, and what its diagram sends."""

    def __init__(self, **link: str) -> None:
        self.number = 0
        super().__init__(**link)
        self.player.play(False)

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    def send(self, *actions: Any) -> None:
        """What the panel sends for these actions."""
        self.at.session_state["sent"] = [{"number": (number := self.number + k), **a} for k, a in enumerate(actions, 1)]
        self.number = number
        self.press("browser")

    def send_raw(self, sent: object) -> None:
        self.at.session_state["sent"] = sent
        self.press("browser")

    def value(self, label: str) -> Any:
        return self.widget(label).value

    @property
    def experiment(self) -> Experiment:
        found = super().experiment
        assert self.player.run.experiment == found
        assert from_query(self.link) == (found, ())
        return found

    @property
    def widths(self) -> tuple[int, ...]:
        return self.experiment.network.hidden_layer_sizes

    @property
    def possible(self) -> tuple[bool, bool]:
        found: tuple[bool, bool] = self.at.session_state["possible"]
        return found


class SettingsPage(DiagramPage):
    """The settings beside the diagram and no more: for what the diagram sends, without transport and panel."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SETTINGS, default_timeout=60)


def number(place: int, value: float | None, frozen: bool = False, sizes: tuple[int, ...] = (2, 4, 2, 1)) -> Any:
    return {"do": "number", "sizes": list(sizes), "place": place, "value": value, "frozen": frozen}


LAYER = {"do": "layers", "by": 1}


def unit(layer: int, by: int = 1) -> Any:
    return {"do": "units", "layer": layer, "by": by}


def seeing(text: str, on: bool = True) -> Any:
    return {"do": "input", "text": text, "on": on}
