"""What plays before one visitor, and in which appearance."""

from __future__ import annotations

import streamlit as st

from dnn.experiment import Experiment
from dnn.plots.theme import THEMES, Theme
from dnn.training.run import Run
from dnn.ui.live.player import Player
from dnn.ui.live.socket import grace
from dnn.ui.visitor import address
from dnn.ui.visitor.store import put, value

DEFAULT_SPEED = 60.0
PROJECTOR = "projector"  # the key of the switch for the back row


def experiment() -> Experiment:
    """The experiment that is on screen: the last one whose settings were all allowed."""
    found: Experiment = value("experiment")
    return found


def present_player() -> Player | None:
    """The visitor's player, if there is one yet or still."""
    return Player.of(value("token") or "")


def present_run() -> Run | None:
    """What plays, if anything does."""
    playing = present_player()
    return None if playing is None else playing.run


def player() -> Player:
    """The visitor's player, playing the experiment on screen in the appearance that the browser shows."""
    found = present_player()
    if found is None:  # a new visitor, or one who was away for so long that the run was given up
        Player.sweep(grace())
        found = Player(experiment(), playing=not address.plan().waits, speed=DEFAULT_SPEED)
        put({"token": found.token})
    found.use(experiment())
    found.show(appearance())
    return found


def appearance() -> Theme:
    """What the browser shows, light or dark, and large for the back row."""
    theme = THEMES[st.context.theme.type or "light"]
    return theme.projected() if value(PROJECTOR) else theme
