"""Show an error in one part of the page as a message there; the rest of the page and the run continue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import streamlit as st

from dnn.errors import DnnError
from dnn.messages import Message
from dnn.ui.turns import SCRIPTS
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown

LOG = logging.getLogger(__name__)
FAILED = "guard.failed"  # key in the store: the message of a failed callback, until it is shown
UNEXPECTED = Message("Something went wrong here, and it is our mistake. Nothing was changed, and your run goes on.")


@contextmanager
def guard() -> Iterator[None]:
    """Show an error of the enclosed code as a message in place."""
    if failed := store.settled(FAILED):
        store.put({FAILED: None})
        _show(failed)
    with _catch(_show):
        yield


def fragment(draw: Callable[..., None]) -> Callable[..., None]:
    """Decorate a fragment of the page like ``st.fragment``, with a guard around it. Run alone, it takes a turn."""

    @st.fragment
    @wraps(draw)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        with SCRIPTS.turn(), guard():
            draw(*args, **kwargs)

    return wrapper


def callback(act: Callable[..., None]) -> Callable[..., None]:
    """Return ``act`` as a widget's callback: the guard around the widget shows its errors."""

    @wraps(act)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        with _catch(lambda message: store.put({FAILED: message})):
            act(*args, **kwargs)

    return wrapper


@contextmanager
def _catch(show: Callable[[str], None]) -> Iterator[None]:
    """Pass the message of an error to ``show``. Unexpected errors are logged with their traceback.

    A script that Streamlit has stopped for a newer one may fail because the newer one changes the state meanwhile: each
    has its own lock of it. Such an error is nobody's: to show something ends a stopped script.
    """
    try:
        yield
    except DnnError as error:
        show(error.message)
    except Exception:
        show(UNEXPECTED)  # first: it ends a stopped script
        LOG.exception("a part of the page failed")


def _show(message: str) -> None:
    st.error(escape_markdown(tr(message)), icon=":material/error:")
