"""A failure in one part of the page is shown there, as a message: the rest of the page and the run go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import streamlit as st

from dnn.errors import DnnError
from dnn.messages import Message
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown

LOG = logging.getLogger(__name__)
FAILED = "guard.failed"  # in the store: the message of a callback that failed and has not been shown yet
UNEXPECTED = Message("Something went wrong here, and it is our mistake. Nothing was changed, and your run goes on.")


@contextmanager
def guard() -> Iterator[None]:
    """Show what fails inside as a message in place, after what was drawn already."""
    if failed := store.value(FAILED):
        store.put({FAILED: None})
        _show(failed)
    with _caught(_show):
        yield


def fragment(draw: Callable[..., None]) -> Callable[..., None]:
    """A fragment of the page, as ``st.fragment`` makes it, with a guard around all that it draws."""

    @st.fragment
    @wraps(draw)
    def guarded(*args: Any, **named: Any) -> None:
        with guard():
            draw(*args, **named)

    return guarded


def callback(act: Callable[..., None]) -> Callable[..., None]:
    """``act`` for a widget: what fails in it is shown by the next guard, which is the one around that widget."""

    @wraps(act)
    def guarded(*args: Any, **named: Any) -> None:
        with _caught(lambda message: store.put({FAILED: message})):
            act(*args, **named)

    return guarded


@contextmanager
def _caught(show: Callable[[str], None]) -> Iterator[None]:
    """Have ``show`` say what fails inside. What was not raised on purpose goes to the log with its traceback."""
    try:
        yield
    except DnnError as error:
        show(error.message)
    except Exception:
        LOG.exception("a part of the page failed")
        show(UNEXPECTED)


def _show(message: str) -> None:
    st.error(escape_markdown(tr(message)), icon=":material/error:")
