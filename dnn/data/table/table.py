"""A custom table, before its input columns and its target are selected.

It is read from a CSV file, a text or a data frame; ``pick`` converts it to arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

import numpy as np

from dnn.data.names import Names, distinct
from dnn.data.table.column import Column, Target
from dnn.data.table.csv_text import read_csv
from dnn.data.table.frame import columns_of
from dnn.data.table.heading import is_heading
from dnn.data.table.numbers import Decimal, decimal_of, number
from dnn.data.table.row_shape import DELIMITERS
from dnn.data.table.selection import Missing, Selection, check_numeric, known_rows, targets_of
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_INPUTS = 12

MOST_LISTED = 6  # columns that a note lists


class Choice(TypedDict, total=False):
    """The options of :meth:`Table.pick`."""

    inputs: Sequence[str]
    target: str | None
    kind: Target | None
    missing: Missing


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length, and how they were read.

    ``delimiter`` and ``decimal`` are signs, "" for a frame; ``heading`` is True if the first row held the names.
    ``notes`` list ignored lines and ambiguous cells.
    """

    columns: tuple[Column, ...]
    delimiter: str = ""
    decimal: Decimal | Literal[""] = ""
    heading: bool = True
    notes: tuple[Message, ...] = ()

    @classmethod
    def from_csv(
        cls,
        given: Path | str | bytes,
        encoding: str | None = None,
        *,
        decimal: Decimal | None = None,
        heading: bool | None = None,
    ) -> Table:
        """Create a table from a path, a file's bytes or pasted text.

        The ``decimal`` sign, "." or ",", and whether the first row is a ``heading`` are detected unless they are
        passed. Raises InvalidData with the reason if it is not a table.
        """
        if decimal not in (None, ".", ","):
            raise InvalidData(
                Message("The decimal sign is {given}; it must be a point or a comma.", given=shown(decimal))
            )
        rows, delimiter, notes = read_csv(given, encoding)
        body = rows[1:] or rows
        sign, example = decimal_of(list(zip(*body, strict=True)), delimiter)
        if decimal is None and example:
            notes = (*notes, _read_as(example, sign))
        sign = decimal or sign
        comma = sign == ","
        heading = is_heading(rows, comma) if heading is None else heading
        body = rows[1:] if heading else rows
        if not body:
            raise InvalidData(Message("There is a line of names and no line with an example."))
        names = distinct(_names_or_places(rows[0] if heading else [""] * len(rows[0])), mark="")
        columns = [Column.read(name, texts, comma) for name, texts in zip(names, zip(*body, strict=True), strict=True)]
        for place, column in enumerate(columns if decimal is None else ()):
            if other := column.with_other_decimal(comma):
                columns[place], cell = other, column.texts[column.strange or 0]
                notes = (*notes, _read_as(cell, "." if comma else ","))
        return cls(tuple(columns), delimiter, sign, heading, notes)

    @classmethod
    def from_frame(cls, frame: Any, *, decimal: Decimal | None = None) -> Table:
        """Create a table from pandas, polars, pyarrow or another library that narwhals supports; raises InvalidData.

        ``decimal`` is the decimal sign in text columns, detected unless it is passed.
        """
        columns, doubtful = columns_of(frame, decimal)
        if not columns or not len(columns[0].texts):
            raise InvalidData(Message("The table is empty; it needs a row for every example."))
        return cls(tuple(columns), notes=tuple(_read_as(cell, sign) for cell, sign in doubtful))

    @property
    def read(self) -> str:
        """The delimiter and the decimal sign in words; "" for a frame."""
        if not self.delimiter:
            return ""
        delimiter = Message(DELIMITERS[self.delimiter])
        if self.decimal == ",":
            return Message("{delimiter}, decimal comma", delimiter=delimiter)
        return Message("{delimiter}, decimal point", delimiter=delimiter)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.columns[0].texts)

    @property
    def numeric(self) -> tuple[str, ...]:
        """The names of the columns that can be inputs."""
        return tuple(column.name for column in self.columns if column.numeric)

    def column(self, name: str) -> Column:
        """Return the column with this name; raises InvalidData if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        names = ", ".join(column.name for column in self.columns[:MOST_INPUTS])
        raise InvalidData(Message("There is no column {name}; the table has {names}.", name=shown(name), names=names))

    def likely(self) -> tuple[tuple[str, ...], str]:
        """Return default inputs and target: the target is the last column that is not empty, the inputs are the first
        numeric ones.
        """
        target = next((column.name for column in reversed(self.columns) if not column.empty), self.columns[-1].name)
        return tuple(name for name in self.numeric if name != target)[:MOST_INPUTS], target

    def nearly_numeric(self) -> tuple[Column, ...]:
        """Return the columns that are mostly numbers but contain other cells."""
        return tuple(column for column in self.columns if column.nearly_numeric)

    def ignored_columns(self, inputs: Sequence[str], target: str) -> tuple[Message, ...]:
        """Return notes about the columns that are neither ``inputs`` nor ``target``, with the reasons."""
        others = [column for column in self.columns if column.name not in (*inputs, target)]
        words = [column for column in others if column.strange is not None]
        empty = [shown(column.name) for column in others if column.empty]
        more = [shown(column.name) for column in others if column.numeric]
        quoted = [f"{shown(c.name)} ({shown(c.texts[c.strange or 0], 30)})" for c in words]
        notes = []
        if quoted:
            notes.append(Message("Columns left out because they hold words: {names}.", names=_list_of(quoted)))
        if empty:
            notes.append(Message("Columns left out because they are empty: {names}.", names=_list_of(empty)))
        if more:
            notes.append(
                Message(
                    "Columns left out because {most} inputs are allowed: {names}.",
                    most=MOST_INPUTS,
                    names=_list_of(more),
                )
            )
        return tuple(notes)

    def _check_nearly_numeric(self, but: str) -> None:
        for column in self.nearly_numeric():
            if column.name != but:
                check_numeric(column)

    def pick(
        self,
        inputs: Sequence[str] = (),
        target: str | None = None,
        *,
        kind: Target | None = None,
        missing: Missing = "drop",
        seed: int = 0,
    ) -> Selection:
        """Return arrays of the selected columns; by default those of :meth:`likely`, and notes list the others.

        Rows with gaps are dropped, or gaps in inputs are filled with the mean of the column; a row without a target is
        always dropped. From more than 20 000 rows, 20 000 are drawn with ``seed`` and stay in order. Raises
        InvalidData.
        """
        _, last = self.likely()
        target = last if target is None else target
        target_column = self.column(target)
        if not inputs:
            self._check_nearly_numeric(but=target)
        selected = tuple(inputs) or tuple(name for name in self.numeric if name != target)[:MOST_INPUTS]
        notes = [*self.notes, *(() if inputs else self.ignored_columns(selected, target))]
        if not selected:
            text = Message("No column beside {name} holds numbers, so there is no input.", name=shown(target))
            raise InvalidData(text)
        if len(selected) > MOST_INPUTS:
            text = Message("{count} inputs are chosen; {most} are allowed.", count=len(selected), most=MOST_INPUTS)
            raise InvalidData(text)
        if target in selected:
            raise InvalidData(Message("The target {name} cannot be an input too.", name=shown(target)))
        X = np.column_stack([check_numeric(self.column(name)).numbers for name in selected])
        y, classes = targets_of(target_column, kind or target_column.target)
        if kind is None and target_column.hardly_repeats:
            text = Message(
                "The whole numbers of {name} hardly repeat, so they are numbers and not classes.", name=shown(target)
            )
            notes.append(text)
        X, rows, row_notes = known_rows(X, y, missing, seed)
        X, y = X[rows], y[rows]
        if classes:
            present = np.unique(y).astype(int)
            y, classes = np.searchsorted(present, y).astype(float), tuple(classes[label] for label in present)
            if len(classes) < 2:
                raise InvalidData(_one_class(target, classes[0], len(target_column.categories)))
        return Selection(X, y, Names.from_headings(selected, classes, target), (*notes, *row_notes))


def _read_as(example: str, decimal: Decimal) -> Message:
    """Return a note on how an ambiguous cell was read."""
    value = f"{number(example, decimal == ','):.10g}"
    return Message(
        "{cell} is read as {value}. If that is wrong, choose the other decimal sign.", cell=shown(example), value=value
    )


def _one_class(target: str, value: str, before: int) -> Message:
    """Return why one class remains: there were no others ``before``, or their rows have gaps."""
    values = {"name": shown(target), "value": shown(value)}
    if before > 1:
        return Message(
            "Without the rows that have a gap, the target {name} has one value only, {value}; fill the gaps or choose "
            "fewer inputs.",
            **values,
        )
    return Message("The target {name} has one value only, {value}; two classes at least are needed.", **values)


def _list_of(names: Sequence[str]) -> str:
    more = len(names) - MOST_LISTED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:MOST_LISTED])}, … (+{more})"


def _names_or_places(heading: Sequence[str]) -> list[str]:
    """Return the column names; a column without a name is named by its position."""
    return [name.strip() or f"column {place}" for place, name in enumerate(heading, start=1)]
