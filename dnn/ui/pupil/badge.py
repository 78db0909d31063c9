"""What a pupil sees of the class: a form to join it, then its code, the own name, and what the teacher has ordered."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from dnn.classroom import open_store
from dnn.errors import DnnError
from dnn.messages import Message
from dnn.ui.pupil import membership
from dnn.ui.pupil.reporter import Member
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown, tr_markdown
from dnn.ui.widgets.guard import callback, guard

NAME = "pupil.name"  # key of the field
REMOVED = Message("You are not in the class any more. Your page goes on, with all that is on it.")
OVER = Message("The class has ended. Your page goes on, with all that is on it.")
UNREACHABLE = Message("The class cannot be reached at the moment. Your page works on, and tries again by itself.")


def is_drawn() -> bool:
    """Whether there is a class to be drawn."""
    return bool(address.class_code())


def draw(told: Member | None, wall: Page | None = None) -> None:
    """Draw the form, or the badge of one who has joined.

    ``told`` is what the server knows of this pupil; ``wall`` is the page of the class.
    """
    if not is_drawn():
        return
    joined = membership.membership()
    with guard():
        if joined is None or told is None:
            _form()
        elif not told.present and told.classroom and not told.classroom.ended:
            _say(tr(REMOVED), tr("Close"))
        elif told.over:
            _say(tr(OVER), tr("Close"))
        else:
            _badge(joined, told, wall)


def _form() -> None:
    """Draw the form to join, or say why one cannot."""
    code = address.class_code()
    try:
        classroom = open_store().find(code)
    except DnnError as error:
        _say(tr(error.message), tr("Without a class"), retry=True)
        return
    if classroom is None or classroom.ended:
        _say(tr("This class has ended, or never was."), tr("Without a class"))
        return
    with st.form("class-join", border=False), _row("class-form", "bottom"):
        label = tr("Your name in class {code}").format(code=code)
        st.text_input(  # without a limit: the browser would drop a longer name that is pasted, and say nothing
            label,
            key=NAME,
            placeholder=membership.suggested_name(code),
            width=220,
            help=tr("Your teacher sees it beside your network. Without a name you are an animal."),
        )
        st.form_submit_button(tr("Join"), key="class_join", type="primary", on_click=callback(_join))


def _join() -> None:
    membership.join(store.value(NAME) or "")


def _badge(joined: membership.Membership, told: Member, wall: Page | None) -> None:
    with _row("class-badge"):
        name = escape_markdown(told.name or joined.pupil.name)  # the teacher may have changed it
        goal = told.classroom.goal.message if told.classroom else ""
        text = tr("Class {code}").format(code=joined.code)
        st.markdown(f":material/groups: {text} · **{name}**", width="content")
        if goal:
            done = tr("Reached")
            reached = f":green[:material/check_circle: {done}]" if told.reached else ""
            st.markdown(f":material/flag: {tr(goal)} {reached}", width="content")
        if joined.mine:
            of = (
                Message("On screen: the network of {name}", name=joined.of)
                if joined.of
                else Message("On screen: your teacher's network")
            )
            st.markdown(f":material/cast: {tr_markdown(of)}", width="content")
            st.button(
                tr("Back to mine"),
                key="class_back",
                icon=":material/undo:",
                on_click=callback(membership.back_to_mine),
                disabled=told.frozen,
            )
        if wall and told.classroom and told.classroom.orders.open_wall:
            st.page_link(wall, label=tr("Wall"), icon=":material/grid_view:", query_params=address.page_words())
        popover = st.popover(tr("Leave"), type="tertiary", icon=":material/logout:", key="class-leave")
        with popover, st.container(width=300):
            st.markdown(tr("Your tile goes from the wall; your network stays here."))
            st.button(tr("Leave the class"), key="class_leave", on_click=callback(membership.leave))
    if not told.reachable:
        st.caption(f":material/cloud_off: {tr(UNREACHABLE)}")


def _say(text: str, close: str, *, retry: bool = False) -> None:
    """Draw a message in one row, with a button that takes the class off the page."""
    with _row("class-over"):
        st.markdown(f":material/groups: {text}", width="content")
        if retry:
            st.button(tr("Try again"), key="class_retry")
        st.button(close, key="class_close", on_click=callback(membership.leave))


def _row(key: str, align: Literal["center", "bottom"] = "center") -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment=align, key=key, gap="small")
