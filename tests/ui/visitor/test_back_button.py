"""The browser's back button: what it leads to is opened, unless it leads here from another page."""

import pytest
from streamlit.testing.v1 import AppTest

from dnn.ui import navigation
from tests.ui.page import Page


def page_of_back_button() -> None:
    """The page, after the browser's back button where the test pressed it."""
    import runpy

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from tests.ui.page import MAIN

    context = get_script_run_ctx()
    assert context is not None
    context.is_history_navigation = "back" in st.session_state
    if context.is_history_navigation:
        del st.session_state["back"]
    runpy.run_path(str(MAIN))


class Travelled(Page):
    """A page that is left and returned to."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(page_of_back_button, default_timeout=60)

    def go_back_to(self, **link: str) -> None:
        self.at.query_params = dict(link)
        self.at.session_state["back"] = True
        self.run()


def test_the_back_button_leads_to_another_language_and_back() -> None:
    page = Travelled(data="xor")
    page.go_back_to(data="xor", lang="zh")
    assert page.widget("语言").value == "zh"
    page.press("换一组权重")
    page.set("语言", "en")
    assert page.widget("Language").value == "en"
    page.go_back_to(data="circles", lang="zh")
    assert page.widget("语言").value == "zh"
    assert page.experiment.data.dataset.kind == "circles"
    page.go_back_to(data="circles")
    assert page.widget("Language").value == "en"


@pytest.mark.parametrize("link", [{}, {"axis.1": "training.learning_rate:0.1,0.3"}, {"data": "circles", "2.seed": "3"}])
def test_the_way_back_from_another_page_leaves_the_run_as_it_is(link: dict[str, str]) -> None:
    """A browser still has the address of the other page then."""
    page = Travelled(data="xor", layers="5")
    page.set("Learning rate", 0.01)
    run, words = page.player.run, page.link
    page.at.session_state[navigation.NOW] = "mistakes"
    page.go_back_to(**link)
    assert page.player.run is run
    assert page.link == words
    assert not page.warnings


def test_the_way_back_from_another_page_to_an_experiment_opens_it() -> None:
    page = Travelled(data="xor")
    page.at.session_state[navigation.NOW] = "lessons"
    page.go_back_to(data="circles")
    assert page.experiment.data.dataset.kind == "circles"
