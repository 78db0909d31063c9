"""The three groups of settings, each a fragment of the page, and their experiment."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import streamlit as st

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.links import WORDS
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.controls import data, features, network, training
from dnn.ui.controls.widgets import Marks, complain
from dnn.ui.limits import check_limits
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import fragment

# What each group decides, as a question over it.
QUESTIONS = {
    "data": Message("Which examples?"),
    "network": Message("How deep, how wide?"),
    "training": Message("How fast to learn?"),
}
CHECKED = "checked"  # key in the store: the values of all widgets that were valid last, and their experiment
GROUPS: dict[str, ModuleType] = {"data": data, "network": network, "training": training}

SETTINGS: dict[str, list[str]] = {name: [] for name in GROUPS}  # settings of each group, named as in a link
for word, path in WORDS.items():
    if len(path) > 1 or word == "seed":
        SETTINGS[path[0] if len(path) > 1 else "data"].append(word)


def draw() -> None:
    """Draw all settings, and update the session with their values.

    Each group is a fragment: a change redraws only its group, so it takes effect sooner.
    """
    for name in GROUPS:
        if any(map(address.shows, SETTINGS[name])):
            _group(name)


@fragment
def _group(name: str) -> None:
    session.apply_pending()
    marks: Marks = {}
    st.subheader(f"{tr(name.capitalize())} :small[{tr(QUESTIONS[name])}]", anchor=False)
    GROUPS[name].draw(marks)
    store.acknowledge(name, tr(name.capitalize()))
    _settle(marks)


def _settle(marks: Marks) -> None:
    """Play the experiment of all widgets; if it is invalid, write the problems at the marks of this group."""
    before, problems = session.experiment(), features.problems()
    try:
        now = _experiment(_read())
    except InvalidSetting as error:
        problems += error.problems
    if problems:
        complain(marks, problems)
        return
    session.update(now)
    if training.needs_redraw(before, now):
        st.rerun()  # a group that was drawn earlier is outdated


def _experiment(values: dict[str, Any]) -> Experiment:
    """Return the experiment of these values: all groups of a run have the same, so it is checked once."""
    known = store.settled(CHECKED)
    if known and known[0] == values:
        experiment: Experiment = known[1]
        return experiment
    experiment = check_limits(Experiment.of(**values))
    store.put({CHECKED: (values, experiment)})
    return experiment


def _read() -> dict[str, Any]:
    """Return the values of all widgets; settings without a widget keep their value."""
    values = session.experiment().model_dump() | {"seed": store.value("seed")}
    for name, group in GROUPS.items():
        values[name] |= group.read()
    return values
