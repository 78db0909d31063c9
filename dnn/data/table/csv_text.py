"""A file or a pasted text as rows of cells. Encoding and delimiter are found out; what is no table gets its sentence.

Nothing is computed from what stands there: a cell is a text, and a formula is refused.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from dnn.data.table.encodings import encoding_of, read
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_MEGABYTES, MOST_COLUMNS = 10, 500
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}  # the likelier one first where two would do
SEPARATOR = re.compile(r'\s*"?sep=(?P<sign>[\t;|,])"?[\t;|, ]*(\n|$)', re.IGNORECASE)  # Excel's first line
LOOKED_AT = 200  # rows, to find the delimiter
PAGES = ("<!doctype", "<html", "<?xml", "<table")
CELL = 30  # characters of a cell that a sentence quotes


def cells(given: Path | str | bytes, encoding: str | None = None) -> tuple[list[list[str]], str]:
    """The rows of a table and the name of its delimiter, from a path, a file's bytes or a text of some lines.

    ``encoding`` is that of the bytes, where it is known. Every row has as many cells as the first, without the spaces
    around them; empty lines are left out. Raises InvalidData with a sentence for everything that is no such table.
    """
    pasted = isinstance(given, str) and "\n" in given
    text = decoded(_raw(given), None if pasted else encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidData(Message("The table is empty; it needs a line of names and a line for every example."))
    if text.lstrip()[:20].lower().startswith(PAGES):
        raise InvalidData(Message("This is a web page, not a table; download the file that the page links to."))
    if told := SEPARATOR.match(text):
        text = text[told.end() :]
    delimiter = told["sign"] if told else _delimiter(text)
    try:
        rows = [[cell.strip() for cell in row] for row in _read(text, delimiter) if any(map(str.strip, row))]
    except csv.Error:
        unclosed = Message("A quotation mark is opened and never closed, so the cells cannot be told apart.")
        raise InvalidData(unclosed) from None
    if not rows:
        raise InvalidData(Message("The table is empty; it needs a line of names and a line for every example."))
    width = len(rows[0])
    if width < 2:
        raise InvalidData(
            Message(
                "There is one column only ({cell}); inputs and a target are needed, "
                "parted by commas, semicolons or tabs.",
                cell=shown(rows[0][0], CELL),
            )
        )
    if width > MOST_COLUMNS:
        raise InvalidData(
            Message(
                "There are {count} columns; {most} are allowed. Keep those that matter.",
                count=width,
                most=MOST_COLUMNS,
            )
        )
    for place, row in enumerate(rows, start=1):
        if len(row) != width:
            raise InvalidData(_uneven(place, len(row), width))
        for cell in row:
            if cell.startswith("="):
                quoted: dict[str, object] = {"number": place, "cell": shown(cell, CELL)}
                raise InvalidData(
                    Message("Row {number} holds a formula, {cell}; save the table with its values.", **quoted)
                )
    return rows, DELIMITERS[delimiter]


def _uneven(number: int, cells: int, width: int) -> Message:
    if cells == 1:
        return Message("Row {number} has 1 cell, and the first row has {width}.", number=number, width=width)
    values = {"number": number, "cells": cells, "width": width}
    return Message("Row {number} has {cells} cells, and the first row has {width}.", **values)


def _raw(given: Path | str | bytes) -> bytes:
    """The bytes; of a file only when it is not too large."""
    if isinstance(given, bytes):
        size, raw = len(given), given
    elif isinstance(given, str) and "\n" in given:
        raw = given.encode("utf-8", "replace")
        size = len(raw)
    else:
        try:
            size = Path(given).stat().st_size
            raw = Path(given).read_bytes() if size <= MOST_MEGABYTES * 1_000_000 else b""
        except (OSError, ValueError):
            text = Message("There is no file {name} that can be read.", name=shown(str(given)))
            raise InvalidData(text) from None
    if size > MOST_MEGABYTES * 1_000_000:
        values = {"size": f"{size / 1e6:.1f}", "most": MOST_MEGABYTES}
        raise InvalidData(Message("It has {size} MB; {most} MB are allowed. Keep fewer rows or columns.", **values))
    return raw


def decoded(raw: bytes, encoding: str | None = None) -> str:
    """The text, in ``encoding`` or the one that it is most likely in. Raises InvalidData for what is no text."""
    if raw[:4] == b"PK\x03\x04":
        raise InvalidData(Message("This is an Excel file or an archive; save the table as CSV first."))
    found = encoding or encoding_of(raw)
    text = read(raw, found) if found else None
    if text is None and encoding:
        raise InvalidData(Message("This cannot be read as {encoding}.", encoding=shown(encoding)))
    if text is None:
        raise InvalidData(Message("This is not a text; save the table as CSV."))
    return _without_controls(text)


def _without_controls(text: str) -> str:
    if any(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in set(text)):
        raise InvalidData(Message("This is not a text; save the table as CSV."))
    return text


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first rows into as many cells, more than one."""

    def agreeing(delimiter: str) -> float:
        try:
            widths = [len(row) for row in islice(_read(text, delimiter), LOOKED_AT) if row]
        except csv.Error:
            return 0.0
        width, rows = Counter(widths).most_common(1)[0] if widths else (1, 0)
        return rows / len(widths) if width > 1 else 0.0

    return max(DELIMITERS, key=agreeing) if any(map(agreeing, DELIMITERS)) else ","
