"""What was picked from a table: arrays to learn from, and what became of the rows on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dnn.components import Array
from dnn.data.names import Names
from dnn.data.table.column import MOST_CLASSES, Column, Target
from dnn.errors import InvalidData, shown
from dnn.messages import Message

MOST_ROWS = 20_000
MOSTLY = 0.5  # a column of which so large a share are numbers was meant to be one
SAMPLE = 3  # first of the random numbers' seed, for tables that are too long

Missing = Literal["drop", "fill"]


@dataclass(frozen=True, eq=False)
class Picked:
    """Inputs X (m, n), targets y (m,) and their names; ``notes`` say what became of rows and columns."""

    X: Array
    y: Array
    names: Names
    notes: tuple[Message, ...]


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
    if column.empty:
        raise InvalidData(Message("Column {name} is empty.", name=shown(column.name)))
    return column


def known_rows(X: Array, y: Array, missing: Missing, seed: int) -> tuple[Array, np.ndarray, list[Message]]:
    """``X`` with gaps filled where that was asked for, the rows without gaps, and what has to be said about it."""
    notes: list[Message] = []
    known = ~np.isnan(y)
    if missing == "fill":
        holes = np.isnan(X) & known[:, None]
        if holes.any() and np.isfinite(X[known]).any(axis=0).all():
            X = np.where(np.isnan(X), np.nanmean(X[known], axis=0), X)
            notes.append(Message("Missing inputs filled with the mean of their column: {count}.", count=holes.sum()))
    kept = known & ~np.isnan(X).any(axis=1)
    if not kept.any():
        raise InvalidData(Message("Every row has a gap in one of the chosen columns; choose fewer, or fill the gaps."))
    if not kept.all():
        notes.append(Message("Rows dropped for a gap: {count} of {all}.", count=(~kept).sum(), all=len(kept)))
    rows = np.flatnonzero(kept)
    if len(rows) > MOST_ROWS:
        notes.append(Message("Rows drawn at random: {count} of {all}.", count=MOST_ROWS, all=len(rows)))
        rows = np.sort(np.random.default_rng([seed, SAMPLE]).permutation(rows)[:MOST_ROWS])
    return X, rows, notes


def targets_of(column: Column, kind: Target) -> tuple[Array, tuple[str, ...]]:
    """Numbers, or the numbers of the classes with their names; NaN where nothing is known."""
    if kind == "number":
        return checked(column, target=True).numbers, ()
    classes = column.categories
    if not classes:
        checked(column, target=True)
    if len(classes) > MOST_CLASSES:
        if column.strange is not None and np.isfinite(column.numbers[~column.gaps]).mean() >= MOSTLY:
            checked(column, target=True)
        values = {"name": shown(column.name), "count": len(classes), "most": MOST_CLASSES}
        raise InvalidData(Message("The target {name} has {count} classes; {most} are allowed.", **values))
    return column.labels, classes
