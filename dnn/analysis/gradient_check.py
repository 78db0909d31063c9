"""Is the gradient right? Nudge each number a little both ways and see how the cost answers.

The slope (J(θ+ε) - J(θ-ε)) / 2ε must agree with what ``backward`` computed. The measure is the one of the published
course: ‖g - n‖ / (‖g‖ + ‖n‖), below about 1e-7 for a correct gradient in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.kinds import Array
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
        return f"{self.array}{self.layer}[{place}]: analytic {self.analytic:.6g}, numeric {self.numeric:.6g}"


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
        verdict = "right" if self.passed else "doubtful" if self.difference <= DOUBTFUL else "wrong"
        left_out = (
            f" Left out for a kink within reach: {self.kinks} of {self.analytic.vector.size}." if self.kinks else ""
        )
        return f"The gradient is {verdict}: relative difference {self.difference:.2g}. Worst: {self.worst}.{left_out}"


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
    weights = None if weights is None else np.asarray(weights, float)
    weights_only = params.weight_mask()
    m = float(len(X) if weights is None else np.sum(weights))

    def at(vector: Array) -> tuple[float, Trace]:
        trace = forward(Params(params.sizes, vector), X, network, masks=masks)
        W = weights_only * vector
        penalty = (l1 * np.abs(W).sum() + 0.5 * l2 * np.sum(W * W)) / m
        return float(trace.network.loss.cost(trace.logits, y, weights) + penalty), trace

    analytic = backward(params, forward(params, X, network, masks=masks), y, weights=weights)
    analytic.vector += weights_only * (l1 * np.sign(params.vector) + l2 * params.vector) / m
    numeric, kinks = Params.empty(params.sizes), 0
    for index, value in enumerate(params.vector):
        for step in (epsilon, epsilon / 10, epsilon / 100):
            nudge = np.zeros_like(params.vector)
            nudge[index] = step
            (up, above), (down, below) = at(params.vector + nudge), at(params.vector - nudge)
            if not _crossed(above, below) and not (l1 and weights_only[index] and 0.0 < abs(value) <= step):
                numeric.vector[index] = (up - down) / (2 * step)
                break
        else:
            kinks += 1
            analytic.vector[index] = 0.0
    per_layer = tuple(
        (relative_difference(dW, nW), relative_difference(db, nb))
        for (dW, db), (nW, nb) in zip(analytic, numeric, strict=True)
    )
    difference = relative_difference(analytic.vector, numeric.vector)
    return GradientCheck(analytic, numeric, difference, per_layer, _worst(analytic, numeric), kinks)


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
