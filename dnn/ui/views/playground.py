"""The playground: settings on the left, transport on top, and the network learning below."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui import arrival, controls, files, gallery, keeper, language, session, take, transport
from dnn.ui.language import tr
from dnn.ui.live.component import live_panel

SAID_IN = "playground.language"  # what its widgets speak


def show(inside: Page | None = None) -> None:
    """The whole page, from top to bottom; ``inside``, where there is one, takes one step of its run apart."""
    if not arrival.read() and session.value(SAID_IN) not in (None, language.current()):
        controls.write(session.experiment())  # a browser would go on showing the options in the language before
        transport.write()
    session.put({SAID_IN: language.current()})
    with st.sidebar:
        controls.draw()
    player = session.player()
    arrival.problems()
    _task()
    more = {"presets": gallery.button, "share": files.button, "take": take.button}
    drawn = [button for control, button in more.items() if session.shows(control)]
    transport.draw(player, *drawn, *([lambda: _look_inside(inside)] if inside else []))
    transport.project()
    live_panel(player.token)
    keeper.draw()


def _look_inside(inside: Page) -> None:
    """The button that goes to the numbers of the present epoch; what plays is paused, so that they stay."""
    playing = session.player()
    help = tr("One step of this network, number by number")
    if st.button(tr("Inside"), key="inside", icon=":material/labs:", on_click=playing.play, args=(False,), help=help):
        st.switch_page(inside)


def _task() -> None:
    """What a teacher's link says on top."""
    plan = session.class_plan()
    if plan.title or plan.task:
        with st.container(key="class-task"):
            title = f"<h1>{escape(plan.title)}</h1>" if plan.title else ""
            st.html(title + (f"<p>{escape(plan.task)}</p>" if plan.task else ""))
