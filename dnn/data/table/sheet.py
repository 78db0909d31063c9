"""A table of somebody's own, before it is decided which columns are the inputs and which one is the target.

It comes from a CSV file or text, or from a pandas or polars frame; what it then gives are arrays to learn from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

import numpy as np

from dnn.components import Array
from dnn.data.names import Names
from dnn.data.table.column import GAPS, MOST_CLASSES, Column, Target, number
from dnn.data.table.csv_text import cells
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_ROWS, MOST_INPUTS = 20_000, 12
MOSTLY = 0.5  # a column of which so large a share are numbers was meant to be one
SAMPLE = 3  # first of the random numbers' seed, for tables that are too long

Missing = Literal["drop", "fill"]


class Choice(TypedDict, total=False):
    """What may be chosen about a table: see :meth:`Sheet.pick`."""

    inputs: Sequence[str]
    target: str | None
    kind: Target | None
    missing: Missing


@dataclass(frozen=True, eq=False)
class Picked:
    """Inputs X (m, n), targets y (m,) and their names; ``notes`` say in sentences what became of rows."""

    X: Array
    y: Array
    names: Names
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Columns of one length; ``read`` says in words how they were told apart."""

    columns: tuple[Column, ...]
    read: str = ""

    @classmethod
    def from_csv(cls, given: Path | str | bytes, encoding: str | None = None) -> Sheet:
        """From a path, a file's bytes or pasted text. Raises InvalidData with a sentence for what is no table."""
        rows, delimiter = cells(given, encoding)
        comma = _decimal_comma(rows)
        heading = rows[0] if _is_heading(rows, comma) else [""] * len(rows[0])
        if rows[0] is heading and len(rows) == 1:
            raise InvalidData(Message("There is a line of names and no line with an example."))
        body = rows[1:] if rows[0] is heading else rows
        names = _distinct(heading)
        columns = (
            Column(name, texts, np.array([number(text, comma) for text in texts]))
            for name, texts in zip(names, zip(*body, strict=True), strict=True)
        )
        if comma:
            read = Message("{delimiter}, decimal comma", delimiter=delimiter)
        else:
            read = Message("{delimiter}, decimal point", delimiter=delimiter)
        return cls(tuple(columns), read)

    @classmethod
    def from_frame(cls, frame: Any) -> Sheet:
        """From a pandas or polars frame, or another that narwhals knows; raises InvalidData for what is none."""
        import narwhals as nw  # start-up time: only frames need it

        try:
            table = nw.from_native(frame, eager_only=True)
        except TypeError:
            kind = type(frame).__name__
            raise InvalidData(Message("{kind} is no table; give a pandas or polars frame.", kind=kind)) from None
        columns = []
        for name in table.columns:
            values = table[name].to_list()
            texts = tuple("" if value is None or value != value else str(value) for value in values)
            numbers = np.array([float(value) if isinstance(value, int | float) else np.nan for value in values])
            columns.append(Column(str(name), texts, np.where(np.isfinite(numbers), numbers, np.nan)))
        if not columns or not len(columns[0].texts):
            raise InvalidData(Message("The table is empty; it needs a row for every example."))
        return cls(tuple(columns))

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
        """Inputs and target to begin with: the last column, and the first of the numeric ones before it."""
        target = self.columns[-1].name
        return tuple(name for name in self.numeric if name != target)[:MOST_INPUTS], target

    def spoilt(self) -> tuple[Column, ...]:
        """Columns that were meant to be numbers, and hold something else in places."""
        return tuple(
            column
            for column in self.columns
            if column.strange is not None and np.isfinite(column.numbers[~column.gaps]).mean() >= MOSTLY
        )

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
        """Arrays of these columns; by default those that are likely.

        Rows with gaps are dropped, or gaps in inputs filled with the mean of the column; a row without a target is
        always dropped. Of more than 20 000 rows so many are drawn with ``seed``, and stay in order. Raises InvalidData.
        """
        usual, last = self.likely()
        target = last if target is None else target
        if not inputs:
            self._complain(but=target)
        aim, chosen = self.column(target), tuple(inputs) or tuple(name for name in usual if name != target)
        if not chosen:
            text = Message("No column beside {name} holds numbers, so there is no input.", name=shown(target))
            raise InvalidData(text)
        if len(chosen) > MOST_INPUTS:
            text = Message("{count} inputs are chosen; {most} are allowed.", count=len(chosen), most=MOST_INPUTS)
            raise InvalidData(text)
        if target in chosen:
            raise InvalidData(Message("The target {name} cannot be an input too.", name=shown(target)))
        X = np.column_stack([checked(self.column(name)).numbers for name in chosen])
        kind = kind or aim.target
        y, classes = _targets(aim, kind)
        notes: list[str] = []
        known = ~np.isnan(y)
        if missing == "fill":
            holes = np.isnan(X) & known[:, None]
            if holes.any():
                X = np.where(np.isnan(X), np.nanmean(X[known], axis=0), X)
                filled = Message("Missing inputs filled with the mean of their column: {count}.", count=holes.sum())
                notes.append(filled)
        kept = known & ~np.isnan(X).any(axis=1)
        if not kept.any():
            raise InvalidData(
                Message("Every row has a gap in one of the chosen columns; choose fewer, or fill the gaps.")
            )
        if not kept.all():
            notes.append(Message("Rows dropped for a gap: {count} of {all}.", count=(~kept).sum(), all=len(kept)))
        rows = np.flatnonzero(kept)
        if len(rows) > MOST_ROWS:
            notes.append(Message("Rows drawn at random: {count} of {all}.", count=MOST_ROWS, all=len(rows)))
            rows = np.sort(np.random.default_rng([seed, SAMPLE]).permutation(rows)[:MOST_ROWS])
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
        return Picked(X, y, Names.headed(chosen, classes, target), tuple(notes))


def checked(column: Column, *, target: bool = False) -> Column:
    """``column``, if it holds numbers and gaps only; raises InvalidData saying what else it holds, and where."""
    if column.strange is not None:
        cell = shown(column.texts[column.strange], 30)
        values = {"name": shown(column.name), "number": column.strange + 1, "cell": cell}
        if target:
            text = Message("Column {name} cannot be a target of numbers: example {number} says {cell}.", **values)
        else:
            text = Message("Column {name} cannot be an input: example {number} says {cell}.", **values)
        raise InvalidData(text)
    if column.gaps.all():
        raise InvalidData(Message("Column {name} is empty.", name=shown(column.name)))
    return column


def _targets(column: Column, kind: Target) -> tuple[Array, tuple[str, ...]]:
    """Numbers, or the numbers of the classes with their names; NaN where nothing is known."""
    if kind == "number":
        return checked(column, target=True).numbers, ()
    classes = column.categories
    if len(classes) > MOST_CLASSES:
        if column.strange is not None and np.isfinite(column.numbers[~column.gaps]).mean() >= MOSTLY:
            checked(column, target=True)
        values = {"name": shown(column.name), "count": len(classes), "most": MOST_CLASSES}
        raise InvalidData(Message("The target {name} has {count} classes; {most} are allowed.", **values))
    label_of = {name: label for label, name in enumerate(classes)}
    return np.array([label_of.get(text, np.nan) for text in column.texts], np.float64), classes


def _decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    """Whether more cells are numbers when a comma is taken for the decimal sign."""
    some = [cell for row in rows[1:200] for cell in row if "," in cell or "." in cell]

    def readable(comma: bool) -> int:
        return sum(not math.isnan(number(cell, comma)) for cell in some)

    return readable(True) > readable(False)


def _is_heading(rows: Sequence[Sequence[str]], comma: bool) -> bool:
    """Whether the first row holds names: no number at all, or a word above a column of numbers."""

    def numbers(cells: Iterable[str]) -> list[bool]:
        return [bool(np.isfinite(number(cell, comma))) for cell in cells if cell.lower() not in GAPS]

    below = [numbers(row[place] for row in rows[1:200]) for place in range(len(rows[0]))]
    named = [numbers([cell]) == [False] for cell in rows[0]]
    return not any(numbers(rows[0])) or any(
        word and all(column) for word, column in zip(named, below, strict=True) if column
    )


def _distinct(heading: Sequence[str]) -> list[str]:
    """Names for all columns: those without one by their place, and one that comes again with a number."""
    names: list[str] = []
    for place, given in enumerate(heading, start=1):
        name = base = " ".join(given.split())[:40] or f"column {place}"
        again = 2
        while name in names:
            name, again = f"{base} {again}", again + 1
        names.append(name)
    return names
