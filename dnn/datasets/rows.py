"""A table of numbers that never changes: so it can be compared, hashed and kept in an experiment like any setting."""

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
BETWEEN_VALUES, BETWEEN_ROWS = " ", "~"  # in text; a web address has both as they are, the space as +
LONGEST = MOST_ROWS * MOST_COLUMNS * 25  # characters: a number has 24 at most

_EMPTY = re.compile(r"none of (\d{1,2})")


class Rows:
    """Read-only float64 ``numbers`` (m, columns). As text ``"0.5 1 0~0.25 2 1"``, which gives back every last digit.

    Equal tables are equal values, and found to be so in moments: what is hashed is kept.
    """

    __slots__ = ("_hash", "numbers")
    numbers: Array
    _hash: int

    def __init__(self, numbers: npt.ArrayLike = ((),)) -> None:
        """From anything that NumPy reads as a table; raises InvalidSetting for what is none."""
        try:
            table = np.array(numbers, np.float64) + 0.0  # a zero has no sign here
        except (TypeError, ValueError):
            raise _wrong(Message("a list that is no table"), Message("every row must have as many numbers")) from None
        if table.ndim != 2:
            given = Message("an array of shape {shape}", shape=table.shape)
            raise _wrong(given, Message("it must be a table of rows and columns"))
        if len(table) > MOST_ROWS or table.shape[1] > MOST_COLUMNS:
            given = Message("a table of {rows} × {columns}", rows=len(table), columns=table.shape[1])
            most = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise _wrong(given, Message("it may have {rows} rows and {columns} columns at most", **most))
        if not np.isfinite(table).all():
            raise _wrong(Message("a table with gaps or infinities"), Message("all numbers must be finite"))
        table.flags.writeable = False
        object.__setattr__(self, "numbers", table)
        object.__setattr__(self, "_hash", hash((table.shape, table.tobytes())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Rows never change; make others")

    @classmethod
    def read(cls, given: object) -> Rows:
        """``given`` itself, or the rows that a text, a list or an array of them stands for."""
        if isinstance(given, Rows):
            return given
        if not isinstance(given, str):
            return cls(given)  # type: ignore[arg-type]  # NumPy says whether it can
        if len(given) > LONGEST:
            length = Message("a text of {count} characters", count=len(given))
            allowed = Message("{rows} rows have fewer than {count}", rows=MOST_ROWS, count=LONGEST)
            raise _wrong(length, allowed)
        if found := _EMPTY.fullmatch(given):
            return cls(np.empty((0, int(found[1]))))
        try:
            return cls([[float(value) for value in line.split()] for line in given.split(BETWEEN_ROWS)])
        except ValueError as error:
            if isinstance(error, InvalidSetting):
                raise
            example = f"0.5{BETWEEN_VALUES}1{BETWEEN_VALUES}0{BETWEEN_ROWS}0.25{BETWEEN_VALUES}2{BETWEEN_VALUES}1"
            raise _wrong(shown(given), Message("it must be rows of numbers like {example}", example=example)) from None

    @property
    def text(self) -> str:
        """The shortest text from which the same numbers are read."""
        written = (BETWEEN_VALUES.join(repr(v).removesuffix(".0") for v in row) for row in self.numbers.tolist())
        return BETWEEN_ROWS.join(written) if len(self) else f"none of {self.numbers.shape[1]}"

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
        return Rows, (self.numbers,)  # a hash is another one in another process

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A text in JSON; in Python the value itself, which is quick."""
        as_text = core_schema.plain_serializer_function_ser_schema(lambda rows: rows.text, when_used="json")
        return core_schema.no_info_plain_validator_function(cls.read, serialization=as_text)


def _wrong(given: str, allowed: str) -> InvalidSetting:
    return InvalidSetting([Problem("rows", given, allowed)])
