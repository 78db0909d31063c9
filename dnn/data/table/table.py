"""A table of somebody's own, before it is decided which columns are the inputs and which one is the target.

It comes from a CSV file or text, or from a data frame; what it then gives are arrays to learn from.
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
from dnn.data.table.evenness import DELIMITERS
from dnn.data.table.frame import columns_of
from dnn.data.table.heading import is_heading
from dnn.data.table.numbers import Decimal, decimal_of, number
from dnn.data.table.picked import MOSTLY, Missing, Picked, checked, known_rows, targets_of
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_INPUTS = 12

LISTED = 6  # columns that a note names


class Choice(TypedDict, total=False):
    """What may be chosen about a table: see :meth:`Table.pick`."""

    inputs: Sequence[str]
    target: str | None
    kind: Target | None
    missing: Missing


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length, and how they were read.

    ``delimiter`` and ``decimal`` are signs, "" for a frame; ``heading`` says whether the first row held the names.
    ``notes`` say what was left out, and what could have been read in another way.
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
        """From a path, a file's bytes or pasted text.

        The ``decimal`` sign, "." or ",", and whether the first row is a ``heading`` are found out unless they are
        given. Raises InvalidData with a sentence for what is no table.
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
        names = distinct(_or_place(rows[0] if heading else [""] * len(rows[0])), mark="")
        columns = (Column.read(name, texts, comma) for name, texts in zip(names, zip(*body, strict=True), strict=True))
        return cls(tuple(columns), delimiter, sign, heading, notes)

    @classmethod
    def from_frame(cls, frame: Any, *, decimal: Decimal | None = None) -> Table:
        """From a pandas, polars or pyarrow table, or another that narwhals knows; raises InvalidData for what is none.

        ``decimal`` is the sign in columns of texts, which is found out unless it is given.
        """
        columns = columns_of(frame, decimal)
        if not columns or not len(columns[0].texts):
            raise InvalidData(Message("The table is empty; it needs a row for every example."))
        return cls(columns)

    @property
    def read(self) -> str:
        """How cells and numbers were told apart, in words; nothing for a frame."""
        if not self.delimiter:
            return ""
        delimiter = Message(DELIMITERS[self.delimiter])
        if self.decimal == ",":
            return Message("{delimiter}, decimal comma", delimiter=delimiter)
        return Message("{delimiter}, decimal point", delimiter=delimiter)

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.columns[0].texts)

    @property
    def numeric(self) -> tuple[str, ...]:
        """The columns that may be inputs."""
        return tuple(column.name for column in self.columns if column.numeric)

    def column(self, name: str) -> Column:
        """The one of this name; raises InvalidData where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns[:MOST_INPUTS])
        raise InvalidData(Message("There is no column {name}; the table has {names}.", name=shown(name), names=known))

    def likely(self) -> tuple[tuple[str, ...], str]:
        """Inputs and target to begin with: the last column that is not empty, and the first numeric ones before it."""
        target = next((column.name for column in reversed(self.columns) if not column.empty), self.columns[-1].name)
        return tuple(name for name in self.numeric if name != target)[:MOST_INPUTS], target

    def spoilt(self) -> tuple[Column, ...]:
        """Columns that were meant to be numbers, and hold something else in places."""
        return tuple(
            column
            for column in self.columns
            if column.strange is not None and np.isfinite(column.numbers[~column.gaps]).mean() >= MOSTLY
        )

    def left_out(self, inputs: Sequence[str], target: str) -> tuple[Message, ...]:
        """Which columns are neither ``inputs`` nor ``target``, and why each of them cannot be or is not an input."""
        others = [column for column in self.columns if column.name not in (*inputs, target)]
        words = [column for column in others if column.strange is not None]
        empty = [shown(column.name) for column in others if column.empty]
        more = [shown(column.name) for column in others if column.numeric]
        quoted = [f"{shown(c.name)} ({shown(c.texts[c.strange or 0], 30)})" for c in words]
        notes = []
        if quoted:
            notes.append(Message("Columns left out because they hold words: {names}.", names=_listed(quoted)))
        if empty:
            notes.append(Message("Columns left out because they are empty: {names}.", names=_listed(empty)))
        if more:
            notes.append(
                Message(
                    "Columns left out because {most} inputs are allowed: {names}.",
                    most=MOST_INPUTS,
                    names=_listed(more),
                )
            )
        return tuple(notes)

    def _complain(self, but: str) -> None:
        for column in self.spoilt():
            if column.name != but:
                checked(column)

    def pick(
        self,
        inputs: Sequence[str] = (),
        target: str | None = None,
        *,
        kind: Target | None = None,
        missing: Missing = "drop",
        seed: int = 0,
    ) -> Picked:
        """Arrays of these columns; by default those that are likely, and then notes name the others.

        Rows with gaps are dropped, or gaps in inputs filled with the mean of the column; a row without a target is
        always dropped. Of more than 20 000 rows so many are drawn with ``seed``, and stay in order. Raises InvalidData.
        """
        _, last = self.likely()
        target = last if target is None else target
        aim = self.column(target)
        if not inputs:
            self._complain(but=target)
        chosen = tuple(inputs) or tuple(name for name in self.numeric if name != target)[:MOST_INPUTS]
        notes = [*self.notes, *(() if inputs else self.left_out(chosen, target))]
        if not chosen:
            text = Message("No column beside {name} holds numbers, so there is no input.", name=shown(target))
            raise InvalidData(text)
        if len(chosen) > MOST_INPUTS:
            text = Message("{count} inputs are chosen; {most} are allowed.", count=len(chosen), most=MOST_INPUTS)
            raise InvalidData(text)
        if target in chosen:
            raise InvalidData(Message("The target {name} cannot be an input too.", name=shown(target)))
        X = np.column_stack([checked(self.column(name)).numbers for name in chosen])
        y, classes = targets_of(aim, kind or aim.target)
        if kind is None and aim.hardly_repeats:
            text = Message(
                "The whole numbers of {name} hardly repeat, so they are numbers and not classes.", name=shown(target)
            )
            notes.append(text)
        X, rows, said = known_rows(X, y, missing, seed)
        X, y = X[rows], y[rows]
        if classes:
            found = np.unique(y).astype(int)
            y, classes = np.searchsorted(found, y).astype(float), tuple(classes[label] for label in found)
            if len(classes) < 2:
                text = Message(
                    "The target {name} has one value only, {value}; two classes at least are needed.",
                    name=shown(target),
                    value=shown(classes[0]),
                )
                raise InvalidData(text)
        return Picked(X, y, Names.headed(chosen, classes, target), (*notes, *said))


def _read_as(example: str, decimal: Decimal) -> Message:
    """What a cell that can be read in two ways was taken for."""
    value = f"{number(example, decimal == ','):.10g}"
    return Message(
        "{cell} is read as {value}. If that is wrong, choose the other decimal sign.", cell=shown(example), value=value
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:LISTED])}, … (+{more})"


def _or_place(heading: Sequence[str]) -> list[str]:
    """The names of columns, and for those without one their place."""
    return [name.strip() or f"column {place}" for place, name in enumerate(heading, start=1)]
