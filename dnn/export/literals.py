"""Arrays as Python source: short ones as lists, long ones as base64."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from textwrap import fill

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.export.formulas import number

READABLE = 120  # most numbers of an array that is written as a list
WIDE = 100  # characters on a line of base64


def single(values: Array) -> np.ndarray:
    """Convert ``values`` to float32, clipped to its range: a diverging run may exceed it."""
    most = np.finfo(np.float32).max
    return np.clip(values, -most, most).astype("<f4")


def scaling_of(data: Data) -> tuple[Array, Array] | None:
    """Return mean and standard deviation (n,) of standardised data, else None."""
    return None if data.mean is None or data.std is None else (data.mean, data.std)


def standardize_lines(name: str, data: Data) -> list[str]:
    """Return a statement that standardises the columns ``name`` (m, n) like ``data``; empty if they are not
    standardised.
    """
    if (scaling := scaling_of(data)) is None:
        return []
    mean, std = (f"[{', '.join(map(number, row))}]" for row in scaling)
    return [f"{name} = ({name} - np.array({mean})) / np.array({std})  # (x - mean) / standard deviation"]


def network_targets(expression: str, data: Data) -> str:
    """Return the expression for the network's targets from the expression for the targets (m, K)."""
    if data.target_mean is None or data.target_std is None:
        return expression
    mean, std = (f"np.array([{', '.join(map(number, row))}])" for row in (data.target_mean, data.target_std))
    return f"(({expression} - {mean}) / {std})"


def in_units(answers: str, data: Data, place: int | None = None) -> str:
    """Return the expression for predictions in the data's units from one for the network's outputs (m, K), or one of
    them.
    """
    if data.target_mean is None or data.target_std is None:
        return answers
    if place is not None:
        return f"{answers} * {number(data.target_std[place])} + {number(data.target_mean[place])}"
    std, mean = (f"np.array([{', '.join(map(number, row))}])" for row in (data.target_std, data.target_mean))
    return f"{answers} * {std} + {mean}"


def cost_in_units(cost: str, data: Data) -> str:
    """Return the expression for a cost in the data's units from one for the network's cost."""
    return cost if data.target_std is None else f"{cost} * {number(data.cost_scale)}"


UNPACKED = (
    "def unpacked(text, kind, columns):\n"
    '    """The numbers that are packed into a text: a table with ``columns`` columns."""\n'
    "    return np.frombuffer(base64.b64decode(text), kind).reshape(-1, columns).astype(float)"
)


def flat(expression: str) -> str:
    """Return the expression for the single column (m,) of the table (m, 1) in the expression ``expression``."""
    return expression.removesuffix("[:, None]") if expression.endswith("[:, None]") else f"{expression}[:, 0]"


def tuple_of(items: Sequence[str]) -> str:
    """Return the code of a tuple of these expressions."""
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def rows(array: Array, indent: str = "    ") -> str:
    """Return the code of a list of lists, one row per line."""
    lines = [f"{indent}[{', '.join(map(number, row))}]," for row in np.atleast_2d(array)]
    return "[\n" + "\n".join(lines) + "\n]"


def base64_literal(array: np.ndarray) -> str:
    """Return the little-endian bytes of ``array`` as base64 in triple quotes."""
    text = b64encode(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()).decode()
    lines = [text[at : at + WIDE] for at in range(0, len(text), WIDE)]
    return '"""\n' + "\n".join(lines) + '\n"""'


def assignment(name: str, array: Array, comment: str) -> tuple[str, str]:
    """Return a statement that defines ``name``, and an expression that converts it to ``array`` (m, n)."""
    columns = array.shape[1]
    if array.size <= READABLE and columns == 1:
        values = fill(", ".join(map(number, array[:, 0])), 110, initial_indent="    ", subsequent_indent="    ")
        return f"{name} = [  # {comment}\n{values}\n]", f"np.array({name})[:, None]"
    if array.size <= READABLE:
        return f"{name} = {rows(array)}  # {comment}", f"np.array({name})"
    if np.array_equal(array, array.astype(np.uint8)):  # class numbers: one byte each is enough
        statement, kind = base64_literal(array.astype(np.uint8)), "u1"
    else:
        statement, kind = base64_literal(array.astype(np.float64)), "<f8"
    return f"# {comment}\n{name} = {statement}", f'unpacked({name}, "{kind}", {columns})'
