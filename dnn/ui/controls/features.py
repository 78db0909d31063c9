"""What the network sees of an example: the formulas offered ready-made, and those that a visitor writes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dnn.errors import Problem
from dnn.experiment import DataSpec
from dnn.features import ALLOWED, FEATURES, INPUTS, feature
from dnn.ui import session
from dnn.ui.controls.widgets import SESSION, Marks, note


def values(data: DataSpec) -> dict[str, Any]:
    """What the widgets hold."""
    chosen = data.features or INPUTS
    return {
        "features": [text for text in FEATURES if text in chosen],
        "formulas": ", ".join(text for text in chosen if text not in FEATURES),
    }


def described() -> tuple[str, ...]:
    """What the widgets say. The order of an address stays while the choice does: it decides the starting weights."""
    chosen = _chosen()
    kept: tuple[str, ...] = session.experiment().data.features
    if set(chosen) == set(kept or INPUTS):
        return () if kept == INPUTS else kept
    return () if chosen == INPUTS else chosen


def problems() -> tuple[Problem, ...]:
    """What is wrong with the choice as a whole."""
    return () if _chosen() else (Problem("features", "none at all", "one must stay, or a formula of your own"),)


def draw(marks: Marks) -> None:
    """The ready-made formulas as pills, and a field for others."""
    st.pills(
        "Features",
        FEATURES,
        selection_mode="multi",
        key="features",
        format_func=lambda text: feature(text).label,
        help=note(DataSpec, "features"),
        persist_state=SESSION,
    )
    st.text_input(
        "Your own formula",
        key="formulas",
        placeholder="x1*x2 + tanh(3*x1)",
        help=f"{ALLOWED[0].upper()}{ALLOWED[1:]}. Several are parted by commas.".replace("*", r"\*"),
        persist_state=SESSION,
    )
    marks["feature"] = marks["features"] = st.container()


def _chosen() -> tuple[str, ...]:
    picked: list[str] = session.value("features")
    written = [text.strip() for text in session.value("formulas").split(",")]
    both = [text for text in FEATURES if text in picked] + [text for text in written if text]
    return tuple(dict.fromkeys(both))
