"""The problems of the link that the visitor opened."""

from __future__ import annotations

import streamlit as st

from dnn.ui import session
from dnn.ui.visitor import markdown
from dnn.ui.visitor.language import tr


def draw() -> None:
    """Draw the problems of the address until the visitor dismisses them."""
    if problems := session.link_problems():
        items = "\n".join(f"- {markdown.problem_markdown(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            text = tr("This link could not be read in full; the defaults stand in:")
            st.warning(f"{text}\n{items}", icon=":material/link_off:", width="stretch")
            st.button(tr("Understood"), key="understood", on_click=session.forget_problems)
