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
from typing import NamedTuple

from dnn.data.table.encodings import encoding_of, read
from dnn.data.table.evenness import CELL, even, split_titles
from dnn.data.table.numbers import number
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_MEGABYTES = 10
LIKELY = "\t;|,"  # the likelier one first where two would do
SEPARATOR = re.compile(r'\s*"?sep=(?P<sign>[\t;|,])"?[\t;|, ]*(\n|$)', re.IGNORECASE)  # Excel's first line
LOOKED_AT = 200  # rows, to find the delimiter
MOSTLY = 0.5  # of the rows, or of the cells
PAGES = ("<!doctype", "<html", "<?xml", "<table")
JSON = re.compile(r'\s*(\[\s*[\[{"]|\{\s*["}])')  # how it begins
COMMENT = re.compile(r"\s*(?P<comment>(#|%|//)[^\n]*)(\n|$)")
_EMPTY = Message("The table is empty; it needs a line of names and a line for every example.")


class Grid(NamedTuple):
    """The cells of a file: ``rows`` of as many each, the delimiter between them, and what was left out."""

    rows: list[list[str]]
    delimiter: str
    notes: tuple[Message, ...] = ()


def read_csv(given: Path | str | bytes, encoding: str | None = None) -> Grid:
    """The rows of a table and its delimiter, from a path, a file's bytes or a text of some lines.

    ``encoding`` is that of the bytes, where it is known. Every row has as many cells as the first, without the spaces
    around them. Empty lines and empty columns at the end are left out, and so are comments and a title above the table.
    Raises InvalidData with a sentence for everything that is no such table.
    """
    pasted = isinstance(given, str) and "\n" in given
    text = decoded(_raw(given), None if pasted else encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidData(_EMPTY)
    if text.lstrip()[:20].lower().startswith(PAGES):
        raise InvalidData(Message("This is a web page, not a table; download the file that the page links to."))
    if JSON.match(text) or (text.lstrip().startswith("[") and text.rstrip().endswith("]")):
        raise InvalidData(Message("This is JSON, not a table; save it as CSV, with a line for every example."))
    comments, text = above_table(text)
    if told := SEPARATOR.match(text):
        text = text[told.end() :]
    delimiter = told["sign"] if told else _delimiter(text)
    try:
        rows = [[cell.strip() for cell in row] for row in _read(text, delimiter) if any(map(str.strip, row))]
    except csv.Error:
        unclosed = Message("A quotation mark is opened and never closed, so the cells cannot be told apart.")
        raise InvalidData(unclosed) from None
    if not rows:
        raise InvalidData(_EMPTY)
    if max(map(len, rows)) < 2 and (parted := _parted_by_spaces(text)):
        rows, delimiter = parted, " "
    titles, rows = split_titles(rows)
    if comments and (heading := _heading_in(comments[-1], delimiter, rows)):
        comments, rows = comments[:-1], [heading, *rows]
    above = [*comments, *(title[0] for title in titles)]
    notes: tuple[Message, ...] = ()
    if above:
        quoted = shown(above[0], CELL)
        notes = (
            Message("Lines above the table that are left out: {count}, from {cell} on.", count=len(above), cell=quoted),
        )
    return Grid(even(rows, len(above), delimiter), delimiter, notes)


def above_table(text: str) -> tuple[list[str], str]:
    """Comments at the beginning of ``text``, and what comes after them."""
    comments = []
    while found := COMMENT.match(text):
        comments.append(found["comment"].strip())
        text = text[found.end() :]
    return (comments, text) if text.strip() else ([], "\n".join(comments))


def _heading_in(comment: str, delimiter: str, rows: list[list[str]]) -> list[str] | None:
    """The names of the columns where they stand in the comment above the first row, as NumPy writes them."""
    named = re.sub(r"^(#|%|//)\s*(?=\w)", "", comment)
    try:
        cells = named.split() if delimiter == " " else next(_read(named, delimiter))
    except csv.Error:
        return None
    names = [cell.strip() for cell in cells]

    def has_number(row: list[str]) -> bool:
        return any(number(cell, comma) == number(cell, comma) for cell in row for comma in (False, True))

    other_heading = not has_number(rows[0]) and any(map(has_number, rows[1:LOOKED_AT]))
    return names if len(names) == len(rows[0]) > 1 and not other_heading else None


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
    return _without_controls(text.rstrip("\x1a"))  # the sign with which DOS ends a file


def _without_controls(text: str) -> str:
    if any(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in set(text)):
        raise InvalidData(Message("This is not a text; save the table as CSV."))
    return text


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first rows into as many cells, more than one.

    A comma gives way to another sign that stands in every row and cuts most of them into more cells.
    """

    def widths(delimiter: str) -> list[int]:
        try:
            return [len(row) for row in islice(_read(text, delimiter), LOOKED_AT) if row]
        except csv.Error:
            return []

    def agreeing(delimiter: str) -> tuple[float, int]:
        found = widths(delimiter)
        width, rows = Counter(found).most_common(1)[0] if found else (1, 0)
        return (rows / len(found), width) if width > 1 else (0.0, 1)

    shares = {delimiter: agreeing(delimiter) for delimiter in LIKELY}
    best = max(LIKELY, key=lambda delimiter: shares[delimiter][0])
    if not shares[best][0]:
        return ","
    if best == ",":
        for other in LIKELY[:-1]:
            share, width = shares[other]
            if share >= MOSTLY and width > shares[best][1] and min(widths(other)) > 1:
                return other
    return best


def _parted_by_spaces(text: str) -> list[list[str]] | None:
    """The cells of a table of numbers that stand under one another with nothing but spaces between them."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 2 or {len(row) for row in rows} != {len(rows[0])}:
        return None
    numbers = [number(cell, False) == number(cell, False) for row in rows[1:LOOKED_AT] for cell in row]
    return rows if sum(numbers) > MOSTLY * len(numbers) else None
