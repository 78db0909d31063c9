"""The teachers' page without a browser: its classes with their links, every sheet, and addresses."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dnn import LESSONS
from dnn.experiment.links import from_query
from dnn.lessons.class_hours import CLASS_HOURS
from dnn.lessons.lesson import answer
from dnn.lessons.sheets import SHEETS
from dnn.mistakes import MISTAKES
from dnn.ui.lessons.location import read
from dnn.ui.views.teacher import url_of
from dnn.ui.visitor import address, class_plan
from tests.ui.page import OtherPage
from tests.ui.page import read as unmarked

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui import navigation
from dnn.ui.visitor import address
from dnn.ui.views import lessons, teacher
address.read_page_words()
learn = st.Page(lambda: lessons.show(None), title="Lessons", url_path="lessons")
desk = st.Page(lambda: teacher.show(learn), title="For teachers", url_path="teacher", default=True)
page = st.navigation([desk, learn], position="hidden")
navigation.draw([learn], page, {desk.url_path: learn})
page.run()
"""
PAGE = "http://10.0.0.5:8501/teacher"


class Teacher(OtherPage):
    """The page in one teacher's session."""

    script = SCRIPT

    @property
    def said(self) -> str:
        return "\n".join(element.value for element in (*self.at.markdown, *self.at.caption))

    @property
    def sheet(self) -> str:
        """The text of the sheet."""
        (found,) = [each.value for each in self.at.markdown if "\n\n- " in each.value]
        return found


def plain(text: str) -> str:
    """A text as it is read in a sheet: without the marks of its terms, and without stars."""
    return re.sub(r"\*|</?(strong|em)>", "", unmarked(text))


def test_the_classes_and_the_sheets_are_listed() -> None:
    page = Teacher()
    for hour in CLASS_HOURS:
        assert hour.title in page.said
        assert all(activity.task in page.said and activity.finding in page.said for activity in hour.activities)
    assert [button.key for button in page.at.button if str(button.key).startswith("sheet.")] == [
        f"sheet.{name}" for name in LESSONS
    ]
    page.at.button(key="sheet.relu-net").click()
    page.run()
    assert page.link == {"sheet": "relu-net"}
    page.at.button(key="sheet_list").click()
    page.run()
    assert page.link == {}


@pytest.mark.parametrize("hour", CLASS_HOURS, ids=[hour.title for hour in CLASS_HOURS])
def test_every_link_leads_where_its_task_is(hour: Any) -> None:
    for activity in hour.activities:
        url = url_of(activity, hour, PAGE)
        parts = urlsplit(url)
        query = {word: values[0] for word, values in parse_qs(parts.query).items()}
        if activity.step:
            assert (parts.netloc, parts.path) == ("10.0.0.5:8501", "/lessons")
            location, problems = read(query)
            assert location is not None
            assert (location.name, problems) == (activity.step, ())
        elif activity.experiment:
            assert (parts.netloc, parts.path) == ("10.0.0.5:8501", "/")
            plan, problems = class_plan.read(query)
            assert (plan.title, plan.task, problems) == (hour.title, activity.task, ())
            assert plan.shown == set(activity.controls)
            assert plan.waits
            words = {word: text for word, text in query.items() if word not in address.PAGE_WORDS}
            assert from_query(words) == (activity.experiment, ())
        else:
            assert url == ""


@pytest.mark.parametrize("name", LESSONS)
def test_a_sheet_has_every_question_with_its_answer(name: str) -> None:
    """The reasons and the numbers are those of the lesson."""
    page = Teacher(sheet=name)
    text = plain(page.sheet)
    for step in LESSONS[name].steps:
        if asked := step.prediction:
            right, value = answer(step)
            assert plain(asked.question) in text
            assert f"→ {plain(asked.choices[right] or asked.ranges()[right])}" in text
            assert asked.measure.written(value) in text
            assert plain(asked.why) in text
        if step.checkpoint:
            assert plain(step.checkpoint.task) in text
        if step.mystery:
            assert plain(MISTAKES[step.mystery.mistake].title) in text
    for each in SHEETS[name].misunderstandings:
        assert plain(each.belief) in text
        assert plain(each.truth) in text


def test_a_sheet_in_chinese_has_no_english_sentence() -> None:
    page = Teacher(sheet="overfitting", lang="zh")
    assert "教学目标" in page.sheet
    assert "Aims" not in page.sheet
    assert page.link == {"sheet": "overfitting", "lang": "zh"}


def test_a_sheet_that_there_is_not_is_reported() -> None:
    page = Teacher(sheet="relu")
    assert r"Sheet\: \'relu\' is not allowed\; choose one of one\-neuron" in page.at.warning[0].value
    assert page.link == {}
