"""Numbers that say how good a network is: of its logits while it trains, of its predictions for people to read."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.losses import Loss, weighted_mean


def evaluate(
    loss: Loss, z: Array, y: Array, n_train: int, weights: Array | None = None, n_validation: int = 0
) -> list[Array]:
    """Train cost, test cost, train accuracy, test accuracy of logits ``z`` (m, K) or (R, m, K): scalars, or (R,) each.

    The first ``n_train`` examples are the training examples. The next ``n_validation`` are for validation: where there
    are any, their cost and accuracy follow. Numbers of a part without examples are NaN; accuracy is the share of right
    answers, 0 for regression. ``weights`` (m,) or (R, m) say how much each example counts.
    """
    first_test = n_train + n_validation
    parts = [slice(None, n_train), slice(first_test, None)]
    numbers, of_validation = [], []
    for values in (loss.per_example(z, y), loss.correct(z, y)):
        numbers += [_mean(values, part, weights) for part in parts]
        of_validation += [_mean(values, slice(n_train, first_test), weights)] if n_validation else []
    return numbers + of_validation


def _mean(values: Array, part: slice, weights: Array | None) -> Array:
    chosen = values[..., part]
    mean = weighted_mean(chosen, None if weights is None else weights[..., part]) if chosen.size else None
    return np.full(chosen.shape[:-1], np.nan) if mean is None else mean


def confusion_matrix(true: npt.ArrayLike, predicted: npt.ArrayLike, classes: int) -> npt.NDArray[np.int64]:
    """How often each class was taken for which: counts (K, K), rows the true class, columns the predicted one.

    ``true`` and ``predicted`` (m,) are class numbers from 0 to ``classes`` - 1.
    """
    pairs = np.asarray(true, np.int64) * classes + np.asarray(predicted, np.int64)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes).astype(np.int64)


def precision_and_recall(confusion: npt.NDArray[np.integer[Any]]) -> tuple[Array, Array]:
    """Of what was predicted as a class, and of what is of it, the share that is right: (K,) each.

    ``confusion`` (K, K) counts as :func:`confusion_matrix` does. NaN where a class was never predicted, or never there.
    """
    right = confusion.diagonal().astype(np.float64)
    with np.errstate(invalid="ignore"):
        return right / confusion.sum(axis=0), right / confusion.sum(axis=1)


def r_squared(y: Array, predicted: Array) -> Array:
    """R² = 1 - Σ(y - ŷ)² / Σ(y - ȳ)² of each output, (K,), from targets and predictions (m, K).

    1 is perfect, 0 no better than always saying the mean. NaN where the targets are all the same, or none are given.
    """
    if not len(y):
        return np.full(y.shape[1], np.nan)
    off, spread = ((y - predicted) ** 2).sum(axis=0), ((y - y.mean(axis=0)) ** 2).sum(axis=0)
    varies = spread > 0.0
    return np.where(varies, 1.0 - off / np.where(varies, spread, 1.0), np.nan)


def root_mean_squared_error(y: Array, predicted: Array) -> Array:
    """RMSE = √(mean of (y - ŷ)²) of each output, (K,), in the targets' own unit, from (m, K); NaN without examples."""
    if not len(y):
        return np.full(y.shape[1], np.nan)
    root: Array = np.sqrt(((y - predicted) ** 2).mean(axis=0))
    return root
