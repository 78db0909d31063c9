"""A gradient check of a reference network or a flawed one: shapes first, then number by number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dnn.analysis.gradient_check import GOOD, relative_difference
from dnn.components import Array
from dnn.mistakes.raised import Raised, raised_by
from dnn.reference import Layers, ReferenceNetwork

NUDGE = 1e-6


@dataclass(frozen=True, eq=False)
class RuleCheck:
    """‖g - n‖ / (‖g‖ + ‖n‖) between a rule's gradients and the slopes of its cost; ``per_layer`` of its (W, b).

    NaN stands for what cannot be compared: gradients of a shape that is not their parameter's and cannot be stretched
    to it, or all of them if the network ``raised`` an error. ``wrong_shapes`` has (name, shape, the parameter's shape).
    """

    difference: float
    per_layer: tuple[tuple[float, float], ...]
    wrong_shapes: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...] = ()
    raised: Raised | None = None

    @property
    def caught(self) -> bool:
        """Whether the check finds an error."""
        return not self.difference <= GOOD  # also if it is NaN


def check_rule(rule: ReferenceNetwork, layers: Layers, X: Array, y: Array) -> RuleCheck:
    """Compare ``rule.backward`` with central differences of ``rule.cost``, number by number.

    ``X`` is (m, n_in) and ``y`` (m, 1). Gradients of a wrong shape are compared as the update would use them.
    Parameters for which a unit crosses a kink of its activation are skipped, because no slope exists.
    """

    def cost() -> tuple[float, list[np.ndarray]]:
        Zs, _ = rule.forward(copy, X)
        return rule.cost(Zs[-1], y), [kink < Z for Z in Zs[:-1] for kink in rule.kinks]

    try:
        found = rule.backward(layers, X, y)
    except ValueError as error:
        return RuleCheck(np.nan, (), raised=raised_by(error))
    wrong_shapes = tuple(
        (f"d{name}{number}", gradient.shape, array.shape)
        for number, (gradients, pair) in enumerate(zip(found, layers, strict=True), start=1)
        for name, gradient, array in zip("Wb", gradients, pair, strict=True)
        if gradient.shape != array.shape
    )
    analytic = [
        (_stretched(dW, W.shape), _stretched(db, b.shape)) for (dW, db), (W, b) in zip(found, layers, strict=True)
    ]
    copy = [(W.copy(), b.copy()) for W, b in layers]
    numeric = [(np.zeros_like(W), np.zeros_like(b)) for W, b in layers]
    for array, slope, gradient in zip(arrays_of(copy), arrays_of(numeric), arrays_of(analytic), strict=True):
        for place in np.ndindex(array.shape):
            value = array[place]
            array[place] = value + NUDGE
            up, above = cost()
            array[place] = value - NUDGE
            down, below = cost()
            array[place] = value
            if all(np.array_equal(*sides) for sides in zip(above, below, strict=True)):
                slope[place] = (up - down) / (2 * NUDGE)
            else:
                gradient[place] = 0.0
    per_layer = tuple(
        (relative_difference(dW, nW), relative_difference(db, nb))
        for (dW, db), (nW, nb) in zip(analytic, numeric, strict=True)
    )
    return RuleCheck(relative_difference(_flat(analytic), _flat(numeric)), per_layer, wrong_shapes)


def _stretched(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Return ``gradient`` as an update broadcasts it to its parameter's ``shape``; NaN where it cannot."""
    try:
        return np.broadcast_to(gradient, shape).copy()
    except ValueError:
        return np.full(shape, np.nan)


def arrays_of(layers: Layers) -> list[Array]:
    """Return W1, b1, W2, …"""
    return [array for pair in layers for array in pair]


def _flat(layers: Layers) -> Array:
    return np.concatenate([array.ravel() for array in arrays_of(layers)])
