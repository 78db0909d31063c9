"""The problems of the link that the visitor opened."""

from __future__ import annotations

from dnn.ui import session
from dnn.ui.widgets.link_problems import show_link_problems


def draw() -> None:
    """Draw the problems of the address until the visitor dismisses them."""
    show_link_problems(session.link_problems(), session.forget_problems)
