"""Check gradients: change each parameter slightly in both directions and compare the change of the cost.

The slope (J(θ+ε) - J(θ-ε)) / 2ε must agree with what ``backward`` computed. The measure is that of Andrew Ng's course:
‖g - n‖ / (‖g‖ + ‖n‖), below about 1e-7 for a correct gradient in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.components import Array
from dnn.messages import Message
from dnn.network import Network, Trace, backward, forward
from dnn.params import Layer, Params

GOOD, DOUBTFUL = 1e-7, 1e-5  # largest differences of a correct and of a doubtful gradient


@dataclass(frozen=True)
class Entry:
    """One number of the network: ``W`` or ``b`` of layer ``layer`` (from 1), its index, and both slopes."""

    layer: int
    array: str
    index: tuple[int, ...]
    analytic: float
    numeric: float

    def __str__(self) -> str:
        place = ", ".join(map(str, self.index))
        return Message(
            "{number}: analytic {analytic}, numeric {numeric}",
            number=f"{self.array}{self.layer}[{place}]",
            analytic=f"{self.analytic:.6g}",
            numeric=f"{self.numeric:.6g}",
        )


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Analytic and numeric gradients, and their relative difference.

    ``difference`` is ‖g - n‖ / (‖g‖ + ‖n‖) over all numbers, ``per_layer`` the same for each layer's (W, b); 0 where
    both gradients vanish. ``worst`` is the parameter with the largest difference. ``kinks`` counts the skipped
    parameters, for which every step crossed a kink of an activation or of the L1 penalty, so that no slope exists. They
    are 0 in both gradients.
    """

    analytic: Params
    numeric: Params
    difference: float
    per_layer: tuple[tuple[float, float], ...]
    worst: Entry
    kinks: int = 0

    @property
    def passed(self) -> bool:
        """Whether the two agree to 1e-7."""
        return self.difference <= GOOD

    def __str__(self) -> str:
        doubtful = self.difference <= DOUBTFUL
        verdict = Message("right") if self.passed else Message("doubtful") if doubtful else Message("wrong")
        values = {"verdict": verdict, "difference": f"{self.difference:.2g}", "worst": str(self.worst)}
        if not self.kinks:
            return Message("The gradient is {verdict}: relative difference {difference}. Worst: {worst}.", **values)
        return Message(
            "The gradient is {verdict}: relative difference {difference}. Worst: {worst}. "
            "Left out for a kink within reach: {kinks} of {all}.",
            kinks=self.kinks,
            all=self.analytic.vector.size,
            **values,
        )


class Costs:
    """The cost as a function of one number of the network at a time, around ``params``. The arguments are those of
    ``gradient_check``.
    """

    def __init__(
        self,
        params: Params,
        X: Array,
        y: Array,
        network: Network | None = None,
        *,
        l1: float = 0.0,
        l2: float = 0.0,
        weights: Array | None = None,
        masks: Sequence[Array | None] = (),
    ) -> None:
        self.params, self.X, self.y, self.network, self.masks = params, X, y, network, masks
        self.weights = None if weights is None else np.asarray(weights, float)
        self.m = float(len(X) if self.weights is None else np.sum(self.weights))
        self.l1, self.l2, self.weights_only = l1, l2, params.weight_mask()

    def at(self, index: int, change: float) -> tuple[float, Trace]:
        """Return the cost and the forward pass with ``change`` added to entry ``index`` of the vector."""
        vector = self.params.vector.copy()
        vector[index] += change
        trace = forward(Params(self.params.sizes, vector), self.X, self.network, masks=self.masks)
        cost = trace.network.loss.cost(trace.logits, self.y, self.weights)
        return float(cost) + penalty(trace.params, self.l1, self.l2, self.m), trace

    def slope(self, index: int, epsilon: float = 1e-6) -> float | None:
        """Return the central difference; None if every step down to ``epsilon``/100 crosses a kink."""
        value = abs(self.params.vector[index])
        for step in (epsilon, epsilon / 10, epsilon / 100):
            (up, above), (down, below) = self.at(index, step), self.at(index, -step)
            if not _crossed(above, below) and not (self.l1 and self.weights_only[index] and 0.0 < value <= step):
                return (up - down) / (2 * step)
        return None


def gradient_check(
    params: Params | Sequence[Layer],
    X: Array,
    y: Array,
    network: Network | None = None,
    *,
    epsilon: float = 1e-6,
    l1: float = 0.0,
    l2: float = 0.0,
    weights: Array | None = None,
    masks: Sequence[Array | None] = (),
) -> GradientCheck:
    """Compare ``backward`` with central differences at ``params`` for examples ``X`` (m, n_in), ``y`` (m, n_out).

    ``l1`` and ``l2`` are the strengths of the penalties λ₁/m Σ|W| and λ₂/(2m) ΣW²; ``weights`` (m,) are sample weights,
    m is then their sum; ``masks`` are dropout masks as for ``forward`` and stay constant. If a step crosses a kink
    (ReLU at 0), smaller steps down to ``epsilon``/100 are tried; if all of them cross, the parameter is skipped and
    counted in ``kinks``.
    """
    params = Params.of(params)
    costs = Costs(params, X, y, network, l1=l1, l2=l2, weights=weights, masks=masks)
    analytic = backward(params, forward(params, X, network, masks=masks), y, weights=costs.weights)
    analytic.vector += penalty_slope(params, l1, l2, costs.m)
    numeric, kinks = Params.empty(params.sizes), 0
    for index in range(params.vector.size):
        slope = costs.slope(index, epsilon)
        if slope is None:
            kinks += 1
            analytic.vector[index] = 0.0
        else:
            numeric.vector[index] = slope
    per_layer = tuple(
        (relative_difference(dW, nW), relative_difference(db, nb))
        for (dW, db), (nW, nb) in zip(analytic, numeric, strict=True)
    )
    difference = relative_difference(analytic.vector, numeric.vector)
    return GradientCheck(analytic, numeric, difference, per_layer, _worst(analytic, numeric), kinks)


def penalty(params: Params, l1: float, l2: float, m: float) -> float:
    """λ₁/m Σ|W| + λ₂/(2m) ΣW² over all weights, without biases."""
    W = params.weight_mask() * params.vector
    return float((l1 * np.abs(W).sum() + 0.5 * l2 * np.sum(W * W)) / m)


def penalty_slope(params: Params, l1: float, l2: float, m: float) -> Array:
    """The penalty's gradient, (λ₁ sign W + λ₂ W)/m, zero for biases: shaped like the parameter vector."""
    slope: Array = params.weight_mask() * (l1 * np.sign(params.vector) + l2 * params.vector) / m
    return slope


def _crossed(above: Trace, below: Trace) -> bool:
    """Whether a hidden unit moves from one side of a kink to the other."""
    for z_above, z_below, g in zip(above.z[:-1], below.z[:-1], above.network.activations(len(above.z)), strict=False):
        if any(((z_above > kink) != (z_below > kink)).any() for kink in g.kinks):
            return True
    return False


def _worst(analytic: Params, numeric: Params) -> Entry:
    farthest = int(np.argmax(np.abs(analytic.vector - numeric.vector)))
    numbers = Params(analytic.sizes, np.arange(analytic.vector.size, dtype=float))
    for layer, pair in enumerate(numbers, start=1):
        for name, array in zip("Wb", pair, strict=True):
            if len(place := np.argwhere(array == farthest)):
                slopes = float(analytic.vector[farthest]), float(numeric.vector[farthest])
                return Entry(layer, name, tuple(map(int, place[0])), *slopes)
    raise AssertionError("every number belongs to a layer")


def relative_difference(g: Array, n: Array) -> float:
    """‖g - n‖ / (‖g‖ + ‖n‖); 0 where both vanish."""
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return float(np.linalg.norm(g - n) / size) if size else 0.0
