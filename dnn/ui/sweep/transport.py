"""The transport of a sweep: one for all cells, with the keys of the playground's, and the choice of a layer."""

from __future__ import annotations

import streamlit as st

from dnn.sweeps import Sweep
from dnn.ui.controls.speeds import group_speed
from dnn.ui.live.group import GroupPlayer
from dnn.ui.sweep.grid import Grid
from dnn.ui.visitor import store
from dnn.ui.visitor.language import say_again, tr, translated_names
from dnn.ui.widgets.play_button import play_button, reset_button, step_button

SPEED, THIRD, SEED = "sweep.speed", "sweep.third", "sweep.seed"


def draw(player: GroupPlayer, sweep: Sweep) -> None:
    """Draw play, step, reset, the speed, and a slider for each way through the layers."""
    held = bool(player.held)
    playing, stopped = player.state == "playing", held or player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport", gap="xsmall"):
        play_button(player.play, playing=playing, disabled=stopped)
        step_button(player.step, disabled=stopped)
        reset_button(player.reset, disabled=held)
        group_speed(player, SPEED)
        _layers(player, sweep)


def _layers(player: GroupPlayer, sweep: Sweep) -> None:
    """Draw a slider through the third axis, and one through the seeds, where there are several."""
    grid, third, seed = Grid(sweep), 0, 0
    if len(sweep.axes) > 2 and len(sweep.axes[2].values) > 1:
        third = _slider(THIRD, grid.title(2, tr), grid.labels(2, tr))
    if sweep.seeds > 1:
        seed = _slider(SEED, tr("Seed"), [str(sweep.base.seed + number) for number in range(sweep.seeds)])
    player.show_layer(grid.layer(third, seed))


def _slider(key: str, title: str, labels: list[str]) -> int:
    options = list(range(len(labels)))
    say_again(key)
    if store.value(key) not in options:
        store.put({key: 0})
    shown = [f"{title}: {label}" for label in labels]
    chosen = st.select_slider(
        title,
        options,
        key=key,
        format_func=translated_names(dict(enumerate(shown))),
        label_visibility="collapsed",
        width=220,
        persist_state="session",
    )
    return int(chosen)
