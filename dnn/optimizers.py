"""An optimiser turns a gradient into a step: which way, and how far, to move every weight.

An optimiser is a value with two pure methods. ``init(params)`` gives its state, a tuple of arrays shaped like the
parameter vector; ``update(gradient, state, learning_rate)`` gives the step to *add* to the parameters and the next
state. All work on whole vectors, so a step costs the same few operations whatever the depth. ``learning_rate`` is a
number, or an array of shape (R, 1) with one rate for each of R runs. Adding one is a class here and a line in
``OPTIMIZERS``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import SerializeAsAny

from dnn.kinds import Array, Kind, chosen_from

State = tuple[Array, ...]


class Optimizer(Kind):
    """A rule that turns gradients into steps."""

    @abstractmethod
    def init(self, params: Array) -> State:
        """The state before the first step, for a parameter vector of shape (P,) or (R, P)."""

    @abstractmethod
    def update(
        self, gradient: Array, state: State, learning_rate: float | Array, out: Array | None = None
    ) -> tuple[Array, State]:
        """The step to add to the parameters, and the next state.

        With ``out`` the step is written there and the arrays of ``state`` are reused for the next state; without it
        nothing that was given changes.
        """


class SGD(Optimizer):
    """Gradient descent: against the gradient, by the learning rate. "Stochastic" when batches are smaller than full."""

    kind: Literal["sgd"] = "sgd"
    label: ClassVar[str] = "Gradient descent (SGD)"
    formula: ClassVar[str] = r"W \leftarrow W - \alpha\, dW"

    def init(self, params: Array) -> State:
        return ()

    def update(
        self, gradient: Array, state: State, learning_rate: float | Array, out: Array | None = None
    ) -> tuple[Array, State]:
        return np.multiply(gradient, -learning_rate, out), state


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
}

AnyOptimizer = Annotated[SerializeAsAny[Optimizer], chosen_from(OPTIMIZERS, "optimiser")]
