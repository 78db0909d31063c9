"""The network's inputs: predefined formulas, and those that a visitor writes."""

from __future__ import annotations

import streamlit as st

from dnn.data.dataset import Dataset
from dnn.data.features import ALLOWED, available_features, feature, inputs_of
from dnn.data.names import Names
from dnn.datasets import DATASETS
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import DataSpec
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.controls import components
from dnn.ui.controls.widgets import SESSION, Marks, note
from dnn.ui.form import feature_values
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown


def read() -> tuple[str, ...]:
    """Return the values of the widgets. An unchanged choice keeps its order, which determines the initial weights."""
    chosen, usual = _chosen_features(), inputs_of(_count())
    current: tuple[str, ...] = session.experiment().data.features
    if set(chosen) == set(current or usual):
        return () if current == usual else current
    return () if chosen == usual else chosen


def problems() -> tuple[Problem, ...]:
    """Return the problems of the whole choice."""
    return (
        ()
        if _chosen_features()
        else (Problem("features", Message("none at all"), Message("one must stay, or a formula of your own")),)
    )


def follow() -> None:
    """Adapt the choice to data with other inputs: all inputs stay all, and formulas of missing inputs are removed.

    Call it before the widgets are drawn.
    """
    before, count = len(session.experiment().data.dataset.names.inputs), _count()
    if count == before:
        return
    chosen = _chosen_features()
    if chosen == inputs_of(before):
        chosen = inputs_of(count)
    chosen = tuple(text for text in chosen if _needs(text) <= count) or inputs_of(count)
    store.push("data", feature_values(count, chosen))


def draw(marks: Marks) -> None:
    """Draw the predefined formulas as pills, and a field for others."""
    if not address.shows("features"):
        return
    names = _names()
    labels = dict(zip(inputs_of(len(names.inputs)), names.inputs, strict=True))
    st.pills(
        tr("Features"),
        available_features(_count()),
        selection_mode="multi",
        key="features",
        format_func=lambda text: (
            feature(text).label if labels.get(text, text) == text else escape_markdown(labels[text])
        ),
        help=note(DataSpec, "features"),
        disabled=address.locks("features"),
        persist_state=SESSION,
    )
    st.text_input(
        tr("Your own formula"),
        key="formulas",
        placeholder="x1*x2 + tanh(3*x1)",
        help=_allowed(),
        disabled=address.locks("features"),
        persist_state=SESSION,
    )
    marks["feature"] = marks["features"] = st.container()


def _allowed() -> str:
    text = tr(ALLOWED)
    return tr("{text}. Several are parted by commas.").format(text=f"{text[0].upper()}{text[1:]}").replace("*", r"\*")


def _names() -> Names:
    """Return the names of the inputs of the chosen data."""
    dataset = components.value("dataset", DATASETS) or session.experiment().data.dataset
    assert isinstance(dataset, Dataset)
    return dataset.names


def _count() -> int:
    return len(_names().inputs)


def _needs(text: str) -> int:
    """Return the number of inputs that a formula needs; 0 if it is invalid."""
    try:
        return feature(text).inputs
    except InvalidSetting:
        return 0


def _chosen_features() -> tuple[str, ...]:
    selected: list[str] = store.value("features")
    formulas = [text.strip() for text in store.value("formulas").split(",")]
    in_order = [text for text in available_features(_count()) if text in selected] + [text for text in formulas if text]
    return tuple(dict.fromkeys(in_order))
