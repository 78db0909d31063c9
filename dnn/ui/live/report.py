"""The numbers of a run beyond its costs: who is taken for whom, or how far predictions are off."""

from __future__ import annotations

from typing import Any

import numpy as np

from dnn.components import Array
from dnn.network import forward
from dnn.training.metrics import confusion_matrix, precision_and_recall, r_squared, root_mean_squared_error
from dnn.training.run import Run


def report(run: Run) -> dict[str, Any]:
    """Of the test examples, or of the training examples where there are none; ready for JSON, None where undefined.

    ``part`` is "test" or "train" and ``examples`` their number. For classes ``confusion`` (rows true, columns
    predicted), ``precision`` and ``recall`` of each class; for regression ``r2`` and ``rmse`` of each output.
    """
    data, part = run.data, "test" if run.has_test_data else "train"
    X, y = (data.X_test, data.y_test) if run.has_test_data else (data.X_train, data.y_train)
    about = {"part": part, "examples": len(X)}
    with np.errstate(all="ignore"):  # a run about to diverge may overflow
        output = data.in_units(run.network.loss.probability(forward(run.params, X, run.network).output))
        if data.task == "regression":
            return about | {"r2": _plain(r_squared(y, output)), "rmse": _plain(root_mean_squared_error(y, output))}
    if data.task == "multiclass":
        classes, true, predicted = y.shape[1], y.argmax(axis=1), output.argmax(axis=1)
    else:
        classes, true, predicted = 2, y[:, 0] > 0.5, output[:, 0] > 0.5
    confusion = confusion_matrix(true, predicted, classes)
    precision, recall = precision_and_recall(confusion)
    return about | {"confusion": confusion.tolist(), "precision": _plain(precision), "recall": _plain(recall)}


def _plain(numbers: Array) -> list[float | None]:
    return [float(number) if np.isfinite(number) else None for number in numbers]
