"""A schedule changes the learning rate as training goes on: large steps to get there, small ones to settle.

``rate(learning_rate, epoch)`` returns the rate of one epoch; the first is number 0. A rate is never above the chosen
one and never below zero. In the equations α₀ is the chosen learning rate and e the epoch. Adding one is a class here
and a line in ``DECAYS``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, ClassVar, Literal, overload

import numpy as np
import numpy.typing as npt
from pydantic import Field, SerializeAsAny

from dnn.components import Array, Component, choose_from

Count = Annotated[int, Field(ge=1, le=1_000_000, json_schema_extra={"step": 1})]  # of epochs
Epochs = npt.NDArray[np.integer[Any]] | npt.NDArray[np.floating[Any]]


class Schedule(Component):
    """A rule for the learning rate of each epoch."""

    @overload
    def rate(self, learning_rate: float, epoch: float) -> float: ...
    @overload
    def rate(self, learning_rate: float, epoch: Epochs) -> Array: ...
    def rate(self, learning_rate: float, epoch: float | Epochs) -> float | Array:
        """Return the learning rate during ``epoch``: a float, or an array for an array of epochs, in any shape."""
        rate = learning_rate * self.share(np.asarray(epoch, np.float64))
        return rate if np.ndim(epoch) else float(rate)

    @abstractmethod
    def share(self, epoch: Array) -> Array:
        """Return the rate during ``epoch``, in any shape, as a share of the chosen learning rate: from 0 to 1."""


def _power(base: float, exponent: Array) -> Array:
    """Return base^exponent, with the same bits for one exponent and for many: NumPy squares for a single exponent 2."""
    return np.where(exponent == 2.0, base * base, np.power(base, exponent))


class Decay(Schedule):
    """A schedule that begins at the chosen rate and never rises."""


class ConstantRate(Decay):
    """The chosen learning rate, from beginning to end."""

    kind: Literal["constant"] = "constant"
    label: ClassVar[str] = "Constant"
    formula: ClassVar[str] = r"\alpha = \alpha_0"

    def share(self, epoch: Array) -> Array:
        return np.ones_like(epoch)


class Step(Decay):
    """Down by a factor every so many epochs: α = α₀ · factor^⌊e/every⌋."""

    kind: Literal["step"] = "step"
    label: ClassVar[str] = "Steps"
    formula: ClassVar[str] = r"\alpha = \alpha_0\, f^{\lfloor e / n \rfloor}"

    factor: float = Field(
        0.5, ge=0.001, le=1.0, description="factor f of each step down", json_schema_extra={"step": 0.1}
    )
    every: Count = Field(100, description="epochs n from one step to the next")

    def share(self, epoch: Array) -> Array:
        return _power(self.factor, epoch // self.every)


class Exponential(Decay):
    """Down by the same factor every epoch: α = α₀ γ^e."""

    kind: Literal["exponential"] = "exponential"
    label: ClassVar[str] = "Exponential decay"
    formula: ClassVar[str] = r"\alpha = \alpha_0\, \gamma^e"

    gamma: float = Field(0.99, ge=0.001, le=1.0, description="factor γ of each epoch", json_schema_extra={"step": 0.01})

    def share(self, epoch: Array) -> Array:
        return _power(self.gamma, epoch)


class InverseTime(Decay):
    """Quickly down at first, then ever more slowly: α = α₀ / (1 + d⌊e/interval⌋). Source: Robbins and Monro 1951.

    With an interval of 1 it falls in every epoch; with a longer one it goes down in stairs.
    """

    kind: Literal["inverse_time"] = "inverse_time"
    label: ClassVar[str] = "Inverse-time decay"
    formula: ClassVar[str] = r"\alpha = \frac{\alpha_0}{1 + d \lfloor e / n \rfloor}"
    source: ClassVar[str] = "Robbins and Monro 1951, A stochastic approximation method"

    decay: float = Field(0.1, ge=0.0, le=100.0, description="decay rate d", json_schema_extra={"step": 0.1})
    interval: Count = Field(1, description="epochs n from one fall to the next")

    def share(self, epoch: Array) -> Array:
        return 1.0 / (1.0 + self.decay * (epoch // self.interval))


class Cosine(Decay):
    """Half a wave down to the floor, flat afterwards: α = α₀ (f + (1-f)(1 + cos(πe/n))/2) while e < n, then α₀f.

    Slow at both ends, quickest in the middle. Source: Loshchilov and Hutter 2017, here without their restarts.
    """

    kind: Literal["cosine"] = "cosine"
    label: ClassVar[str] = "Cosine"
    formula: ClassVar[str] = r"\alpha = \alpha_0 \left(f + (1 - f)\, \frac{1 + \cos(\pi \min(e / n, 1))}{2}\right)"
    source: ClassVar[str] = "Loshchilov and Hutter 2017, SGDR: stochastic gradient descent with warm restarts"

    epochs: Count = Field(200, description="epochs n down to the floor")
    floor: float = Field(
        0.0, ge=0.0, le=1.0, description="floor f, as a share of the learning rate", json_schema_extra={"step": 0.01}
    )

    def share(self, epoch: Array) -> Array:
        wave = 0.5 * (1.0 + np.cos(np.pi * np.minimum(epoch / self.epochs, 1.0)))
        return self.floor + (1.0 - self.floor) * wave


DECAYS: dict[str, type[Decay]] = {
    "constant": ConstantRate,
    "step": Step,
    "exponential": Exponential,
    "inverse_time": InverseTime,
    "cosine": Cosine,
}


class WarmUp(Schedule):
    """A gentle start: α = α₀(e+1)/n while e < n, then another schedule, which counts its epochs from there.

    The first gradients, from random weights, say little; small steps keep them from doing harm.
    Source: Goyal et al. 2017.
    """

    kind: Literal["warm_up"] = "warm_up"
    label: ClassVar[str] = "Warm-up"
    formula: ClassVar[str] = r"\alpha = \alpha_0\, \frac{e + 1}{n} \;\text{while}\; e < n"
    source: ClassVar[str] = "Goyal et al. 2017, Accurate, large minibatch SGD: training ImageNet in 1 hour"

    epochs: Count = Field(10, description="epochs n up to the learning rate")
    then: Annotated[SerializeAsAny[Decay], choose_from(DECAYS, "schedule")] = Field(
        ConstantRate(), description="what follows the warm-up"
    )

    def share(self, epoch: Array) -> Array:
        after = self.then.share(np.maximum(epoch - self.epochs, 0.0))
        return np.where(epoch < self.epochs, (epoch + 1.0) / self.epochs, after)


SCHEDULES: dict[str, type[Schedule]] = {**DECAYS, "warm_up": WarmUp}

AnySchedule = Annotated[SerializeAsAny[Schedule], choose_from(SCHEDULES, "schedule")]
