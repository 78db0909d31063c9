"""A loss says how wrong the network is: one number, the cost J, that training makes smaller.

Each loss has its output activation and is computed from the logits z of the last layer, not from the outputs: no
log(0), no division by ŷ. With this output activation the gradient with respect to z has a short form, (a - y) / m for
the usual three, where m is the number of examples. Targets ``y`` have the shape of the output, (m, K) or (R, m, K).
Adding one is a class here and a line in ``LOSSES``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, SerializeAsAny

from dnn.activations import Activation, Linear, Sigmoid, Tanh
from dnn.components import Array, Component, Task, choose_from


class Loss(Component):
    """A cost on logits, with the output activation that belongs to it and the tasks that it fits."""

    slope_formula: ClassVar[str] = r"\frac{\partial L}{\partial z} = \hat y - y"
    output: ClassVar[Activation]
    tasks: ClassVar[tuple[Task, ...]]

    @abstractmethod
    def per_example(self, z: Array, y: Array) -> Array:
        """Return the loss of each example, (m,) or (R, m), from logits ``z`` and targets ``y``."""

    @abstractmethod
    def correct(self, z: Array, y: Array) -> Array:
        """Whether each example is classified correctly, booleans (m,) or (R, m); all False for regression."""

    def slope(self, a: Array, y: Array, out: Array | None = None) -> Array:
        """Return ∂loss/∂z of each example at the output layer, a - y for most losses; shaped like ``a``."""
        return np.subtract(a, y, out)

    def probability(self, a: Array) -> Array:
        """Convert the output activations ``a`` to probabilities; for regression return ``a``."""
        return a

    def cost(self, z: Array, y: Array, weights: Array | None = None) -> Array:
        """Return the mean loss over the examples: a scalar, or shape (R,) for R runs.

        ``weights`` (m,) or (R, m) make it a weighted mean; a weight of 2 counts like two equal examples.
        """
        return weighted_mean(self.per_example(z, y), weights)

    def gradient(self, a: Array, y: Array, out: Array | None = None, sample_weight: Array | None = None) -> Array:
        """Return dJ/dz of the output layer from its activations ``a``; shaped like ``a``.

        ``sample_weight`` (m, 1) or (R, m, 1) holds the weights of the mean, with sum 1; None means 1/m each.
        """
        out = self.slope(a, y, out)  # ∂loss/∂z of each example
        scaled: Array = np.multiply(out, 1.0 / a.shape[-2] if sample_weight is None else sample_weight, out)  # dJ/dz
        return scaled


def weighted_mean(values: Array, weights: Array | None) -> Array:
    """Return the mean over the last axis, the examples: scalar or (R,). NaN without examples or with zero weights."""
    if weights is None:
        return np.asarray(values.mean(axis=-1))
    with np.errstate(invalid="ignore"):
        mean: Array = np.asarray((values * weights).sum(axis=-1) / weights.sum(axis=-1))
    return mean


def _total(values: Array) -> Array:
    """Return the sum over the outputs, (m,) or (R, m)."""
    if values.shape[-1] == 1:  # skipping a sum of one number is faster
        only: Array = values[..., 0]
        return only
    total: Array = np.asarray(values.sum(axis=-1))
    return total


def _same_side(z: Array, y: Array) -> Array:
    """Whether the sign of each logit matches the class."""
    hits = (z > 0.0) == (y > 0.5)
    return np.asarray(hits[..., 0] if hits.shape[-1] == 1 else hits.all(axis=-1))


class BinaryCrossEntropy(Loss):
    """Two classes, one sigmoid output ŷ = P(y=1). Computed as log(1 + e^z) - y z, finite for any finite z."""

    kind: Literal["binary_cross_entropy"] = "binary_cross_entropy"
    label: ClassVar[str] = "Binary cross-entropy"
    formula: ClassVar[str] = r"J = -\frac{1}{m}\sum_i \left[y_i\log\hat y_i + (1-y_i)\log(1-\hat y_i)\right]"
    output: ClassVar[Activation] = Sigmoid()
    tasks: ClassVar[tuple[Task, ...]] = ("binary",)

    def per_example(self, z: Array, y: Array) -> Array:
        # log(1 + e^z) equal to np.logaddexp(0, z), but three times faster
        return _total(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))) - y * z)

    def correct(self, z: Array, y: Array) -> Array:
        return _same_side(z, y)


class Softmax(Activation):
    """Turns K logits into K probabilities that sum to 1. An output activation only: it couples the units."""

    kind: Literal["softmax"] = "softmax"
    label: ClassVar[str] = "Softmax"
    formula: ClassVar[str] = r"a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    bounds: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.subtract(z, z.max(axis=-1, keepdims=True), out)  # z - max z, which leaves a as it is
        np.exp(out, out)  # e^z_k
        out /= out.sum(axis=-1, keepdims=True)  # a_k = e^z_k / Σ e^z_j
        return out

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        """The diagonal of the Jacobian, ∂a_k/∂z_k = a_k (1 - a_k); the loss's gradient includes the rest."""
        out = np.subtract(1.0, a, out)  # 1 - a_k
        return np.multiply(a, out, out)  # a_k (1 - a_k)


class SoftmaxCrossEntropy(Loss):
    """K classes, one softmax output each; targets are one-hot rows. Computed with the log-sum-exp of the logits."""

    kind: Literal["softmax_cross_entropy"] = "softmax_cross_entropy"
    label: ClassVar[str] = "Softmax cross-entropy"
    formula: ClassVar[str] = r"J = -\frac{1}{m}\sum_i \sum_k y_{ik}\log\hat y_{ik}"
    output: ClassVar[Activation] = Softmax()
    tasks: ClassVar[tuple[Task, ...]] = ("multiclass",)

    def per_example(self, z: Array, y: Array) -> Array:
        shifted = z - z.max(axis=-1, keepdims=True)
        return np.asarray(np.log(_total(np.exp(shifted))) - _total(y * shifted))  # ln Σ e^z_k - Σ y_k z_k

    def correct(self, z: Array, y: Array) -> Array:
        return np.asarray(z.argmax(axis=-1) == y.argmax(axis=-1))


class MeanSquaredError(Loss):
    """Regression with linear outputs. The ½ is scikit-learn's convention; it makes the gradient (a - y)/m."""

    kind: Literal["mean_squared_error"] = "mean_squared_error"
    label: ClassVar[str] = "Mean squared error"
    formula: ClassVar[str] = r"J = \frac{1}{2m}\sum_i \lVert \hat y_i - y_i \rVert^2"
    output: ClassVar[Activation] = Linear()
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)

    def per_example(self, z: Array, y: Array) -> Array:
        difference = z - y
        return 0.5 * _total(difference * difference)

    def correct(self, z: Array, y: Array) -> Array:
        return np.zeros(z.shape[:-1], dtype=bool)


class Huber(Loss):
    """Regression that is robust to outliers: squared error up to a distance δ, linear beyond. Source: Huber 1964."""

    kind: Literal["huber"] = "huber"
    label: ClassVar[str] = "Huber"
    formula: ClassVar[str] = (
        r"J = \frac{1}{m}\sum_i \sum_k h(\hat y_{ik} - y_{ik}),\; h(r) = "
        r"\begin{cases}\frac{1}{2}r^2 & |r| \le \delta\\ \delta(|r| - \frac{1}{2}\delta) & |r| > \delta\end{cases}"
    )
    slope_formula: ClassVar[str] = r"\frac{\partial L}{\partial z} = \min(\max(\hat y - y, -\delta), \delta)"
    source: ClassVar[str] = "Huber 1964, Robust estimation of a location parameter"
    output: ClassVar[Activation] = Linear()
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)

    delta: float = Field(
        1.0, ge=0.01, le=100.0, description="distance δ where squares end", json_schema_extra={"step": 0.1}
    )

    def per_example(self, z: Array, y: Array) -> Array:
        distance = np.abs(z - y)
        near = np.minimum(distance, self.delta)
        return _total(near * (distance - 0.5 * near))  # ½ r² if |r| ≤ δ, else δ (|r| - ½ δ)

    def slope(self, a: Array, y: Array, out: Array | None = None) -> Array:
        out = np.subtract(a, y, out)
        return np.clip(out, -self.delta, self.delta, out=out)

    def correct(self, z: Array, y: Array) -> Array:
        return np.zeros(z.shape[:-1], dtype=bool)


class TanhSquaredError(Loss):
    """Two classes as -1 and 1, a tanh output and the squared error between them, as TensorFlow Playground trains.

    Where tanh is flat a badly wrong example hardly moves the weights: compare with cross-entropy. Targets are 0 and 1
    as for the other losses and become 2y - 1 here; the probability shown is (a + 1) / 2.
    Source: Smilkov and Carter 2016.
    """

    kind: Literal["tanh_squared_error"] = "tanh_squared_error"
    label: ClassVar[str] = "Squared error on tanh"
    formula: ClassVar[str] = r"J = \frac{1}{2m}\sum_i \left(\hat y_i - (2y_i - 1)\right)^2,\; \hat y = \tanh z"
    slope_formula: ClassVar[str] = r"\frac{\partial L}{\partial z} = (\hat y - (2y - 1))\,(1 - \hat y^2)"
    source: ClassVar[str] = "Smilkov and Carter 2016, TensorFlow Playground"
    output: ClassVar[Activation] = Tanh()
    tasks: ClassVar[tuple[Task, ...]] = ("binary",)

    def per_example(self, z: Array, y: Array) -> Array:
        difference = np.tanh(z) - (2.0 * y - 1.0)
        return 0.5 * _total(difference * difference)

    def slope(self, a: Array, y: Array, out: Array | None = None) -> Array:
        return np.multiply(a - (2.0 * y - 1.0), 1.0 - a * a, out)

    def probability(self, a: Array) -> Array:
        return 0.5 * (a + 1.0)

    def correct(self, z: Array, y: Array) -> Array:
        return _same_side(z, y)


LOSSES: dict[str, type[Loss]] = {
    "binary_cross_entropy": BinaryCrossEntropy,
    "softmax_cross_entropy": SoftmaxCrossEntropy,
    "mean_squared_error": MeanSquaredError,
    "huber": Huber,
    "tanh_squared_error": TanhSquaredError,
}

AnyLoss = Annotated[SerializeAsAny[Loss], choose_from(LOSSES, "loss")]
