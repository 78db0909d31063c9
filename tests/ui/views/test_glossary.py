"""The glossary's page without a browser: every term, the search, the term of a link, and the marks that lead to it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn.lessons.glossary import GLOSSARY, TERMS
from dnn.ui.widgets import glossary
from tests.ui.page import OtherPage

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui import navigation
from dnn.ui.visitor import address
from dnn.ui.views import glossary, lessons
address.read_page_words()
learn = st.Page(lambda: lessons.show(None), title="Lessons", url_path="lessons")
book = st.Page(lambda: glossary.show(learn), title="Glossary", url_path="glossary", default=True)
page = st.navigation([book, learn], position="hidden")
navigation.draw([learn], page, {book.url_path: learn})
page.run()
"""


class Glossary(OtherPage):
    """The page in one visitor's session."""

    script = SCRIPT

    @property
    def anchors(self) -> list[str]:
        return [each.anchor for each in self.at.subheader]

    def search(self, text: str) -> list[str]:
        self.at.text_input[0].set_value(text)
        self.run()
        return self.anchors


def test_every_term_is_shown_with_its_formula_picture_and_step() -> None:
    page = Glossary()
    assert page.anchors == list(TERMS)
    assert [each.value.strip("$\n") for each in page.at.latex] == [each.formula for each in GLOSSARY if each.formula]
    pictures = [each for each in page.at.get("html") if 'class="dnn-term"' in each.proto.body]
    assert len(pictures) == sum(bool(term.picture) for term in GLOSSARY)
    steps = [each.proto for each in page.at.get("page_link") if each.proto.query_string.startswith("lesson=")]
    assert [each.query_string for each in steps] == [
        "lesson={}&step={}".format(*term.step.split(".")) for term in GLOSSARY
    ]
    assert steps[list(TERMS).index("dead-unit")].label == "Lesson 4, step 6: Dead units"


def test_the_search_reads_names_forms_and_meanings_in_both_languages() -> None:
    page = Glossary()
    assert page.search("  GLOROT ") == ["xavier"]
    assert page.search("typing error") == ["outlier"]
    assert page.search("quantum") == []
    assert "No term has this" in page.at.info[0].value
    page = Glossary(lang="zh")
    assert page.search("梯度消失") == page.search("vanishing gradient") == ["vanishing-gradient"]
    assert page.at.subheader[0].value == "梯度消失 :small[Vanishing gradient]"


def test_a_link_puts_its_term_first_and_keeps_it() -> None:
    page = Glossary(term="learning-rate", lang="zh")
    assert page.anchors[0] == "learning-rate"
    assert sorted(page.anchors) == sorted(TERMS)
    assert page.link == {"term": "learning-rate", "lang": "zh"}
    assert page.search("dropout")[0] == "learning-rate"


def test_a_term_that_there_is_not_is_reported() -> None:
    page = Glossary(term="<b>")
    assert r"there is no such term\; search for it below" in page.at.warning[0].value
    assert page.anchors == list(TERMS)
    assert page.link == {}


def test_a_marked_term_leads_to_its_place_in_a_new_tab() -> None:
    """The run that a text is about goes on behind it."""
    marked = glossary.mark_terms("No gradient arrives: the *vanishing gradient*.")
    found = re.findall(r'<a class="dnn-word" href="([^"]+)" target="_blank" rel="noopener"', marked)
    assert found == ["glossary?term=gradient", "glossary?term=vanishing-gradient"]


def test_a_marked_term_keeps_the_language() -> None:
    at = AppTest.from_string(
        """
from dnn.ui.visitor import address
from dnn.ui.widgets.glossary import explained
address.read_page_words()
explained("代价")
"""
    )
    at.query_params = {"lang": "zh"}
    at.run()
    assert 'href="glossary?term=cost&amp;lang=zh"' in at.markdown[0].value
