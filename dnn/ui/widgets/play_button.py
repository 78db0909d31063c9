"""The button that plays and pauses."""

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
