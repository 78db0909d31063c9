"""The address bar: the words of the experiment, and the page's words for language and teacher's plan."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.classroom import read_code
from dnn.errors import Problem, shown
from dnn.messages import Message
from dnn.ui import catalogue
from dnn.ui.visitor import class_plan
from dnn.ui.visitor.store import put, settled, value

LANGUAGE, LANGUAGE_SWITCH = "lang", "language-switch"  # word of the address and key of its widget
SHOWN_LANGUAGE = "language-shown"  # language in which the switch was last drawn
CLASS = "class"  # word of the address: the code of a class
PAGE_WORDS = (LANGUAGE, CLASS, *class_plan.WORDS)  # words that describe the page, not the experiment; they stay
STORED = "words"  # key of the page's words in the store
HELD = "held"  # key in the store: whether a teacher lets the controls wait
WRITTEN = "written-address"  # key of the address that was last sent to the browser


def shows(widget: str) -> bool:
    """Whether pupils see this widget, or any whose key starts with ``key``."""
    return plan().shows(class_plan.control_of(widget))


def locks(widget: str) -> bool:
    """Whether pupils can see but not change this widget, for good or while their teacher lets the controls wait."""
    return bool(settled(HELD)) or not plan().allows(class_plan.control_of(widget))


def class_code() -> str:
    """Return the code of the class in the address; "" without one."""
    return page_words().get(CLASS, "")


def plan() -> class_plan.Plan:
    """Return the teacher's plan; without one, everything is shown and allowed."""
    return _read_plan(_plan_words(page_words()))[0]


def _plan_words(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, words[word]) for word in class_plan.WORDS if word in words)


@lru_cache(maxsize=256)
def _read_plan(words: tuple[tuple[str, str], ...]) -> tuple[class_plan.Plan, tuple[Problem, ...]]:
    return class_plan.read(dict(words))


def write(words: dict[str, str]) -> None:
    """Set the address bar to ``words`` and the page's words.

    ``query()`` is what the browser showed when it asked for this run. After quick changes that is older than what was
    written last, which then arrives later; so an address is sent again unless both agree with it.
    """
    address = words | page_words()
    if query() != address or value(WRITTEN) not in (None, address):
        st.query_params.from_dict(address)
    put({WRITTEN: address})


def page_words() -> dict[str, str]:
    """Return the page's words of the address; they stay for every experiment and page."""
    words: dict[str, str] = settled(STORED) or {}
    return words


def set_page_words(words: dict[str, str]) -> None:
    """Store the page's words."""
    put({STORED: words})


def read_page_words() -> None:
    """Store the page's words: from the address on arrival, later from the page."""
    if value(STORED) is None or navigated():
        set_page_words(page_part(query())[0])
    elif value(LANGUAGE_SWITCH) != value(SHOWN_LANGUAGE):
        set_page_words(page_words() | {LANGUAGE: value(LANGUAGE_SWITCH)})


def page_part(words: dict[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the page's valid words of an address, and the problems of the invalid ones."""
    read, plan_problems = _read_plan(_plan_words(words))
    problems = catalogue.problems(words[LANGUAGE]) if LANGUAGE in words else ()
    language = {LANGUAGE: words[LANGUAGE]} if LANGUAGE in words and not problems else {}
    code = read_code(words.get(CLASS, ""))
    if words.get(CLASS) and not code:
        problems = (*problems, Problem(CLASS, shown(words[CLASS]), Message("a code has six letters and digits")))
    return language | ({CLASS: code} if code else {}) | class_plan.words(read), (*plan_problems, *problems)


def language() -> str:
    """Return the chosen language as in the address; "" if none was chosen."""
    return page_words().get(LANGUAGE, "") if is_page() else ""


def show_language(name: str) -> None:
    """Set the language switch."""
    put({LANGUAGE_SWITCH: name, SHOWN_LANGUAGE: name})


def query() -> dict[str, str]:
    """Return the words of the address."""
    return st.query_params.to_dict()


def is_page() -> bool:
    """Whether this code runs in a visitor's page, not in a test or a training thread."""
    return get_script_run_ctx(suppress_warning=True) is not None


def navigated() -> bool:
    """Whether the visitor used the browser's back or forward button."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)
