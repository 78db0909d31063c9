"""Custom data: points that were drawn, typed or read from a file, stored inside the experiment."""

from __future__ import annotations

import itertools
import re
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field, model_validator

from dnn.components import Array, Task
from dnn.data import Data
from dnn.data.dataset import LONGEST_TEXT, Dataset, Sample
from dnn.data.names import Names, distinct, shorten
from dnn.data.table.column import MOST_CLASSES
from dnn.data.table.table import MOST_INPUTS
from dnn.data.targets import TASKS
from dnn.datasets.rows import BETWEEN_ROWS, Rows
from dnn.errors import InvalidData, InvalidSetting, Problem
from dnn.messages import Message

NAMELESS = "–"
MOST_IN_LINK = 200  # rows
DIGITS = 4  # significant digits of points that were drawn or copied from a generator


def clean_name(text: object) -> str:
    """Convert ``text`` to a valid name of a column or class: one line, not too long, without the separator."""
    return shorten(_line(text))


def _line(text: object) -> str:
    return " ".join(re.sub(rf"[{BETWEEN_ROWS}\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", str(text)).split()) or NAMELESS


def _names(names: object) -> object:
    """Convert a list of names, or their text in a link, to distinct names."""
    if isinstance(names, str):
        names = names.split(BETWEEN_ROWS) if names else ()
    return tuple(distinct(map(_line, names))) if isinstance(names, list | tuple) else names


SomeNames = Annotated[tuple[str, ...], BeforeValidator(_names)]


class CustomData(Dataset):
    """Points of your own: drawn, typed, pasted or read from a file."""

    kind: Literal["own"] = "own"
    label: ClassVar[str] = "Your own data"
    is_table: ClassVar[bool] = True
    editable: ClassVar[bool] = True

    rows: Rows = Field(Rows(np.empty((0, 3))), description="The examples: their inputs, and the target last")
    inputs: Annotated[SomeNames, Field(max_length=MOST_INPUTS)] = Field(
        (), description="What the inputs are called, with their units in brackets; none: x1, x2 …"
    )
    target: Annotated[str, BeforeValidator(clean_name)] = Field("y", description="What the target is called")
    classes: Annotated[SomeNames, Field(max_length=MOST_CLASSES)] = Field(
        (), description="What the classes 0, 1, 2 … are called; none: the target is a number"
    )

    @model_validator(mode="after")
    def _check_classes(self) -> Self:
        columns = self.rows.numbers.shape[1]
        if columns < 2:
            shape = Message("a table of {count} columns", count=columns)
            raise _error("rows", shape, Message("it must have an input and the target at least"))
        if self.inputs and len(self.inputs) != columns - 1:
            shape = Message("{count} names", count=len(self.inputs))
            raise _error("inputs", shape, Message("the rows have {count} inputs", count=columns - 1))
        if len(self.classes) == 1:
            allowed = Message("there must be 2 to {most}, or none for numbers", most=MOST_CLASSES)
            raise _error("classes", Message("one class"), allowed)
        if self.classes:
            y = self.rows.numbers[:, -1]
            if ((y < 0) | (y >= len(self.classes)) | (y != np.floor(y))).any():
                last = len(self.classes) - 1
                allowed = Message("it must be a whole number from {low} to {high}", low=0, high=last)
                raise _error("rows", Message("a target that is no class"), allowed)
        return self

    @classmethod
    def of(cls, X: npt.ArrayLike, y: npt.ArrayLike, names: Names | None = None) -> CustomData:
        """Create from inputs ``X`` (m, n), targets ``y`` (m,): class numbers if ``names`` has classes, else numbers.

        Raises InvalidData if they are not numbers of these shapes, and InvalidSetting if ``names`` do not fit.
        """
        try:
            points, targets = np.asarray(X, np.float64), np.asarray(y, np.float64)
        except (TypeError, ValueError):
            raise InvalidData("X and y must be tables of numbers, with as many in every row") from None
        if points.ndim != 2 or targets.shape != points.shape[:1]:
            shapes = f"X has shape {points.shape} and y {targets.shape}"
            raise InvalidData(f"{shapes}; they must be (examples, inputs) and (examples,)")
        rows = Rows(np.column_stack([points, targets]))
        names = names or Names.plain(points.shape[1])
        return cls(rows=rows, inputs=names.headings, target=names.target, classes=names.classes)

    @classmethod
    def empty(cls, classes: int = 2, names: Names | None = None) -> CustomData:
        """Create without points, in the plane or with the inputs of ``names``. 0 ``classes`` means numeric targets."""
        names = names or Names.plain(2, classes)
        return cls.of(np.empty((0, len(names.inputs))), np.empty(0), names)

    @classmethod
    def holding(cls, data: Data) -> CustomData:
        """Copy the examples of ``data`` in their original order, rounded to four significant digits."""
        order = np.arange(len(data.X)) if data.order is None else np.argsort(data.order)
        y = data.labels[order] if data.names.classes else significant(data.labels[order])
        return cls.of(significant(data.points[order]), y, data.names)

    @property
    def task(self) -> Task:
        """Binary, multiclass, or regression without classes."""
        return TASKS[min(len(self.classes), 3)]

    @property
    def names(self) -> Names:
        """The names of the columns and classes."""
        headings = self.inputs or Names.plain(self.rows.numbers.shape[1] - 1).inputs
        return Names.from_headings(headings, self.classes, self.target)

    @property
    def fits_link(self) -> bool:
        """Whether the rows fit into a link: up to about 200 points in the plane."""
        return len(self.rows) <= MOST_IN_LINK and len(self.rows.text) <= LONGEST_TEXT

    @property
    def X(self) -> Array:
        """The inputs of all examples, (m, n)."""
        return self.rows.numbers[:, :-1]

    @property
    def y(self) -> Array:
        """The targets of all examples, (m,): class numbers, or numbers."""
        return self.rows.numbers[:, -1]

    def sample(self, samples: int = 0, seed: int = 0) -> Sample:
        """Return all rows in order; ``samples`` and ``seed`` have no effect."""
        return self.X, self.y.astype(np.int64) if self.classes else self.y


def with_points(custom: CustomData, X: npt.ArrayLike, y: npt.ArrayLike) -> CustomData:
    """Return ``custom`` with examples ``X`` (k, n), ``y`` (k,) appended, rounded to four significant digits."""
    targets = np.asarray(y, np.float64)
    more = np.column_stack(
        [significant(np.asarray(X, np.float64)), targets if custom.classes else significant(targets)]
    )
    if more.shape[1] != custom.rows.numbers.shape[1]:
        shape = Message("points of {count} inputs", count=more.shape[1] - 1)
        raise _error("rows", shape, Message("these data have {count} inputs", count=custom.X.shape[1]))
    return _with_rows(custom, Rows(np.vstack([custom.rows.numbers, more])))


def with_class(custom: CustomData) -> CustomData:
    """Return ``custom`` with one more class without examples, named by its number; for classification only."""
    name = next(str(number) for number in itertools.count(len(custom.classes)) if str(number) not in custom.classes)
    return CustomData(rows=custom.rows, inputs=custom.inputs, target=custom.target, classes=(*custom.classes, name))


def without(custom: CustomData, rows: npt.ArrayLike) -> CustomData:
    """Return ``custom`` without the rows with the numbers ``rows`` (k,); numbers out of range are ignored."""
    places = np.asarray(rows, np.intp).ravel()
    remaining = np.ones(len(custom.rows), bool)
    remaining[places[(places >= 0) & (places < len(remaining))]] = False
    return custom if remaining.all() else _with_rows(custom, Rows(custom.rows.numbers[remaining]))


def significant(numbers: Array, digits: int = DIGITS) -> Array:
    """Round ``numbers`` to ``digits`` significant digits, which keeps links and files short."""
    rounded: Array = np.array([float(f"{value:.{digits}g}") for value in numbers.ravel().tolist()])
    return rounded.reshape(numbers.shape)


def _with_rows(custom: CustomData, rows: Rows) -> CustomData:
    return CustomData(rows=rows, inputs=custom.inputs, target=custom.target, classes=custom.classes)


def _error(field: str, given: str, allowed: str) -> InvalidSetting:
    return InvalidSetting([Problem(field, given, allowed)])
