"""The results of the cells that learn in the grid, as they are at an epoch."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from dnn.messages import Message
from dnn.sweeps import Result, Sweep
from dnn.sweeps.training import ADDRESS, Job, result_of
from dnn.training.run import Run
from dnn.ui.live.group import GroupPlayer
from dnn.ui.sweep import results
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback

TAKEN = "sweep.taken"  # key in the store: the results that are shown


@dataclass(frozen=True)
class Taken:
    """The results of ``sweep`` at an epoch, and the runs that have them."""

    sweep: Sweep
    epoch: int
    results: list[Result]
    runs: tuple[Run | None, ...]


def show(player: GroupPlayer, sweep: Sweep, playground: Page) -> None:
    """Draw the button that takes the results at the present epoch, and the results taken last."""
    taken: Taken | None = store.value(TAKEN)
    taken = taken if taken is not None and taken.sweep == sweep else None
    at_end = player.state in ("ended", "diverged") or player.epoch >= sweep.epochs
    if at_end and (taken is None or taken.runs is not player.runs):
        taken = take(player, sweep)
        store.put({TAKEN: taken})
    with st.container(horizontal=True, vertical_alignment="center", key="sweep-results"):
        st.subheader(tr("Results"), anchor=False, width="content")
        label = tr("Results of this moment") if taken is None else tr("Update")
        st.button(
            label,
            key="sweep.take",
            icon=":material/monitoring:",
            on_click=callback(lambda: store.put({TAKEN: take(player, sweep)})),
        )
        if taken is not None:
            st.caption(tr(Message("at epoch {epoch}", epoch=taken.epoch)))
    if taken is not None:
        results.show(taken.results, sweep, playground=playground, beside_grid=True)


def take(player: GroupPlayer, sweep: Sweep) -> Taken:
    """Return the results of the player's runs as they are now."""
    runs, problems = player.runs, player.problems
    epoch = max((run.epoch for run in runs if run is not None), default=0)
    job = Job(sweep.model_copy(update={"epochs": max(1, epoch)}), ADDRESS)
    found = [
        result_of(cell, run if run is not None else problems.get(cell.index, cell.problem), 0.0, job)
        for cell, run in zip(sweep.cells(), runs, strict=False)
    ]
    return Taken(sweep, epoch, found, runs)
