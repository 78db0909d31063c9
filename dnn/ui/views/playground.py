"""The playground: settings on the left, transport on top, and the network learning below."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui import controls, navigation, session
from dnn.ui.compare import compare_with
from dnn.ui.controls import data_gallery
from dnn.ui.controls.speeds import SPEEDS
from dnn.ui.inside import opening
from dnn.ui.own_data import edit_table, import_table, tab_storage
from dnn.ui.panel.component import live_panel
from dnn.ui.pupil import badge, membership
from dnn.ui.toolbar import class_address, class_link, export, presets, share, shelf, transport
from dnn.ui.visitor import address, language, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets import dialog
from dnn.ui.widgets.link_problems import show_link_problems

DIALOGS = (
    presets.DIALOG,
    data_gallery.DIALOG,
    class_address.DIALOG,
    class_link.DIALOG,
    import_table.DIALOG,
    edit_table.DIALOG,
)
SAID_IN = "playground.language"  # what its widgets speak


def show(inside: Page | None = None, beside: Page | None = None, wall: Page | None = None) -> None:
    """The whole page, from top to bottom.

    ``inside``, where there is one, takes one step of its run apart; ``beside`` compares it with others; ``wall`` shows
    the class.
    """
    opened = session.open_address(from_another_page=navigation.came_from_another())
    if not opened and store.value(SAID_IN) not in (None, language.current()):
        session.set_widgets(session.experiment())  # a browser would go on showing the options in the language before
        transport.write()
    store.put({SAID_IN: language.current()})
    told = membership.member()
    if told:
        membership.obey(told)
    with st.sidebar:
        controls.draw()
    player = session.player()
    if session.words_without_data() is None and (speed := session.restore_kept_run(player)) in SPEEDS:
        store.put({"speed": speed})
    show_link_problems(session.PROBLEMS)
    of_class = _task()
    more = {"presets": presets.button, "share": share.button, "take": export.button}
    drawn = [button for control, button in more.items() if address.shows(control)]
    if beside and address.shows("keep"):
        drawn.append(lambda: compare_with.button(beside))
    transport.draw(player, *drawn, *([lambda: _look_inside(inside)] if inside else []))
    transport.project()
    place = live_panel(player.token).inside
    if inside and opening.go_to(place):
        st.switch_page(inside)
    tab_storage.draw()
    shelf.draw_storage()
    membership.draw_storage()
    with of_class:  # last: who joins before the widgets are there would stop this run, and they lose what it has set
        badge.draw(told, wall)
    if navigation.came_from_another():
        dialog.close()
    dialog.draw_open(DIALOGS)


def _look_inside(inside: Page) -> None:
    """The button that goes to the numbers of the present epoch; what plays is paused, so that they stay."""
    playing = session.player()
    help = tr("One step of this network, number by number")
    if st.button(tr("Inside"), key="inside", icon=":material/labs:", on_click=playing.play, args=(False,), help=help):
        st.switch_page(inside)


def _task() -> st.delta_generator.DeltaGenerator:
    """Draw the title and the task of a teacher's link; return the container beside it, for the class."""
    plan = address.plan()
    if not (plan.title or plan.task or badge.is_drawn()):
        return st.container()
    with st.container(key="link-task", horizontal=True, vertical_alignment="center", gap="small"):
        if plan.title or plan.task:
            title = f"<h1>{escape(plan.title)}</h1>" if plan.title else ""
            st.html(title + (f"<p>{escape(plan.task)}</p>" if plan.task else ""))
        return st.container(width="content", key="class-part", gap="xsmall")
