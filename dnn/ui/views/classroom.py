"""Class: where a teacher opens a class and sees every pupil's network on one wall, and where pupils come in."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.classroom import Classroom, open_store
from dnn.errors import DnnError
from dnn.experiment.comparisons import FEWEST, MOST
from dnn.experiment.links import to_query
from dnn.ui import navigation, session
from dnn.ui.class_wall import actions, entry, opening, state, tools
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.panel.group import group_panel
from dnn.ui.pupil import membership
from dnn.ui.pupil.badge import OVER, REMOVED
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.guard import callback, guard
from dnn.ui.widgets.link_problems import show_link_problems
from dnn.ui.widgets.toast import toast_once

PANEL = "wall-panel"  # key of the component


def show(playground: Page, compare: Page) -> None:
    """The whole page; ``playground`` and ``compare`` are where pupils' experiments can be taken to."""
    try:
        entry.follow_link()
    except DnnError as error:
        store.put({state.SAID: error.message})
    session.open_address(from_another_page=navigation.came_from_another())
    with guard():
        address.write(to_query(session.experiment()))
        if entry.was_entered():
            st.switch_page(playground, query_params=address.page_words())
        if where := actions.goes_to():
            st.switch_page(compare if where == actions.COMPARE else playground, query_params=address.page_words())
        show_link_problems(session.PROBLEMS)
        _draw(playground)
    state.draw_storage()
    membership.draw_storage()


def _draw(playground: Page) -> None:
    joined = membership.membership() if state.taught() is None else None
    try:
        found = open_store().find(joined.code) if joined else state.classroom()
    except DnnError as error:
        st.error(escape_markdown(tr(error.message)), icon=":material/cloud_off:")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="class-head"):
        st.header(tr("Class"), anchor=False, width="content")
        if found and found.title:
            st.caption(escape_markdown(found.title))
    toast_once(state.SAID, ":material/groups:")
    if joined and found and not found.ended and open_store().pupil(joined.code, joined.pupil.id) is None:
        _over(REMOVED, playground)
    elif joined and (found is None or found.ended):
        _over(OVER, playground)
    elif joined:
        _seen_by_pupils(joined.code, found, playground)
    elif found:
        tools.draw(found)
        if note := tools.place().note:
            st.warning(tr(note), icon=":material/wifi_off:")
        _wall(found, teacher=True)
    else:
        entry.draw()
        opening.draw()


def _over(why: str, playground: Page) -> None:
    """Draw what one sees who is in the class no longer, and the field for the code of another one."""
    st.page_link(playground, label=tr("Back to mine"), icon=":material/arrow_back:", query_params=address.page_words())
    st.info(tr(why), icon=":material/groups:")
    entry.draw()


def _seen_by_pupils(code: str, found: Classroom | None, playground: Page) -> None:
    st.page_link(playground, label=tr("Back to mine"), icon=":material/arrow_back:", query_params=address.page_words())
    if found and found.orders.open_wall and not found.ended:
        membership.let_wait(state.player(code, teacher=False))  # who looks at the wall is not away
        _wall(found, teacher=False)
    else:
        st.info(tr(entry.CLOSED), icon=":material/visibility_off:")
        membership.stay()


def _wall(found: Classroom, *, teacher: bool) -> None:
    group_panel(
        state.player(found.code, teacher=teacher),
        {
            "code": found.code,
            "address": tools.address_text() if teacher else "",
            "qr": tools.qr(found) if teacher else "",
            "goal": tr(found.goal.message),
            "acts": teacher,
            "frozen": found.orders.frozen,
            "compares": [FEWEST, MOST],
        },
        key=PANEL,
        script="wall.js",
        styles=("wall.css",),
        on_chosen=callback(_act),
    )


def _act() -> None:
    actions.act((store.value(PANEL) or {}).get("chosen"), WallPlayer.of(store.value(state.TOKEN) or ""))
