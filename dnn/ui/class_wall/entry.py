"""Where a pupil comes in with a code: it brings the experiment, the task and the controls that the class began with."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from dnn.classroom import open_store, read_code
from dnn.errors import NoSuchClass
from dnn.experiment.links import from_query
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.pupil import membership
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback

CODE = "wall.code"  # widget
ENTERED = "wall.entered"  # in the store: whether somebody came in, until the playground is shown
CLOSED = Message("Your teacher does not show the wall at the moment.")


def draw() -> None:
    """Draw the field for the code."""
    form = st.form("class-enter", width=640)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(tr("Are you a pupil? The code of your class"), key=CODE, max_chars=12, width=300)
        st.form_submit_button(tr("Go to the class"), key="wall.enter", on_click=callback(_enter_typed))


def was_entered() -> bool:
    """Whether somebody came in since this was asked last."""
    entered = bool(store.value(ENTERED))
    if entered:
        store.put({ENTERED: False})
    return entered


def follow_link() -> None:
    """On arrival by the link for pupils, which has the code alone, write the words of its class into the address.

    Raises NoSuchClass and ClassUnreachable.
    """
    query = address.query()
    if session.experiment() is None and query.keys() - {address.LANGUAGE} == {address.CLASS}:
        words = _words_of(query[address.CLASS])
        address.set_page_words(address.page_part(words)[0])
        address.write(words)
        store.put({ENTERED: True})


def _enter_typed() -> None:
    words = _words_of(store.value(CODE) or "")
    if membership.membership():
        membership.leave()  # a class that is over
    address.set_page_words(address.page_part(words)[0])
    experiment, _ = from_query({word: text for word, text in words.items() if word not in address.PAGE_WORDS})
    session.open(experiment, unrestricted=True)
    store.put({ENTERED: True})


def _words_of(typed: str) -> dict[str, str]:
    """Return the words of the address for a pupil of the class with this code, in the pupil's own language."""
    code = read_code(typed)
    found = open_store().find(code) if code else None
    if found is None or found.ended:
        raise NoSuchClass(typed.strip())
    words = dict(parse_qsl(found.query)) | {address.CLASS: code}
    words.pop(address.LANGUAGE, None)
    language = address.query().get(address.LANGUAGE) or address.language()
    return words | ({address.LANGUAGE: language} if language else {})
