"""Variants of the reference network, one class for each mistake that a tutorial prints."""

from __future__ import annotations

import numpy as np

from dnn.reference import Array, Layers, ReferenceNetwork

Scales = tuple[Array | float, Array | float]  # mean and standard deviation, of each input or of all


class LastLayerStays(ReferenceNetwork):
    """The loop over the layers ends one too early."""

    def update(self, layers: Layers, gradients: Layers, learning_rate: float) -> Layers:
        """Update every layer but the last."""
        return [*super().update(layers[:-1], gradients[:-1], learning_rate), layers[-1]]


class SummedBias(ReferenceNetwork):
    """``np.sum(dZ)`` without an axis."""

    def bias_gradient(self, dZ: Array) -> Array:
        """Return the sum over examples and units, the same for every unit."""
        return np.full_like(super().bias_gradient(dZ), np.sum(dZ))


class BiasPerExample(ReferenceNetwork):
    """The bias has a row for every example."""

    def start_bias(self, m: int, n_out: int) -> Array:
        """Return a zero bias for every unit and every example."""
        return np.zeros((m, n_out))

    def bias_for(self, b: Array, m: int) -> Array:
        """Return the bias of each training example; for any other number of examples, the mean of all."""
        return b if len(b) == m else b.mean(axis=0)

    def bias_gradient(self, dZ: Array) -> Array:
        """Return a separate gradient for each example."""
        return dZ


class OutputReadsZ(ReferenceNetwork):
    """The output layer multiplies Z of the layer before, not A."""

    def passed_on(self, Z: Array, A: Array, *, to_output: bool) -> Array:
        """Pass Z instead of A to the output layer."""
        return Z if to_output else A


class WrongCount(ReferenceNetwork):
    """m is read from the wrong axis of X."""

    def count(self, X: Array) -> int:
        """Return the number of inputs instead of the number of examples."""
        return len(X.T)


class UnscaledStart(ReferenceNetwork):
    """Starting weights from N(0, 1), however many inputs a unit has."""

    def spread(self, n_in: int) -> float:
        """Return 1 for every layer."""
        return 1.0


class TinyStart(ReferenceNetwork):
    """Starting weights from 0.01 · N(0, 1), however many layers there are."""

    def spread(self, n_in: int) -> float:
        """Return 0.01 for every layer."""
        return 0.01


class DividesByOutput(ReferenceNetwork):
    """The loss and its slope as the formulas have them, by way of ŷ."""

    def cost(self, Z: Array, y: Array) -> float:
        """-y log ŷ - (1-y) log(1-ŷ), with log(0) where ŷ has been rounded to 0 or 1."""
        a = self.sigmoid(Z)
        return float(np.mean(-y * np.log(a) - (1.0 - y) * np.log(1.0 - a)))

    def output_slope(self, Z: Array, y: Array) -> Array:
        """dA = -(y/ŷ - (1-y)/(1-ŷ)), then times ŷ(1-ŷ): 0/0 where ŷ has been rounded to 0 or 1."""
        a = self.sigmoid(Z)
        dA = -(y / a - (1.0 - y) / (1.0 - a))
        return dA * (a * (1.0 - a))


class OneMean(ReferenceNetwork):
    """``X.mean()`` and ``X.std()`` without an axis."""

    def scales(self, X: Array) -> Scales:
        """Return one mean and one standard deviation for all inputs together."""
        return float(X.mean()), float(X.std())
