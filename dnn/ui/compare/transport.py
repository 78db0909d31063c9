"""The transport of a comparison: one for all runs, with the keys of the playground's."""

from __future__ import annotations

import streamlit as st

from dnn.ui import session
from dnn.ui.controls.speeds import group_speed
from dnn.ui.live.group import GroupPlayer
from dnn.ui.session import shelf_actions
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.play_button import icon_button, play_button, reset_button, step_button
from dnn.ui.widgets.toast import toast_once

SPEED_KEY, STOP_KEY = "speed-group", "stop-group"


def draw(player: GroupPlayer) -> None:
    """Draw play, step, reset, undo, keep and the speed."""
    held = bool(player.held)
    playing, stopped = player.state == "playing", held or player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport-group", gap="xsmall"):
        play_button(player.play, playing=playing, disabled=stopped)
        step_button(player.step, disabled=stopped)
        reset_button(player.reset, disabled=held)
        icon_button(tr("Undo"), "undo", "undo", session.undo, tr("Undo (U)"), disabled=held)
        icon_button(tr("Redo"), "redo", "redo", session.redo, tr("Redo (Y)"), disabled=held)
        keep_all = callback(lambda: shelf_actions.keep_runs(*(run for run in player.runs if run is not None)))
        icon_button(tr("Keep"), "keep", "bookmark_add", keep_all, tr("Put all of them on the shelf (K)"))
        group_speed(player, SPEED_KEY)
        epoch = st.number_input(
            tr("Stop at epoch"),
            1,
            step=50,
            value=None,
            key=STOP_KEY,
            placeholder=tr("Stop at epoch"),
            label_visibility="collapsed",
            width=170,
        )
        player.stop_at(epoch)
    toast_once(shelf_actions.SAID, ":material/shelves:")
