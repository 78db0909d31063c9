"""The visitor's player and its appearance."""

from __future__ import annotations

import streamlit as st

from dnn.experiment import Experiment
from dnn.plots.theme import THEMES, Theme
from dnn.training.run import Run
from dnn.ui.live.cleanup import grace
from dnn.ui.live.player import Player
from dnn.ui.visitor import address
from dnn.ui.visitor.store import put, settled, value

DEFAULT_SPEED = 60.0
PROJECTOR = "projector"  # the key of the switch for the back row


def experiment() -> Experiment:
    """Return the experiment on screen: the last one with valid settings."""
    experiment: Experiment = settled("experiment")
    return experiment


def present_player() -> Player | None:
    """Return the visitor's player, or None."""
    return Player.of(settled("token") or "")


def present_run() -> Run | None:
    """Return the player's newest run, or None."""
    playing = present_player()
    return None if playing is None else playing.newest


def shown_run() -> Run | None:
    """Return the run on screen, which may be of the past, or None."""
    playing = present_player()
    return None if playing is None else playing.run


def looks_back() -> bool:
    """Whether the run on screen is of the past."""
    playing = present_player()
    return playing is not None and playing.looks_back


def player() -> Player:
    """Return the visitor's player, with the experiment on screen and the browser's appearance."""
    current = present_player()
    if current is None:  # a new visitor, or one whose player has expired
        Player.sweep(grace())
        current = Player(experiment(), playing=not _waits(), speed=DEFAULT_SPEED)
        put({"token": current.token})
    current.use(experiment())
    current.show(appearance())
    return current


def _waits() -> bool:
    """Whether the page waits for *Play*: with a teacher's plan, and in a class, unless the teacher wants otherwise."""
    plan = address.plan()
    return plan.waits or bool(address.class_code() and not plan.plays)


def appearance() -> Theme:
    """Return the browser's appearance: light or dark, and large for a projector."""
    theme = THEMES[st.context.theme.type or "light"]
    return theme.projected() if value(PROJECTOR) else theme
