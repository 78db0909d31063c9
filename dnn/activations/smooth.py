"""The activations that came after ReLU, most of them smooth everywhere."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.activations.base import Activation
from dnn.activations.classic import Sigmoid
from dnn.components import Array


class ELU(Activation):
    """ReLU that bends down to -α, so that mean activations come nearer to zero. Source: Clevert et al. 2016."""

    kind: Literal["elu"] = "elu"
    label: ClassVar[str] = "ELU"
    formula: ClassVar[str] = r"g(z) = z \text{ if } z > 0,\; \alpha (e^{z} - 1) \text{ otherwise}"
    slope_formula: ClassVar[str] = r"g'(z) = 1 \text{ if } z > 0,\; a + \alpha \text{ otherwise}"
    source: ClassVar[str] = "Clevert, Unterthiner and Hochreiter 2016, Fast and accurate deep network learning by ELUs"
    kinks: ClassVar[tuple[float, ...]] = (0.0,)  # none where α = 1, the only one that joins smoothly

    alpha: float = Field(1.0, ge=0.0, le=10.0, description="depth α below zero", json_schema_extra={"step": 0.1})

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.minimum(z, 0.0, out=out)  # z if z < 0, else 0
        np.multiply(np.expm1(out, out), self.alpha, out)  # α (e^z - 1) if z < 0, else 0
        return np.add(out, np.maximum(z, 0.0), out)  # g(z) = z if z > 0, else α (e^z - 1)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.add(a, self.alpha, out)  # g'(z) = a + α
        np.copyto(out, 1.0, where=z > 0)  # g'(z) = 1 if z > 0
        return out


class SELU(Activation):
    """ELU with an α and scale λ that draw each layer towards mean 0 and variance 1. Source: Klambauer et al. 2017."""

    kind: Literal["selu"] = "selu"
    label: ClassVar[str] = "SELU"
    formula: ClassVar[str] = r"g(z) = \lambda\,\mathrm{ELU}_{\alpha}(z),\; \lambda = 1.0507,\; \alpha = 1.6733"
    slope_formula: ClassVar[str] = r"g'(z) = \lambda \text{ if } z > 0,\; a + \lambda \alpha \text{ otherwise}"
    source: ClassVar[str] = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-normalizing neural networks"
    bounds: ClassVar[tuple[float, float]] = (-1.7581, np.inf)  # -λα
    kinks: ClassVar[tuple[float, ...]] = (0.0,)
    elu: ClassVar[ELU] = ELU(alpha=1.6732632423543772)
    scale: ClassVar[float] = 1.0507009873554805

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = self.elu.value(z, out)  # ELU(z)
        return np.multiply(out, self.scale, out)  # g(z) = λ ELU(z)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = self.elu.derivative(z, a / self.scale, out)  # ELU'(z), where ELU(z) = a/λ
        return np.multiply(out, self.scale, out)  # g'(z) = λ ELU'(z)


class Softplus(Activation):
    """A smooth ReLU, whose slope is the sigmoid. Computed as max(z, 0) + ln(1 + e^-|z|), which cannot overflow."""

    kind: Literal["softplus"] = "softplus"
    label: ClassVar[str] = "Softplus"
    formula: ClassVar[str] = r"g(z) = \ln(1 + e^{z})"
    slope_formula: ClassVar[str] = r"g'(z) = \sigma(z)"
    source: ClassVar[str] = "Dugas et al. 2001, Incorporating second-order functional knowledge"
    bounds: ClassVar[tuple[float, float]] = (0.0, np.inf)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.abs(z, out)  # |z|
        np.exp(np.negative(out, out), out)  # e^-|z|
        return np.add(np.log1p(out, out), np.maximum(z, 0.0), out)  # g(z) = ln(1 + e^-|z|) + max(z, 0)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = np.negative(a, out)  # -a
        return np.negative(np.expm1(out, out), out)  # g'(z) = 1 - e^-a, which is σ(z)


_sigmoid, _softplus = Sigmoid().value, Softplus().value  # the following activations use it internally


def _gate_slope(gate: Array, a: Array, rise: Array | float = 1.0) -> Array:
    """The slope of a = z σ(u), which is σ(u) + a (1 - σ(u)) u', written into ``gate`` = σ(u); ``rise`` is u'."""
    return np.add(gate, (1.0 - gate) * a * rise, gate)


class SiLU(Activation):
    """z times a gate, its own sigmoid: it dips below zero before it fades. Source: Elfwing et al. 2018."""

    kind: Literal["silu"] = "silu"
    label: ClassVar[str] = "SiLU (swish)"
    formula: ClassVar[str] = r"g(z) = z\,\sigma(z)"
    slope_formula: ClassVar[str] = r"g'(z) = \sigma(z) + a\,(1 - \sigma(z))"
    source: ClassVar[str] = "Elfwing, Uchibe and Doya 2018, Sigmoid-weighted linear units"
    bounds: ClassVar[tuple[float, float]] = (-0.2785, np.inf)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = _sigmoid(z, out)  # σ(z)
        return np.multiply(z, out, out)  # g(z) = z σ(z)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return _gate_slope(_sigmoid(z, out), a)  # g'(z) = σ(z) + a (1 - σ(z))


_STEEP = float(np.sqrt(8 / np.pi))  # a NumPy number would convert float32 to float64
_CUBIC = 0.044715 * _STEEP


class GELU(Activation):
    """z times the chance Φ(z) that a normal number is smaller; transformers use it. Source: Hendrycks and Gimpel 2016.

    NumPy has no erf, so this is the paper's tanh form, PyTorch's ``approximate="tanh"``, written as z σ(u), with
    u = √(8/π)(z + 0.044715 z³). Beyond ±10 σ(u) is 0 or 1 to the last digit; z is clipped there, since z³ may overflow.
    """

    kind: Literal["gelu"] = "gelu"
    label: ClassVar[str] = "GELU (tanh form)"
    formula: ClassVar[str] = r"g(z) = \frac{z}{2} \left(1 + \tanh\left(\sqrt{2 / \pi}\,(z + 0.044715 z^3)\right)\right)"
    slope_formula: ClassVar[str] = (
        r"g'(z) = \sigma(u) + a\,(1 - \sigma(u))\,u',\; u = \sqrt{8 / \pi}\,(z + 0.044715 z^3)"
    )
    source: ClassVar[str] = "Hendrycks and Gimpel 2016, Gaussian error linear units"
    bounds: ClassVar[tuple[float, float]] = (-0.1701, np.inf)

    def value(self, z: Array, out: Array | None = None) -> Array:
        near = np.clip(z, -10.0, 10.0)
        out = _sigmoid(near * (_STEEP + _CUBIC * near * near), out)  # σ(u)
        return np.multiply(z, out, out)  # g(z) = z σ(u)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        near = np.clip(z, -10.0, 10.0)
        bend = _CUBIC * near * near
        return _gate_slope(_sigmoid(near * (_STEEP + bend), out), a, _STEEP + 3.0 * bend)  # σ(u) + a (1 - σ(u)) u'


class Mish(Activation):
    """z times a gate, the tanh of its softplus: like SiLU, with a deeper dip below zero. Source: Misra 2020."""

    kind: Literal["mish"] = "mish"
    label: ClassVar[str] = "Mish"
    formula: ClassVar[str] = r"g(z) = z \tanh(\ln(1 + e^{z}))"
    slope_formula: ClassVar[str] = r"g'(z) = t + z\,\sigma(z)\,(1 - t^2),\; t = \tanh(\ln(1 + e^{z}))"
    source: ClassVar[str] = "Misra 2020, Mish: a self regularized non-monotonic activation function"
    bounds: ClassVar[tuple[float, float]] = (-0.3089, np.inf)

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = _softplus(z, out)  # ln(1 + e^z)
        return np.multiply(z, np.tanh(out, out), out)  # g(z) = z tanh(ln(1 + e^z))

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = _softplus(z, out)  # ln(1 + e^z)
        np.tanh(out, out)  # t
        return np.add(out, z * _sigmoid(z) * (1.0 - out * out), out)  # g'(z) = t + z σ(z) (1 - t²)


class Sin(Activation):
    """A wave: never flat for long, so it learns fine detail; far from zero it repeats. Source: Sitzmann et al. 2020."""

    kind: Literal["sin"] = "sin"
    label: ClassVar[str] = "Sine"
    formula: ClassVar[str] = r"g(z) = \sin z"
    slope_formula: ClassVar[str] = r"g'(z) = \cos z"
    source: ClassVar[str] = "Sitzmann et al. 2020, Implicit neural representations with periodic activation functions"
    bounds: ClassVar[tuple[float, float]] = (-1.0, 1.0)

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.sin(z, out)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.cos(z, out)
