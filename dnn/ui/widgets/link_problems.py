"""The problems of the link that led to a page."""

from __future__ import annotations

import streamlit as st

from dnn.errors import Problem
from dnn.ui.visitor import markdown, store
from dnn.ui.visitor.language import tr


def show_link_problems(key: str) -> None:
    """Draw the problems that are under ``key`` in the store, until the visitor dismisses them."""
    problems: tuple[Problem, ...] = store.value(key) or ()
    if problems:
        items = "\n".join(f"- {markdown.problem_markdown(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            text = tr("This link could not be read in full; the defaults stand in:")
            st.warning(f"{text}\n{items}", icon=":material/link_off:", width="stretch")
            st.button(tr("Understood"), key="understood", on_click=store.put, args=({key: ()},))
