"""The address of the page: words of the experiment, and words of the page's own, the language and a teacher's plan."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.errors import Problem
from dnn.ui import catalogue
from dnn.ui.visitor import class_plan
from dnn.ui.visitor.store import put, value

LANGUAGE, LANGUAGE_SWITCH = "lang", "language-switch"  # a word of the address, and the key of what changes it
SPOKEN = "language-spoken"  # as the switch was last drawn
PAGE_WORDS = (LANGUAGE, *class_plan.WORDS)  # of the address: they say how the page is, not what plays, and stay


def shows(widget: str) -> bool:
    """Whether pupils see this widget, or any with this beginning."""
    return plan().shows(class_plan.control_of(widget))


def locks(widget: str) -> bool:
    """Whether pupils see it only."""
    return not plan().allows(class_plan.control_of(widget))


def plan() -> class_plan.Plan:
    """What pupils see and may change; all of it where no teacher has chosen."""
    return _read_plan(_taught(page_words()))[0]


def _taught(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """A teacher's among these words."""
    return tuple((word, words[word]) for word in class_plan.WORDS if word in words)


@lru_cache(maxsize=256)
def _read_plan(words: tuple[tuple[str, str], ...]) -> tuple[class_plan.Plan, tuple[Problem, ...]]:
    return class_plan.read(dict(words))


def address(words: dict[str, str]) -> None:
    """Have the address bar say ``words``, and the page's own."""
    wanted = words | page_words()
    if query() != wanted:
        st.query_params.from_dict(wanted)


def page_words() -> dict[str, str]:
    """The words of the address that are the page's own: they stay whatever is played, and on every page."""
    found: dict[str, str] = value("words") or {}
    return found


def read_page_words() -> None:
    """Take the page's own words from the address, when :func:`visited` would read the others; later from the page."""
    if value("words") is None or navigated():
        put({"words": own_words(query())[0]})
    elif value(LANGUAGE_SWITCH) != value(SPOKEN):
        put({"words": page_words() | {LANGUAGE: value(LANGUAGE_SWITCH)}})


def own_words(said: dict[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The page's own among the words of an address, as far as they can be, and what is wrong with the others."""
    plan, unread = _read_plan(_taught(said))
    wrong = catalogue.problems(said[LANGUAGE]) if LANGUAGE in said else ()
    spoken = {LANGUAGE: said[LANGUAGE]} if LANGUAGE in said and not wrong else {}
    return spoken | class_plan.words(plan), (*unread, *wrong)


def language() -> str:
    """The language that was chosen, as the address has it; empty if none was."""
    return page_words().get(LANGUAGE, "") if visiting() else ""


def show_language(name: str) -> None:
    """Have the switch say the language that is spoken."""
    put({LANGUAGE_SWITCH: name, SPOKEN: name})


def query() -> dict[str, str]:
    """The words of the address."""
    return st.query_params.to_dict()


def visiting() -> bool:
    """Whether this is a visitor's session, and not a test of a part or a thread that trains."""
    return get_script_run_ctx(suppress_warning=True) is not None


def navigated() -> bool:
    """Whether the browser's back or forward button brought the visitor here."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)
