"""A button that prints the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dnn import web
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.plain_button import CSS, HTML

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.print_button", html=HTML, css=CSS, js=JS)


def print_button(key: str = "print") -> None:
    """Draw the button."""
    _component(key=key, data={"label": tr("Print")}, height="content", width="content")
