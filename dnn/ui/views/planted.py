"""Which mistakes are planted: a switch for each, and their names in the address, ``?plant=wrong_cache,slope_sign``."""

from __future__ import annotations

import streamlit as st

from dnn.errors import Problem, shown
from dnn.messages import Message
from dnn.mistakes import MISTAKES
from dnn.ui import navigation
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr

FIRST = "output_reads_z"  # the one that is planted for a visitor who has chosen none
WORD, NONE = "plant", "none"
PROBLEMS, TAB = "mistakes.problems", "mistakes.tab"  # in the store; the tab is that which is open on arrival


def open_address() -> None:
    """Plant the mistakes of the address, on arrival and after the browser's back button; the first one without any."""
    new = store.value(_key(FIRST)) is None
    text = address.query().get(WORD)
    if text is not None and (new or address.navigated() or navigation.came_from_another()):
        names = [] if text == NONE else text.split(",")
        choices = Message("choose one of {names}", names=", ".join(MISTAKES))
        store.put({PROBLEMS: tuple(Problem(WORD, shown(name), choices) for name in names if name not in MISTAKES)})
        plant(*names)
        store.put({TAB: int(any(name in MISTAKES and not MISTAKES[name].tutorials for name in names))})
    elif new:
        plant(FIRST)


def write_address(names: tuple[str, ...]) -> None:
    """Have the address bar hold the planted mistakes."""
    address.write(to_query(names))


def to_query(names: tuple[str, ...]) -> dict[str, str]:
    """The word of the address for these mistakes."""
    return {} if names == (FIRST,) else {WORD: ",".join(names) or NONE}


def plant(*names: str) -> None:
    """Switch these on and all others off."""
    store.put({_key(name): name in names for name in MISTAKES})


def switches() -> tuple[str, ...]:
    """Draw a switch for each mistake; return those that are on."""
    chosen = []
    titles = [tr("Printed in tutorials"), tr("Asked in forums")]
    printed, invented = st.tabs(titles, default=titles[store.value(TAB) or 0])
    tabs = {True: printed.container(key="printed-mistakes"), False: invented.container(key="asked-mistakes")}
    for name, mistake in MISTAKES.items():
        with tabs[bool(mistake.tutorials)]:
            if st.toggle(tr(mistake.title), key=_key(name), help=tr(mistake.wrong), persist_state="session"):
                chosen.append(name)
    if len(chosen) > 1:
        st.caption(tr("All mistakes that are switched on are planted in the same network."))
        st.button(tr("Switch all off"), key="mistakes.none", icon=":material/toggle_off:", on_click=plant)
    return tuple(chosen)


def _key(name: str) -> str:
    return f"mistake.{name}"
