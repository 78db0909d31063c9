"""A button that prints the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dnn import web
from dnn.ui.visitor.language import tr

HTML = '<button type="button"></button>'

CSS = """
button { font: 0.875rem var(--st-font); height: 2.5rem; padding: 0 0.75rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.print_button", html=HTML, css=CSS, js=JS)


def print_button(key: str = "print") -> None:
    """Draw the button."""
    _component(key=key, data={"label": tr("Print")}, height="content", width="content")
