"""What could not be read of the link that a visitor came by."""

from __future__ import annotations

import streamlit as st

from dnn.ui import session
from dnn.ui.visitor import markdown
from dnn.ui.visitor.language import tr


def draw() -> None:
    """Show what could not be read of the address, until the visitor has read it."""
    if problems := session.link_problems():
        said = "\n".join(f"- {markdown.problem_markdown(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            text = tr("This link could not be read in full; the defaults stand in:")
            st.warning(f"{text}\n{said}", icon=":material/link_off:", width="stretch")
            st.button(tr("Understood"), key="understood", on_click=session.forget_problems)
