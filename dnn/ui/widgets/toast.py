"""A message that is shown once, in a corner of the page."""

from __future__ import annotations

import streamlit as st

from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown


def toast_once(key: str, icon: str) -> None:
    """Show the message under ``key`` in the store, and forget it.

    A script that is interrupted before the message is on its way leaves it to the next run.
    """
    if message := store.value(key):
        st.toast(escape_markdown(tr(message)), icon=icon)
        store.put({key: None})
