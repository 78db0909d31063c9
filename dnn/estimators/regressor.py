"""The regressor, for one or several numbers per example."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils import column_or_1d
from sklearn.utils.validation import validate_data

from dnn.components import Array, Task
from dnn.estimators.base import DNN


class DNNRegressor(RegressorMixin, DNN):
    """A neural network that predicts one number for each example, or several.

    It learns the targets as they are, and costs and predictions are in their units. Targets far from 1, such as prices,
    are hardly learnt: ``TransformedTargetRegressor(DNNRegressor(), transformer=StandardScaler())`` of scikit-learn
    standardises them and returns predictions in their units.
    """

    def predict(self, X: Any) -> Array:
        """Return the predicted numbers for ``X`` (m, n): (m,), or (m, outputs) if ``fit`` received several."""
        outputs = self._outputs(X)
        return outputs if self._several else outputs[:, 0]

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Train one epoch on ``X`` (m, n) and ``y`` (m,) or (m, outputs)."""
        return self._partial_fit(X, y, sample_weight)

    def _read(self, X: Any, y: Any, *, first: bool, classes: Any = None) -> tuple[Array, Array, Task]:
        X, y = validate_data(self, X, y, dtype=np.float64, y_numeric=True, multi_output=True, reset=first)
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        targets = y.reshape(len(y), -1).astype(np.float64)
        if not first and targets.shape[1] != self.n_outputs_:
            raise ValueError(f"y has {targets.shape[1]} outputs; before it had {self.n_outputs_}")
        self._several = y.ndim == 2
        return X, targets, "regression"

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
