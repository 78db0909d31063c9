"""What Streamlit keeps for one visitor, by key. Nothing else in the project touches session_state.

Streamlit may break a run of the page off at any look at it, when the browser has sent something newer: so what belongs
together is worked out first and put at one stroke.
"""

from __future__ import annotations

from typing import Any

import streamlit as st


def value(key: str) -> Any:
    """What is kept under ``key``, a widget's value for one; None before it exists."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Keep these, and set the widgets of those keys: that is allowed before they are drawn, and in callbacks."""
    st.session_state.update(values)
