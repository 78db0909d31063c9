"""The speeds at which runs play."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dnn.messages import Message
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.visitor import store
from dnn.ui.visitor.language import say_again, tr, translated_names

SPEEDS = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, UNLIMITED)  # epochs a second
GROUP_SPEED = 30.0  # that groups of runs have to begin with


def speed_names() -> Callable[[Any], str]:
    """Return a slider's ``format_func`` for ``SPEEDS``."""
    return translated_names({speed: _name(speed) for speed in SPEEDS})


def group_speed(player: GroupPlayer, key: str) -> None:
    """Draw the slider for the speed of ``player``, and set it. ``key`` is that of the widget."""
    say_again(key)
    if store.value(key) is None:
        store.put({key: GROUP_SPEED})
    speed = st.select_slider(
        tr("Speed"),
        SPEEDS,
        key=key,
        format_func=speed_names(),
        label_visibility="collapsed",
        width=150,
        persist_state="session",
    )
    player.set_speed(speed)


def _name(speed: float) -> str:
    return Message("as fast as it can") if speed == UNLIMITED else Message("{speed} epochs/s", speed=f"{speed:g}")
