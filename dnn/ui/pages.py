"""All pages, and what is around each: title, width, style and the navigation bar."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui import navigation, session
from dnn.ui.class_wall import state as class_state
from dnn.ui.pupil import membership
from dnn.ui.turns import SCRIPTS
from dnn.ui.views import (
    classroom,
    compare,
    glossary,
    inside,
    landscape,
    lessons,
    mistakes,
    playground,
    shapes,
    sweep,
    teacher,
    textbook,
    trainability,
)
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr

HERE = Path(__file__)
WITHOUT_PLAYER = {"inside", "mistakes", "shapes", "textbook", "glossary", "teacher"}  # pages, by their path
ICON = HERE.with_name("icon.svg")


def draw() -> None:
    """Draw the page that the visitor has opened."""
    address.read_page_words()
    store.put({address.HELD: False})  # the page of a class sets it
    about = tr("A deep neural network in bare NumPy, learning live. Nothing leaves this machine.")
    settings: Literal["auto", "collapsed"] = "collapsed" if store.value(session.PROJECTOR) else "auto"
    st.set_page_config(
        "dnn playground", ICON, layout="wide", initial_sidebar_state=settings, menu_items={"About": about}
    )
    st.html(HERE.with_name("page.css"))
    play: Page = st.Page(
        lambda: playground.show(look, beside, group), title=tr("Playground"), url_path="playground", default=True
    )
    learn: Page = st.Page(
        lambda: lessons.show(play, clinic, (book, desk), look), title=tr("Lessons"), url_path="lessons"
    )
    look: Page = st.Page(lambda: inside.show(play), title=tr("Inside one step"), url_path="inside")
    valley: Page = st.Page(lambda: landscape.show(play), title=tr("Landscape"), url_path="landscape")
    beside: Page = st.Page(lambda: compare.show(play), title=tr("Compare"), url_path="compare")
    many: Page = st.Page(lambda: sweep.show(play, chart), title=tr("Sweep"), url_path="sweep")
    chart: Page = st.Page(lambda: trainability.show(play, many), title=tr("Trainability map"), url_path="trainability")
    plant: Page = st.Page(lambda: mistakes.show(play, clinic), title=tr("Plant a mistake"), url_path="mistakes")
    clinic: Page = st.Page(lambda: shapes.show(plant), title=tr("Shape clinic"), url_path="shapes")
    check: Page = st.Page(lambda: textbook.show(play), title=tr("Against the textbook"), url_path="textbook")
    book: Page = st.Page(
        lambda: glossary.show(learn), title=tr("Glossary"), icon=":material/menu_book:", url_path="glossary"
    )
    group: Page = st.Page(lambda: classroom.show(play, beside), title=tr("Class"), url_path="class")
    desk: Page = st.Page(
        lambda: teacher.show(learn, group), title=tr("For teachers"), icon=":material/co_present:", url_path="teacher"
    )
    pages = [play, learn, look, valley, beside, many, chart, plant, check, group]
    page = st.navigation([*pages, clinic, book, desk], position="hidden")
    navigation.draw(pages, page, {clinic.url_path: plant, book.url_path: learn, desk.url_path: learn})
    with SCRIPTS.turn():
        page.run()
        if page.url_path in WITHOUT_PLAYER:
            membership.stay()
        if class_state.taught():
            class_state.stay()
