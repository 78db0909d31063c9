"""Read the columns of a data frame of any library and type as texts and numbers."""

from __future__ import annotations

from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np

from dnn.data.names import distinct
from dnn.data.table.column import Column
from dnn.data.table.numbers import Decimal as DecimalSign
from dnn.data.table.numbers import decimal_of, number
from dnn.errors import InvalidData
from dnn.messages import Message


def columns_of(frame: Any, decimal: DecimalSign | None = None) -> tuple[list[Column], list[tuple[str, DecimalSign]]]:
    """Return the columns of a pandas, polars or pyarrow table, or of another type that narwhals supports.

    Also return ambiguous cells, each with the decimal sign that was detected for it.

    Repeated names get a number, multi-level names are joined, and integer names become texts. Texts are read as in a
    file, with ``decimal`` or the detected decimal sign. Raises InvalidData if ``frame`` is not a table.
    """
    import narwhals as nw  # start-up time: only a frame needs it

    names, plain = _renamed(frame)
    try:
        table = nw.from_native(plain, eager_only=True)
    except TypeError:
        kind = type(frame).__name__
        raise InvalidData(Message("{kind} is no table; give a pandas or polars frame.", kind=kind)) from None
    cells = [[None if _is_gap(value) else value for value in table[name].to_list()] for name in table.columns]
    texts = [[value for value in column if isinstance(value, str)] for column in cells]
    sign, example = decimal_of(texts, "")
    doubtful = [(example, sign)] if example and decimal is None else []
    comma = (decimal or sign) == ","
    names = distinct(names or table.columns, mark="")
    columns = [_column(name, values, comma) for name, values in zip(names, cells, strict=True)]
    for place, column in enumerate(columns if decimal is None else ()):
        if all(value is None or isinstance(value, str) for value in cells[place]) and (
            other := column.with_other_decimal(comma)
        ):
            columns[place] = other
            doubtful.append((column.texts[column.strange or 0], "." if comma else ","))
    return columns, doubtful


def _renamed(frame: Any) -> tuple[list[str], Any]:
    """What its columns are called, and the same frame with names that every library allows; none where all do."""
    if hasattr(frame, "set_axis") and hasattr(frame, "columns"):  # pandas and compatible libraries
        names = [_label(label) for label in frame.columns]
        return names, frame.set_axis([f"c{place}" for place in range(len(names))], axis=1)
    if hasattr(frame, "rename_columns"):  # pyarrow
        names = [str(name) for name in frame.column_names]
        return names, frame.rename_columns([f"c{place}" for place in range(len(names))])
    return [], frame


def _label(label: Any) -> str:
    return " ".join(str(part) for part in label if str(part)) if isinstance(label, tuple) else str(label)


def _is_gap(value: Any) -> bool:
    """Whether ``value`` is None, NaN, NaT or pandas' NA, which cannot be compared."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError, ArithmeticError):  # pandas' NA; an array in a cell, or a signalling NaN, is none
        return type(value).__name__ == "NAType"


def _column(name: str, values: list[Any], comma: bool) -> Column:
    texts = ["" if value is None else value.strip() if isinstance(value, str) else str(value) for value in values]
    return Column.of(name, texts, np.array([_number(value, comma) for value in values], np.float64))


def _number(value: Any, comma: bool) -> float:
    if isinstance(value, str):
        return number(value.strip(), comma)
    if isinstance(value, Real | Decimal | np.bool_):
        try:
            plain = float(value)
        except (OverflowError, ValueError):  # too large, or a signalling NaN
            return np.nan
        return plain if np.isfinite(plain) else np.nan
    return np.nan
