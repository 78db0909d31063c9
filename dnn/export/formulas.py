"""Formulas of the inputs in other languages, written from the tree that our parser read and never from the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dnn.data.features import FUNCTIONS, Tree, feature


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
    """How a language writes formulas: the name of each function, and how an input is called."""

    functions: dict[str, str]
    power: str
    input: Callable[[int], str]


NUMPY = Dialect(
    functions={name: f"np.{function.__name__}" for name, function in FUNCTIONS.items()} | {"abs": "np.abs"},
    power="np.power",
    input=lambda place: f"x{place + 1}",
)


def columns(texts: Sequence[str], indent: str) -> list[str]:
    """Statements that make ``columns`` (m, formulas) of ``points`` (m, inputs) in NumPy, each formula in a line."""
    trees = [feature(text).tree for text in texts]
    used = sorted({place for tree in trees for place in _places(tree)})
    lines = [f"x{place + 1} = points[:, {place}]" for place in used] + ["columns = np.stack(["]
    for tree in trees:
        code = _written(tree, NUMPY).removeprefix("(").removesuffix(")") if _bracketed(tree) else _written(tree, NUMPY)
        lines.append(f"    {code}," if _places(tree) else f"    np.full(len(points), {code}),")
    return [f"{indent}{line}" for line in [*lines, "], axis=-1)"]]


def _bracketed(tree: Tree) -> bool:
    """Whether brackets stand around all of it."""
    return tree[0] in ("+", "-", "*", "negative")


def _places(tree: Tree) -> set[int]:
    """The inputs that a formula needs."""
    match tree:
        case ("number", _):
            return set()
        case ("input", place):
            return {place}
        case (_, *inner):
            return set().union(*map(_places, inner))
    raise AssertionError(tree)


def _written(tree: Tree, to: Dialect) -> str:
    match tree:
        case ("number", value):
            return number(value)
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
