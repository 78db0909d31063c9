"""The columns selected from a table as arrays, and notes about dropped rows."""

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
SAMPLE = 3  # random stream of the rows drawn from a table that is too long

Missing = Literal["drop", "fill"]


@dataclass(frozen=True, eq=False)
class Selection:
    """Inputs X (m, n), targets y (m,) and their names; ``notes`` report dropped rows and ignored columns."""

    X: Array
    y: Array
    names: Names
    notes: tuple[Message, ...]


def check_numeric(column: Column, *, target: bool = False) -> Column:
    """Return ``column``; raises InvalidData naming the first cell that is neither a number nor missing."""
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
    """Return ``X`` (gaps filled if ``missing`` is "fill"), the numbers of rows without gaps, and notes."""
    notes: list[Message] = []
    has_target = ~np.isnan(y)
    if missing == "fill":
        gaps = np.isnan(X) & has_target[:, None]
        if gaps.any() and np.isfinite(X[has_target]).any(axis=0).all():
            X = np.where(np.isnan(X), np.nanmean(X[has_target], axis=0), X)
            notes.append(Message("Missing inputs filled with the mean of their column: {count}.", count=gaps.sum()))
    complete = has_target & ~np.isnan(X).any(axis=1)
    if not complete.any():
        raise InvalidData(Message("Every row has a gap in one of the chosen columns; choose fewer, or fill the gaps."))
    if not complete.all():
        notes.append(Message("Rows dropped for a gap: {count} of {all}.", count=(~complete).sum(), all=len(complete)))
    rows = np.flatnonzero(complete)
    if len(rows) > MOST_ROWS:
        notes.append(Message("Rows drawn at random: {count} of {all}.", count=MOST_ROWS, all=len(rows)))
        rows = np.sort(np.random.default_rng([seed, SAMPLE]).permutation(rows)[:MOST_ROWS])
    return X, rows, notes


def targets_of(column: Column, kind: Target) -> tuple[Array, tuple[str, ...]]:
    """Return numeric targets, or class numbers and the names of the classes; NaN for missing values."""
    if kind == "number":
        return check_numeric(column, target=True).numbers, ()
    classes = column.categories
    if not classes:
        check_numeric(column, target=True)
    if len(classes) > MOST_CLASSES:
        if column.nearly_numeric:
            check_numeric(column, target=True)
        values = {"name": shown(column.name), "count": len(classes), "most": MOST_CLASSES}
        raise InvalidData(Message("The target {name} has {count} classes; {most} are allowed.", **values))
    return column.labels, classes
