"""Convert formulas of the inputs to other languages, from the parsed tree and never from the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dnn.data.features import FUNCTIONS, Tree, feature


def number(value: float) -> str:
    """Return a float literal that Python reads back exactly; infinity becomes a literal that overflows."""
    value = float(value)
    if np.isnan(value):
        return "float('nan')"
    return repr(value) if np.isfinite(value) else ("1e999" if value > 0 else "-1e999")


def one_minus(value: float) -> str:
    """Return the code of 1 minus a constant, computed by Python as in the engine."""
    return f"(1.0 - {number(value)})"


@dataclass(frozen=True)
class Dialect:
    """The syntax of formulas in a language: the names of functions and inputs."""

    functions: dict[str, str]
    power: str
    input: Callable[[int], str]


NUMPY = Dialect(
    functions={name: f"np.{function.__name__}" for name, function in FUNCTIONS.items()} | {"abs": "np.abs"},
    power="np.power",
    input=lambda place: f"x{place + 1}",
)


def columns(texts: Sequence[str], indent: str) -> list[str]:
    """Return NumPy statements that compute ``columns`` (m, formulas) from ``points`` (m, inputs)."""
    trees = [feature(text).tree for text in texts]
    used = sorted({place for tree in trees for place in _places(tree)})
    lines = [f"x{place + 1} = points[:, {place}]" for place in used] + ["columns = np.stack(["]
    for tree in trees:
        code = _code(tree, NUMPY).removeprefix("(").removesuffix(")") if _has_brackets(tree) else _code(tree, NUMPY)
        lines.append(f"    {code}," if _places(tree) else f"    np.full(len(points), {code}),")
    return [f"{indent}{line}" for line in [*lines, "], axis=-1)"]]


def _has_brackets(tree: Tree) -> bool:
    """Whether the code of ``tree`` is enclosed in brackets."""
    return tree[0] in ("+", "-", "*", "negative")


def _places(tree: Tree) -> set[int]:
    """Return the inputs that a formula needs."""
    match tree:
        case ("number", _):
            return set()
        case ("input", place):
            return {place}
        case (_, *inner):
            return set().union(*map(_places, inner))
    raise AssertionError(tree)


def _code(tree: Tree, to: Dialect) -> str:
    match tree:
        case ("number", value):
            return number(value)
        case ("input", place):
            return to.input(place)
        case ("negative", inner):
            return f"(-{_code(inner, to)})"
        case (name, inner):
            return f"{to.functions[name]}({_code(inner, to)})"
        case ("^", left, right):
            return f"{to.power}({_code(left, to)}, {_code(right, to)})"
        case ("/", left, right) if to is NUMPY:  # Python raises for 1 / 0, which is infinite here
            return f"np.divide({_code(left, to)}, {_code(right, to)})"
        case (sign, left, right):
            return f"({_code(left, to)} {sign} {_code(right, to)})"
    raise AssertionError(tree)
