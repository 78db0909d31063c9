"""What belongs to one visitor: the player, the experiment, and what a link said. Nothing else touches session_state."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.links import from_query, to_query
from dnn.plots.theme import THEMES
from dnn.ui.live.player import Player
from dnn.ui.live.socket import grace

DEFAULT_SPEED = 60.0


def experiment() -> Experiment:
    """The experiment that is on screen: the last one whose settings were all allowed."""
    found: Experiment = st.session_state["experiment"]
    return found


def keep(experiment: Experiment) -> None:
    """Make ``experiment`` the one that plays, on screen and in the address bar."""
    st.session_state["experiment"] = experiment
    query = to_query(experiment)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    if playing := Player.of(st.session_state.get("token", "")):
        playing.use(experiment)


def visited() -> tuple[Experiment, tuple[Problem, ...]] | None:
    """What the address describes, and what of it cannot be: on the first visit and after the browser's back button.

    At other times the address is not asked: the one that a browser sends along lags behind quick changes.
    """
    context = get_script_run_ctx()
    if "experiment" in st.session_state and not (context and context.is_history_navigation):
        return None
    return from_query(st.query_params.to_dict())


def arrive(experiment: Experiment, problems: tuple[Problem, ...]) -> None:
    """Begin with what the address described."""
    st.session_state.update(problems=problems, experiment=experiment)


def new_weights() -> None:
    """Draw other starting weights under the same seed."""
    current = experiment()
    keep(current.model_copy(update={"draw": current.draw + 1}))


def problems() -> tuple[Problem, ...]:
    """What the address said that could not be read."""
    found: tuple[Problem, ...] = st.session_state.get("problems", ())
    return found


def forget_problems() -> None:
    """The visitor has read them."""
    st.session_state["problems"] = ()


def player() -> Player:
    """The visitor's player, playing the experiment on screen in the appearance that the browser shows."""
    found = Player.of(st.session_state.get("token", ""))
    if found is None:  # a new visitor, or one who was away for so long that the run was given up
        Player.sweep(grace())
        found = Player(experiment(), speed=DEFAULT_SPEED)
        st.session_state["token"] = found.token
    found.use(experiment())
    found.show(THEMES[st.context.theme.type or "light"])
    return found


def value(key: str) -> Any:
    """The value of a widget, or None before it exists."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Set widgets. Streamlit allows it before they are drawn, and in callbacks."""
    st.session_state.update(values)
