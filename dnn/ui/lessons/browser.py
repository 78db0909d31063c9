"""What the browser does for the lessons: it stores which steps are done, handles arrow keys, and fills the screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dnn import web
from dnn.lessons import LESSONS
from dnn.ui.lessons import location
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.plain_button import CSS, HTML

KEY = "lesson-browser"
SENT = "lesson.sent"  # what of the steps done the browser has been told
KNOWN = frozenset(f"{lesson.id}.{number + 1}" for lesson in LESSONS.values() for number in range(len(lesson.steps)))

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.lesson_browser", html=HTML, css=CSS, js=JS)


def draw(*, shown: bool = True) -> None:
    """Draw the button for the whole screen (if ``shown``), listen to the keys, and fetch what was done before."""
    _fetch()
    store.put({SENT: location.done()})
    _component(
        key=KEY,
        data={
            "done": sorted(location.done()),
            "told": bool(store.value("lesson.fetched")),
            "label": tr("Full screen"),
            "help": tr("Fill the screen (F)"),
            "shown": shown,
        },
        height="content",
        on_kept_change=_fetch,
    )


def behind() -> bool:
    """Whether more steps are done than the browser was told in this run of the page."""
    return bool(store.value(SENT) != location.done())


def _fetch() -> None:
    """Read the steps that the browser has stored. It may send anything: only existing steps count."""
    kept = (store.value(KEY) or {}).get("kept")
    if isinstance(kept, list):
        location.finish(*(KNOWN & {name for name in kept[:500] if isinstance(name, str)}))
        store.put({"lesson.fetched": True})
