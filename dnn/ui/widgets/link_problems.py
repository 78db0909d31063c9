"""The problems of the link that led to a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dnn.errors import Problem
from dnn.ui.visitor import markdown
from dnn.ui.visitor.language import tr


def show_link_problems(problems: Sequence[Problem], forget: Callable[[], None]) -> None:
    """Draw ``problems`` until the visitor dismisses them, which calls ``forget``."""
    if problems:
        items = "\n".join(f"- {markdown.problem_markdown(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            text = tr("This link could not be read in full; the defaults stand in:")
            st.warning(f"{text}\n{items}", icon=":material/link_off:", width="stretch")
            st.button(tr("Understood"), key="understood", on_click=forget)
