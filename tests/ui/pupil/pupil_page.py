"""A teacher with a class, and the pages of pupils who have its link."""

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dnn.classroom import ClassStore, open_store
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.pupil import badge, membership
from dnn.ui.pupil.reporter import REPORTER
from tests.ui.page import Page


def report_until(true: Callable[[], bool]) -> None:
    """Let pupils report until this is true: after a costly report a pupil rests before the next one."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
        REPORTER.round()


class Teacher:
    """A class, and its teacher."""

    def __init__(self, **about: object) -> None:
        self.store: ClassStore = open_store()
        self.classroom, self.key = self.store.create(**about)
        self.code = self.classroom.code

    def order(self, orders: object) -> None:
        self.classroom = self.store.order(self.code, self.key, lambda _: orders)
        REPORTER.round()

    def end(self) -> None:
        self.store.end(self.code, self.key)
        REPORTER.round()

    @property
    def names(self) -> list[str]:
        return [pupil.name for pupil in self.store.reports(self.code).pupils]

    @property
    def seat(self):
        (seat,) = self.store.reports(self.code).new
        return seat


class PupilsPage(Page):
    """The page of one who has the link for pupils."""

    def join(self, name: str = "") -> "PupilsPage":
        self.at.text_input(key=badge.NAME).set_value(name)
        self.press("Join")
        REPORTER.round()
        self.run()
        return self

    @property
    def text(self) -> str:
        return "\n".join(each.value for each in (*self.at.markdown, *self.at.caption))


def page_and_tab() -> None:
    """The page, after what it does when the browser's tab has answered."""
    import runpy

    import streamlit as st

    from dnn.ui.pupil import membership
    from tests.ui.page import MAIN

    if membership.TAB in st.session_state:
        membership.come_back()
        del st.session_state[membership.TAB]
    runpy.run_path(str(MAIN))


def playground_and_lessons() -> None:
    """The playground, or another page where the test has gone there."""
    import streamlit as st

    from dnn.ui.views import compare, lessons, playground, sweep, trainability
    from dnn.ui.visitor import address

    address.read_page_words()
    st.session_state[address.HELD] = False
    play = st.Page(playground.show, title="Playground", url_path="playground", default=True)
    others = {each.__name__.rsplit(".", 1)[-1]: each for each in (compare, lessons, sweep, trainability)}
    pages = [st.Page(lambda each=each: each.show(play), title=name, url_path=name) for name, each in others.items()]
    st.navigation([play, *pages], position="hidden")
    if "test.page" in st.session_state:
        others[st.session_state["test.page"]].show(play)
    else:
        playground.show()


class BothPages(PupilsPage):
    """The playground, and then another page."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(playground_and_lessons, default_timeout=60)

    def go_to(self, name: str, token: str, **link: str) -> BasePlayer:
        """The player of another page; ``token`` is the key of its token in the session."""
        self.at.session_state["test.page"] = name
        self.at.query_params = self.link | link
        self.run()
        player = BasePlayer.of(self.at.session_state[token])
        assert player
        return player


class ReloadedPage(PupilsPage):
    """The page of a tab that has kept something."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(page_and_tab, default_timeout=60)

    def tab_answers(self, text: str) -> None:
        self.at.session_state[membership.TAB] = {"kept": text}
        self.run()
