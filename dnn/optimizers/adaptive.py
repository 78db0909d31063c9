"""Optimisers with a separate rate for each parameter: large past gradients make its steps smaller."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array
from dnn.optimizers.base import Beta, Optimizer, Rate, State

Epsilon = Annotated[float, Field(ge=1e-16, le=1.0, json_schema_extra={"step": 1e-8})]


def _average(mean: Array, value: Array, beta: float, out: Array) -> None:
    """mean = β mean + (1-β) value. ``out`` is scratch space, and may be ``value`` itself."""
    np.multiply(mean, beta, mean)  # β mean
    np.multiply(value, 1.0 - beta, out)  # (1-β) value
    np.add(mean, out, mean)  # β mean + (1-β) value


def _scale(g: Array, s: Array, epsilon: float, rate: Rate, out: Array) -> None:
    """out = -α g / (√s + ε). ``s`` may be ``out`` itself."""
    np.sqrt(s, out)  # √s
    np.add(out, epsilon, out)  # √s + ε
    np.divide(g, out, out)  # g / (√s + ε)
    np.multiply(out, -rate, out)  # -α g / (√s + ε)


_power = np.frompyfunc(pow, 2, 1)  # rounds like Python; NumPy's power may differ


def _weight(beta: float, t: Any) -> Any:
    """Return 1 - β^t, the bias correction after t steps: a float, or (R, 1) with the same bits."""
    several = isinstance(beta, np.ndarray) or isinstance(t, np.ndarray)
    return 1.0 - (_power(beta, t).astype(np.float64) if several else beta**t)


class AdaGrad(Optimizer):
    """A rate for each weight: s = s + g², step = -αg/(√s + ε). As s only grows, steps only shrink.

    PyTorch has ε outside the root too; Keras has it inside and lets s begin at 0.1. Source: Duchi et al. 2011.
    """

    kind: Literal["adagrad"] = "adagrad"
    label: ClassVar[str] = "AdaGrad"
    formula: ClassVar[str] = r"s \leftarrow s + dW^2,\quad W \leftarrow W - \alpha\, dW / (\sqrt{s} + \varepsilon)"
    source: ClassVar[str] = "Duchi, Hazan and Singer 2011, Adaptive subgradient methods"
    state_names: ClassVar[tuple[str, ...]] = ("s",)

    epsilon: Epsilon = Field(1e-8, description="ε: keeps the division away from zero")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        (s,) = state
        np.add(s, np.multiply(g, g, out), s)  # s = s + g²
        _scale(g, s, self.epsilon, rate, out)  # step = -α g / (√s + ε)


class RMSprop(Optimizer):
    """AdaGrad that forgets: s = ρs + (1-ρ)g², step = -αg/(√s + ε). Source: Tieleman and Hinton 2012.

    PyTorch has ε outside the root as here, with ρ = 0.99; Keras has it inside, with ε = 1e-7.
    """

    kind: Literal["rmsprop"] = "rmsprop"
    label: ClassVar[str] = "RMSprop"
    formula: ClassVar[str] = (
        r"s \leftarrow \rho s + (1 - \rho) dW^2,\; W \leftarrow W - \alpha\, dW / (\sqrt{s} + \varepsilon)"
    )
    source: ClassVar[str] = "Tieleman and Hinton 2012, Lecture 6.5 of Neural networks for machine learning"
    state_names: ClassVar[tuple[str, ...]] = ("s",)

    rho: Beta = Field(0.9, description="ρ: share of the mean square kept")
    epsilon: Epsilon = Field(1e-8, description="ε: keeps the division away from zero")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        (s,) = state
        _average(s, np.multiply(g, g, out), self.rho, out)  # s = ρ s + (1-ρ) g²
        _scale(g, s, self.epsilon, rate, out)  # step = -α g / (√s + ε)


class AdaptiveMoments(Optimizer):
    """The step that Adam, AdamW and NAdam share: m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², step = -αm̂/(√v̂ + ε)."""

    state_names: ClassVar[tuple[str, ...]] = ("m", "v", "steps")

    beta1: Beta = Field(0.9, description="β₁: share of the mean gradient kept")
    beta2: Beta = Field(0.999, description="β₂: share of the mean square kept", json_schema_extra={"step": 0.001})
    epsilon: Epsilon = Field(1e-8, description="ε: keeps the division away from zero")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        m, v, steps = state
        _average(m, g, self.beta1, out)  # m = β₁ m + (1-β₁) g
        _average(v, np.multiply(g, g, out), self.beta2, out)  # v = β₂ v + (1-β₂) g²
        same = steps.size == 1 or (steps == steps[0]).all()  # t is the same for all runs, so one number is faster
        t = steps.item(0) + 1.0 if same else steps + 1.0
        steps[...] = t
        direction, scale = self._direction(m, g, t)  # m̂
        v_hat = np.divide(v, _weight(self.beta2, t), out)  # v̂ = v / (1-β₂ᵗ)
        _scale(direction, v_hat, self.epsilon, rate * scale, out)  # step = -α m̂ / (√v̂ + ε)

    def _direction(self, m: Array, g: Array, t: Any) -> tuple[Array, Any]:
        """m̂, as an array and a factor for it."""
        return m, 1.0 / _weight(self.beta1, t)  # m̂ = m / (1-β₁ᵗ)


class Adam(AdaptiveMoments):
    """Momentum and RMSprop in one: m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², step = -αm̂/(√v̂ + ε).

    The means begin at zero, too small; m̂ = m/(1-β₁^t) and v̂ = v/(1-β₂^t) put that right. This is Algorithm 1 of Kingma
    and Ba 2015, and PyTorch's. scikit-learn and Keras put both corrections into the rate, α√(1-β₂^t)/(1-β₁^t), and add
    ε to √v: the paper's "ε̂" (section 2), in effect a larger ε at first. The figures published for Andrew Ng's course
    have ε inside the root, √(v̂ + ε).
    """

    kind: Literal["adam"] = "adam"
    label: ClassVar[str] = "Adam"
    formula: ClassVar[str] = r"W \leftarrow W - \alpha\, \hat m / (\sqrt{\hat v} + \varepsilon)"
    source: ClassVar[str] = "Kingma and Ba 2015, Adam: a method for stochastic optimization"


class AdamW(AdaptiveMoments):
    """Adam with weight decay beside it: step = -α(m̂/(√v̂ + ε) + λW). Source: Loshchilov and Hutter 2019.

    A penalty in the cost would be divided by √v̂ too, and so hardly shrink weights that change a lot. All numbers decay,
    biases too, as in PyTorch.
    """

    kind: Literal["adamw"] = "adamw"
    label: ClassVar[str] = "AdamW"
    formula: ClassVar[str] = r"W \leftarrow W - \alpha\,(\hat m / (\sqrt{\hat v} + \varepsilon) + \lambda W)"
    source: ClassVar[str] = "Loshchilov and Hutter 2019, Decoupled weight decay regularization"

    weight_decay: float = Field(0.01, ge=0.0, le=1.0, description="decay λ", json_schema_extra={"step": 0.01})

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        if params is None:
            raise ValueError("AdamW shrinks the parameters themselves: give update() the params")
        super()._step(g, state, rate, params, out)
        np.subtract(out, params * (rate * self.weight_decay), out)  # step = -α m̂ / (√v̂ + ε) - α λ W


class NAdam(AdaptiveMoments):
    """Adam that looks ahead: step = -α(β₁m/(1-β₁^(t+1)) + (1-β₁)g/(1-β₁^t))/(√v̂ + ε). Source: Dozat 2016.

    β₁ stays as it is; PyTorch and Keras let it warm up from about half.
    """

    kind: Literal["nadam"] = "nadam"
    label: ClassVar[str] = "NAdam"
    formula: ClassVar[str] = (
        r"W \leftarrow W - \alpha \left(\frac{\beta_1 m}{1 - \beta_1^{t+1}} + \frac{(1 - \beta_1)\, dW}{1 - \beta_1^t}"
        r"\right) / (\sqrt{\hat v} + \varepsilon)"
    )
    source: ClassVar[str] = "Dozat 2016, Incorporating Nesterov momentum into Adam"

    def _direction(self, m: Array, g: Array, t: Any) -> tuple[Array, Any]:
        of_m = self.beta1 / _weight(self.beta1, t + 1.0)  # β₁ / (1-β₁ᵗ⁺¹)
        of_g = (1.0 - self.beta1) / _weight(self.beta1, t)  # (1-β₁) / (1-β₁ᵗ)
        ahead = m * (of_m / of_g)
        return np.add(ahead, g, ahead), of_g  # m̂ = of_m m + of_g g
