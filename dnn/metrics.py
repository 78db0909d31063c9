"""Numbers that say how good a network is, from its logits and the targets."""

from __future__ import annotations

import numpy as np

from dnn.kinds import Array
from dnn.losses import Loss


def evaluate(loss: Loss, z: Array, y: Array, n_train: int) -> list[Array]:
    """Train cost, test cost, train accuracy, test accuracy of logits ``z`` (m, K) or (R, m, K): scalars, or (R,) each.

    The first ``n_train`` examples are the training examples. Test numbers are NaN where there are no others; accuracy
    is the share of right answers, 0 for regression.
    """
    both: list[Array] = []
    for values in (loss.per_example(z, y), loss.correct(z, y)):
        rest = values[..., n_train:]
        both += [
            values[..., :n_train].mean(axis=-1),
            rest.mean(axis=-1) if rest.size else np.full(rest.shape[:-1], np.nan),
        ]
    return both
