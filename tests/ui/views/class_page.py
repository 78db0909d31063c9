"""The teacher's page of a class, and a pupil's way to it, without a browser."""

from typing import Any

from dnn.classroom import Classroom, Report, open_store
from dnn.ui.class_wall import state
from dnn.ui.live.wall_player import WallPlayer
from tests.classroom.examples import run
from tests.ui.page import OtherPage

# the page, with a button for what the browser does by other means
SCRIPT = """
import streamlit as st
from dnn.ui.class_wall import actions, state
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.views import classroom, compare, playground
from dnn.ui.widgets.guard import callback
play = st.Page(lambda: playground.show(None, beside), title="Playground", url_path="playground")
beside = st.Page(lambda: compare.show(play), title="Compare", url_path="compare")
group = st.Page(lambda: classroom.show(play, beside), title="Class", url_path="class", default=True)
st.navigation([group, play, beside], position="hidden").run()
wall = lambda: WallPlayer.of(st.session_state["wall.token"])
st.button("browser", on_click=callback(lambda: actions.act(st.session_state["sent"], wall())))
st.button("reload", on_click=callback(state._restore))
if st.button("to the wall"):
    st.switch_page(group)
"""
SMALL = {"network": {"hidden_layer_sizes": [3]}, "data": {"samples": 60}}


class ClassPage(OtherPage):
    """The page, and what its wall sends."""

    script = SCRIPT

    @classmethod
    def of_pupil(cls, **link: str) -> "ClassPage":
        """One who has opened the link for pupils, and has come to the playground."""
        page = cls(**link)
        assert "Open a class" not in page.buttons
        return page

    def open(self) -> Classroom:
        self.press("Open a class")
        return self.classroom

    @property
    def mine(self) -> state.Taught:
        found: state.Taught = self.at.session_state[state.TAUGHT]
        return found

    @property
    def classroom(self) -> Classroom:
        found = open_store().find(self.mine.code)
        assert found is not None
        return found

    @property
    def wall(self) -> WallPlayer:
        found = WallPlayer.of(self.at.session_state[state.TOKEN])
        assert found is not None
        return found

    def pupil(self, name: str, *, epochs: int = 2, **settings: Any) -> int:
        """A pupil whose page has reported a run; returns the number of the tile."""
        trained = run(epochs, **(SMALL | settings))
        joined = open_store().join(self.mine.code, name)
        open_store().publish(self.mine.code, joined.id, Report.of(trained, "playing"))
        self.wall.feed.poll(at_once=True)
        return next(tile.number for tile in self.wall.feed.shown()[1] if tile.name == joined.name)

    def send(self, do: str, **values: Any) -> None:
        """What the wall sends."""
        self.at.session_state["sent"] = {"do": do, "at": 1} | values
        self.press("browser")

    @property
    def names(self) -> list[str]:
        return [tile.name for tile in self.wall.feed.shown()[1]]

    @property
    def toasts(self) -> list[str]:
        return [toast.value for toast in self.at.toast]

    @property
    def compared(self) -> list[str]:
        """What the runs of the page *Compare* are called."""
        names: list[str] = self.told("group_panel")["settings"]["names"]
        return names
