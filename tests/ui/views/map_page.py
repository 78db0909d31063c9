"""The page of the trainability map in one visitor's session."""

from typing import Any

from dnn.sweeps.trainability import MAPS, TrainabilityMap
from dnn.ui.live.map_player import MapPlayer
from dnn.ui.trainability.windows import TOKEN
from tests.ui.page import OtherPage, read

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


class MapPage(OtherPage):
    """The map, and what its picture sends."""

    script = SCRIPT

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
