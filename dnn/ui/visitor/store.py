"""What Streamlit keeps for one visitor, by key. Nothing else in the project touches session_state.

Streamlit may break a run of the page off at any look at it, when the browser has sent something newer: so what belongs
together is worked out first and put at one stroke.

With every message a browser sends what its widgets say. A widget that the page has set says what it said before until
the browser has heard of it, and a message from then would take the change back: another click that comes quickly is
enough. So what widgets were told is remembered with a number, a widget that nobody sees says how far the browser has
come, and ``insist`` sets again what it cannot know yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

TOLD = "told"
MOST_TOLD = 100  # changes that a browser may be behind
SAYABLE = (str, int, float, list, tuple, type(None))  # what a widget can say; large tables are not among it


@dataclass(frozen=True)
class Told:
    """What some widgets said before, and what they were told to say."""

    number: int
    values: dict[str, tuple[Any, Any]]


def value(key: str) -> Any:
    """What is kept under ``key``, a widget's value for one; None before it exists."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Keep these, and set the widgets of those keys: that is allowed before they are drawn, and in callbacks."""
    st.session_state.update(values)


def tell(part: str, values: dict[str, Any]) -> None:
    """Set widgets in a part of the page that ends with ``listen``, whatever the browser says before it has heard."""
    simple = {key: new for key, new in values.items() if isinstance(new, SAYABLE)}
    replaced = {key: (before, new) for key, new in simple.items() if not _alike(before := value(key), new)}
    if replaced:
        told = _told(part)
        note = Told(told[-1].number + 1 if told else 1, replaced)
        put({TOLD: (value(TOLD) or {}) | {part: (*told, note)[-MOST_TOLD:]}})
    put(values)


def insist() -> None:
    """Set again what the browser's newest message says of widgets without knowing what they were told."""
    for part in value(TOLD) or {}:
        heard = value(_heard(part))
        unheard = [note for note in _told(part) if heard is not None and note.number > heard]
        latest = {key: new for note in unheard for key, (_, new) in note.values.items()}
        for key, new in latest.items():
            says = value(key)
            if _alike(says, new):
                continue
            if any(key in note.values and _alike(note.values[key][0], says) for note in unheard):
                put({key: new})


def listen(part: str, label: str) -> None:
    """End a part of the page: what comes from the browser after this was drawn knows what the part was told."""
    told = _told(part)
    number = told[-1].number if told else 0
    if value(_heard(part)) != number:
        put({_heard(part): number})
    with st.container(key=f"heard-{part}"):
        st.number_input(label, step=1, key=_heard(part), label_visibility="collapsed")


def _told(part: str) -> tuple[Told, ...]:
    found: tuple[Told, ...] = (value(TOLD) or {}).get(part, ())
    return found


def _alike(one: Any, other: Any) -> bool:
    """Whether two values are the same to a widget, which gives lists where it was given tuples."""
    return bool(_plain(one) == _plain(other))


def _plain(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def _heard(part: str) -> str:
    return f"heard.{part}"
