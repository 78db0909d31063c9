"""The row above the wall: freeze, what all screens show, who sees the wall, the link for pupils, and the end."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dnn.classroom import Classroom
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.class_wall import actions, downloads, state
from dnn.ui.toolbar.class_address import class_address
from dnn.ui.toolbar.reach import Reach, reach
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.copy_link import copy_link, link_to
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.qr_code import qr_code, qr_picture

OPEN_WALL = "wall.open-wall"  # widget
PATH = "class"  # of this page


def place() -> Reach:
    """Return how pupils reach the first page of this server."""
    found = reach(st.context.url or "", st.get_option("server.address"))
    return Reach(class_address(found.url, st.get_option("server.baseUrlPath")), found.note)


def pupil_link(classroom: Classroom) -> str:
    """Return the link for pupils, short enough for a QR code: the class knows its experiment and its controls."""
    return link_to(f"{place().url}{PATH}", {address.CLASS: classroom.code})


def qr(classroom: Classroom) -> str:
    """Return the link's QR code as an image's address; "" where pupils cannot open it, or there is no code."""
    return "" if place().note else qr_picture(pupil_link(classroom)) or ""


def address_text() -> str:
    """Return what pupils type into the address bar, as short as can be."""
    parts = urlsplit(place().url)
    return f"{parts.netloc}{parts.path}{PATH}"


def draw(classroom: Classroom) -> None:
    """Draw the row."""
    frozen = classroom.orders.frozen
    with st.container(horizontal=True, vertical_alignment="center", key="wall-tools", gap="small"):
        st.button(
            tr("Go on") if frozen else tr("Freeze"),
            key="wall.freeze",
            type="primary" if frozen else "secondary",
            icon=":material/play_arrow:" if frozen else ":material/ac_unit:",
            on_click=callback(state.order),
            args=(lambda orders: orders.freeze(not frozen),),
            help=tr("Training waits on all pages, or goes on"),
        )
        st.button(
            tr("Show mine on all screens"),
            key="wall.show",
            icon=":material/cast:",
            on_click=callback(_show_mine),
            help=tr("The experiment of your playground, on every pupil's page; they can go back to theirs"),
        )
        if store.value(OPEN_WALL) is None:
            store.put({OPEN_WALL: classroom.orders.open_wall})
        st.toggle(tr("Pupils may see the wall"), key=OPEN_WALL, on_change=callback(_open_wall))
        _link(classroom)
        with st.popover(tr("Export"), icon=":material/download:", key="wall-export"), st.container(width=240):
            downloads.draw(classroom, place().url, "export")
        _end(classroom)


def _show_mine() -> None:
    actions.show(session.experiment().model_dump_json())


def _open_wall() -> None:
    is_open = bool(store.value(OPEN_WALL))
    state.order(lambda orders: orders.open_the_wall(is_open))


def _link(classroom: Classroom) -> None:
    with st.popover(tr("Link for pupils"), icon=":material/qr_code_2:", key="wall-link"), st.container(width=360):
        where, url = place(), pupil_link(classroom)
        if not where.note:
            qr_code(url)
        copy_link(url, label=tr("Link for pupils"), button=tr("Copy link for pupils"), key="copy-wall-link")
        text = Message("Or they open {address} and type the code {code}.", address=address_text(), code=classroom.code)
        st.caption(escape_markdown(tr(text)))


def _end(classroom: Classroom) -> None:
    with st.popover(tr("End the class"), icon=":material/logout:", key="wall-end"), st.container(width=360):
        st.markdown(
            tr("Everything that the pupils' pages reported is deleted. Export it first if you want to keep it.")
        )
        downloads.draw(classroom, place().url, "end")
        st.button(tr("End it now"), key="wall.end", type="primary", on_click=callback(state.end))
