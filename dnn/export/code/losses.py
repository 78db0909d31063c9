"""Losses as NumPy code: the output's activation, its gradient and the loss of each example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dnn.export.formulas import number


@dataclass(frozen=True)
class LossCode:
    """``output`` from Z (K, m); ``slope``, dZ without the mean, from A and Y (K, m); ``losses`` (m,) from z and y.

    z and y are (m,) for one output, else (m, K). ``equation`` is the cost in words of mathematics.
    """

    output: str
    slope: str
    losses: str
    equation: str


_LINEAR = "Z"
CODE: dict[str, Callable[[Any, bool], LossCode]] = {
    "binary_cross_entropy": lambda loss, several: LossCode(
        "np.tanh(Z * 0.5) * 0.5 + 0.5  # the sigmoid, 1 / (1 + exp(-Z)), without overflow",
        "A - Y",
        _total("np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))) - y * z", several),
        "J = -1/m sum[y log(a) + (1 - y) log(1 - a)], computed from z so that there is no log(0)",
    ),
    "softmax_cross_entropy": lambda loss, several: LossCode(
        "np.exp(Z - Z.max(axis=0))  # softmax: every column is to sum to 1\nE / E.sum(axis=0)",
        "A - Y",
        "shifted = z - z.max(axis=1, keepdims=True)\nnp.log(np.exp(shifted).sum(axis=1)) - (y * shifted).sum(axis=1)",
        "J = -1/m sum sum_k y_k log(a_k), computed from z so that there is no log(0)",
    ),
    "mean_squared_error": lambda loss, several: LossCode(
        _LINEAR,
        "A - Y",
        "difference = z - y\n0.5 * " + _total("difference * difference", several, bracket=True),
        "J = 1/(2m) sum (a - y)^2",
    ),
    "huber": lambda loss, several: LossCode(
        _LINEAR,
        f"np.clip(A - Y, {number(-loss.delta)}, {number(loss.delta)})",
        f"distance = np.abs(z - y)\nnear = np.minimum(distance, {number(loss.delta)})\n"
        + _total("near * (distance - 0.5 * near)", several),
        f"J = 1/m sum h(a - y): squared up to {loss.delta:g}, beyond it only the distance counts",
    ),
    "tanh_squared_error": lambda loss, several: LossCode(
        "np.tanh(Z)",
        "(A - (2.0 * Y - 1.0)) * (1.0 - A * A)",
        "difference = np.tanh(z) - (2.0 * y - 1.0)\n0.5 * " + _total("difference * difference", several, bracket=True),
        "J = 1/(2m) sum (a - (2y - 1))^2, classes as -1 and 1",
    ),
}


def _total(code: str, several: bool, *, bracket: bool = False) -> str:
    if several:
        return f"({code}).sum(axis=1)"
    return f"({code})" if bracket else code
