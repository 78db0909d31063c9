"""The button that keeps the run on screen, and the browser tab's storage of the shelf."""

from __future__ import annotations

import streamlit as st

from dnn.errors import DnnError
from dnn.ui import session
from dnn.ui.session import shelf_actions
from dnn.ui.session.shelf import LONGEST_STORED, Shelf, read, shelf_text
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.tab_storage import stored_text, tab_storage
from dnn.ui.widgets.toast import toast_once

STORAGE, NAME = "shelf-storage", "dnn.shelf"  # key of the component, and its name in the tab's storage


def keep_button() -> None:
    """Draw the button that keeps the run on screen, and the message about the last action."""
    st.button(
        tr("Keep"),
        key="keep",
        icon=":material/bookmark_add:",
        on_click=callback(shelf_actions.keep),
        help=tr("Put this run on the shelf, to return to it or to compare it (K)"),
    )
    say()


def say() -> None:
    """Show the message about the last action on the shelf."""
    toast_once(shelf_actions.SAID, ":material/shelves:")


def draw_storage() -> None:
    """Give the browser's tab the shelf to store, or ask for it after a reload."""
    text = shelf_text(session.shelf()) if store.value("shelf") is not None else None
    fits = text is not None and len(text) <= LONGEST_STORED
    tab_storage(NAME, STORAGE, text=text if fits else None, wanted=text is None, on_kept=_restore)


def stored_shelf(text: str) -> Shelf:
    """Return the shelf that the tab stored; an empty one if it stored anything else."""
    try:
        return read(text)
    except DnnError:
        return Shelf()


def _restore() -> None:
    shelf_actions.restore_shelf(stored_shelf(stored_text(STORAGE)))
