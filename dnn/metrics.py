"""Numbers that say how good a network is, from its logits and the targets."""

from __future__ import annotations

import numpy as np

from dnn.kinds import Array
from dnn.losses import Loss, weighted_mean


def evaluate(loss: Loss, z: Array, y: Array, n_train: int, weights: Array | None = None) -> list[Array]:
    """Train cost, test cost, train accuracy, test accuracy of logits ``z`` (m, K) or (R, m, K): scalars, or (R,) each.

    The first ``n_train`` examples are the training examples. Numbers of a part without examples are NaN; accuracy is
    the share of right answers, 0 for regression. ``weights`` (m,) or (R, m) say how much each example counts.
    """
    both: list[Array] = []
    for values in (loss.per_example(z, y), loss.correct(z, y)):
        for part in (slice(None, n_train), slice(n_train, None)):
            chosen = values[..., part]
            mean = weighted_mean(chosen, None if weights is None else weights[..., part]) if chosen.size else None
            both.append(np.full(chosen.shape[:-1], np.nan) if mean is None else mean)
    return both
