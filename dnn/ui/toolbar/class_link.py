"""The dialog in which a teacher prepares a link for pupils: a title, a task and the visible controls."""

from __future__ import annotations

import streamlit as st

from dnn.messages import Message
from dnn.ui import session
from dnn.ui.controls.widgets import SESSION
from dnn.ui.toolbar.reach import reach
from dnn.ui.visitor import address, class_plan, store
from dnn.ui.visitor.language import tr, translated_names
from dnn.ui.widgets.copy_link import copy_link, link
from dnn.ui.widgets.dialog import Dialog
from dnn.ui.widgets.qr_code import qr_code

KEY = "class."  # prefix of the keys of its widgets
TITLE, TASK, SOME, LOCKED, PLAYS = (f"{KEY}{name}" for name in ("title", "task", "some", "locked", "plays"))
USUAL = ("data", "layers", "activation", "learning_rate")  # controls that are shown initially if not all are
WHICH = {False: "All controls", True: "Only these"}


def _form() -> None:
    """Draw title, task and controls, and the resulting link to copy and to open."""
    _link(plan_form())


def plan_form() -> class_plan.Plan:
    """Draw title, task and controls, and return what was chosen."""
    if store.value(TITLE) is None:
        store.put(_widgets(address.plan()))
    st.text_input(tr("Title"), key=TITLE, max_chars=class_plan.LONGEST["title"], persist_state=SESSION)
    st.text_area(
        tr("Task"),
        key=TASK,
        max_chars=class_plan.LONGEST["task"],
        height=90,
        placeholder=tr("What happens to the boundary when you add a second layer?"),
        persist_state=SESSION,
    )
    st.segmented_control(
        tr("Pupils see"),
        list(WHICH),
        key=SOME,
        required=True,
        format_func=translated_names(WHICH),
        help=tr("Play, single steps, reset, undo and the speed are always there."),
        persist_state=SESSION,
    )
    if store.value(SOME):
        for group, controls in class_plan.CONTROLS.items():
            _pills(tr(group), list(controls), f"{KEY}{group}")
    shown = _shown_controls()
    choice = [control for control in class_plan.NAMES if shown is None or control in shown]
    store.put({LOCKED: [control for control in store.value(LOCKED) if control in choice]})
    with st.expander(tr("Locked: seen, but not to be changed"), expanded=bool(store.value(LOCKED))):
        _pills(tr("Locked"), choice, LOCKED, hidden=True)
    st.toggle(
        tr("Start playing at once"),
        key=PLAYS,
        help=tr("Otherwise the page waits for *Play*, and pupils can guess first."),
        persist_state=SESSION,
    )
    return chosen_plan()


def chosen_plan() -> class_plan.Plan:
    """Return what was chosen in the form; in a callback what the browser has just sent."""
    shown = _shown_controls()
    choice = class_plan.NAMES.keys() if shown is None else shown
    locked = frozenset(store.value(LOCKED)) & frozenset(choice)
    return class_plan.Plan(shown, locked, store.value(TITLE), store.value(TASK), store.value(PLAYS))


def page_words(plan: class_plan.Plan) -> dict[str, str]:
    """Return the page's words of a link with ``plan`` in place of the present one."""
    words = {word: text for word, text in address.page_words().items() if word not in class_plan.WORDS}
    return words | class_plan.words(plan)


def _link(plan: class_plan.Plan) -> None:
    place = reach(st.context.url or "", st.get_option("server.address"))
    url = link(session.experiment(), place.url, page_words(plan))
    if place.note:
        st.warning(tr(place.note), icon=":material/wifi_off:")
    copy_link(url, label=tr("Link for pupils"), button=tr("Copy link for pupils"), key="copy-class-link")
    if not place.note:
        with st.expander(tr("QR code"), icon=":material/qr_code_2:"):
            qr_code(url)
    st.link_button(tr("Preview"), url, icon=":material/visibility:", help=tr("As pupils see it, in a new tab"))


def _pills(label: str, controls: list[str], key: str, *, hidden: bool = False) -> None:
    st.pills(
        label,
        controls,
        selection_mode="multi",
        key=key,
        format_func=translated_names(class_plan.NAMES),
        label_visibility="collapsed" if hidden else "visible",
        persist_state=SESSION,
    )


def _widgets(plan: class_plan.Plan) -> dict[str, object]:
    """Return the values of the widgets for ``plan``."""
    shown = USUAL if plan.shown is None else plan.shown
    chosen = {
        f"{KEY}{group}": [control for control in controls if control in shown]
        for group, controls in class_plan.CONTROLS.items()
    }
    locked = [control for control in class_plan.NAMES if control in plan.locked]
    words = {TITLE: plan.title, TASK: plan.task, PLAYS: plan.plays}
    return words | {SOME: plan.shown is not None, LOCKED: locked, **chosen}


def _shown_controls() -> frozenset[str] | None:
    if not store.value(SOME):
        return None
    return frozenset().union(*(store.value(f"{KEY}{group}") for group in class_plan.CONTROLS))


DIALOG = Dialog("class link", Message("Link for pupils"), "school", _form, "medium")
