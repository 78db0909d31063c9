"""The curves of a run over its epochs as numbers, thinned for a picture: costs, accuracies, rates and gradients."""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.training.history import History

MOST_POINTS = 600  # drawn points of one curve


def cost_curves(history: History, most: int = MOST_POINTS, *, validation: bool = False) -> Array:
    """Return epoch, train cost and test cost, (3, k) with k ≤ ``most``: thinned, but with all peaks and valleys.

    With ``validation`` the validation cost follows, (4, k); NaN where there was none.
    """
    return _curves(history, ("train_cost", "test_cost", *(("validation_cost",) if validation else ())), most)


def accuracy_curves(history: History, most: int = MOST_POINTS, *, validation: bool = False) -> Array:
    """Return epoch, train accuracy and test accuracy, and validation accuracy too, thinned like the costs."""
    names = ("train_accuracy", "test_accuracy", *(("validation_accuracy",) if validation else ()))
    return _curves(history, names, most)


def rate_curve(history: History, most: int = MOST_POINTS) -> Array:
    """Return epoch and the learning rate of the following epoch, (2, k), thinned like the costs."""
    return _curves(history, ("learning_rate",), most)


def gradient_curves(history: History, most: int = MOST_POINTS) -> Array:
    """Return epoch and the gradient norm of each layer, (1 + L, k), thinned like the costs."""
    norms = history["gradient_norm"].T
    keep = thinned(norms, most)
    return np.vstack([history["epoch"][keep], norms[:, keep]])


def _curves(history: History, names: tuple[str, ...], most: int) -> Array:
    epochs = history["epoch"]
    missing = np.full(len(epochs), np.nan)  # a history from before there was a validation set
    table = np.stack([epochs, *(history.get(name, missing) for name in names)])
    return table[:, thinned(table[1:], most)]


def thinned(curves: Array, most: int) -> np.ndarray:
    """Return the indices of at most ``most`` of n points: the first, the last, and the extremes of each curve per
    section. A tenth of them are spaced evenly on a logarithmic axis, so that the first epochs are seen there.

    ``curves`` is (c, n); NaN is never an extreme.
    """
    n = curves.shape[1]
    if n <= most:
        return np.arange(n)
    early = np.geomspace(1, n - 1, most // 10).astype(int)
    stretches = max(1, (most - 2 - len(early)) // (2 * len(curves)))
    length = -(-n // stretches)  # rounded up; the last section is padded with the last point
    places = np.minimum(np.arange(stretches * length), n - 1)
    keep = [np.array([0, n - 1]), early]
    starts = np.arange(stretches) * length
    for curve in curves:
        blocks = curve[places].reshape(stretches, length)
        lowest = np.where(np.isnan(blocks), np.inf, blocks).argmin(axis=1)
        highest = np.where(np.isnan(blocks), -np.inf, blocks).argmax(axis=1)
        keep += [np.minimum(starts + lowest, n - 1), np.minimum(starts + highest, n - 1)]
    return np.unique(np.concatenate(keep))
