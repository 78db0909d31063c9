"""A loss says how wrong the network is: one number, the cost J, that training makes smaller.

Each loss brings its output activation along and is computed on the logits z of the last layer, not on their squashed
values: no log(0), no division by ŷ. The gradient with respect to z then takes the same short form for all of them,
dz = (a - y) / m, where m is the number of examples. Targets ``y`` have the shape of the output, (m, K) or (R, m, K).
Adding one is a class here and a line in ``LOSSES``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import SerializeAsAny

from dnn.activations import Activation, Linear, Sigmoid
from dnn.kinds import Array, Kind, chosen_from


class Loss(Kind):
    """A cost on logits, with the output activation that belongs to it."""

    output: ClassVar[Activation]

    @abstractmethod
    def per_example(self, z: Array, y: Array) -> Array:
        """The loss of each example, shape (m,) or (R, m), from logits ``z`` and targets ``y``."""

    @abstractmethod
    def correct(self, z: Array, y: Array) -> Array:
        """Whether each example is classified right, booleans of shape (m,) or (R, m); all False if not a class."""

    def cost(self, z: Array, y: Array) -> Array:
        """Mean loss over the examples: a scalar, or shape (R,) for R runs."""
        mean: Array = np.asarray(self.per_example(z, y).mean(axis=-1))
        return mean

    def gradient(self, a: Array, y: Array, out: Array | None = None) -> Array:
        """dJ/dz of the output layer, (a - y)/m, from its activations ``a``; shaped like ``a``."""
        out = np.subtract(a, y, out)
        scaled: Array = np.multiply(out, 1.0 / a.shape[-2], out)
        return scaled


def _total(values: Array) -> Array:
    """The sum over the outputs, (m,) or (R, m)."""
    if values.shape[-1] == 1:  # a sum of one number is quicker left alone
        only: Array = values[..., 0]
        return only
    total: Array = np.asarray(values.sum(axis=-1))
    return total


class BinaryCrossEntropy(Loss):
    """Two classes, one sigmoid output ŷ = P(y=1). Computed as log(1 + e^z) - y z, finite for any finite z."""

    kind: Literal["binary_cross_entropy"] = "binary_cross_entropy"
    label: ClassVar[str] = "Binary cross-entropy"
    formula: ClassVar[str] = r"J = -\frac{1}{m}\sum_i \left[y_i\log\hat y_i + (1-y_i)\log(1-\hat y_i)\right]"
    output: ClassVar[Activation] = Sigmoid()

    def per_example(self, z: Array, y: Array) -> Array:
        # log(1 + e^z) as np.logaddexp(0, z) has it, but three times quicker
        return _total(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))) - y * z)

    def correct(self, z: Array, y: Array) -> Array:
        hits = (z > 0.0) == (y > 0.5)
        return np.asarray(hits[..., 0] if hits.shape[-1] == 1 else hits.all(axis=-1))


class Softmax(Activation):
    """Turns K logits into K probabilities that sum to 1. An output activation only: it couples the units."""

    kind: Literal["softmax"] = "softmax"
    label: ClassVar[str] = "Softmax"
    formula: ClassVar[str] = r"a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    bounds: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.subtract(z, z.max(axis=-1, keepdims=True), out)
        np.exp(out, out)
        out /= out.sum(axis=-1, keepdims=True)
        return out

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        """The diagonal of the Jacobian, ∂a_k/∂z_k = a_k (1 - a_k); the loss's gradient has the rest worked in."""
        out = np.subtract(1.0, a, out)
        return np.multiply(a, out, out)


class SoftmaxCrossEntropy(Loss):
    """K classes, one softmax output each; targets are one-hot rows. Computed with the log-sum-exp of the logits."""

    kind: Literal["softmax_cross_entropy"] = "softmax_cross_entropy"
    label: ClassVar[str] = "Softmax cross-entropy"
    formula: ClassVar[str] = r"J = -\frac{1}{m}\sum_i \sum_k y_{ik}\log\hat y_{ik}"
    output: ClassVar[Activation] = Softmax()

    def per_example(self, z: Array, y: Array) -> Array:
        shifted = z - z.max(axis=-1, keepdims=True)
        return np.asarray(np.log(_total(np.exp(shifted))) - _total(y * shifted))

    def correct(self, z: Array, y: Array) -> Array:
        return np.asarray(z.argmax(axis=-1) == y.argmax(axis=-1))


class MeanSquaredError(Loss):
    """Regression with linear outputs. The ½ is scikit-learn's convention; it makes the gradient (a - y)/m."""

    kind: Literal["mean_squared_error"] = "mean_squared_error"
    label: ClassVar[str] = "Mean squared error"
    formula: ClassVar[str] = r"J = \frac{1}{2m}\sum_i \lVert \hat y_i - y_i \rVert^2"
    output: ClassVar[Activation] = Linear()

    def per_example(self, z: Array, y: Array) -> Array:
        difference = z - y
        return 0.5 * _total(difference * difference)

    def correct(self, z: Array, y: Array) -> Array:
        return np.zeros(z.shape[:-1], dtype=bool)


LOSSES: dict[str, type[Loss]] = {
    "binary_cross_entropy": BinaryCrossEntropy,
    "softmax_cross_entropy": SoftmaxCrossEntropy,
    "mean_squared_error": MeanSquaredError,
}

AnyLoss = Annotated[SerializeAsAny[Loss], chosen_from(LOSSES, "loss")]
