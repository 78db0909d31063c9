"""What a tutorial is of which the text of a step speaks, folded up below it."""

from __future__ import annotations

import streamlit as st

from dnn.lessons.tutorials import told_of
from dnn.ui.lessons.location import Location
from dnn.ui.visitor.language import tr


def draw(location: Location) -> None:
    """The tutorial and the course behind it, if the step's text speaks of one."""
    if told := told_of(location.lesson, location.step):
        with st.expander(tr("Which tutorial?"), icon=":material/menu_book:"):
            st.markdown("\n\n".join(tr(paragraph) for paragraph in told))
