"""The results of a sweep as files: to download, and to open one, also one that is still being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dnn.errors import InvalidFile
from dnn.messages import Message
from dnn.sweeps import Result, Sweep
from dnn.sweeps.difference import difference
from dnn.sweeps.documents import from_lines, to_csv, to_lines
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.file_kinds import misplaced
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.upload import upload

MOST_MEGABYTES = 50
UPLOADED, OPENED, OTHER, REFUSED = "sweep.uploaded", "sweep.file", "sweep.other-file", "sweep.refused"  # in the store

Opened = tuple[Sweep, list[Result]]


def downloads(sweep: Sweep, results: Sequence[Result]) -> None:
    """Draw the buttons that download ``results``; each file is written when it is asked for."""
    with st.container(horizontal=True, key="sweep-files"):
        for label, name, write, kind, help in (
            (tr("Table (CSV)"), "results.csv", to_csv, "text/csv", tr("A row for each run, for a spreadsheet")),
            (
                tr("Results (JSON)"),
                "results.jsonl",
                to_lines,
                "application/jsonl",
                tr("Everything, with the sweep itself: this page and dnn sweep --resume go on with it"),
            ),
        ):
            st.download_button(
                label,
                partial(write, sweep, results),
                name,
                kind,
                key=f"sweep.{name}",
                icon=":material/download:",
                help=help,
                on_click="ignore",
            )


def opened() -> Opened | None:
    """Return the sweep and the results of the file that the visitor opened last; None if there is none."""
    found: Opened | None = store.value(OPENED)
    return found


def close() -> None:
    """Forget the opened file."""
    store.put({OPENED: None, OTHER: None, REFUSED: None})


def button(present: Callable[[], Sweep | None]) -> None:
    """Draw the button that opens the field for a file."""
    with st.popover(tr("Open results"), icon=":material/upload_file:", key="sweep-open-results"):
        opener(present)


def opener(present: Callable[[], Sweep | None]) -> None:
    """Draw the field that opens a results file: of the ``present`` sweep, of another one after a question."""
    upload(tr("Open results (results.jsonl)"), UPLOADED, MOST_MEGABYTES, callback(partial(_open, present)))
    if refused := store.value(REFUSED):
        st.error(escape_markdown(tr(refused)), icon=":material/error:")
    if store.value(OTHER):
        st.button(tr("Open that sweep instead"), key="sweep.open-other", on_click=callback(_open_other))


def _open(present: Callable[[], Sweep | None]) -> None:
    close()
    file = store.value(UPLOADED)
    if file is None:
        return
    content = file.getvalue()
    try:
        found = from_lines(content, file.name)
    except InvalidFile as error:
        other = misplaced(content, "results")
        store.put({REFUSED: other.message if other else error.message})
        return
    if (sweep := present()) is None or found[0] == sweep:
        store.put({OPENED: found})
    else:
        names = {"path": file.name, "differences": difference(found[0], sweep)}
        refused = Message("{path} has the results of another sweep: there {differences}.", **names)
        store.put({REFUSED: refused, OTHER: found})


def _open_other() -> None:
    other: Opened | None = store.value(OTHER)
    close()
    store.put({OPENED: other})
