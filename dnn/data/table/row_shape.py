"""Make rows equally long: remove titles above a table, footnotes below it and empty columns; report ragged rows."""

from __future__ import annotations

from dnn.data.table.numbers import number
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_COLUMNS = 500
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma", " ": "space"}
CELL = 30  # characters of a cell that a message quotes


def split_titles(rows: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Split off rows with a single cell above the table; return these titles and the table."""
    lone = next((place for place, row in enumerate(rows) if _filled(row) > 1), 0)
    table = rows[lone:]
    is_table = 2 * sum(len(row) == len(table[0]) for row in table) > len(rows)
    words = all(row[0] and number(row[0], False) != number(row[0], False) for row in rows[:lone])
    return (rows[:lone], table) if is_table and words else ([], rows)


def split_footnotes(rows: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Split off rows of a single cell with words below the table, such as its source; return them and the table."""
    end = len(rows)
    while end > 2 and len(rows[end - 1]) == 1 and number(rows[end - 1][0], False) != number(rows[end - 1][0], False):
        end -= 1
    is_table = len(rows[0]) > 1 and len(rows[end - 1]) > 1
    return (rows[end:], rows[:end]) if is_table else ([], rows)


def _filled(row: list[str]) -> int:
    """Return the number of cells up to the last one that is not empty."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)


def make_rectangular(rows: list[list[str]], above: int, delimiter: str) -> list[list[str]]:
    """Remove empty columns at the end; raises InvalidData if the rows are not a table."""
    width = max(_filled(rows[0]), *(_filled(row) for row in rows if len(row) <= len(rows[0])))
    if short := _short_above(rows):
        values = {"count": short, "width": len(rows[-1])}
        raise InvalidData(
            Message(
                "The first {count} rows have fewer cells than all others, which have {width}. They are a title to be "
                "taken away, or a heading that lacks names.",
                **values,
            )
        )
    if min(width, len(rows[0])) < 2:
        message = Message(
            "There is one column only ({cell}); inputs and a target are needed, parted by commas, semicolons or tabs.",
            cell=shown(rows[0][0], CELL),
        )
        raise InvalidData(message)
    if width > MOST_COLUMNS:
        values = {"count": width, "most": MOST_COLUMNS}
        raise InvalidData(Message("There are {count} columns; {most} are allowed. Keep those that matter.", **values))
    for place, row in enumerate(rows, start=above + 1):
        if len(row) < width or _filled(row) > width:
            raise InvalidData(_uneven(rows, place, above, delimiter))
        for cell in row:
            if cell.startswith("="):
                quoted: dict[str, object] = {"number": place, "cell": shown(cell, CELL)}
                raise InvalidData(
                    Message("Row {number} holds a formula, {cell}; save the table with its values.", **quoted)
                )
    return [row[:width] for row in rows]


def _short_above(rows: list[list[str]]) -> int:
    """How many rows above a table have fewer cells than all of its rows; 0 for a single one, or an uneven table."""
    widths = [len(row) for row in rows]
    first = widths.index(widths[-1])
    is_above = 1 < first < len(rows) / 2 + 1 and {*widths[first:]} == {widths[-1]} and max(widths[:first]) < widths[-1]
    return first if is_above and len(rows) - first > 1 else 0


def _uneven(rows: list[list[str]], place: int, above: int, delimiter: str) -> Message:
    """Return a message about a row with more or fewer cells than the first, and the likely cause."""
    cells, first = len(rows[place - above - 1]), len(rows[0])
    values: dict[str, object] = {"number": place, "cells": cells, "width": first}
    if len(rows) > 2 and len({len(row) for row in rows[1:]}) == 1:
        return Message(
            "Row {number} has {cells} cells, and the first row has {width}. All rows but the first have as many, so it "
            "is a title to be taken away, or a heading that lacks names.",
            **values,
        )
    if cells > first:
        return Message("Row {number} has {cells} cells, and the first row has {width}.", **values)
    values["sign"] = Message(DELIMITERS[delimiter])
    if cells == 1:
        return Message(
            "Row {number} has 1 cell, and the first row has {width}. A cell is missing there, or the {sign} at its "
            "end.",
            **values,
        )
    return Message(
        "Row {number} has {cells} cells, and the first row has {width}. A cell is missing there, or the {sign} at its "
        "end.",
        **values,
    )
