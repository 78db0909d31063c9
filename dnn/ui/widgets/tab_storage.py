"""A text that the browser's tab stores, so that it outlives a reload, and returns when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn import web
from dnn.ui.visitor import store

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.tab-storage", js=JS)


def tab_storage(
    name: str, key: str, *, text: str | None, wanted: bool, on_kept: Callable[[], None], always: bool = False
) -> None:
    """Store ``text`` in the tab under ``name``, or ask for it if it is ``wanted``: then ``on_kept`` is called.

    It is called once in a session; after a server was lost the page has another one, and may ask again. Where nothing
    is stored, it is called only if ``always``.
    """
    context = get_script_run_ctx()
    asking = context.session_id if wanted and context else ""
    data = {"name": name, "text": text, "wanted": asking, "always": always}
    _component(key=key, data=data, on_kept_change=on_kept)


def stored_text(key: str) -> str:
    """Return the text that the tab sent, for ``on_kept``. It may be any text; "null" where nothing is stored."""
    text: str = (store.value(key) or {}).get("kept") or ""
    return text
