"""The cost of many networks of one run: at the points of a grid, or along a path."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.training.evaluation import Evaluation
from dnn.training.run import Run

BLOCK = 1 << 22  # bytes of parameter vectors that are evaluated at once
STRETCH = 16_000_000  # weights × examples between two pauses


class Costs(NamedTuple):
    """Costs in the data's units, in arrays of one shape: of training and test examples, and what the penalties add.

    ``test`` is NaN without test examples, ``penalty`` is λ₁/m Σ|W| + λ₂/(2m) ΣW². Training descends ``total``.
    """

    train: Array
    test: Array
    penalty: Array

    @property
    def total(self) -> Array:
        """The cost of the training examples with the penalties, shaped like ``train``."""
        return self.train + self.penalty

    def reshaped(self, *shape: int) -> Costs:
        """Return the same costs in arrays of another shape."""
        return Costs(*(part.reshape(shape) for part in self))


def costs_at(
    run: Run, vectors: Array, dtype: npt.DTypeLike = np.float64, pause: Callable[[], object] | None = None
) -> Costs:
    """The costs (k,) of ``run`` with the parameters ``vectors`` (k, P), by lockstep forward passes in ``dtype``.

    Infinite or NaN where numbers become too large. ``pause`` is called after every few milliseconds of work, so that
    the caller can let other threads run.
    """
    data, training = run.data, run.experiment.training
    evaluation = Evaluation(run.params.sizes, np.dtype(dtype), run.network, [data])
    m = data.n_train if data.weights is None else data.weights[: data.n_train].sum()
    weights_only, at_once = run.params.weight_mask(), max(1, BLOCK // (vectors.shape[1] * vectors.itemsize))
    if pause is not None:
        at_once = max(1, min(at_once, STRETCH // (vectors.shape[1] * len(data.X))))
    found = np.empty((3, len(vectors)))
    with np.errstate(all="ignore"):
        for start in range(0, len(vectors), at_once):
            block = slice(start, start + at_once)
            W = vectors[block] * weights_only
            found[:2, block] = evaluation.columns(vectors[block, None].astype(dtype))[:2, :, 0]
            found[2, block] = (training.l1 * np.abs(W).sum(axis=1) + 0.5 * training.l2 * (W * W).sum(axis=1)) / m
            if pause is not None:
                pause()
    found[2] *= data.cost_scale
    return Costs(*found)
