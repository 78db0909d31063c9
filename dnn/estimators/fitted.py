"""The attributes of a fitted estimator, named as in scikit-learn."""

from __future__ import annotations

import math

import numpy as np
from sklearn.utils.validation import check_is_fitted

from dnn.components import Array
from dnn.training import Run


class FittedAttributes:
    """Attributes read from the last run. Before ``fit`` each raises NotFittedError, which is an AttributeError too."""

    _run: Run

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_run")

    @property
    def _fitted(self) -> Run:
        check_is_fitted(self)
        return self._run

    @property
    def coefs_(self) -> list[Array]:
        """W (n_in, n_out) of each layer."""
        return [W for W, _ in self._fitted.params]

    @property
    def intercepts_(self) -> list[Array]:
        """b (n_out,) of each layer."""
        return [b for _, b in self._fitted.params]

    @property
    def loss_curve_(self) -> list[float]:
        """The mean of each epoch's batch costs."""
        curve: list[float] = self._fitted.history["train_cost"][1:].tolist()
        return curve

    @property
    def validation_loss_curve_(self) -> list[float]:
        """The cost of the examples held back, after each epoch."""
        curve: list[float] = self._validated("validation_cost", "validation_loss_curve_")
        return curve

    def _validated(self, column: str, attribute: str) -> list[float]:
        """A column of the history of the examples held back; raises AttributeError where there are none."""
        history = self._fitted.history
        curve: list[float] = history[column][1:].tolist() if history.has_validation else []
        if not history.has_validation or np.isnan(curve).any():
            raise AttributeError(f"{attribute} is there with early_stopping=True only")
        return curve

    @property
    def loss_(self) -> float:
        """The last epoch's mean batch cost; NaN if the first epoch diverged."""
        return self.loss_curve_[-1] if self.loss_curve_ else math.nan

    @property
    def n_iter_(self) -> int:
        """Epochs trained."""
        return self._fitted.epoch

    @property
    def n_layers_(self) -> int:
        """Layers of units, inputs and outputs among them."""
        return len(self._fitted.params.sizes)

    @property
    def n_outputs_(self) -> int:
        """Output units."""
        return self._fitted.params.sizes[-1]
