"""The page *Sweep* in one visitor's session."""

from typing import Any

from dnn.sweeps import Sweep
from dnn.ui.live.group import GroupPlayer
from tests.ui.page import OtherPage, unescaped

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


class SweepPage(OtherPage):
    """The page in one visitor's session."""

    script = SCRIPT

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
        settings: dict[str, Any] = self.told("group_panel")["settings"]
        return settings

    @property
    def said(self) -> str:
        return unescaped("\n".join(each.value for kind in ("error", "warning", "info") for each in self.at.get(kind)))

    def send(self, message: object) -> None:
        self.at.session_state["sent"] = message
        self.press("browser")
