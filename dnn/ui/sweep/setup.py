"""The widgets of a sweep: up to three settings with their values, seeds, and how long each run is trained."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dnn.experiment import Experiment
from dnn.experiment.setting_names import setting_title
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.sweep import offers, values
from dnn.ui.sweep.grid import problem_of
from dnn.ui.sweep.state import (
    EPOCHS,
    MOST_EPOCHS,
    MOST_SEEDS,
    NAMES,
    NOTHING,
    SEEDS,
    TEXTS,
    USUAL,
    read,
    shown,
    update,
)
from dnn.ui.visitor import store
from dnn.ui.visitor.language import say_again, tr, translated_names
from dnn.ui.visitor.markdown import escape_markdown

TITLES = (Message("Across"), Message("Up"), Message("Third"))
HELP = Message(
    "Values with commas between. A range: 0:1:5 is five numbers from 0 to 1, 0.001:10:5:log the same by factors."
)


def draw() -> None:
    """Draw the widgets, and show the sweep that they describe; if they describe none, the last one stays."""
    base = session.experiment()
    say_again(*NAMES)
    names = _with_own(offers.names(base), base)
    with st.container(horizontal=True, vertical_alignment="top", key="sweep-setup", gap="small"):
        for number in range(len(NAMES)):
            _axis(number, names)
        with st.container(key="sweep-numbers", width="content"), st.container(horizontal=True, gap="small"):
            st.number_input(
                tr("Seeds"), 1, MOST_SEEDS, step=1, key=SEEDS, width=110, persist_state="session",
                help=tr("How many runs each cell has, each with other examples and starting weights"),
            )  # fmt: skip
            st.number_input(
                tr("Epochs"), 1, MOST_EPOCHS, step=50, key=EPOCHS, width=130, persist_state="session",
                help=tr("Where all runs pause; Play goes on"),
            )  # fmt: skip
    sweep, problems = read()
    for number, problem in problems.items():
        _complain(number, problem)
    if sweep is None:
        return
    update(sweep)
    for axis in sweep.axes:
        if problem := problem_of(base, axis):
            number = [store.value(name) for name in NAMES].index(axis.name)
            rest = tr("These cells stay empty; the others run.")
            st.warning(escape_markdown(f"{_title(number)}: {tr(problem)} {rest}"), icon=":material/rule:")


def _with_own(names: list[str], base: Experiment) -> list[str]:
    """Return ``names`` and, behind them, the settings of the sweep itself: a link may have one that is not offered."""
    sweeps = [each for each in (read()[0], shown()) if each is not None and each.base == base]
    axis_names = dict.fromkeys(axis.name for sweep in sweeps for axis in sweep.axes)
    chosen = [store.value(name) for name in NAMES]
    return [*names, *(name for name in axis_names if name in chosen and name not in names)]


def _title(number: int) -> str:
    return tr(TITLES[number])


def _axis(number: int, names: list[str]) -> None:
    """Draw the choice of a setting and its values."""
    name, text = NAMES[number], TEXTS[number]
    options = names if number == 0 else [NOTHING, *names]
    if store.value(name) not in options:
        if (before := store.value(_before(number))) in options:  # the browser sent a name in another language
            store.put({name: before})
        else:  # the setting of another data set or optimiser
            _offer(number, USUAL[number])
    store.put({_before(number): store.value(name)})
    labels = {each: setting_title(each) for each in names} | {NOTHING: Message("none")}
    with st.container(key=f"sweep-axis-{number}", gap="xsmall"):
        st.selectbox(
            _title(number),
            options,
            key=name,
            help=tr(HELP),
            format_func=translated_names(labels),
            on_change=partial(_choose, number),
            persist_state="session",
        )
        if store.value(name):
            st.text_input(
                tr(Message("{axis}: values", axis=TITLES[number])),
                key=text,
                max_chars=values.LONGEST,
                placeholder=tr(HELP),
                label_visibility="collapsed",
                persist_state="session",
            )


def _before(number: int) -> str:
    """Return the key of the setting that an axis had before it was changed."""
    return f"{NAMES[number]}.before"


def _choose(number: int) -> None:
    """Offer values for another setting; an axis that has this setting already takes the one before."""
    chosen, before = store.value(NAMES[number]), store.value(_before(number))
    if chosen not in (NOTHING, *_with_own(offers.names(session.experiment()), session.experiment())):
        return  # a name in another language: the one before is put back
    text = _offered(chosen)
    for other in range(len(NAMES)):
        if other != number and chosen and store.value(NAMES[other]) == chosen:
            text = store.value(TEXTS[other]) or text
            store.put({NAMES[other]: before, TEXTS[other]: store.value(TEXTS[number])})
            if other == 0 and not before:
                _offer(0, next(name for name in USUAL if name != chosen))
    store.put({NAMES[number]: chosen, TEXTS[number]: text})


def _offer(number: int, name: str) -> None:
    store.put({NAMES[number]: name, TEXTS[number]: _offered(name)})


def _offered(name: str) -> str:
    """Return values to begin with; none for a setting that is not offered."""
    base = session.experiment()
    return values.text_of(name, offers.offered(name, base)) if name in offers.names(base) else ""


def _complain(number: int, problem: str) -> None:
    text = f"{_title(number)}: {tr(problem)}"
    st.error(escape_markdown(text), icon=":material/error:")
