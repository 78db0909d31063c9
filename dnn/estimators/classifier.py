"""The classifier, for labels of any type."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils import column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from dnn.components import Array, Task
from dnn.errors import shown
from dnn.estimators.base import DNN


class DNNClassifier(ClassifierMixin, DNN):
    """A neural network that tells two or more classes apart; labels of any type.

    ``classes_`` (K,) are the labels, in the order of the columns of ``predict_proba``.
    """

    @property
    def validation_scores_(self) -> list[float]:
        """The accuracy on the examples held back, after each epoch; with ``early_stopping`` only."""
        return self._validated("validation_accuracy", "validation_scores_")

    def predict(self, X: Any) -> np.ndarray:
        """Return the most likely class of each example of ``X`` (m, n): (m,)."""
        likeliest = self._outputs(X).argmax(axis=1)
        return np.asarray(self.classes_[likeliest])

    def predict_proba(self, X: Any) -> Array:
        """Return P(class) for each example of ``X`` (m, n): (m, classes)."""
        return self._outputs(X)

    def predict_log_proba(self, X: Any) -> Array:
        """Return the logarithm of ``predict_proba``, (m, classes); -inf where a probability is 0."""
        with np.errstate(divide="ignore"):
            return np.log(self._outputs(X))

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> Self:
        """Train one epoch on ``X`` (m, n) and ``y`` (m,); the first call needs all ``classes`` if ``y`` lacks some."""
        return self._partial_fit(X, y, sample_weight, classes)

    def _read(self, X: Any, y: Any, *, first: bool, classes: Any = None) -> tuple[Array, Array, Task]:
        X, y = validate_data(self, X, y, dtype=np.float64, reset=first)
        check_classification_targets(y)
        y = column_or_1d(y, warn=True)
        if first:
            self.classes_ = np.unique(y if classes is None else classes)
            if len(self.classes_) < 2:
                only = shown(self.classes_.tolist()[0])
                raise ValueError(f"y has one class only, {only}; a classifier needs two at least")
        elif classes is not None and not np.array_equal(np.unique(classes), self.classes_):
            raise ValueError(f"classes are {shown(classes)}; before they were {shown(self.classes_.tolist())}")
        if not (is_known := np.isin(y, self.classes_)).all():
            raise ValueError(f"y has a class that was not there before, {shown(y[~is_known].tolist()[0])}")
        numbers = np.searchsorted(self.classes_, y)
        if len(self.classes_) == 2:
            return X, numbers[:, None].astype(np.float64), "binary"
        return X, np.eye(len(self.classes_))[numbers], "multiclass"
