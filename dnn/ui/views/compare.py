"""Compare: two to six runs in step, what differs between them, and the shelf that they come from."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.experiment.comparisons import MOST, comparison_to_query, read
from dnn.experiment.documents import MOST_MEGABYTES
from dnn.ui import session
from dnn.ui.compare import shelf_cards, state, transport
from dnn.ui.compare.settings import settings
from dnn.ui.compare.variant_picker import pick_variant
from dnn.ui.panel.group import group_panel
from dnn.ui.pupil import membership
from dnn.ui.toolbar import shelf
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.copy_link import copy_link, link_to
from dnn.ui.widgets.file_kinds import open_uploaded
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.link_problems import show_link_problems
from dnn.ui.widgets.upload import show_refusal, upload

PANEL, UPLOADED, OUTCOME, CHOSEN = "compare-panel", "compare.uploaded", "compare.outcome", "compare.chosen"


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back, and where a run that is clicked goes on."""
    state.open_address()
    if store.value(CHOSEN):
        store.put({CHOSEN: None})
        st.switch_page(playground, query_params=address.page_words())
    player, chosen = state.player(), state.comparison()
    membership.let_wait(player)
    with st.container(horizontal=True, vertical_alignment="center", key="compare-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Compare"), anchor=False, width="content")
        st.caption(tr("Trained in step: every run is at the same epoch. Click one to go on with it in the playground."))
    show_link_problems(state.PROBLEMS)
    transport.draw(player)
    group_panel(
        player,
        settings(chosen, session.appearance(), whose=state.whose()),
        key=PANEL,
        script="compare.js",
        styles=("cost.css", "compare.css"),
        on_chosen=callback(_open),
    )
    with st.container(horizontal=True, key="compare-tools", gap="small"):
        if len(chosen.experiments) < MOST:
            with st.popover(tr("Add a run"), icon=":material/add:"):
                label = tr("A copy of the first run with another")
                pick_variant(chosen.experiments[0], "compare.add", label, tr("Add"), state.add)
        _share()
    st.subheader(tr("Shelf"), anchor=False)
    if shelf_cards.draw():
        st.switch_page(playground, query_params=address.page_words())
    shelf.draw_storage()


def _open() -> None:
    """Go on in the playground with the run that was clicked, or leave it out."""
    chosen = (store.value(PANEL) or {}).get("chosen")
    if not isinstance(chosen, dict) or type(chosen.get("run")) is not int:
        return
    place, runs = chosen["run"], state.player().runs
    if not 0 <= place < len(runs):
        return
    if chosen.get("do") == "leave out":
        state.leave_out(place)
    elif (run := runs[place]) is not None:
        state.compare(*state.comparison().experiments)  # so that the way back leads to the same runs
        session.open_run(run)
        store.put({CHOSEN: True})


def _share() -> None:
    chosen = state.comparison()
    with st.popover(tr("Share"), icon=":material/share:"), st.container(width=340):
        if chosen.needs_file:
            st.caption(tr("Your own data are too many for a link: send the file instead."))
        else:
            words = comparison_to_query(chosen) | address.page_words()
            copy_link(link_to(st.context.url or "", words), key="copy-comparison")
        st.download_button(
            tr("Download"),
            f"{chosen.model_dump_json(indent=2)}\n",
            "dnn-comparison.json",
            "application/json",
            key="compare.download",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
        upload(tr("Open a file"), UPLOADED, MOST_MEGABYTES, callback(_open_file))
        show_refusal(store.value(OUTCOME))


def _open_file() -> None:
    """Compare what the uploaded file holds, or store the reason why not."""
    open_uploaded(UPLOADED, OUTCOME, "comparison", lambda content: state.compare(*read(content).experiments))
