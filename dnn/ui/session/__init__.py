"""What belongs to one visitor: what plays, the way there and back, and what the address said.

Only ``store`` touches Streamlit's session_state. ``words`` are those of the address bar, ``playing`` has the
player, ``ledger`` makes changes, ``deeds`` are what a visitor does, ``arrival`` is how one comes.
"""

from __future__ import annotations

from dnn.ui.session.actions import (
    PANEL,
    act,
    acted,
    can_redo,
    can_undo,
    choose,
    do,
    new_weights,
    open_run,
    redo,
    reset,
    undo,
)
from dnn.ui.session.arrival import (
    arrive,
    forget_problems,
    found_data,
    newcomer,
    problems,
    visited,
    without_data,
)
from dnn.ui.session.changes import catch_up, keep, tell_together
from dnn.ui.session.playing import DEFAULT_SPEED, PROJECTOR, appearance, experiment, player
from dnn.ui.visitor.address import (
    LANGUAGE,
    LANGUAGE_SWITCH,
    PAGE_WORDS,
    SPOKEN,
    address,
    language,
    locks,
    navigated,
    page_words,
    plan,
    query,
    read_page_words,
    show_language,
    shows,
    visiting,
)
from dnn.ui.visitor.store import listen, put, tell, value

__all__ = [
    "DEFAULT_SPEED",
    "LANGUAGE",
    "LANGUAGE_SWITCH",
    "PAGE_WORDS",
    "PANEL",
    "PROJECTOR",
    "SPOKEN",
    "act",
    "acted",
    "address",
    "appearance",
    "arrive",
    "can_redo",
    "can_undo",
    "catch_up",
    "choose",
    "do",
    "experiment",
    "forget_problems",
    "found_data",
    "keep",
    "language",
    "listen",
    "locks",
    "navigated",
    "new_weights",
    "newcomer",
    "open_run",
    "page_words",
    "plan",
    "player",
    "problems",
    "put",
    "query",
    "read_page_words",
    "redo",
    "reset",
    "show_language",
    "shows",
    "tell",
    "tell_together",
    "undo",
    "value",
    "visited",
    "visiting",
    "without_data",
]
