"""The lines of one training step, for examples in rows and for examples in columns.

In rows, X is (m, n_in), W (n_in, n_out) and b (n_out,), as in the reference network. In columns, as many courses write
it, X is (n_in, m), W (n_out, n_in) and b (n_out, 1). In both, ``dW`` stands for ∂J/∂W.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dnn.reference import Array

Layout = Literal["rows", "columns"]
LAYOUTS: tuple[Layout, ...] = ("rows", "columns")
RATE = 0.1  # learning rate of the update


@dataclass(frozen=True)
class Formula:
    """The right side of a line as ``text``, and the function that computes it from ``operands``.

    ``{l}`` stands for the number of a layer and ``{k}`` for that of the layer before.
    """

    text: str
    operands: tuple[str, ...]
    compute: Callable[..., Array]


def tanh_slope(Z: Array) -> Array:
    """g'(Z) of tanh."""
    slope: Array = 1.0 - np.tanh(Z) ** 2
    return slope


def sigmoid(Z: Array) -> Array:
    """1 / (1 + e^-z)."""
    y_hat: Array = 1.0 / (1.0 + np.exp(-Z))
    return y_hat


# In both layouts alike: what is done number by number.
BY_NUMBER = {
    "A": Formula("g(Z{l})", ("Z{l}",), np.tanh),
    "A_output": Formula("sigmoid(Z{l})", ("Z{l}",), sigmoid),
    "dZ_output": Formula("(A{l} - Y) / m", ("A{l}", "Y", "m"), lambda A, Y, m: (A - Y) / m),
    "dZ": Formula("dA{l} * g_slope(Z{l})", ("dA{l}", "Z{l}"), lambda dA, Z: dA * tanh_slope(Z)),
    "W": Formula("W{l} - rate * dW{l}", ("W{l}", "dW{l}"), lambda W, dW: W - RATE * dW),
    "b": Formula("b{l} - rate * db{l}", ("b{l}", "db{l}"), lambda b, db: b - RATE * db),
}

FORMULAS: dict[Layout, dict[str, Formula]] = {
    "rows": BY_NUMBER
    | {
        "Z": Formula("A{k} @ W{l} + b{l}", ("A{k}", "W{l}", "b{l}"), lambda A, W, b: A @ W + b),
        "dW": Formula("A{k}.T @ dZ{l}", ("A{k}", "dZ{l}"), lambda A, dZ: A.T @ dZ),
        "dW_first": Formula("A{k}.T @ dZ{l}", ("A{k}", "dZ{l}"), lambda A, dZ: A.T @ dZ),
        "db": Formula("np.sum(dZ{l}, axis=0)", ("dZ{l}",), lambda dZ: np.sum(dZ, axis=0)),
        "dA": Formula("dZ{l} @ W{l}.T", ("dZ{l}", "W{l}"), lambda dZ, W: dZ @ W.T),
    },
    "columns": BY_NUMBER
    | {
        "Z": Formula("W{l} @ A{k} + b{l}", ("W{l}", "A{k}", "b{l}"), lambda W, A, b: W @ A + b),
        "dW": Formula("dZ{l} @ A{k}.T", ("dZ{l}", "A{k}"), lambda dZ, A: dZ @ A.T),
        "dW_first": Formula("dZ{l} @ A{k}.T", ("dZ{l}", "A{k}"), lambda dZ, A: dZ @ A.T),
        "db": Formula("np.sum(dZ{l}, axis=1, keepdims=True)", ("dZ{l}",), lambda dZ: np.sum(dZ, axis=1, keepdims=True)),
        "dA": Formula("W{l}.T @ dZ{l}", ("W{l}", "dZ{l}"), lambda W, dZ: W.T @ dZ),
    },
}
