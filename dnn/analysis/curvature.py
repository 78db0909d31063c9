"""The curvature of the cost at the present weights: how steeply its slope changes, in every direction.

With one weight, curvature is the second derivative J''. With P weights and biases it is a matrix (P, P) of second
derivatives, the Hessian H. Along a direction d of length 1 it is dᵀ H d. The eigenvalues of H are the curvatures along
its own directions: all positive in a bowl, some of them negative at a saddle.

Plain descent with learning rate α multiplies the distance from the floor of a bowl, along a direction with curvature λ,
by 1 - α λ. So it gets nearer as long as α < 2 / λ. The largest λ is called sharpness.
"""

from __future__ import annotations

import numpy as np

from dnn.analysis.costs_at import costs_at
from dnn.components import Array
from dnn.network import backward, forward
from dnn.params import Params
from dnn.random_streams import DIRECTIONS, generator
from dnn.training.run import Run

STEP = 1e-4  # to either side of a weight, for central differences of the gradient; of a large one as a share
BLOCK = 1 << 24  # bytes of activations that are computed at once


def hessian(run: Run) -> Array:
    """Second derivatives (P, P) of the cost that training descends, over all training examples, penalties included.

    They are central differences of the gradient in float64: exact up to rounding where the cost is quadratic. With
    standardised targets they are those of the standardised cost, from which the updates are computed.
    """
    center = run.params.vector.astype(np.float64)
    data, size = run.data, center.size
    X, y = data.X_train.astype(np.float64), data.targets[: data.n_train]
    weights = None if data.weights is None else data.weights[: data.n_train]
    steps = STEP * np.maximum(1.0, np.abs(center))
    found = np.empty((size, size))
    at_once = max(1, BLOCK // (16 * len(X) * sum(run.params.sizes[1:])))
    for first in range(0, size, at_once):
        rows = np.arange(first, min(size, first + at_once))
        moves = np.diag(steps)[rows]
        sides = []
        for moved in (center + moves, center - moves):
            params = Params(run.params.sizes, moved)
            sides.append(backward(params, forward(params, X, run.network), y, weights=weights).vector)
        found[rows] = (sides[0] - sides[1]) / (2.0 * steps[rows, None])
    m = len(X) if weights is None else weights.sum()
    symmetric: Array = 0.5 * (found + found.T)
    symmetric += np.diag(run.experiment.training.l2 / m * run.params.weight_mask())
    return symmetric


def curvatures(run: Run) -> Array:
    """The eigenvalues (P,) of the Hessian, smallest first; NaN where numbers are not finite."""
    with np.errstate(all="ignore"):
        found = hessian(run)
    if not np.isfinite(found).all():
        return np.full(len(found), np.nan)
    return np.linalg.eigvalsh(found)


def sharpness(run: Run) -> float:
    """The largest curvature in any direction, λ: plain descent is stable in a bowl while α < 2 / λ."""
    return float(curvatures(run)[-1])


def rise_nearby(run: Run, spread: float, *, seed: int = 0, draws: int = 200) -> float:
    """How much the training cost rises on average when normal noise of this ``spread`` moves all weights and biases.

    This is the cost convolved with a normal distribution, less the cost itself. In a bowl it is ½ spread² Σ λ.
    """
    center = run.params.vector.astype(np.float64)
    noise = spread * generator(seed, DIRECTIONS, 0).standard_normal((draws, center.size))
    costs = costs_at(run, np.concatenate([center[None], center + noise])).train
    return float(costs[1:].mean() - costs[0])
