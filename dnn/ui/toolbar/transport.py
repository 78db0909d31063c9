"""The transport: play, single steps, new weights, undo, speed, stopping point, and their keys."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dnn.ui import session
from dnn.ui.controls.speeds import SPEEDS, speed_names
from dnn.ui.live.player import Player
from dnn.ui.toolbar import shelf
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import say_again, tr
from dnn.ui.widgets.play_button import icon_button, play_button, reset_button, step_button

# For the back row: the plane large at the left, over the whole height, and the numbers large over it.
PROJECTED = """<style>
.dnn-panel { font-size: 1.25rem; }
.dnn-numbers dt { font-size: 1.125rem; }
.dnn-numbers dd, .dnn-numbers > div { font-size: 2.5rem; }
.dnn-stage .dnn-below p { font-size: 1rem; }
@container (min-width: 40rem) {
  .dnn-stage {
    grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
    grid-template-rows: auto auto minmax(16rem, 1.5fr) minmax(11rem, 1fr);
    grid-template-areas: "numbers numbers" "notice notice" "boundary network" "boundary cost";
  }
}
</style>"""
LARGE_WORDS = "<style>html { font-size: 125%; }</style>"


# keys and their descriptions on the help sheet; panel.js presses the buttons
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
    ("← or →", "an epoch back, an epoch on"),
    ("L", "live: back to the newest epoch"),
    ("K", "keep this run on the shelf"),
    ("?", "these keys"),
)


def draw(player: Player, *more: Callable[[], None]) -> None:
    """Draw a row of buttons with tooltips for action and key; ``more`` are drawn at its end."""
    held = bool(player.held)
    playing, stopped = player.state == "playing", held or player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport", gap="xsmall"):
        play_button(session.play, playing=playing, disabled=stopped)
        step_button(player.step, disabled=stopped)
        icon_button(
            tr("Batch"),
            "batch",
            "exposure_plus_1",
            session.step_batch,
            tr("Train with one batch (B)"),
            disabled=stopped,
        )
        reset_button(session.reset, disabled=held)
        if address.shows("draw"):
            fixed = address.locks("draw")
            icon_button(
                tr("New weights"),
                "new_weights",
                "casino",
                session.new_weights,
                tr("Other starting weights (N); for other examples change the *Seed*"),
                disabled=fixed,
            )
        icon_button(tr("Undo"), "undo", "undo", session.undo, tr("Undo (U)"), disabled=held)
        icon_button(tr("Redo"), "redo", "redo", session.redo, tr("Redo (Y)"), disabled=held)
        if address.shows("keep"):
            shelf.keep_button()
        say_again("speed")
        if store.value("speed") is None:
            write()
        player.set_speed(
            st.select_slider(
                tr("Speed"),
                SPEEDS,
                key="speed",
                format_func=speed_names(),
                label_visibility="collapsed",
                width=112,
            )
        )
        _stop_at(player)
        for button in more:
            with st.container(width="content"):  # a fragment would take the full width
                button()
        st.button(
            tr("Projector"),
            key="project",
            icon=":material/co_present:",
            type="primary" if store.value(session.PROJECTOR) else "secondary",
            on_click=_project,
            help=tr("The plane and the numbers large, for the back row"),
        )
        with st.popover(tr("Keys"), key="keys", icon=":material/keyboard:", help=tr("What the keys do (?)")):
            rows = "\n".join(f"| **{tr(key)}** | {tr(does)} |" for key, does in KEYS)
            key, does = tr("Key"), tr("What it does")
            st.markdown(f"| {key} | {does} |\n|---|---|\n{rows}")


def project(*, words: bool = False) -> None:
    """Enlarge the page for a projector if that is switched on; ``words``: also the text around the figures."""
    if store.value(session.PROJECTOR):
        st.html(PROJECTED + LARGE_WORDS * words)


def _project() -> None:
    store.put({session.PROJECTOR: not store.value(session.PROJECTOR)})


def write() -> None:
    """Set the speed again, so that the browser updates its label."""
    speed = store.value("speed")
    store.put({"speed": session.DEFAULT_SPEED if speed is None else speed})


def _stop_at(player: Player) -> None:
    run = player.newest
    with st.popover(_aim(), key="stop", icon=":material/flag:", help=tr("Pause by itself (T)")):
        epoch = st.number_input(tr("Epoch"), 1, step=50, value=None, key="stop_epoch", placeholder=tr("any"))
        cost = st.number_input(
            tr("Train cost below"), 0.0, step=0.05, value=None, key="stop_cost", format="%g", placeholder=tr("any")
        )
        accuracy = None
        if run.data.task != "regression":
            label = tr("Test accuracy from … % on") if run.has_test_data else tr("Train accuracy from … % on")
            accuracy = st.number_input(
                label, 0.0, 100.0, step=1.0, value=None, key="stop_accuracy", format="%g",
                placeholder=tr("any"),
            )  # fmt: skip
        st.caption(tr("Play goes on after it; a reset starts over."))
    player.stop_at(epoch, cost, None if accuracy is None else accuracy / 100)


def _aim() -> str:
    """Return the button's label: the current stopping point in short."""
    epoch, cost, accuracy = (store.value(f"stop_{name}") for name in ("epoch", "cost", "accuracy"))
    parts = [
        *([f"{epoch}"] if epoch is not None else []),
        *([tr("cost {cost}").format(cost=f"{cost:g}")] if cost is not None else []),
        *([f"{accuracy:g} %"] if accuracy is not None else []),
    ]
    # bold: where there is little room, the style sheet shows only a stopping point that is set
    text = tr("Stop at {what}").format(what=tr(" or ").join(parts))
    return f"**{text}**" if parts else tr("Stop at")
