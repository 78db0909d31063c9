"""The buttons of a transport: the one that plays and pauses, and those that show only their icons."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dnn.ui.visitor.language import tr


def play_button(play: Callable[[bool], None], *, playing: bool, disabled: bool) -> None:
    """Draw the button; it calls ``play`` with whether to go on."""
    st.button(
        tr("Pause") if playing else tr("Play"),
        key="play",
        type="primary",
        icon=":material/pause:" if playing else ":material/play_arrow:",
        on_click=play,
        args=(not playing,),
        disabled=disabled,
        help=tr("Space"),
    )


def step_button(step: Callable[[], None], *, disabled: bool) -> None:
    """Draw the button that trains for one epoch."""
    icon_button(tr("Step"), "step", "skip_next", step, tr("Train for one epoch (S)"), disabled=disabled)


def reset_button(reset: Callable[[], None], *, disabled: bool = False) -> None:
    """Draw the button that goes back to the starting weights."""
    again = tr("The same starting weights again (R)")
    icon_button(tr("Reset"), "reset", "replay", reset, again, disabled=disabled)


def icon_button(
    label: str, key: str, icon: str, on_click: Callable[[], None], help: str, *, disabled: bool = False
) -> None:
    """Draw a button that shows only its icon; its label is its accessible name."""
    st.button(label, key=key, icon=f":material/{icon}:", on_click=on_click, help=help, disabled=disabled)
