"""The playground: settings on the left, transport on top, and the network learning below."""

from __future__ import annotations

import streamlit as st

from dnn.ui import controls, session
from dnn.ui.live.component import live_panel
from dnn.ui.live.player import UNLIMITED, Player

SPEEDS = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, UNLIMITED)


def show() -> None:
    """The whole page, from top to bottom."""
    if visited := session.visited():
        experiment, problems = controls.readable(*visited)
        controls.write(experiment)
        session.arrive(experiment, problems)
    with st.sidebar:
        controls.draw()
    player = session.player()
    _link_problems()
    _transport(player)
    live_panel(player.token)


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


def _transport(player: Player) -> None:
    playing, stopped = player.state == "playing", player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="bottom", key="transport"):
        st.button(
            "Pause" if playing else "Play",
            key="play",
            type="primary",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            on_click=player.play,
            args=(not playing,),
            disabled=stopped,
            help="Space",
        )
        st.button(
            "Step",
            key="step",
            icon=":material/skip_next:",
            on_click=player.step,
            disabled=stopped,
            help="One epoch (S)",
        )
        st.button(
            "Reset", key="reset", icon=":material/replay:", on_click=player.reset, help="The same weights again (R)"
        )
        st.button("New weights", key="new_weights", icon=":material/casino:", on_click=session.new_weights)
        speed = st.select_slider(
            "Speed",
            SPEEDS,
            value=session.DEFAULT_SPEED,
            key="speed",
            format_func=lambda each: "as fast as it can" if each == UNLIMITED else f"{each:g} epochs/s",
            width=190,
        )
        player.set_speed(speed)
