"""Sweep: the present experiment with other values of a few settings, all of them learning side by side."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.sweeps import Result, Sweep
from dnn.ui import session
from dnn.ui.panel.group import group_panel
from dnn.ui.pupil import membership
from dnn.ui.sweep import background, cell_actions, live_results, marks, results, results_files, setup, state, transport
from dnn.ui.sweep.grid import Grid
from dnn.ui.toolbar import shelf
from dnn.ui.visitor import address, language, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.link_problems import show_link_problems

PANEL = "sweep-panel"  # key of the component


def show(playground: Page, trainability: Page | None = None) -> None:
    """The whole page; ``playground`` is where a cell can be taken to, ``trainability`` the map of many more runs."""
    state.open_address()
    if cell_actions.was_opened():
        st.switch_page(playground)
    with st.container(horizontal=True, vertical_alignment="center", key="sweep-head"):
        st.header(tr("Sweep"), anchor=False, width="content")
        st.caption(tr(_about(session.experiment())))
        results_files.button(state.shown)
        if trainability:
            st.page_link(trainability, label=tr("Trainability map"), icon=":material/grain:")
    show_link_problems(state.PROBLEMS)
    shelf.draw_storage()
    if opened := results_files.opened():
        _opened(*opened, playground)
        return
    setup.draw()
    sweep = state.shown()
    if sweep is None:
        return
    if reason := state.why_not_live(sweep):
        if background.job(sweep) is None:
            st.info(tr(reason), icon=":material/grid_off:")
        background.show(sweep)
        if found := background.results(sweep):
            results.show(found, sweep, playground=playground)
        return
    player = state.player(sweep)
    membership.let_wait(player)
    transport.draw(player, sweep)
    settings = Grid(sweep).settings(language.current()) | {
        "keeps": address.shows("keep"),
        "marked": marks.runs_of(sweep),
    }
    act = callback(lambda: cell_actions.act((store.value(PANEL) or {}).get("chosen")))
    group_panel(player, settings, key=PANEL, script="sweep_grid.js", styles=("sweep_grid.css",), on_chosen=act)
    shelf.say()
    live_results.show(player, sweep, playground)


def _opened(sweep: Sweep, found: list[Result], playground: Page) -> None:
    """Draw the results of an opened file in place of the grid, until they are closed."""
    with st.container(horizontal=True, vertical_alignment="center", key="sweep-file"):
        st.subheader(tr("Results of a file"), anchor=False, width="content")
        st.button(tr("Close"), key="sweep.close-file", icon=":material/close:", on_click=results_files.close)
    results.show(found, sweep, playground=playground)


def _about(base: Experiment) -> Message:
    return Message(
        "The experiment of the playground ({data}, layers {layers}) with other values of a few settings, side by side.",
        data=base.data.dataset.label,
        layers="-".join(map(str, base.network.hidden_layer_sizes)) or "–",
    )
