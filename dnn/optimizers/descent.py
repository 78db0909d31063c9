"""Optimisers with one rate for all numbers: plain descent, and two with a velocity."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array
from dnn.optimizers.base import Beta, Optimizer, Rate, State


class SGD(Optimizer):
    """Gradient descent: against the gradient, by the learning rate. "Stochastic" when batches are smaller than full."""

    kind: Literal["sgd"] = "sgd"
    label: ClassVar[str] = "Gradient descent (SGD)"
    formula: ClassVar[str] = r"W \leftarrow W - \alpha\, dW"

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        np.multiply(g, -rate, out)  # step = -α g


class Momentum(Optimizer):
    """A heavy ball: v = βv + g, step = -αv. Steps that agree add up, to 1/(1-β) times the size; zigzags cancel.

    scikit-learn, PyTorch and Keras add the whole gradient too; the first and the last store -αv instead of v, which is
    the same while α stays. With ``dampening`` it is v = βv + (1-β)g as in Andrew Ng's course. Source: Polyak 1964.
    """

    kind: Literal["momentum"] = "momentum"
    label: ClassVar[str] = "Momentum"
    formula: ClassVar[str] = r"v \leftarrow \beta v + dW,\quad W \leftarrow W - \alpha v"
    source: ClassVar[str] = "Polyak 1964, Some methods of speeding up the convergence of iteration methods"
    state_names: ClassVar[tuple[str, ...]] = ("v",)

    beta: Beta = Field(0.9, description="momentum β: share of the last velocity kept")
    dampening: bool = Field(False, description="take only 1-β of each gradient, as Andrew Ng's course does")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        (v,) = state
        np.multiply(g, 1.0 - self.beta * self.dampening, out)  # g, or (1-β) g with dampening
        np.add(np.multiply(v, self.beta, v), out, v)  # v = β v + g
        np.multiply(v, -rate, out)  # step = -α v


class Nesterov(Optimizer):
    """Momentum that looks ahead: v = βv + g, step = -α(g + βv). It brakes a step earlier than plain momentum.

    The form of scikit-learn and PyTorch: the weights are those looked ahead to. Source: Sutskever et al. 2013.
    """

    kind: Literal["nesterov"] = "nesterov"
    label: ClassVar[str] = "Nesterov momentum"
    formula: ClassVar[str] = r"v \leftarrow \beta v + dW,\quad W \leftarrow W - \alpha\,(dW + \beta v)"
    source: ClassVar[str] = "Sutskever, Martens, Dahl and Hinton 2013, On the importance of initialization and momentum"
    state_names: ClassVar[tuple[str, ...]] = ("v",)

    beta: Beta = Field(0.9, description="momentum β: share of the last velocity kept")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        (v,) = state
        np.add(np.multiply(v, self.beta, v), g, v)  # v = β v + g
        np.add(np.multiply(v, self.beta, out), g, out)  # g + β v
        np.multiply(out, -rate, out)  # step = -α (g + β v)
