"""Dialogs that stay open and keep their inputs while the page is run again.

Streamlit closes a dialog when a run of the page does not draw it. So which one is open is stored, and the page draws it
in every run, always at the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import guard

OPEN = "dialog.open"  # key in the store: the name of the open dialog


@dataclass(frozen=True)
class Dialog:
    """A dialog with its ``title`` and ``icon``; ``body`` draws its content."""

    name: str
    title: str
    icon: str
    body: Callable[[], None]
    width: Literal["medium", "large"] = "large"

    def button(self, label: str, key: str, before: Callable[[], None] | None = None, **look: Any) -> None:
        """Draw a button that calls ``before`` and opens the dialog."""

        def on_press() -> None:
            if before:
                before()
            store.put({OPEN: self.name})

        if st.button(label, key=key, on_click=on_press, **look):
            st.rerun()  # the whole page, which draws the dialog

    def draw(self) -> None:
        """Draw the open dialog."""

        def draw_body() -> None:
            with guard():
                self.body()

        title = tr(self.title)
        st.dialog(title, width=self.width, icon=f":material/{self.icon}:", on_dismiss=close)(draw_body)()


def close() -> None:
    """Close the open dialog. For callbacks; elsewhere ``st.rerun()`` must follow."""
    store.put({OPEN: None})


def draw_open(dialogs: Iterable[Dialog]) -> None:
    """Draw the open one of these dialogs. The page calls this once in every run."""
    for dialog in dialogs:
        if store.settled(OPEN) == dialog.name:
            dialog.draw()
