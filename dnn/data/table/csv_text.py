"""Read a file or a pasted text as rows of cells. Encoding and delimiter are detected.

Cells are never evaluated: a cell is a text, and a formula is refused.
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
from dnn.data.table.numbers import number
from dnn.data.table.row_shape import CELL, make_rectangular, split_footnotes, split_titles
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_MEGABYTES = 10
LIKELY = "\t;|,"  # the likelier one first if two are possible
SEPARATOR = re.compile(r'\s*"?sep=(?P<sign>[\t;|,])"?[\t;|, ]*(\n|$)', re.IGNORECASE)  # Excel's first line
SAMPLE_ROWS = 200  # rows that are read to detect the delimiter
MOSTLY = 0.5  # of the rows, or of the cells
PAGES = ("<!doctype", "<html", "<?xml", "<table")
JSON = re.compile(r'\s*(\[\s*[\[{"]|\{\s*["}])')  # the beginning of a JSON document
COMMENT = re.compile(r"\s*(?P<comment>(#|%|//)[^\n]*)(\n|$)")
_EMPTY = Message("The table is empty; it needs a line of names and a line for every example.")


class Grid(NamedTuple):
    """The cells of a file: ``rows`` of equal length, the delimiter, and ``notes`` about ignored lines."""

    rows: list[list[str]]
    delimiter: str
    notes: tuple[Message, ...] = ()


def read_csv(source: Path | str | bytes, encoding: str | None = None) -> Grid:
    """Read the rows of a table and its delimiter from a path, a file's bytes or a text with line breaks.

    ``encoding`` is the encoding of the bytes, if it is known. All rows have the same number of cells; spaces around
    cells are removed. Empty lines, empty columns at the end, comments and a title above the table, and lines of a
    single cell with words below it are ignored.
    Raises InvalidData with the reason if it is not such a table.
    """
    text = decode_text(_raw(source), None if _is_pasted(source) else encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidData(_EMPTY)
    if text.lstrip()[:20].lower().startswith(PAGES):
        raise InvalidData(Message("This is a web page, not a table; download the file that the page links to."))
    if JSON.match(text) or (text.lstrip().startswith("[") and text.rstrip().endswith("]")):
        raise InvalidData(Message("This is JSON, not a table; save it as CSV, with a line for every example."))
    comments, text = above_table(text)
    if separator := SEPARATOR.match(text):
        text = text[separator.end() :]
    delimiter = separator["sign"] if separator else _delimiter(text)
    try:
        rows = [[cell.strip() for cell in row] for row in _read(text, delimiter) if any(map(str.strip, row))]
    except csv.Error:
        unclosed = Message("A quotation mark is opened and never closed, so the cells cannot be told apart.")
        raise InvalidData(unclosed) from None
    if not rows:
        raise InvalidData(_EMPTY)
    if max(map(len, rows)) < 2 and (cells := _space_separated(text)):
        rows, delimiter = cells, " "
    titles, rows = split_titles(rows)
    if comments and (heading := _heading_in(comments[-1], delimiter, rows)):
        comments, rows = comments[:-1], [heading, *rows]
    above = [*comments, *(title[0] for title in titles)]
    below, rows = split_footnotes(rows)
    notes: tuple[Message, ...] = ()
    if above:
        values: dict[str, object] = {"count": len(above), "cell": shown(above[0], CELL)}
        notes = (Message("Lines above the table that are left out: {count}, from {cell} on.", **values),)
    if below:
        values = {"count": len(below), "cell": shown(below[0][0], CELL)}
        notes = (*notes, Message("Lines below the table that are left out: {count}, from {cell} on.", **values))
    return Grid(make_rectangular(rows, len(above), delimiter), delimiter, notes)


def above_table(text: str) -> tuple[list[str], str]:
    """Split ``text`` into the comments at its beginning and the rest."""
    comments = []
    while match := COMMENT.match(text):
        comments.append(match["comment"].strip())
        text = text[match.end() :]
    return (comments, text) if text.strip() else ([], "\n".join(comments))


def _heading_in(comment: str, delimiter: str, rows: list[list[str]]) -> list[str] | None:
    """Return the column names if the comment above the first row holds them, as NumPy writes them."""
    header = re.sub(r"^(#|%|//)\s*(?=\w)", "", comment)
    try:
        cells = header.split() if delimiter == " " else next(_read(header, delimiter))
    except csv.Error:
        return None
    names = [cell.strip() for cell in cells]

    def has_number(row: list[str]) -> bool:
        return any(number(cell, comma) == number(cell, comma) for cell in row for comma in (False, True))

    other_heading = not has_number(rows[0]) and any(map(has_number, rows[1:SAMPLE_ROWS]))
    return names if len(names) == len(rows[0]) > 1 and not other_heading else None


def _is_pasted(source: object) -> bool:
    """Whether ``source`` is the text of a table, or of another kind of document, and not a path."""
    if not isinstance(source, str):
        return False
    start = source.lstrip()[:20].lower()
    return "\n" in source or "\r" in source or start.startswith(PAGES) or bool(JSON.match(source))


def _raw(source: Path | str | bytes) -> bytes:
    """Return the bytes; raises InvalidData if there is no such file or it is too large."""
    if isinstance(source, bytes):
        size, raw = len(source), source
    elif isinstance(source, str) and _is_pasted(source):
        raw = source.encode("utf-8", "replace")
        size = len(raw)
    else:
        try:
            size = Path(source).stat().st_size
            raw = Path(source).read_bytes() if size <= MOST_MEGABYTES * 1_000_000 else b""
        except (OSError, ValueError):
            text = Message("There is no file {name} that can be read.", name=shown(str(source)))
            raise InvalidData(text) from None
    if size > MOST_MEGABYTES * 1_000_000:
        values = {"size": f"{size / 1e6:.1f}", "most": MOST_MEGABYTES}
        raise InvalidData(Message("It has {size} MB; {most} MB are allowed. Keep fewer rows or columns.", **values))
    return raw


def decode_text(raw: bytes, encoding: str | None = None) -> str:
    """Decode ``raw`` with ``encoding`` or the most likely one. Raises InvalidData if it is not text."""
    if raw[:4] == b"PK\x03\x04":
        raise InvalidData(Message("This is an Excel file or an archive; save the table as CSV first."))
    encoding_name = encoding or encoding_of(raw)
    text = read(raw, encoding_name) if encoding_name else None
    if text is None and encoding:
        raise InvalidData(Message("This cannot be read as {encoding}.", encoding=shown(encoding)))
    if text is None:
        raise InvalidData(Message("This is not a text; save the table as CSV."))
    return _without_controls(text.rstrip("\x1a"))  # the end-of-file character of DOS


def _without_controls(text: str) -> str:
    if any(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in set(text)):
        raise InvalidData(Message("This is not a text; save the table as CSV."))
    return text


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most of the first rows into the same number of cells, at least two.

    Another delimiter is preferred to a comma if it occurs in every row and splits most rows into more cells.
    """

    def widths(delimiter: str) -> list[int]:
        try:
            return [len(row) for row in islice(_read(text, delimiter), SAMPLE_ROWS) if row]
        except csv.Error:
            return []

    def agreement(delimiter: str) -> tuple[float, int]:
        counts = widths(delimiter)
        width, rows = Counter(counts).most_common(1)[0] if counts else (1, 0)
        return (rows / len(counts), width) if width > 1 else (0.0, 1)

    shares = {delimiter: agreement(delimiter) for delimiter in LIKELY}
    best = max(LIKELY, key=lambda delimiter: shares[delimiter][0])
    if not shares[best][0]:
        return ","
    if best == ",":
        for other in LIKELY[:-1]:
            share, width = shares[other]
            if share >= MOSTLY and width > shares[best][1] and min(widths(other)) > 1:
                return other
    return best


def _space_separated(text: str) -> list[list[str]] | None:
    """Return the cells of a table of numbers that are separated by spaces only, or None."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 2 or {len(row) for row in rows} != {len(rows[0])}:
        return None
    numbers = [number(cell, False) == number(cell, False) for row in rows[1:SAMPLE_ROWS] for cell in row]
    return rows if sum(numbers) > MOSTLY * len(numbers) else None
