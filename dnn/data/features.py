"""A feature is a formula of the inputs that the network receives: x1, x1^2, x1*x2, sin(x1), or a custom formula.

The right feature can replace a whole layer: a circle is a straight line in x1^2 and x2^2. A small parser reads the
formulas; Python's ``eval`` is never used:

    sum      = product { ("+" | "-") product }
    product  = signed { ("*" | "/") signed }
    signed   = "-" signed | power
    power    = atom [ "^" signed ]
    atom     = number | input | function "(" sum ")" | "(" sum ")"
    input    = "x1" | "x2" | …
    function = "sin" | "cos" | "exp" | "abs" | "tanh"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from dnn.components import Array
from dnn.errors import InvalidSetting, Problem, shown
from dnn.messages import Message

INPUTS = ("x1", "x2")  # what an empty list of features means
FEATURES = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")  # the predefined features
FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "abs": np.abs,
    "tanh": np.tanh,
}
OPERATORS: dict[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
LONGEST, DEEPEST = 60, 20  # characters of a formula, and nesting depth of brackets and signs
LARGEST = 1e6  # plots clip larger, infinite and undefined values to it
ALLOWED = Message("it must be a formula of x1, x2, …, numbers, + - * / ^, brackets, sin, cos, exp, abs and tanh")

Tree = tuple[Any, ...]  # ("number", 2.0), ("input", 0), ("sin", tree), ("+", tree, tree), ("negative", tree)

_TOKEN = re.compile(
    r"\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|(x[1-9]\d?)(?!\w)|([a-z]+)|([-+*/^()]))", re.ASCII
)
_SUPERSCRIPT, _SUBSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Feature:
    """A formula's text and its parsed tree; ``inputs`` is the number of inputs that it needs."""

    text: str
    tree: Tree
    inputs: int

    def __call__(self, X: Array) -> Array:
        """Evaluate the formula for each example of ``X`` (m, n): (m,). Undefined values are infinite or NaN."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(_value(self.tree, X), X.shape[:-1]).astype(X.dtype)

    @property
    def label(self) -> str:
        """The formula in mathematical notation: x₁², x₁x₂, sin x₁."""
        text = re.sub(r"x(\d+)", lambda match: f"x{match[1].translate(_SUBSCRIPT)}", self.text.replace(" ", ""))
        text = re.sub(r"\^(\d+)", lambda match: match[1].translate(_SUPERSCRIPT), text)
        text = re.sub(r"\b(sin|cos|exp|abs|tanh)\((x[₀-₉]+)\)", r"\1 \2", text)
        return re.sub(r"(?<=[₀-₉⁰¹²³⁴-⁹\d])\*(?=[x(a-z])", "", text)


def inputs_of(count: int) -> tuple[str, ...]:
    """Return the first ``count`` inputs as features."""
    return tuple(f"x{n}" for n in range(1, count + 1))


def available_features(count: int) -> tuple[str, ...]:
    """Return the inputs and the predefined features of the first two."""
    ready = (text for text in FEATURES if feature(text).inputs <= count)
    return tuple(dict.fromkeys((*inputs_of(count), *ready)))


@lru_cache(maxsize=512)
def feature(text: str) -> Feature:
    """Parse a formula. Raises InvalidSetting with the reason and what is allowed."""
    if not text.strip():
        raise InvalidSetting([Problem("feature", shown(text), ALLOWED)])
    if len(text) > LONGEST:
        allowed = Message("a formula may have {most} characters at most", most=LONGEST)
        raise InvalidSetting([Problem("feature", shown(text), allowed)])
    reader = _Reader(text)
    tree = reader.sum(0)
    reader.end()
    return Feature(text, tree, reader.inputs)


def expand(features: Sequence[str], X: Array, *, finite: bool = False) -> Array:
    """The features of inputs ``X`` (m, n) as columns, (m, features).

    ``finite`` clips values to ±10⁶, for plots. Raises InvalidSetting if a formula needs inputs that ``X`` does not have
    or, unless ``finite``, if it has no finite value for one of the examples.
    """
    columns = []
    for text in features:
        formula = feature(text)
        if formula.inputs > X.shape[-1]:
            allowed = Message("these data have {count} inputs", count=X.shape[-1])
            raise InvalidSetting([Problem("feature", shown(text), allowed)])
        column = formula(X)
        if finite:
            column = np.clip(np.nan_to_num(column, nan=0.0), -LARGEST, LARGEST)
        elif not np.isfinite(column).all():
            place = ", ".join(f"x{n} = {value:.3g}" for n, value in enumerate(X[~np.isfinite(column)][0], start=1))
            allowed = Message("it must be finite, and at {place} it is not", place=place)
            raise InvalidSetting([Problem("feature", shown(text), allowed)])
        columns.append(column)
    return np.stack(columns, axis=-1) if columns else np.empty((*X.shape[:-1], 0), X.dtype)


def _value(tree: Tree, X: Array) -> Any:
    match tree:
        case ("number", value):
            return value
        case ("input", place):
            return X[..., place]
        case ("negative", inner):
            return -_value(inner, X)
        case (name, inner):
            return FUNCTIONS[name](_value(inner, X))
        case (sign, left, right):
            return OPERATORS[sign](_value(left, X), _value(right, X))
    raise AssertionError(tree)


class _Reader:
    """A recursive-descent parser with one method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text, self.inputs = text, 0
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None:
                sign = shown(text[place:].lstrip()[0])
                raise self.error(Message("{sign} cannot be read; {allowed}", sign=sign, allowed=ALLOWED))
            kind = ("number", "input", "word", "sign")[(match.lastindex or 1) - 1]
            self.tokens.append((kind, match[match.lastindex or 0]))
            place = match.end()
        self.next = 0

    def error(self, allowed: str) -> InvalidSetting:
        return InvalidSetting([Problem("feature", shown(self.text), allowed)])

    def take(self, *signs: str) -> str:
        """Consume and return the next token if it is one of ``signs``, else return ""."""
        if self.next < len(self.tokens) and self.tokens[self.next] in [("sign", sign) for sign in signs]:
            self.next += 1
            return self.tokens[self.next - 1][1]
        return ""

    def end(self) -> None:
        if self.next < len(self.tokens):
            sign = shown(self.tokens[self.next][1])
            raise self.error(Message("{sign} is not expected there; {allowed}", sign=sign, allowed=ALLOWED))

    def sum(self, depth: int) -> Tree:
        tree = self.product(depth)
        while sign := self.take("+", "-"):
            tree = (sign, tree, self.product(depth))
        return tree

    def product(self, depth: int) -> Tree:
        tree = self.signed(depth)
        while sign := self.take("*", "/"):
            tree = (sign, tree, self.signed(depth))
        return tree

    def signed(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise self.error(Message("brackets and signs may stand {most} deep at most", most=DEEPEST))
        return ("negative", self.signed(depth + 1)) if self.take("-") else self.power(depth)

    def power(self, depth: int) -> Tree:
        tree = self.atom(depth)
        return ("^", tree, self.signed(depth + 1)) if self.take("^") else tree

    def atom(self, depth: int) -> Tree:
        if self.take("("):
            return self.closed(depth)
        if self.next >= len(self.tokens):
            raise self.error(Message("it ends too early; {allowed}", allowed=ALLOWED))
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return ("number", float(text))
        if kind == "input":
            self.inputs = max(self.inputs, int(text[1:]))
            return ("input", int(text[1:]) - 1)
        if kind == "word" and text in FUNCTIONS and self.take("("):
            return (text, self.closed(depth))
        raise self.error(Message("{sign} is not expected there; {allowed}", sign=shown(text), allowed=ALLOWED))

    def closed(self, depth: int) -> Tree:
        tree = self.sum(depth + 1)
        if not self.take(")"):
            raise self.error(Message("a bracket is not closed"))
        return tree
