"""The gallery: every preset as a card with a thumbnail, its title and its sentence, played by a click."""

from __future__ import annotations

import streamlit as st

from dnn.experiment.presets import PRESETS
from dnn.messages import Message
from dnn.plots.theme import THEMES
from dnn.ui import session
from dnn.ui.visitor.language import tr
from dnn.ui.widgets import dialog
from dnn.ui.widgets.guard import callback, fragment
from dnn.ui.widgets.thumbnails import card


@fragment
def button() -> None:
    """Draw the button that opens the gallery."""
    DIALOG.button(tr("Presets"), "presets", icon=":material/apps:")


def _gallery() -> None:
    theme, current = THEMES[st.context.theme.type or "light"], session.experiment()
    grid = st.grid(min_column_width=230, border=True, key="gallery")
    for preset in PRESETS.values():
        with grid.cell():
            chosen = st.button(
                tr(preset.title),
                key=f"preset.{preset.name}",
                on_click=callback(session.open),
                args=(preset.experiment,),
                width="stretch",
                icon=":material/check:" if preset.experiment == current else None,
                help=tr("Plays now") if preset.experiment == current else None,
            )
            st.html(card(preset.experiment, tr(preset.sentence), theme))
        if chosen:
            dialog.close()
            st.rerun()


DIALOG = dialog.Dialog("presets", Message("Presets"), "apps", _gallery)
