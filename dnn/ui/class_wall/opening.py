"""Opening a class: its task, the controls that pupils see, and a goal."""

from __future__ import annotations

import streamlit as st

from dnn.classroom import Goal
from dnn.experiment.links import needs_file
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.class_wall import state
from dnn.ui.toolbar import class_link
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback

AIMS, ACCURACY, UNITS, COST = "wall.aims", "wall.accuracy", "wall.units", "wall.cost"  # widgets
INTRODUCTION = Message(
    "Open a class and give its code or its link to your pupils. Each of them appears here as a tile with the boundary "
    "that the network draws at this moment. Everybody starts with the experiment that is now in your playground."
)


def draw() -> None:
    """Draw the form and its button."""
    with st.container(width=640, key="class-form"):
        st.markdown(tr(INTRODUCTION))
        plan = class_link.plan_form()
        goal = _goal()
        if needs_file(session.experiment()):
            st.warning(tr("Your own data are too many for a link: pupils would start without them."))
        st.button(
            tr("Open a class"),
            key="wall.open",
            type="primary",
            icon=":material/groups:",
            on_click=callback(state.open_class),
            args=(plan, goal),
        )


def _goal() -> Goal:
    numbers = session.experiment().data.dataset.task == "regression"
    if not st.toggle(tr("A goal for everybody"), key=AIMS, persist_state="session"):
        return Goal()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if numbers:
            cost = st.number_input(tr("Train cost at most"), 0.0001, value=0.01, step=0.005, format="%g", key=COST)
        else:
            share = st.number_input(
                tr("Test accuracy in % at least"), 1, 100, 95, key=ACCURACY, persist_state="session"
            )
        units = st.number_input(
            tr("Hidden units at most"), 0, 1000, None, key=UNITS, placeholder=tr("any"), persist_state="session"
        )
    if numbers:
        return Goal(cost=cost, most_units=units)
    return Goal(accuracy=share / 100, most_units=units)
