"""Which class this tab teaches: its code, and the teacher's key, which the tab stores and no address shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

import streamlit as st
from pydantic import ValidationError

from dnn.classroom import Classroom, Goal, Orders, open_store, read_code
from dnn.components import Document
from dnn.errors import ClassUnreachable, InvalidSetting, NoSuchClass
from dnn.experiment.links import to_query
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.live.cleanup import grace
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.pupil.reporter import REPORTER
from dnn.ui.toolbar.class_link import page_words
from dnn.ui.visitor import language, store
from dnn.ui.visitor.class_plan import Plan
from dnn.ui.widgets.tab_storage import stored_text, tab_storage

TAUGHT, TOKEN, SAID = "wall.taught", "wall.token", "wall.said"  # in the store; SAID is shown once
STORAGE, NAME = "wall-storage", "dnn.class"  # key of the component, and its name in the tab's storage
NOTHING = "{}"  # in the tab's storage: no class
STAYS = 60.0  # seconds; a browser calls a hidden tab once a minute
ENDED = Message("The class has ended.")


class Taught(Document):
    """A class, and the key that makes this tab its teacher's."""

    code: str
    key: str


def taught() -> Taught | None:
    """Return the class that this tab teaches."""
    found: Taught | None = store.value(TAUGHT) or None
    return found


def classroom() -> Classroom | None:
    """Return the class of this tab as it is now; None where there is none (any more). Raises ClassUnreachable."""
    mine = taught()
    if mine is None:
        return None
    found = open_store().find(mine.code)
    if found is None or found.ended:
        store.put({TAUGHT: False, SAID: ENDED})
        return None
    return found


def open_class(plan: Plan, goal: Goal) -> None:
    """Open a class with the experiment on screen, and these words of its link."""
    query = urlencode(to_query(session.experiment()) | page_words(plan), safe=",")
    found, key = open_store().create(title=plan.title, task=plan.task, goal=goal, query=query)
    store.put({TAUGHT: Taught(code=found.code, key=key)})


def order(change: Callable[[Orders], Orders]) -> None:
    """Give an order; ``change`` returns the orders after it. Raises NoSuchClass and ClassUnreachable."""
    mine = taught()
    if mine and classroom():
        open_store().order(mine.code, mine.key, change)
        REPORTER.deliver(mine.code)
        feed_again()


@st.fragment(run_every=STAYS)
def stay() -> None:
    """Say now and then that the teacher's tab is open, on any page; otherwise a freeze ends. Draws nothing."""
    if mine := taught():
        with suppress(NoSuchClass, ClassUnreachable):
            open_store().order(mine.code, mine.key, lambda orders: orders)


def end() -> None:
    """End the class, for all."""
    if mine := taught():
        open_store().end(mine.code, mine.key)
        REPORTER.deliver(mine.code)
        store.put({TAUGHT: False, SAID: ENDED})


def player(code: str, *, teacher: bool) -> WallPlayer:
    """Return the wall of a class, with the browser's appearance and language."""
    current = WallPlayer.of(store.value(TOKEN) or "")
    if current is None or (current.feed.code, current.teacher) != (code, teacher):
        WallPlayer.sweep(grace())
        current = WallPlayer(code, teacher=teacher)
        store.put({TOKEN: current.token})
    current.feed.poll()
    current.show(session.appearance(), language.current())
    return current


def feed_again() -> None:
    """Ask the store at once, because something was changed in it."""
    if current := WallPlayer.of(store.value(TOKEN) or ""):
        current.feed.poll(at_once=True)


def draw_storage() -> None:
    """Give the browser's tab the class to keep, or ask for it after a reload."""
    mine, unknown = taught(), store.value(TAUGHT) is None
    text = mine.model_dump_json() if mine else NOTHING
    tab_storage(NAME, STORAGE, text=None if unknown else text, wanted=unknown, on_kept=_restore)


def _restore() -> None:
    """Teach the class that the tab stored, if it still exists with this key. The tab may send anything."""
    try:
        mine = Taught.model_validate_json(stored_text(STORAGE))
        found = open_store().find(mine.code)
        if found is None:
            if read_code(mine.code):
                store.put({TAUGHT: False, SAID: _gone(mine.code)})
            return
        open_store().order(mine.code, mine.key, lambda orders: orders)  # which asks for the key
    except (InvalidSetting, ValidationError, NoSuchClass, ClassUnreachable):
        return
    store.put({TAUGHT: mine})


def _gone(code: str) -> Message:
    return Message("Class {code} is no longer there: its 8 hours are over, or the server was started again.", code=code)
