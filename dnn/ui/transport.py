"""The transport: play, single steps, other weights, undo, speed, where to stop, and the keys for all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dnn.ui import session
from dnn.ui.live.player import UNLIMITED, Player

SPEEDS = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, UNLIMITED)

# key and what it does, as the sheet says it; panel.js presses the buttons
KEYS = (
    ("Space", "play or pause"),
    ("S", "step: train for one epoch"),
    ("B", "batch: train with one batch"),
    ("R", "reset to the same starting weights"),
    ("N", "new starting weights"),
    ("U or Ctrl Z", "undo"),
    ("Y or Ctrl Y", "redo"),
    ("V", "go to the speed, then ← and →"),
    ("T", "stop at an epoch, cost or accuracy"),
    ("?", "these keys"),
)


def draw(player: Player, *more: Callable[[], None]) -> None:
    """One slim row of buttons, with what each does and its key when pointed at; ``more`` are drawn at its end."""
    playing, stopped = player.state == "playing", player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport", gap="xsmall"):
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
        _button("Step", "step", "skip_next", player.step, "Train for one epoch (S)", disabled=stopped)
        _button("Batch", "batch", "exposure_plus_1", player.step_batch, "Train with one batch (B)", disabled=stopped)
        _button("Reset", "reset", "replay", session.reset, "The same starting weights again (R)")
        if session.shows("draw"):
            fixed = session.locks("draw")
            _button(
                "New weights",
                "new_weights",
                "casino",
                session.new_weights,
                "Other starting weights (N)",
                disabled=fixed,
            )
        _button("Undo", "undo", "undo", session.undo, "Undo (U)")
        _button("Redo", "redo", "redo", session.redo, "Redo (Y)")
        player.set_speed(
            st.select_slider(
                "Speed",
                SPEEDS,
                value=session.DEFAULT_SPEED,
                key="speed",
                format_func=lambda each: "as fast as it can" if each == UNLIMITED else f"{each:g} epochs/s",
                label_visibility="collapsed",
                width=180,
            )
        )
        _stop_at(player)
        for button in more:
            with st.container(width="content"):  # a fragment would take all the room there is
                button()
        with st.popover("Keys", key="keys", icon=":material/keyboard:", help="What the keys do (?), and the projector"):
            st.toggle("Projector", key=session.PROJECTOR, help="Larger words and points, for the back row")
            rows = "\n".join(f"| **{key}** | {does} |" for key, does in KEYS)
            st.markdown(f"| Key | What it does |\n|---|---|\n{rows}")


def _button(label: str, key: str, icon: str, on_click: Any, help: str, *, disabled: bool = False) -> None:
    """A button of which one sees the icon only; its label is its name."""
    st.button(label, key=key, icon=f":material/{icon}:", on_click=on_click, help=help, disabled=disabled)


def _stop_at(player: Player) -> None:
    run = player.run
    part = "Test" if run.tested else "Train"
    with st.popover(_aim(), key="stop", icon=":material/flag:", help="Pause by itself (T)"):
        epoch = st.number_input("Epoch", 1, step=50, value=None, key="stop_epoch", placeholder="any")
        cost = st.number_input(
            "Train cost below", 0.0, step=0.05, value=None, key="stop_cost", format="%g", placeholder="any"
        )
        accuracy = None
        if run.data.task != "regression":
            accuracy = st.number_input(
                f"{part} accuracy from … % on", 0.0, 100.0, step=1.0, value=None, key="stop_accuracy", format="%g",
                placeholder="any",
            )  # fmt: skip
        st.caption("Play goes on after it; a reset starts over.")
    player.stop_at(epoch, cost, None if accuracy is None else accuracy / 100)


def _aim() -> str:
    """The button's words: what is set, in short."""
    epoch, cost, accuracy = (session.value(f"stop_{name}") for name in ("epoch", "cost", "accuracy"))
    said = [
        *([f"{epoch}"] if epoch is not None else []),
        *([f"cost {cost:g}"] if cost is not None else []),
        *([f"{accuracy:g} %"] if accuracy is not None else []),
    ]
    return f"Stop at {' or '.join(said)}" if said else "Stop at"
