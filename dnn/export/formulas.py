"""Formulas of the inputs in other languages, written from the tree that our parser read and never from the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dnn.features import FUNCTIONS, Tree, feature


def number(value: float) -> str:
    """A float as Python reads it back to the last bit; infinity as a number too large for one."""
    value = float(value)
    if np.isnan(value):
        return "float('nan')"
    return repr(value) if np.isfinite(value) else ("1e999" if value > 0 else "-1e999")


def one_minus(value: float) -> str:
    """1 minus a constant, to be computed by the reader's Python as it was by ours."""
    return f"(1.0 - {number(value)})"


@dataclass(frozen=True)
class Dialect:
    """How a language writes formulas: the name of each function, how an input is called, and what a constant is."""

    functions: dict[str, str]
    power: str
    input: Callable[[int], str]
    constant: Callable[[str], str] = lambda text: text


NUMPY = Dialect(
    functions={name: f"np.{function.__name__}" for name, function in FUNCTIONS.items()} | {"abs": "np.abs"},
    power="np.power",
    input=lambda place: f"points[:, {place}]",
)
TORCH = Dialect(
    functions={name: f"torch.{name}" for name in FUNCTIONS},
    power="torch.pow",
    input=lambda place: f"points[:, {place}]",
    constant=lambda text: f"torch.tensor({text}, dtype=points.dtype)",
)


def written(text: str, dialect: Dialect) -> str:
    """The formula ``text`` in another language. Every operation is a call or stands in brackets."""
    return _written(feature(text).tree, dialect)


def _written(tree: Tree, to: Dialect) -> str:
    match tree:
        case ("number", value):
            return to.constant(number(value))
        case ("input", place):
            return to.input(place)
        case ("negative", inner):
            return f"(-{_written(inner, to)})"
        case (name, inner):
            return f"{to.functions[name]}({_written(inner, to)})"
        case ("^", left, right):
            return f"{to.power}({_written(left, to)}, {_written(right, to)})"
        case ("/", left, right) if to is NUMPY:  # Python itself refuses 1 / 0, which has a value here
            return f"np.divide({_written(left, to)}, {_written(right, to)})"
        case (sign, left, right):
            return f"({_written(left, to)} {sign} {_written(right, to)})"
    raise AssertionError(tree)
