"""Arrays as Python source: short ones as lists that can be read, long ones as the bytes of their numbers in base64."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from textwrap import fill

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.export.formulas import number

READABLE = 120  # numbers in an array that is written out
WIDE = 100  # characters on a line of base64


def single(values: Array) -> np.ndarray:
    """``values`` in 32 bits, at most as large as a number can be there: a run about to diverge has larger ones."""
    most = np.finfo(np.float32).max
    return np.clip(values, -most, most).astype("<f4")


def scaling_of(data: Data) -> tuple[Array, Array] | None:
    """The mean and the standard deviation (n,) of standardised data, None where the network sees the numbers as is."""
    return None if data.mean is None or data.std is None else (data.mean, data.std)


def scaled(name: str, data: Data) -> list[str]:
    """A statement that standardises the columns ``name`` (m, n) as ``data`` were; nothing where they were not."""
    if (scaling := scaling_of(data)) is None:
        return []
    mean, std = (f"[{', '.join(map(number, row))}]" for row in scaling)
    return [f"{name} = ({name} - np.array({mean})) / np.array({std})  # (x - mean) / standard deviation"]


def learned(made: str, data: Data) -> str:
    """The expression for what the network learns, from one that makes the targets (m, K)."""
    if data.target_mean is None or data.target_std is None:
        return made
    mean, std = (f"np.array([{', '.join(map(number, row))}])" for row in (data.target_mean, data.target_std))
    return f"(({made} - {mean}) / {std})"


def in_units(answers: str, data: Data, place: int | None = None) -> str:
    """The expression for answers in the data's units, from one for a network's outputs (m, K), or for one of them."""
    if data.target_mean is None or data.target_std is None:
        return answers
    if place is not None:
        return f"{answers} * {number(data.target_std[place])} + {number(data.target_mean[place])}"
    std, mean = (f"np.array([{', '.join(map(number, row))}])" for row in (data.target_std, data.target_mean))
    return f"{answers} * {std} + {mean}"


def cost_in_units(cost: str, data: Data) -> str:
    """The expression for a cost in the data's units, from one for the cost of what the network learns."""
    return cost if data.target_std is None else f"{cost} * {number(data.cost_scale)}"


UNPACKED = (
    "def unpacked(text, kind, columns):\n"
    '    """The numbers that are packed into a text: a table with so many columns."""\n'
    "    return np.frombuffer(base64.b64decode(text), kind).reshape(-1, columns).astype(float)"
)


def flat(made: str) -> str:
    """The expression for the one column of a table (m, 1) that ``made`` makes: (m,)."""
    return made.removesuffix("[:, None]") if made.endswith("[:, None]") else f"{made}[:, 0]"


def listed(items: Sequence[str]) -> str:
    """A tuple of these expressions."""
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def rows(array: Array, indent: str = "    ") -> str:
    """A list of lists, a row on a line."""
    lines = [f"{indent}[{', '.join(map(number, row))}]," for row in np.atleast_2d(array)]
    return "[\n" + "\n".join(lines) + "\n]"


def packed(array: np.ndarray) -> str:
    """The little-endian bytes of ``array`` as a base64 text between triple quotes."""
    text = b64encode(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()).decode()
    lines = [text[at : at + WIDE] for at in range(0, len(text), WIDE)]
    return '"""\n' + "\n".join(lines) + '\n"""'


def assigned(name: str, array: Array, comment: str) -> tuple[str, str]:
    """A statement that defines ``name``, and an expression that makes an array like ``array`` (m, n) of it."""
    columns = array.shape[1]
    if array.size <= READABLE and columns == 1:
        values = fill(", ".join(map(number, array[:, 0])), 110, initial_indent="    ", subsequent_indent="    ")
        return f"{name} = [  # {comment}\n{values}\n]", f"np.array({name})[:, None]"
    if array.size <= READABLE:
        return f"{name} = {rows(array)}  # {comment}", f"np.array({name})"
    if np.array_equal(array, array.astype(np.uint8)):  # classes: a byte for each is enough
        statement, kind = packed(array.astype(np.uint8)), "u1"
    else:
        statement, kind = packed(array.astype(np.float64)), "<f8"
    return f"# {comment}\n{name} = {statement}", f'unpacked({name}, "{kind}", {columns})'
