"""A lesson's step beside the same without what it shows: both runs in step."""

from __future__ import annotations

import streamlit as st

from dnn.experiment import Experiment
from dnn.experiment.comparisons import Comparison
from dnn.ui import session
from dnn.ui.compare.state import SIDE
from dnn.ui.live.cleanup import grace
from dnn.ui.live.group import GroupPlayer
from dnn.ui.visitor import language, store
from dnn.ui.visitor.language import tr

TOKEN, PLAYED = "lesson.pair.token", "lesson.pair.played"  # the player's, and what it plays


def player(pair: Comparison, *, epochs: int, speed: float) -> GroupPlayer:
    """Return the visitor's player of the pair, which pauses at epoch ``epochs``."""
    found = GroupPlayer.of(store.value(TOKEN) or "")
    if found is None:
        GroupPlayer.sweep(grace())
        found = GroupPlayer(pair.experiments, side=SIDE, weights=True, costs=True, speed=speed)
        store.put({TOKEN: found.token, PLAYED: pair})
    elif store.value(PLAYED) != pair:
        found.use(pair.experiments)
        found.play()
        store.put({PLAYED: pair})
    found.stop_at(epochs)
    found.set_speed(speed)
    found.show(session.appearance(), language.current())
    return found


def pair_of(shown: Experiment, beside: Experiment) -> Comparison:
    """Return the step's experiment and the other one."""
    return Comparison(experiments=(shown, beside))


def switch(name: str) -> bool:
    """Draw the switch of the step ``name``; return whether the pair is shown."""
    return st.toggle(
        tr("With and without it, in step"),
        key=f"lesson.pair.{name}",
        help=tr("Both runs side by side, at the same epoch"),
        persist_state="session",
    )
