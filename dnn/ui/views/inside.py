"""Inside one step: the network on screen at its present epoch, and what one update does with a few examples."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import Page

from dnn.analysis.walkthrough import MOST_EXAMPLES
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui import navigation, session
from dnn.ui.inside import checking, steps, weight
from dnn.ui.inside.opening import COUNT, FIRST, VIEW, VIEWS
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.link_problems import show_link_problems


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back."""
    session.open_address(from_another_page=navigation.came_from_another())
    run, theme = session.player().run, session.appearance()
    session.update(session.experiment())
    with st.container(horizontal=True, vertical_alignment="center", key="inside-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Inside one step"), anchor=False, width="content")
        st.caption(tr(_about(run)))
    show_link_problems(session.PROBLEMS)
    rows = _rows(run)
    view = store.value(VIEW)
    draw: dict[str, Callable[[], None]] = {
        "Step by step": lambda: steps.draw(run, rows, theme),
        "One weight": lambda: weight.draw(run, rows),
        "Gradient check": lambda: checking.draw(run, rows, theme),
    }
    draw[view]()


def _about(run: Run) -> Message:
    sizes = "-".join(map(str, run.params.sizes))
    return Message("Layers {sizes}, epoch {epoch}. Dropout is left off here.", sizes=sizes, epoch=run.epoch)


def _rows(run: Run) -> tuple[int, ...]:
    """Which training examples are the batch; the views to choose from stand beside them."""
    most = min(MOST_EXAMPLES, run.data.n_train)
    if not 1 <= (store.value(FIRST) or 1) <= run.data.n_train:
        store.put({FIRST: 1})
    if (store.value(COUNT) or 1) > most:
        store.put({COUNT: most})
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside-batch"):
        st.segmented_control(
            tr("View"),
            VIEWS,
            key=VIEW,
            default=VIEWS[0],
            required=True,
            format_func=tr,
            label_visibility="collapsed",
            persist_state="session",
        )
        first = st.number_input(
            tr("First example"),
            1,
            run.data.n_train,
            key=FIRST,
            width=130,
            help=tr("A training example"),
            persist_state="session",
        )
        count = st.number_input(
            tr("Examples"),
            1,
            most,
            value=min(3, most),
            key=COUNT,
            width=130,
            help=tr("How many"),
            persist_state="session",
        )
    return tuple((int(first) - 1 + place) % run.data.n_train for place in range(int(count)))
