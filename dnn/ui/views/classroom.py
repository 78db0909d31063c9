"""Class: a teacher opens a class here and sees every pupil's network on one wall."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.classroom import Classroom
from dnn.errors import ClassUnreachable
from dnn.experiment.comparisons import FEWEST, MOST
from dnn.experiment.links import to_query
from dnn.ui import session
from dnn.ui.class_wall import actions, opening, state, tools
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.panel.group import group_panel
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.guard import callback, guard
from dnn.ui.widgets.link_problems import show_link_problems
from dnn.ui.widgets.toast import toast_once

PANEL = "wall-panel"  # key of the component


def show(playground: Page, compare: Page) -> None:
    """The whole page; ``playground`` and ``compare`` are where pupils' experiments can be taken to."""
    session.open_address()
    address.write(to_query(session.experiment()))
    if where := actions.goes_to():
        st.switch_page(compare if where == actions.COMPARE else playground, query_params=address.page_words())
    show_link_problems(session.PROBLEMS)
    with guard():
        try:
            found = state.classroom()
        except ClassUnreachable as error:
            st.error(tr(error.message))
            return
        with st.container(horizontal=True, vertical_alignment="center", key="class-head"):
            st.header(tr("Class"), anchor=False, width="content")
            if found and found.title:
                st.caption(escape_markdown(found.title))
        toast_once(state.SAID, ":material/groups:")
        if found is None:
            opening.draw()
        else:
            _wall(found)
    state.draw_storage()


def _wall(found: Classroom) -> None:
    player = state.player(found.code, teacher=True)
    tools.draw(found)
    if note := tools.place().note:
        st.warning(tr(note), icon=":material/wifi_off:")
    group_panel(
        player,
        {
            "code": found.code,
            "address": tools.address_text(),
            "goal": opening.goal_text(found.goal),
            "acts": True,
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
