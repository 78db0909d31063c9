"""The playground: settings on the left, transport on top, and the network learning below."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui import controls, files, gallery, session, take, transport
from dnn.ui.live.component import live_panel


def show(inside: Page | None = None) -> None:
    """The whole page, from top to bottom; ``inside``, where there is one, takes one step of its run apart."""
    if visited := session.visited():
        experiment, problems = controls.readable(*visited)
        controls.write(experiment)
        session.arrive(experiment, problems)
    with st.sidebar:
        controls.draw()
    player = session.player()
    _link_problems()
    more = [lambda: _look_inside(inside)] if inside else []
    transport.draw(player, gallery.button, files.button, take.button, *more)
    if session.value(session.PROJECTOR):
        st.html("<style>html { font-size: 125%; }</style>")
    live_panel(player.token)


def _look_inside(inside: Page) -> None:
    """The button that goes to the numbers of the present epoch; what plays is paused, so that they stay."""
    playing = session.player()
    help = "One step of this network, number by number"
    if st.button("Inside", key="inside", icon=":material/labs:", on_click=playing.play, args=(False,), help=help):
        st.switch_page(inside)


def _link_problems() -> None:
    if problems := session.problems():
        said = "\n".join(f"- {controls.plain(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            st.warning(
                f"This link could not be read in full; the defaults stand in:\n{said}",
                icon=":material/link_off:",
                width="stretch",
            )
            st.button("Understood", key="understood", on_click=session.forget_problems)
