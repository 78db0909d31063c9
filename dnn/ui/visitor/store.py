"""The store of one visitor, by key. No other module accesses ``st.session_state``.

Streamlit can abort a run of the page at any access to the state when the browser has sent something newer. So related
values are computed first and stored in one call.

With every message a browser sends the values of its widgets. A widget that the page has set keeps its old value there
until the browser has received the new one, and a message from before would take the change back: another click that
comes quickly is enough. So every value that is pushed to widgets is stored with a number, a hidden widget returns the
number that the browser received last, and ``reassert`` sets again what the browser cannot know yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

PUSHED = "pushed"
MOST_PUSHED = 100  # most pushes that a browser may not have received
WIDGET_TYPES = (str, int, float, list, tuple, type(None))  # types of a widget's value; large tables are excluded

# What ``settled`` has looked up, for each runner of scripts; Streamlit makes one for a run, or for some in succession.
_settled: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Pushed:
    """The values of some widgets before and after a push, by key."""

    number: int
    values: dict[str, tuple[Any, Any]]


def value(key: str) -> Any:
    """Return the value stored under ``key``, such as a widget's value; None if there is none."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Store values and set the widgets with these keys: allowed before they are drawn, and in callbacks."""
    known = _known()
    for key in values:
        known.pop(key, None)  # first: the assignments can be aborted
    st.session_state.update(values)


def settled(key: str) -> Any:
    """Return the same as ``value``, for a key that no widget has, so that only ``put`` changes it.

    It is looked up once: the language alone is asked for hundreds of times in a run, and Streamlit takes long.
    """
    known = _known()
    if key not in known:
        known[key] = value(key)
    return known[key]


def _known() -> dict[str, Any]:
    context = get_script_run_ctx(suppress_warning=True)
    return {} if context is None else _settled.setdefault(context.session_state, {})


def push(group: str, values: dict[str, Any]) -> None:
    """Set widgets of a ``group`` that ends with ``acknowledge``, and keep them against late messages of the browser."""
    simple = {key: new for key, new in values.items() if isinstance(new, WIDGET_TYPES)}
    replaced = {key: (before, new) for key, new in simple.items() if not _equal(before := value(key), new)}
    if replaced:
        pushes = _pushes(group)
        last = Pushed(pushes[-1].number + 1 if pushes else 1, replaced)
        put({PUSHED: (settled(PUSHED) or {}) | {group: (*pushes, last)[-MOST_PUSHED:]}})
    put(values)


def reassert() -> None:
    """Set widgets again if the browser's latest message has a value from before a push."""
    for group in settled(PUSHED) or {}:
        received = value(_received(group))
        pending = [push for push in _pushes(group) if received is not None and push.number > received]
        latest = {key: new for push in pending for key, (_, new) in push.values.items()}
        for key, new in latest.items():
            sent = value(key)
            if _equal(sent, new):
                continue
            if any(key in push.values and _equal(push.values[key][0], sent) for push in pending):
                put({key: new})


def replaced(key: str) -> set[Any]:
    """Return the values that were replaced in a widget, and that the browser may still send."""
    return {
        push.values[key][0]
        for group in settled(PUSHED) or {}
        for push in _pushes(group)
        if key in push.values and push.number > (value(_received(group)) or 0)
    } - {None}


def acknowledge(group: str, label: str) -> None:
    """End a ``group`` of widgets: later messages of the browser include all values pushed to it."""
    pushes = _pushes(group)
    number = pushes[-1].number if pushes else 0
    if value(_received(group)) != number:
        put({_received(group): number})
    with st.container(key=f"heard-{group}"):
        st.number_input(label, step=1, key=_received(group), label_visibility="collapsed")


def _pushes(group: str) -> tuple[Pushed, ...]:
    pushes: tuple[Pushed, ...] = (settled(PUSHED) or {}).get(group, ())
    return pushes


def _equal(value: Any, other: Any) -> bool:
    """Whether two values are equal for a widget, which returns lists instead of tuples."""
    return bool(_as_tuple(value) == _as_tuple(other))


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _received(group: str) -> str:
    return f"heard.{group}"
