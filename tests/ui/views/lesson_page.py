"""The lessons' page in one pupil's session."""

from typing import Any

from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from tests.ui.page import OtherPage

SCRIPT = """
import streamlit as st
from dnn.ui import navigation, session
from dnn.ui.visitor import address
from dnn.ui.views import inside, lessons, playground
address.read_page_words()
play = st.Page(playground.show, title="Playground", url_path="playground")
look = st.Page(lambda: inside.show(play), title="Inside one step", url_path="inside")
learn = st.Page(lambda: lessons.show(play, inside=look), title="Lessons", url_path="lessons", default=True)
page = st.navigation([learn, play, look], position="hidden")
navigation.draw([play, learn], page)
page.run()
"""


class Lessons(OtherPage):
    """The page in one pupil's session."""

    script = SCRIPT

    @property
    def player(self) -> Player:
        player = Player.of(self.at.session_state["lesson.token"])
        assert player is not None
        return player

    @property
    def opens(self) -> dict[str, Any]:
        """What the panel is asked to open."""
        found: dict[str, Any] = self.told("live_panel")["opens"]
        return found

    @property
    def said(self) -> str:
        kinds = (self.at.success, self.at.warning, self.at.info, self.at.markdown, self.at.caption)
        return "\n".join(element.value for kind in kinds for element in kind)

    def button(self, key: str) -> Any:
        return self.at.button(key=key)

    def play_to_the_end(self) -> None:
        """As fast as it can: frames at the step's own speed would keep a processor busy for seconds."""
        self.press("play")
        self.player.set_speed(UNLIMITED)
        while self.player.state == "playing":
            self.player.frame()
        self.run()
