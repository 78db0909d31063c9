"""The class as files: a table, and one page with every network."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dnn.classroom import Classroom, Seat, open_store
from dnn.classroom.export import to_csv, to_html
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.visitor.language import current, tr


def draw(classroom: Classroom, address: str, where: str) -> None:
    """Draw the buttons; each file is written when it is asked for.

    ``address`` is that of the page, for links; ``where`` tells these buttons from the same ones elsewhere.
    """
    for name, label, write, kind, help in (
        (
            "csv",
            tr("Table (CSV)"),
            partial(table, classroom, address),
            "text/csv",
            tr("A row for each pupil, for a spreadsheet"),
        ),
        (
            "html",
            tr("Page (HTML)"),
            partial(page, classroom, address, current()),
            "text/html",
            tr("Every network with its picture, to read or to print"),
        ),
    ):
        st.download_button(
            label,
            write,
            f"class.{name}",
            kind,
            key=f"wall.{where}.{name}",
            icon=":material/download:",
            help=help,
            on_click="ignore",
            width="stretch",
        )


def table(classroom: Classroom, address: str) -> bytes:
    """Return the class as CSV."""
    return to_csv(classroom, _seats(classroom), address)


def page(classroom: Classroom, address: str, language: str) -> bytes:
    """Return the class as one HTML page in this language."""
    say = partial(translated, language=language)
    return to_html(classroom, _seats(classroom), address, say=say, locale=LANGUAGES[language].locale)


def _seats(classroom: Classroom) -> list[Seat]:
    """Return all pupils as they are now, by name."""
    return sorted(open_store().reports(classroom.code).new, key=lambda seat: seat.pupil.name.casefold())
