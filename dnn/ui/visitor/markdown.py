"""Text that strangers wrote, shown as it is wherever Streamlit reads Markdown."""

from __future__ import annotations

import re

from dnn.errors import Problem
from dnn.ui.visitor.language import tr


def escape_markdown(text: str) -> str:
    """``text`` with a backslash before every sign that Markdown might read as its own."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def problem_markdown(problem: Problem) -> str:
    """The message of ``problem`` in the visitor's language. It quotes what was given, so it is escaped."""
    return escape_markdown(tr(problem.message))
