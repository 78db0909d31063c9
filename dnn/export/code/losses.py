"""Losses as NumPy code: the output's activation, its gradient and the loss of each example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dnn.activations import Activation, Linear, Sigmoid, Tanh
from dnn.export.code.source import Source
from dnn.export.formulas import number
from dnn.losses import BinaryCrossEntropy, Huber, Loss, MeanSquaredError, Softmax, SoftmaxCrossEntropy, TanhSquaredError


@dataclass(frozen=True)
class LossCode:
    """``output`` from Z (K, m); ``slope``, dZ without the mean, from A and Y (K, m); ``losses`` (m,) from z and y.

    z and y are (m,) for one output, else (m, K). ``equation`` is the cost as a formula.
    """

    output: str
    slope: str
    losses: str
    equation: str


# The output activations; the definition of ``E`` precedes a line break.
OUTPUTS: dict[type[Activation], str] = {
    Linear: "Z",
    Sigmoid: "np.tanh(Z * 0.5) * 0.5 + 0.5  # the sigmoid, 1 / (1 + exp(-Z)), without overflow",
    Softmax: "np.exp(Z - Z.max(axis=0))  # softmax: every column is to sum to 1\nE / E.sum(axis=0)",
    Tanh: "np.tanh(Z)",
}
CODE: dict[type[Loss], Callable[[Any, bool], LossCode]] = {
    BinaryCrossEntropy: lambda loss, several: LossCode(
        OUTPUTS[Sigmoid],
        "A - Y",
        _total("np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))) - y * z", several),
        "J = -1/m sum[y log(a) + (1 - y) log(1 - a)], computed from z so that there is no log(0)",
    ),
    SoftmaxCrossEntropy: lambda loss, several: LossCode(
        OUTPUTS[Softmax],
        "A - Y",
        "shifted = z - z.max(axis=1, keepdims=True)\nnp.log(np.exp(shifted).sum(axis=1)) - (y * shifted).sum(axis=1)",
        "J = -1/m sum sum_k y_k log(a_k), computed from z so that there is no log(0)",
    ),
    MeanSquaredError: lambda loss, several: LossCode(
        OUTPUTS[Linear],
        "A - Y",
        "difference = z - y\n0.5 * " + _total("difference * difference", several, bracket=True),
        "J = 1/(2m) sum (a - y)^2",
    ),
    Huber: lambda loss, several: LossCode(
        OUTPUTS[Linear],
        f"np.clip(A - Y, {number(-loss.delta)}, {number(loss.delta)})",
        f"distance = np.abs(z - y)\nnear = np.minimum(distance, {number(loss.delta)})\n"
        + _total("near * (distance - 0.5 * near)", several),
        f"J = 1/m sum h(a - y): squared up to {loss.delta:g}, beyond it only the distance counts",
    ),
    TanhSquaredError: lambda loss, several: LossCode(
        OUTPUTS[Tanh],
        "(A - (2.0 * Y - 1.0)) * (1.0 - A * A)",
        "difference = np.tanh(z) - (2.0 * y - 1.0)\n0.5 * " + _total("difference * difference", several, bracket=True),
        "J = 1/(2m) sum (a - (2y - 1))^2, classes as -1 and 1",
    ),
}


def _total(code: str, several: bool, *, bracket: bool = False) -> str:
    if several:
        return f"({code}).sum(axis=1)"
    return f"({code})" if bracket else code


def code_of(loss: Loss, several: bool, source: Source) -> LossCode:
    """Return the code of ``loss`` for one or several outputs; adds the classes that it needs to ``source``.

    Raises CannotExport for a loss that cannot be exported.
    """
    if type(loss) in CODE:
        return CODE[type(loss)](loss, several)
    instance, g = source.instance(loss, "per_example", "slope"), loss.output
    output = OUTPUTS[type(g)] if type(g) in OUTPUTS else f"{source.instance(g, 'value')}.value(Z.T).T"
    return LossCode(
        output,
        f"{instance}.slope(A.T, Y.T).T",
        f"{instance}.per_example(z, y)" if several else f"{instance}.per_example(z[:, None], y[:, None])",
        f"J is the mean loss of the examples ({loss.label})",
    )
