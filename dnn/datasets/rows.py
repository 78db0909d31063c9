"""An immutable table of numbers, which can be compared, hashed and stored in an experiment like any setting."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from dnn.components import Array
from dnn.errors import InvalidSetting, Problem, shown
from dnn.messages import Message

MOST_ROWS, MOST_COLUMNS = 20_000, 13  # twelve inputs and the target
BETWEEN_VALUES, BETWEEN_ROWS = " ", "~"  # separators in the text; a web address keeps ~ and writes the space as +
LONGEST = MOST_ROWS * MOST_COLUMNS * 25  # characters: a number has 24 at most

_EMPTY = re.compile(r"none of (\d{1,2})")


class Rows:
    """Read-only float64 ``numbers`` (m, columns). Its text is ``"0.5 1 0~0.25 2 1"``, from which the same numbers are
    read.

    Tables with equal numbers are equal. The hash is stored, so comparison is fast.
    """

    __slots__ = ("_hash", "numbers")
    numbers: Array
    _hash: int

    def __init__(self, numbers: npt.ArrayLike = ((),)) -> None:
        """Create from anything that NumPy converts to a table; raises InvalidSetting otherwise."""
        try:
            table = np.array(numbers, np.float64) + 0.0  # converts -0 to 0
        except (TypeError, ValueError):
            raise _invalid_rows(
                Message("a list that is no table"), Message("every row must have as many numbers")
            ) from None
        if table.ndim != 2:
            shape = Message("an array of shape {shape}", shape=table.shape)
            raise _invalid_rows(shape, Message("it must be a table of rows and columns"))
        if len(table) > MOST_ROWS or table.shape[1] > MOST_COLUMNS:
            shape = Message("a table of {rows} × {columns}", rows=len(table), columns=table.shape[1])
            most = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise _invalid_rows(shape, Message("it may have {rows} rows and {columns} columns at most", **most))
        if not np.isfinite(table).all():
            raise _invalid_rows(Message("a table with gaps or infinities"), Message("all numbers must be finite"))
        table.flags.writeable = False
        object.__setattr__(self, "numbers", table)
        object.__setattr__(self, "_hash", hash((table.shape, table.tobytes())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Rows never change; make others")

    @classmethod
    def read(cls, given: npt.ArrayLike | Rows) -> Rows:
        """Return ``given`` itself if it is Rows, else convert a text, a list or an array."""
        if isinstance(given, Rows):
            return given
        if not isinstance(given, str):
            return cls(given)
        if len(given) > LONGEST:
            length = Message("a text of {count} characters", count=len(given))
            allowed = Message("{rows} rows have fewer than {count}", rows=MOST_ROWS, count=LONGEST)
            raise _invalid_rows(length, allowed)
        if rows := _EMPTY.fullmatch(given):
            return cls(np.empty((0, int(rows[1]))))
        try:
            return cls([[float(value) for value in line.split()] for line in given.split(BETWEEN_ROWS)])
        except ValueError as error:
            if isinstance(error, InvalidSetting):
                raise
            example = f"0.5{BETWEEN_VALUES}1{BETWEEN_VALUES}0{BETWEEN_ROWS}0.25{BETWEEN_VALUES}2{BETWEEN_VALUES}1"
            raise _invalid_rows(
                shown(given), Message("it must be rows of numbers like {example}", example=example)
            ) from None

    @property
    def text(self) -> str:
        """The shortest text from which exactly the same numbers are read."""
        values = (BETWEEN_VALUES.join(repr(v).removesuffix(".0") for v in row) for row in self.numbers.tolist())
        return BETWEEN_ROWS.join(values) if len(self) else f"none of {self.numbers.shape[1]}"

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return self is other or (self._hash == other._hash and np.array_equal(self.numbers, other.numbers))

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return "Rows({} × {})".format(*self.numbers.shape)

    def __str__(self) -> str:
        return self.text

    def __copy__(self) -> Rows:
        return self

    def __deepcopy__(self, memo: object) -> Rows:
        return self

    def __reduce__(self) -> tuple[type[Rows], tuple[Array]]:
        return Rows, (self.numbers,)  # the hash differs between processes

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate a text in JSON, and the value itself in Python, which is faster."""
        as_text = core_schema.plain_serializer_function_ser_schema(lambda rows: rows.text, when_used="json")
        return core_schema.no_info_plain_validator_function(cls.read, serialization=as_text)


def _invalid_rows(given: str, allowed: str) -> InvalidSetting:
    return InvalidSetting([Problem("rows", given, allowed)])
