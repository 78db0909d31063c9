"""For teachers: three classes to start with, and a sheet to print for each lesson."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st
from streamlit.navigation.page import Page

from dnn.errors import Problem, shown
from dnn.lessons import LESSONS
from dnn.lessons.class_hours import CLASS_HOURS, MINUTES, Activity, ClassHour
from dnn.lessons.sheets import SHEETS, Sheet
from dnn.messages import Message
from dnn.ui import navigation
from dnn.ui.lessons import sheet as sheets
from dnn.ui.toolbar.reach import Reach, reach
from dnn.ui.visitor import address, class_plan, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.copy_link import link, link_to
from dnn.ui.widgets.link_problems import show_link_problems
from dnn.ui.widgets.print_button import print_button

WORD = "sheet"  # of the address
HERE, PROBLEMS = "teacher.sheet", "teacher.problems"


def show(lessons: Page, group: Page | None = None) -> None:
    """All classes and sheets, or one sheet; ``lessons`` is the page that this one belongs to.

    ``group``, where there is one, is the page on which a teacher opens a class.
    """
    here = _open_address()
    show_link_problems(PROBLEMS)
    if here:
        _bar(here, lessons)
        sheets.draw(here)
    else:
        _index(lessons, group)
    address.write({WORD: here.lesson} if here else {})


def _open_address() -> Sheet | None:
    """The sheet that is shown: on arrival and after the browser's back button the one of the address."""
    if address.navigated() or navigation.came_from_another():
        name = address.query().get(WORD)
        exists = name is None or name in SHEETS
        names = Message("choose one of {names}", names=", ".join(SHEETS))
        store.put({HERE: name, PROBLEMS: () if exists else (Problem("sheet", shown(name), names),)})
    return SHEETS.get(store.value(HERE) or "")


def _go(name: str) -> None:
    store.put({HERE: name, PROBLEMS: ()})


def _bar(here: Sheet, lessons: Page) -> None:
    """The ways on from a sheet; it is not printed."""
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-bar"):
        st.button(tr("All sheets"), key="sheet_list", icon=":material/arrow_back:", on_click=_go, args=("",))
        print_button()
        words = {"lesson": here.lesson, "step": "1"} | address.page_words()
        st.page_link(lessons, label=tr("Open the lesson"), icon=":material/school:", query_params=words)


def _index(lessons: Page, group: Page | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="teacher-head"):
        st.page_link(lessons, label=tr("All lessons"), icon=":material/arrow_back:", query_params=address.page_words())
        st.header(tr("For teachers"), anchor=False, width="content")
        if group:
            words = address.page_words()
            st.page_link(group, label=tr("Open a class"), icon=":material/groups:", query_params=words)
    st.subheader(tr("Start here: three classes"), anchor=False)
    st.markdown(tr("Each link opens the task in a new tab, as pupils see it. Copy it for them, or show it to all."))
    place = reach(st.context.url or "", st.get_option("server.address"))
    if place.note:
        st.caption(tr(place.note))
    grid = st.grid(min_column_width=340, border=True, key="class-hours")
    for number, hour in enumerate(CLASS_HOURS, start=1):
        with grid.cell():
            _hour(number, hour, place)
    st.subheader(tr("A sheet for each lesson"), anchor=False)
    st.markdown(tr("Aims, questions with answers, what to try, and common misunderstandings, on one page to print."))
    with st.container(horizontal=True, key="sheets"):
        for number, (name, sheet) in enumerate(SHEETS.items(), start=1):
            label = Message("{title} ({minutes} min)", title=LESSONS[name].title, minutes=sheet.minutes)
            st.button(f"{number}. {tr(label)}", key=f"sheet.{name}", on_click=_go, args=(name,))


def _hour(number: int, hour: ClassHour, place: Reach) -> None:
    """One class: its tasks with their links, and what pupils should find."""
    st.markdown(f"#### {number}. {tr(hour.title)}")
    st.caption(tr(Message("{minutes} minutes. {question}", minutes=MINUTES, question=hour.question)))
    for activity in hour.activities:
        minutes = tr(Message("{minutes} min", minutes=activity.minutes))
        url = url_of(activity, hour, place.url)
        way = f"  \n[{tr(_name(activity))}]({url})" if url else ""
        st.markdown(f"**{minutes}** · {tr(activity.task)}{way}")
        st.caption(tr(Message("They should find: {finding}", finding=activity.finding)))


def _name(activity: Activity) -> str:
    if not activity.step:
        return Message("Task in the playground")
    lesson, _, step = activity.step.rpartition(".")
    title = LESSONS[lesson].steps[int(step) - 1].title
    return Message(
        "Lesson {lesson}, step {step}: {title}", lesson=list(LESSONS).index(lesson) + 1, step=step, title=title
    )


def url_of(activity: Activity, hour: ClassHour, page: str) -> str:
    """The link of an activity, for a page of this server; "" if it is done without the page."""
    language = {word: text for word, text in address.page_words().items() if word not in class_plan.WORDS}
    if activity.experiment:
        plan = class_plan.Plan(frozenset(activity.controls), title=tr(hour.title), task=tr(activity.task))
        return link(activity.experiment, urljoin(page, "."), language | class_plan.words(plan))
    if activity.step:
        lesson, _, step = activity.step.rpartition(".")
        return link_to(urljoin(page, "lessons"), {"lesson": lesson, "step": step} | language)
    return ""
