"""What can be broken in the shape clinic: one line of the training step, written wrong in the code of all layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dnn.mistakes.shapes.formulas import Formula, Layout, tanh_slope
from dnn.reference import Array


@dataclass(frozen=True)
class Break:
    """Wrong formulas in place of the right ones, by layout and kind of line.

    The kinds "X" and "Y" are lines of their own, which transpose the arguments. A break without formulas for a layout
    is not possible there.
    """

    id: str
    title: str
    formulas: dict[Layout, dict[str, Formula]]


def _in_both(
    kind: str, text: str, operands: tuple[str, ...], compute: Callable[..., Array]
) -> dict[Layout, dict[str, Formula]]:
    """The same wrong formula in both layouts."""
    formula = Formula(text, operands, compute)
    return {"rows": {kind: formula}, "columns": {kind: formula}}


_STAR_IN_ROWS = Formula("A{k}.T * dZ{l}", ("A{k}", "dZ{l}"), lambda A, dZ: A.T * dZ)
_STAR_IN_COLUMNS = Formula("dZ{l} * A{k}.T", ("dZ{l}", "A{k}"), lambda dZ, A: dZ * A.T)


_ALL = (
    Break(
        "star_for_dot",
        "Product of elements where the matrix product belongs, forward",
        {
            "rows": {"Z": Formula("A{k} * W{l} + b{l}", ("A{k}", "W{l}", "b{l}"), lambda A, W, b: A * W + b)},
            "columns": {"Z": Formula("W{l} * A{k} + b{l}", ("W{l}", "A{k}", "b{l}"), lambda W, A, b: W * A + b)},
        },
    ),
    Break(
        "star_in_gradient",
        "Product of elements where the matrix product belongs, in dW",
        {
            "rows": {"dW": _STAR_IN_ROWS, "dW_first": _STAR_IN_ROWS},
            "columns": {"dW": _STAR_IN_COLUMNS, "dW_first": _STAR_IN_COLUMNS},
        },
    ),
    Break(
        "dot_for_star",
        "The matrix product where * belongs",
        _in_both("dZ", "np.dot(dA{l}, g_slope(Z{l}))", ("dA{l}", "Z{l}"), lambda dA, Z: np.dot(dA, tanh_slope(Z))),
    ),
    Break(
        "transposed_forward",
        "Wᵀ where W belongs, forward",
        {
            "rows": {"Z": Formula("A{k} @ W{l}.T + b{l}", ("A{k}", "W{l}", "b{l}"), lambda A, W, b: A @ W.T + b)},
            "columns": {"Z": Formula("W{l}.T @ A{k} + b{l}", ("W{l}", "A{k}", "b{l}"), lambda W, A, b: W.T @ A + b)},
        },
    ),
    Break(
        "transposed_backward",
        "W where Wᵀ belongs, backward",
        {
            "rows": {"dA": Formula("dZ{l} @ W{l}", ("dZ{l}", "W{l}"), lambda dZ, W: dZ @ W)},
            "columns": {"dA": Formula("W{l} @ dZ{l}", ("W{l}", "dZ{l}"), lambda W, dZ: W @ dZ)},
        },
    ),
    Break(
        "wrong_cache",
        "The wrong cache: from layer 2 on, dW takes the layer's own A",
        {
            "rows": {"dW": Formula("A{l}.T @ dZ{l}", ("A{l}", "dZ{l}"), lambda A, dZ: A.T @ dZ)},
            "columns": {"dW": Formula("dZ{l} @ A{l}.T", ("dZ{l}", "A{l}"), lambda dZ, A: dZ @ A.T)},
        },
    ),
    Break("slope_left_out", "g' left out", _in_both("dZ", "dA{l}", ("dA{l}",), np.copy)),
    Break("bias_without_sum", "db without its sum", _in_both("db", "dZ{l}", ("dZ{l}",), np.copy)),
    Break("summed_bias", "db summed without an axis", _in_both("db", "np.sum(dZ{l})", ("dZ{l}",), np.sum)),
    Break(
        "wrong_axis",
        "db summed along the wrong axis",
        {
            "rows": {"db": Formula("np.sum(dZ{l}, axis=1)", ("dZ{l}",), lambda dZ: np.sum(dZ, axis=1))},
            "columns": {
                "db": Formula(
                    "np.sum(dZ{l}, axis=0, keepdims=True)", ("dZ{l}",), lambda dZ: np.sum(dZ, axis=0, keepdims=True)
                )
            },
        },
    ),
    Break(
        "keepdims_left_out",
        "db without keepdims=True",
        {"columns": {"db": Formula("np.sum(dZ{l}, axis=1)", ("dZ{l}",), lambda dZ: np.sum(dZ, axis=1))}},
    ),
    Break("flat_labels", "Y is flat", _in_both("Y", "Y.ravel()", ("Y",), np.ravel)),
    Break("turned_inputs", "X lies on its side", _in_both("X", "X.T", ("X",), np.transpose)),
)

BREAKS: dict[str, Break] = {each.id: each for each in _ALL}
