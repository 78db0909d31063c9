"""The activations of the tutorials: none at all, two that squash and two that cut off."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.activations.base import Activation
from dnn.components import Array

MANY = 4096  # numbers; from here on the method with the larger fixed cost is faster


class Linear(Activation):
    """No bend at all: the network stays a straight line however deep it is."""

    kind: Literal["linear"] = "linear"
    label: ClassVar[str] = "Linear"
    formula: ClassVar[str] = r"g(z) = z"
    slope_formula: ClassVar[str] = r"g'(z) = 1"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.positive(z, out)  # g(z) = z

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.empty_like(z) if out is None else out
        out.fill(1.0)  # g'(z) = 1
        return out


class Sigmoid(Activation):
    """Squashes to (0, 1). Its slope is at most 1/4, so through many layers the gradient fades.

    Computed as (1 + tanh(z/2)) / 2, which is the same function and cannot overflow.
    """

    kind: Literal["sigmoid"] = "sigmoid"
    label: ClassVar[str] = "Sigmoid"
    formula: ClassVar[str] = r"g(z) = \frac{1}{1 + e^{-z}}"
    slope_formula: ClassVar[str] = r"g'(z) = a\,(1 - a)"
    bounds: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.multiply(z, 0.5, out)  # z/2
        np.tanh(out, out)  # tanh(z/2)
        np.multiply(out, 0.5, out)  # tanh(z/2) / 2
        return np.add(out, 0.5, out)  # g(z) = (1 + tanh(z/2)) / 2

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.subtract(1.0, a, out)  # 1 - a
        return np.multiply(a, out, out)  # g'(z) = a (1 - a)


class Tanh(Activation):
    """Squashes to (-1, 1) and keeps zero at zero, so the next layer's inputs stay centred."""

    kind: Literal["tanh"] = "tanh"
    label: ClassVar[str] = "Tanh"
    formula: ClassVar[str] = r"g(z) = \tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}"
    slope_formula: ClassVar[str] = r"g'(z) = 1 - a^2"
    bounds: ClassVar[tuple[float, float]] = (-1.0, 1.0)

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.tanh(z, out)  # g(z) = tanh z

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.multiply(a, a, out)  # a²
        return np.subtract(1.0, out, out)  # g'(z) = 1 - a²


class ReLU(Activation):
    """Passes what is positive, stops the rest: cheap, never saturates for z > 0, and makes sparse activations.

    The slope at exactly 0 is taken as 0, as scikit-learn and PyTorch do. Source: Nair and Hinton 2010.
    """

    kind: Literal["relu"] = "relu"
    label: ClassVar[str] = "ReLU"
    formula: ClassVar[str] = r"g(z) = \max(0, z)"
    slope_formula: ClassVar[str] = r"g'(z) = 1 \text{ if } z > 0,\; 0 \text{ otherwise}"
    source: ClassVar[str] = "Nair and Hinton 2010, Rectified linear units improve restricted Boltzmann machines"
    bounds: ClassVar[tuple[float, float]] = (0.0, np.inf)
    kinks: ClassVar[tuple[float, ...]] = (0.0,)

    def value(self, z: Array, out: Array | None = None) -> Array:
        if out is None or z.size < MANY:
            return np.maximum(z, 0.0, out=out)  # g(z) = max(0, z)
        out.fill(0.0)  # NumPy compares two arrays faster than an array and a number
        return np.maximum(z, out, out=out)  # the same

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        if out is None or z.size < MANY:
            return np.sign(a, out)  # g'(z) = 1 if z > 0, else 0
        return np.greater(a, 0.0, out)  # the same, faster for many numbers


class LeakyReLU(Activation):
    """ReLU that lets a little through below zero, so that no unit dies for good. Source: Maas et al. 2013."""

    kind: Literal["leaky_relu"] = "leaky_relu"
    label: ClassVar[str] = "Leaky ReLU"
    formula: ClassVar[str] = r"g(z) = \max(z, s z)"
    slope_formula: ClassVar[str] = r"g'(z) = 1 \text{ if } z > 0,\; s \text{ otherwise}"
    source: ClassVar[str] = "Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network acoustic models"
    kinks: ClassVar[tuple[float, ...]] = (0.0,)

    slope: float = Field(0.01, ge=0.0, lt=1.0, description="slope s below zero", json_schema_extra={"step": 0.01})

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.multiply(z, self.slope, out)  # s z
        return np.maximum(z, out, out=out)  # g(z) = max(z, s z)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.heaviside(z, 0.0, out)  # 1 if z > 0, else 0
        np.multiply(out, 1.0 - self.slope, out)  # 1 - s if z > 0, else 0
        return np.add(out, self.slope, out)  # g'(z) = 1 if z > 0, else s
