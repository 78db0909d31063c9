"""Opening a class: its task, the controls that pupils see, and a goal."""

from __future__ import annotations

import streamlit as st

from dnn.classroom import Goal
from dnn.experiment.links import needs_file
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.class_wall import state
from dnn.ui.toolbar import class_link
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback

AIMS, ACCURACY, UNITS, COST = "wall.aims", "wall.accuracy", "wall.units", "wall.cost"  # widgets
USUAL_ACCURACY, USUAL_COST = 95, 0.01  # to begin with, in % and of the training examples
ANY_DATA = Message(
    "It counts with any data that a pupil chooses. Lock *Data set* above to let everybody train on the same."
)
INTRODUCTION = Message(
    "Open a class and give its code or its link to your pupils. Each of them appears here as a tile with the boundary "
    "that the network draws at this moment. Everybody starts with the experiment that is now in your playground."
)


def draw() -> None:
    """Draw the form and its button."""
    with st.container(width=640, key="class-form"):
        st.markdown(tr(INTRODUCTION))
        class_link.plan_form()
        _draw_goal()
        if needs_file(session.experiment()):
            st.warning(tr("Your own data are too many for a link: pupils would start without them."))
        st.button(
            tr("Open a class"),
            key="wall.open",
            type="primary",
            icon=":material/groups:",
            on_click=callback(_open),
        )


def _open() -> None:
    """Open the class as the widgets are now: who types and then presses the button changes them with the same press."""
    state.open_class(class_link.chosen_plan(), _goal())


def _has_numbers() -> bool:
    return session.experiment().data.dataset.task == "regression"


def _draw_goal() -> None:
    if not st.toggle(tr("A goal for everybody"), key=AIMS, persist_state="session"):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if _has_numbers():
            label = tr("Train cost at most")
            st.number_input(label, 0.0001, value=USUAL_COST, step=0.005, format="%g", key=COST, persist_state="session")
        else:
            label = tr("Test accuracy in % at least")
            st.number_input(label, 1, 100, USUAL_ACCURACY, key=ACCURACY, persist_state="session")
        label = tr("Hidden units at most")
        st.number_input(label, 0, 1000, None, key=UNITS, placeholder=tr("any"), persist_state="session")
    if class_link.chosen_plan().allows("data"):
        st.caption(tr(ANY_DATA))


def _goal() -> Goal:
    """Return the goal in the widgets."""
    if not store.value(AIMS):
        return Goal()
    units = store.value(UNITS)
    if _has_numbers():
        return Goal(cost=store.value(COST) or USUAL_COST, most_units=units)
    return Goal(accuracy=(store.value(ACCURACY) or USUAL_ACCURACY) / 100, most_units=units)
