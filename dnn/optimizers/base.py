"""The base class of optimisers: an initial state, and an update from gradient and state to step and next state."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from dnn.components import Array, Component

State = tuple[Array, ...]
Rate = float | Array
Beta = Annotated[float, Field(ge=0.0, lt=1.0, json_schema_extra={"step": 0.01})]


class Optimizer(Component):
    """A rule that turns gradients into steps. ``state_names`` names the arrays of its state."""

    state_names: ClassVar[tuple[str, ...]] = ()

    def init(self, params: Array) -> State:
        """Return the state before the first step: zeros shaped like ``params``, (P,) or (R, P), and of their type.

        A count of steps is (1,) or (R, 1) and always float64.
        """
        count = (*params.shape[:-1], 1)
        return tuple(np.zeros(count) if name == "steps" else np.zeros_like(params) for name in self.state_names)

    def update(
        self, gradient: Array, state: State, learning_rate: Rate, params: Array | None = None, out: Array | None = None
    ) -> tuple[Array, State]:
        """Return the step to add to the parameters and the next state, in new arrays or in ``out`` and ``state``.

        ``gradient``, ``params`` and ``out`` are (P,), or (R, P) for R networks, as the step is. Raises ValueError where
        the optimiser needs ``params`` and they are None.
        """
        if out is None:
            out, state = np.empty_like(gradient), tuple(array.copy() for array in state)
        self._step(gradient, state, learning_rate, params, out)
        return out, state

    @abstractmethod
    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        """Write the step into ``out``, which is also scratch space, and the next state into ``state``."""

    @staticmethod
    def stacked(optimizers: Sequence[Optimizer]) -> Optimizer:
        """Combine R optimisers of one kind into one for R networks; constants that differ become arrays (R, 1)."""
        first = optimizers[0]
        if all(other == first for other in optimizers):
            return first
        names = type(first).model_fields.keys() - {"kind"}
        columns: dict[str, Any] = {n: np.array([[float(getattr(each, n))] for each in optimizers]) for n in names}
        return type(first).model_construct(None, **columns)
