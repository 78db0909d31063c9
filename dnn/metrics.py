"""Numbers that say how good a network is, from its logits and the targets."""

from __future__ import annotations

import numpy as np

from dnn.kinds import Array
from dnn.losses import Loss


def evaluate(loss: Loss, z: Array, y: Array) -> tuple[Array, Array]:
    """Mean cost and share of right answers of logits ``z`` (m, K) or (R, m, K): scalars, or shape (R,).

    Both are NaN where there are no examples; the share is 0 for regression.
    """
    if z.shape[-2] == 0:
        nothing = np.full(z.shape[:-2], np.nan)
        return nothing, nothing
    return loss.cost(z, y), loss.correct(z, y).mean(axis=-1)
