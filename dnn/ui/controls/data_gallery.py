"""The data sets as cards: what each looks like, and what it is good for, to be chosen at a click."""

from __future__ import annotations

import streamlit as st

from dnn.data.dataset import Dataset
from dnn.datasets import DATASETS
from dnn.experiment import Experiment
from dnn.plots.theme import THEMES
from dnn.ui import session
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.thumbnails import card


def button() -> None:
    """Draw the button that opens the cards."""
    if st.button(
        tr("All data sets"), key="data_sets", icon=":material/grid_view:", help=tr("All data sets, in pictures")
    ):
        st.dialog(tr("Data sets"), width="large", icon=":material/grid_view:")(_gallery)()


def _gallery() -> None:
    theme, current = THEMES[st.context.theme.type or "light"], session.experiment().data.dataset
    grid = st.grid(min_column_width=230, border=True, key="data-gallery")
    for name, kind in DATASETS.items():
        if kind.editable:
            continue
        with grid.cell():
            chosen = st.button(
                tr(kind.label),
                key=f"data.{name}",
                on_click=_choose,
                args=(kind,),
                width="stretch",
                icon=":material/check:" if current.kind == name else None,
            )
            st.html(card(usual(kind), tr(kind.sentence()), theme))
        if chosen:
            st.rerun()  # closes the dialog


def usual(kind: type[Dataset]) -> Experiment:
    """An experiment with such data as they are to begin with."""
    return Experiment.of(data={"dataset": str(kind.model_fields["kind"].default), "standardize": kind.suggests})


def _choose(kind: type[Dataset]) -> None:
    """Other data, and all else as it is."""
    from dnn.ui import controls  # which are built on this file

    given = session.experiment().model_dump()
    wanted = usual(kind).model_dump()["data"]
    given["data"] |= {name: wanted[name] for name in ("dataset", "standardize", "class_balance", "label_noise")}
    given["data"]["features"] = ()
    given["training"]["loss"] = None
    experiment = Experiment.of(**given)
    controls.write(experiment)
    session.keep(experiment)
