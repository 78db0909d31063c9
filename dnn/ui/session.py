"""What belongs to one visitor: the player, the experiment, and what a link said. Nothing else touches session_state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

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
    """Make ``experiment`` the one on screen and in the address bar."""
    st.session_state["experiment"] = experiment
    query = to_query(experiment)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state["query"] = query


def arrived() -> bool:
    """Whether the address says something new: on the first visit, or after the browser's back button.

    Then the experiment is the one that the address describes, and ``problems`` are what it says and cannot be.
    """
    query = st.query_params.to_dict()
    if query == st.session_state.get("query"):
        return False
    experiment, problems = from_query(query)
    st.session_state.update(experiment=experiment, problems=problems, query=query)
    return True


def fit_to_page(fit: Callable[[Experiment], tuple[Experiment, tuple[Problem, ...]]]) -> None:
    """Let the page bring the experiment within its own limits, and remember what it says about it."""
    fitted, more = fit(experiment())
    st.session_state.update(experiment=fitted, problems=problems() + more)


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
