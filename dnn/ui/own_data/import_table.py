"""Your own data on the page: open or paste a table to train on, or edit it cell by cell."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from dnn.data.table.column import Target
from dnn.data.table.csv_text import MOST_MEGABYTES
from dnn.data.table.encodings import ENCODINGS, UTF_8, encoding_of
from dnn.data.table.numbers import Decimal
from dnn.data.table.selection import Missing, Selection, check_numeric
from dnn.data.table.table import MOST_INPUTS, Table
from dnn.datasets.custom_data import CustomData
from dnn.errors import InvalidData
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.own_data import edit_table
from dnn.ui.turns import long_computation
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr, translated_names
from dnn.ui.visitor.markdown import escape_markdown, tr_markdown
from dnn.ui.widgets import dialog
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.upload import upload

FILE, PASTED, ENCODING, DECIMAL, HEADING, INPUTS, TARGET, KIND, GAPS = (
    f"own.{name}" for name in ("file", "pasted", "encoding", "decimal", "heading", "inputs", "target", "kind", "gaps")
)  # widgets
NEWEST = "own.newest"  # which of the two was given last
PREVIEW = 8  # rows
WHAT: dict[Target, str] = {"class": "A class", "number": "A number"}
SIGNS: dict[Decimal, str] = {".": "Point (1.5)", ",": "Comma (1,5)"}
HOW: dict[Missing, str] = {"drop": "Leave the row out", "fill": "Fill in the mean"}
PLACEHOLDER = "height;weight;sex\n1,80;80;m\n1,65;60;f"


def buttons(custom: object) -> None:
    """Draw a description of the own data, and the buttons that change them."""
    if isinstance(custom, CustomData):
        st.caption(in_words(custom))
    with st.container(horizontal=True, gap="small"):
        help = tr("CSV or TSV, a file or a text")
        DIALOG.button(tr("Open a table"), "own.open", icon=":material/upload_file:", help=help)
        if isinstance(custom, CustomData):
            help, before = tr("Change, add and remove examples"), partial(edit_table.opened, custom)
            edit_table.DIALOG.button(tr("Edit"), "own.edit", before, icon=":material/table_edit:", help=help)


def in_words(custom: CustomData) -> str:
    """Return the number of rows, and what they are."""
    names = custom.names
    values = {"count": len(custom.rows), "inputs": _listed(names.inputs), "target": escape_markdown(names.target)}
    single = len(custom.rows) == 1
    if not names.classes:
        sentence = tr("{count} examples of {inputs}; target: {target}")
        return (tr("{count} example of {inputs}; target: {target}") if single else sentence).format(**values)
    text = tr("{count} examples of {inputs}; target: {target} ({classes})")
    if single:
        text = tr("{count} example of {inputs}; target: {target} ({classes})")
    return text.format(**values, classes=_listed(names.classes))


def _listed(names: tuple[str, ...], most: int = 4) -> str:
    """Return the names in one line, not too many of them, escaped for Markdown."""
    shown = ", ".join(names[:most])
    return escape_markdown(shown if len(names) <= most else f"{shown}, … ({len(names)})")


def _open() -> None:
    left, right = st.columns(2)
    with left:
        file = upload(tr("A CSV or TSV file"), FILE, MOST_MEGABYTES, partial(store.put, {NEWEST: FILE}))
    with right:
        newest = partial(store.put, {NEWEST: PASTED})
        text = st.text_area(
            tr("Or paste a table"), key=PASTED, height=110, placeholder=PLACEHOLDER, on_change=newest
        ).strip()
    if not file and not text:
        st.caption(tr("One line for every example, and the names of the columns in the first line."))
        return
    if file and not (text and store.value(NEWEST) == PASTED):
        raw = file.getvalue()
        if text:
            st.caption(escape_markdown(tr("This is what the file {name} says.").format(name=file.name)))
        encoding = _encoding(raw)
    else:
        raw, encoding = text.encode(), UTF_8
        if file:
            st.caption(tr("This is what the pasted text says."))
    try:
        table = _reading(raw, encoding)
    except InvalidData as error:
        st.error(escape_markdown(tr(error.message)), icon=":material/error:")
        return
    _choices(table)


def _reading(raw: bytes, encoding: str | None) -> Table:
    """Return the table, read as detected or as the visitor chose; raises InvalidData if it is none."""
    found = _read(raw, encoding)
    key = hash((raw, encoding))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        decimal = _either(tr("Decimal sign"), SIGNS, found.decimal, f"{DECIMAL}.{key}")
        heading = st.toggle(tr("The first line holds names"), value=found.heading, key=f"{HEADING}.{key}")
    if (decimal, heading) == (found.decimal, found.heading):
        return found
    return _read(raw, encoding, decimal, heading)


def _encoding(raw: bytes) -> str | None:
    """Return the encoding of a file: detected, or chosen by the visitor where it had to be guessed."""
    guess = encoding_of(raw)
    if raw.isascii() or guess not in ENCODINGS:
        return guess
    return st.selectbox(
        tr("Written in"),
        list(ENCODINGS),
        index=list(ENCODINGS).index(guess),
        format_func=translated_names(ENCODINGS),
        key=f"{ENCODING}.{hash(raw)}",
        help=tr("How letters became bytes. Where letters look wrong, choose another."),
        width=340,
    )


@lru_cache(maxsize=2)
@long_computation()
def _read(content: bytes, encoding: str | None, decimal: Decimal | None = None, heading: bool | None = None) -> Table:
    return Table.from_csv(content, encoding, decimal=decimal, heading=heading)


def _choices(table: Table) -> None:
    """Draw the table's first rows, the choice of inputs and target, and the button that trains on them."""
    size = tr("{rows} rows, {columns} columns ({read})")
    if table.rows == 1:
        size = tr("{rows} row, {columns} columns ({read})")
    st.caption(size.format(rows=table.rows, columns=len(table.columns), read=tr(table.read)))
    _preview(table)
    for column in table.nearly_numeric():
        try:
            check_numeric(column)
        except InvalidData as error:
            st.warning(escape_markdown(tr(error.message)), icon=":material/warning:")
    names = [column.name for column in table.columns]
    usual, last = table.likely()
    across = st.columns([2, 1])
    with across[1]:
        target = st.selectbox(tr("Target"), names, index=names.index(last), key=f"{TARGET}.{hash(tuple(names))}")
    possible = [name for name in table.numeric if name != target]
    with across[0]:
        inputs = st.multiselect(
            tr("Inputs"),
            possible,
            default=[name for name in possible if name in (*usual, last)][:MOST_INPUTS],
            key=f"{INPUTS}.{hash((*names, target))}",
            max_selections=MOST_INPUTS,
            help=tr("1 to {most} columns of numbers").format(most=MOST_INPUTS),
        )
    aim = table.column(target)
    with across[1]:
        kind = _either(tr("The target is"), WHAT, aim.target, f"{KIND}.{hash((*names, target, aim.target))}")
    with across[0]:
        gaps = _either(tr("Where a cell is empty"), HOW, "drop", GAPS)
    if not inputs:
        st.error(tr("Choose one column of numbers at least as an input."), icon=":material/error:")
        return
    try:
        picked = table.pick(inputs, target, kind=None if kind == aim.target else kind, missing=gaps)
    except InvalidData as error:
        st.error(escape_markdown(tr(error.message)), icon=":material/error:")
        return
    for sentence in (*picked.notes, *table.ignored_columns(possible, target), *_outcome(picked)):
        st.caption(tr_markdown(sentence))
    st.button(tr("Use this table"), key="own.use", type="primary", on_click=callback(_use), args=(picked,))
    if store.value("own.use"):
        dialog.close()
        st.rerun()


def _either(label: str, names: dict[Any, str], usual: str, key: str) -> Any:
    return st.segmented_control(
        label,
        list(names),
        default=usual,
        key=key,
        required=True,
        format_func=translated_names(names),
    )


def _preview(table: Table) -> None:
    st.dataframe(
        {column.name: list(column.texts[:PREVIEW]) for column in table.columns},
        hide_index=True,
        height="content",
        key="own.preview",
    )


def _outcome(picked: Selection) -> tuple[str, ...]:
    """Draw a summary of the examples that the choices lead to."""
    if classes := picked.names.classes:
        counts = np.bincount(picked.y.astype(int), minlength=len(classes))
        listed = ", ".join(f"{name} ({count})" for name, count in zip(classes, counts, strict=True))
        return (Message("Examples of each class: {counts}", counts=listed),)
    low, high = f"{picked.y.min():.6g}", f"{picked.y.max():.6g}"
    return (Message("Targets from {low} to {high}", low=low, high=high),)


def _use(picked: Selection) -> None:
    session.use_custom_data(CustomData.of(picked.X, picked.y, picked.names), "each")


DIALOG = dialog.Dialog("open a table", Message("Open a table"), "upload_file", _open)
