"""The data sets as cards with an image and their purpose, chosen by a click."""

from __future__ import annotations

from functools import cache

import streamlit as st

from dnn.datasets import DATASETS
from dnn.messages import Message
from dnn.plots.theme import THEMES, Theme
from dnn.ui import session
from dnn.ui.visitor.language import tr
from dnn.ui.widgets import dialog
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.thumbnails import card, picture

USUAL = ("moons", "circles", "xor", "spiral", "blobs", "bumps")  # shown as pictures beside the settings


def pictures() -> None:
    """Draw the usual data sets as small pictures, each to be chosen at a click."""
    theme, current = THEMES[st.context.theme.type or "light"], session.experiment().data.dataset
    with st.container(horizontal=True, wrap=False, gap="xsmall", key="data-pictures"):
        for name in USUAL:
            kind = DATASETS[name]
            st.button(
                tr(kind.label),
                key=f"picture-{name}",
                on_click=callback(session.use_dataset),
                args=(kind,),
                type="primary" if current.kind == name else "secondary",
                help=tr(kind.label),
            )
    st.html(_style(theme))


@cache
def _style(theme: Theme) -> str:
    """Return the pictures as a style sheet for the buttons."""
    drawn = {name: picture(session.with_defaults(DATASETS[name]), theme) for name in USUAL}
    rules = (
        f".st-key-picture-{name} button {{ background-image: url({url}) !important }}" for name, url in drawn.items()
    )
    return f"<style>{''.join(rules)}</style>"


def button() -> None:
    """Draw the button that opens the gallery."""
    help = tr("All data sets, in pictures")
    DIALOG.button(tr("All data sets"), "data_sets", icon=":material/grid_view:", help=help)


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
                on_click=callback(session.use_dataset),
                args=(kind,),
                width="stretch",
                icon=":material/check:" if current.kind == name else None,
            )
            st.html(card(session.with_defaults(kind), tr(kind.sentence()), theme))
        if chosen:
            dialog.close()
            st.rerun()


DIALOG = dialog.Dialog("data sets", Message("Data sets"), "grid_view", _gallery)
