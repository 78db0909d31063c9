"""Is the gradient right? Nudge each number a little both ways and see how the cost answers.

The slope (J(θ+ε) - J(θ-ε)) / 2ε must agree with what ``backward`` computed. The measure is the one of the published
course: ‖g - n‖ / (‖g‖ + ‖n‖), below about 1e-7 for a correct gradient in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.kinds import Array
from dnn.network import Network, backward, forward
from dnn.params import Layer, Params


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Analytic and numeric gradients side by side, and how far apart they are.

    ``difference`` is ‖g - n‖ / (‖g‖ + ‖n‖) over all numbers, ``per_layer`` the same for each layer's (W, b); 0 where
    both gradients vanish.
    """

    analytic: Params
    numeric: Params
    difference: float
    per_layer: tuple[tuple[float, float], ...]


def gradient_check(
    params: Params | Sequence[Layer],
    X: Array,
    y: Array,
    network: Network | None = None,
    *,
    epsilon: float = 1e-6,
    l2: float = 0.0,
) -> GradientCheck:
    """Compare ``backward`` with central differences at ``params`` for examples ``X`` (m, n_in), ``y`` (m, n_out).

    Where a unit sits within ``epsilon`` of a kink (ReLU at 0) the two differ rightly: choose other examples there.
    """
    params = Params.of(params)
    weights, m = params.weight_mask(), len(X)

    def cost(vector: Array) -> float:
        trace = forward(Params(params.sizes, vector), X, network)
        return float(trace.network.loss.cost(trace.logits, y) + l2 / (2 * m) * np.sum(weights * vector**2))

    analytic = backward(params, forward(params, X, network), y)
    analytic.vector += l2 / m * weights * params.vector
    numeric = Params.empty(params.sizes)
    for index in range(params.vector.size):
        nudge = np.zeros_like(params.vector)
        nudge[index] = epsilon
        numeric.vector[index] = (cost(params.vector + nudge) - cost(params.vector - nudge)) / (2 * epsilon)
    per_layer = tuple(
        (_difference(dW, nW), _difference(db, nb)) for (dW, db), (nW, nb) in zip(analytic, numeric, strict=True)
    )
    return GradientCheck(analytic, numeric, _difference(analytic.vector, numeric.vector), per_layer)


def _difference(g: Array, n: Array) -> float:
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return float(np.linalg.norm(g - n) / size) if size else 0.0
