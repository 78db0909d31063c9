"""Is the gradient right? Nudge each number a little both ways and see how the cost answers.

The slope (J(θ+ε) - J(θ-ε)) / 2ε must agree with what ``backward`` computed. The measure is the one of the published
course: ‖g - n‖ / (‖g‖ + ‖n‖), below about 1e-7 for a correct gradient in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.components import Array
from dnn.messages import Message
from dnn.network import Network, Trace, backward, forward
from dnn.params import Layer, Params

GOOD, DOUBTFUL = 1e-7, 1e-5  # differences up to which a gradient is right, or may be


@dataclass(frozen=True)
class Entry:
    """One number of the network: ``W`` or ``b`` of layer ``layer`` (from 1), and where in it, with both its slopes."""

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
    """Analytic and numeric gradients side by side, and how far apart they are.

    ``difference`` is ‖g - n‖ / (‖g‖ + ‖n‖) over all numbers, ``per_layer`` the same for each layer's (W, b); 0 where
    both gradients vanish. ``worst`` is the number whose two slopes lie farthest apart. ``kinks`` counts the numbers
    left out, because every nudge pushed a unit over the kink of its activation, or a weight over that of the L1
    penalty: there is no slope to compare. In both gradients they are 0.
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
        said = {"verdict": verdict, "difference": f"{self.difference:.2g}", "worst": str(self.worst)}
        if not self.kinks:
            return Message("The gradient is {verdict}: relative difference {difference}. Worst: {worst}.", **said)
        return Message(
            "The gradient is {verdict}: relative difference {difference}. Worst: {worst}. "
            "Left out for a kink within reach: {kinks} of {all}.",
            kinks=self.kinks,
            all=self.analytic.vector.size,
            **said,
        )


class Costs:
    """The cost as a function of one number of the network at a time, around ``params``. As for ``gradient_check``."""

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
        """The cost, and the forward pass, with number ``index`` of the vector so much larger."""
        vector = self.params.vector.copy()
        vector[index] += change
        trace = forward(Params(self.params.sizes, vector), self.X, self.network, masks=self.masks)
        cost = trace.network.loss.cost(trace.logits, self.y, self.weights)
        return float(cost) + penalty(trace.params, self.l1, self.l2, self.m), trace

    def slope(self, index: int, epsilon: float = 1e-6) -> float | None:
        """Its central difference; None where every nudge, down to ``epsilon``/100, crosses a kink."""
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

    ``l1`` and ``l2`` are the strengths of the penalties λ₁/m Σ|W| and λ₂/(2m) ΣW²; ``weights`` (m,) say how much each
    example counts, m is then their sum; ``masks`` are dropout's, as ``forward`` takes them, and stay the same
    throughout. Where a nudge takes a unit over a kink (ReLU at 0) a smaller one is tried, down to ``epsilon``/100; if
    that crosses too, the number is left out and counted in ``kinks``.
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
    """λ₁/m Σ|W| + λ₂/(2m) ΣW² over all weights; biases are left out."""
    W = params.weight_mask() * params.vector
    return float((l1 * np.abs(W).sum() + 0.5 * l2 * np.sum(W * W)) / m)


def penalty_slope(params: Params, l1: float, l2: float, m: float) -> Array:
    """The penalty's gradient, (λ₁ sign W + λ₂ W)/m, zero for biases: shaped like the parameter vector."""
    slope: Array = params.weight_mask() * (l1 * np.sign(params.vector) + l2 * params.vector) / m
    return slope


def _crossed(above: Trace, below: Trace) -> bool:
    """Whether a hidden unit is on one side of a kink before the nudge and on the other after it."""
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
                found = float(analytic.vector[farthest]), float(numeric.vector[farthest])
                return Entry(layer, name, tuple(map(int, place[0])), *found)
    raise AssertionError("every number belongs to a layer")


def relative_difference(g: Array, n: Array) -> float:
    """‖g - n‖ / (‖g‖ + ‖n‖); 0 where both vanish."""
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return float(np.linalg.norm(g - n) / size) if size else 0.0
