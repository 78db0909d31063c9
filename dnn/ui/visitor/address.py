"""The address bar: words of the experiment, and words of the page's own, the language and a teacher's plan."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.errors import Problem
from dnn.ui import catalogue
from dnn.ui.visitor import class_plan
from dnn.ui.visitor.store import put, value

LANGUAGE, LANGUAGE_SWITCH = "lang", "language-switch"  # a word of the address, and the key of its widget
SHOWN_LANGUAGE = "language-shown"  # the language in which the switch was last drawn
PAGE_WORDS = (LANGUAGE, *class_plan.WORDS)  # they describe the page and not the experiment, and stay
STORED = "words"  # where the page's own words are stored


def shows(widget: str) -> bool:
    """Whether pupils see this widget, or any with this beginning."""
    return plan().shows(class_plan.control_of(widget))


def locks(widget: str) -> bool:
    """Whether pupils can see it only."""
    return not plan().allows(class_plan.control_of(widget))


def plan() -> class_plan.Plan:
    """What pupils see and may change; all of it where no teacher has chosen."""
    return _read_plan(_plan_words(page_words()))[0]


def _plan_words(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, words[word]) for word in class_plan.WORDS if word in words)


@lru_cache(maxsize=256)
def _read_plan(words: tuple[tuple[str, str], ...]) -> tuple[class_plan.Plan, tuple[Problem, ...]]:
    return class_plan.read(dict(words))


def write(words: dict[str, str]) -> None:
    """Set the address bar to ``words`` and the page's own."""
    wanted = words | page_words()
    if query() != wanted:
        st.query_params.from_dict(wanted)


def page_words() -> dict[str, str]:
    """The words of the address that are the page's own: they stay whatever is played, and on every page."""
    found: dict[str, str] = value(STORED) or {}
    return found


def set_page_words(words: dict[str, str]) -> None:
    """Store the page's own words."""
    put({STORED: words})


def read_page_words() -> None:
    """Store the page's own words: from the address on arrival, later from the page."""
    if value(STORED) is None or navigated():
        set_page_words(page_part(query())[0])
    elif value(LANGUAGE_SWITCH) != value(SHOWN_LANGUAGE):
        set_page_words(page_words() | {LANGUAGE: value(LANGUAGE_SWITCH)})


def page_part(words: dict[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The page's own among the words of an address, where they are allowed, and what is wrong with the others."""
    read, unread = _read_plan(_plan_words(words))
    wrong = catalogue.problems(words[LANGUAGE]) if LANGUAGE in words else ()
    language = {LANGUAGE: words[LANGUAGE]} if LANGUAGE in words and not wrong else {}
    return language | class_plan.words(read), (*unread, *wrong)


def language() -> str:
    """The language that was chosen, as the address has it; empty if none was."""
    return page_words().get(LANGUAGE, "") if is_page() else ""


def show_language(name: str) -> None:
    """Set the language switch."""
    put({LANGUAGE_SWITCH: name, SHOWN_LANGUAGE: name})


def query() -> dict[str, str]:
    """The words of the address."""
    return st.query_params.to_dict()


def is_page() -> bool:
    """Whether a visitor's page is being run, and not a test of a part or a thread that trains."""
    return get_script_run_ctx(suppress_warning=True) is not None


def navigated() -> bool:
    """Whether the browser's back or forward button brought the visitor here."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)
