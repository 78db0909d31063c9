"""Variants of the reference network, one class for each mistake that beginners ask about in forums.

Some raise NumPy's own error. Others have a wrong shape that NumPy stretches (broadcasts) without a word.
"""

from __future__ import annotations

import numpy as np

from dnn.reference import Array, Layers, ReferenceNetwork


class StarForDot(ReferenceNetwork):
    """``*`` where the matrix product belongs, on the way forward."""

    def weighted_sum(self, A: Array, W: Array, b: Array) -> Array:
        """Multiply number by number: A (m, n_in) and W (n_in, n_out) do not fit."""
        Z = A * W + b
        return Z


class StarInGradient(ReferenceNetwork):
    """``*`` where the matrix product belongs, on the way back."""

    def weight_gradient(self, A: Array, dZ: Array) -> Array:
        """Multiply number by number: Aᵀ (n_in, m) and dZ (m, n_out) do not fit."""
        dW = A.T * dZ
        return dW


class DotForStar(ReferenceNetwork):
    """``np.dot`` where ``*`` belongs."""

    def through_activation(self, dA: Array, Z: Array, A: Array) -> Array:
        """Multiply as matrices: dA and g'(Z) are both (m, n)."""
        dZ: Array = np.dot(dA, self.g_slope(Z, A))
        return dZ


class TransposedForward(ReferenceNetwork):
    """Wᵀ where W belongs, on the way forward."""

    def weighted_sum(self, A: Array, W: Array, b: Array) -> Array:
        """Multiply by Wᵀ (n_out, n_in): the inner sizes differ."""
        Z = A @ W.T + b
        return Z


class TransposedBackward(ReferenceNetwork):
    """W where Wᵀ belongs, on the way back."""

    def input_gradient(self, dZ: Array, W: Array) -> Array:
        """Multiply by W (n_in, n_out): the inner sizes differ."""
        dA = dZ @ W
        return dA


class WrongCache(ReferenceNetwork):
    """Each layer reads its own activations where those of the layer before belong: the index is one too large."""

    def layer_input(self, X: Array, As: list[Array], number: int) -> Array:
        """Return what the layer ``number`` > 1 passed on, where what it was given belongs."""
        return As[number - 1] if number > 1 else X


class SlopeLeftOut(ReferenceNetwork):
    """dZ = dA, without g'(Z)."""

    def through_activation(self, dA: Array, Z: Array, A: Array) -> Array:
        """Return dA as it is."""
        dZ = dA
        return dZ


class UpdatesACopy(ReferenceNetwork):
    """The step is taken in a copy, which is then thrown away."""

    def update(self, layers: Layers, gradients: Layers, learning_rate: float) -> Layers:
        """Change copies of W and b, and return the layers as they were."""
        for (W, b), (dW, db) in zip(layers, gradients, strict=True):
            W = W - learning_rate * dW
            b = b - learning_rate * db
        return layers


class UniformStart(ReferenceNetwork):
    """``rand`` where ``randn`` belongs."""

    def random_numbers(self, rng: np.random.Generator, n_in: int, n_out: int) -> Array:
        """Return numbers between 0 and 1: none of them is negative."""
        return rng.random((n_in, n_out))


class CostSign(ReferenceNetwork):
    """The cost without its minus."""

    def cost(self, Z: Array, y: Array) -> float:
        """Mean of y log ŷ + (1-y) log(1-ŷ), which is negative."""
        losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z
        J = np.mean(-losses)
        return float(J)


class SlopeSign(ReferenceNetwork):
    """y - ŷ where ŷ - y belongs."""

    def output_slope(self, Z: Array, y: Array) -> Array:
        """Return the slope with the other sign, so that every step goes uphill."""
        return y - self.sigmoid(Z)


class BiasWithoutSum(ReferenceNetwork):
    """db = dZ, without the sum over the examples."""

    def bias_gradient(self, dZ: Array) -> Array:
        """Return dZ (m, n_out) as it is; b - α db then has a row for each example, without an error."""
        db = dZ
        return db


class FlatLabels(ReferenceNetwork):
    """y is (m,) where ŷ is (m, 1)."""

    def output_slope(self, Z: Array, y: Array) -> Array:
        """Subtract (m,) from (m, 1): NumPy makes (m, m) of it, every answer minus every label."""
        y = y.ravel()
        return self.sigmoid(Z) - y
