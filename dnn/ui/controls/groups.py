"""The three groups of settings, each a fragment of the page, and what they say together."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import streamlit as st

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.links import WORDS
from dnn.ui import session
from dnn.ui.controls import data, features, network, training
from dnn.ui.controls.widgets import Marks, complain
from dnn.ui.limits import on_this_page
from dnn.ui.visitor.language import tr

GROUPS: dict[str, ModuleType] = {"data": data, "network": network, "training": training}

SETTINGS: dict[str, list[str]] = {name: [] for name in GROUPS}  # of each group, as a link calls them
for word, path in WORDS.items():
    if len(path) > 1 or word == "seed":
        SETTINGS[path[0] if len(path) > 1 else "data"].append(word)


def write(experiment: Experiment) -> None:
    """Set every widget to ``experiment``."""
    for name, group in GROUPS.items():
        session.tell(name, group.values(experiment))


def draw() -> None:
    """Draw all settings, and let the session go on with what they say.

    Each group is a fragment: a change in one has only that group drawn again, and takes effect so much sooner.
    """
    for name in GROUPS:
        if any(map(session.shows, SETTINGS[name])):
            _group(name)


@st.fragment
def _group(name: str) -> None:
    session.catch_up()
    marks: Marks = {}
    st.subheader(tr(name.capitalize()), anchor=False)
    GROUPS[name].draw(marks)
    session.listen(name, tr(name.capitalize()))
    _settle(marks)


def _settle(marks: Marks) -> None:
    """Keep the experiment that all widgets describe; if it is not allowed, say so at the marks of this group."""
    before, problems = session.experiment(), features.problems()
    try:
        now = on_this_page(Experiment.of(**_described()))
    except InvalidSetting as error:
        problems += error.problems
    if problems:
        complain(marks, problems)
        return
    session.keep(now)
    if training.outdated(before, now):
        st.rerun()  # a group that has been drawn shows what no longer is


def _described() -> dict[str, Any]:
    """What the widgets say; settings without a widget are those of the experiment on screen."""
    given = session.experiment().model_dump() | {"seed": session.value("seed")}
    for name, group in GROUPS.items():
        given[name] |= group.described()
    return given
