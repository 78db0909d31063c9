"""The gallery: every preset as a card with its data in small, its title and what to watch for, to play at a click."""

from __future__ import annotations

import streamlit as st

from dnn.experiment.presets import PRESETS
from dnn.plots.theme import THEMES
from dnn.ui import session
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.thumbnails import card


@st.fragment
def button() -> None:
    """Draw the button that opens the gallery."""
    if st.button(tr("Presets"), key="presets", icon=":material/apps:"):
        st.dialog(tr("Presets"), width="large", icon=":material/apps:")(_gallery)()


def _gallery() -> None:
    theme, current = THEMES[st.context.theme.type or "light"], session.experiment()
    grid = st.grid(min_column_width=230, border=True, key="gallery")
    for preset in PRESETS.values():
        with grid.cell():
            chosen = st.button(
                tr(preset.title),
                key=f"preset.{preset.name}",
                on_click=session.open,
                args=(preset.experiment,),
                width="stretch",
                icon=":material/check:" if preset.experiment == current else None,
                help=tr("Plays now") if preset.experiment == current else None,
            )
            st.html(card(preset.experiment, tr(preset.sentence), theme))
        if chosen:
            st.rerun()  # closes the dialog
