"""The numbers of one update as the engine computes them, and named matrices that show them.

``forward``, ``backward`` and the optimiser are those of the run at its current epoch. Dropout is off, so that the same
examples always lead to the same numbers.
"""

from __future__ import annotations

import numpy as np

from dnn.analysis.gradient_check import penalty, penalty_slope
from dnn.analysis.walkthrough.steps import Matrix
from dnn.components import Array
from dnn.losses import BinaryCrossEntropy
from dnn.network import backward, forward
from dnn.params import Params
from dnn.training.run import Run
from dnn.training.trainer import clipping


def input_names(run: Run) -> tuple[str, ...]:
    """Return the names of the network's inputs: formulas, column names, or x1, x2, …"""
    return run.data.features or run.data.names.inputs


class Update:
    """The update of ``run`` with the training examples ``rows`` as its batch; layers count from 1, 0 is the input."""

    def __init__(self, run: Run, rows: tuple[int, ...]) -> None:
        self.run, self.rows, self.params = run, rows, run.params
        training, dtype = run.experiment.training, run.params.vector.dtype
        selected = list(rows)
        self.X, self.y = run.data.X[selected].astype(dtype), run.data.targets[selected].astype(dtype)
        self.sample_weight = None if run.data.weights is None else run.data.weights[selected].astype(dtype)
        self.m = float(len(rows) if self.sample_weight is None else self.sample_weight.sum())
        self.trace = forward(self.params, self.X, run.network)
        self.activations = run.network.activations(len(run.params))
        self.plain = backward(self.params, self.trace, self.y, weights=self.sample_weight)
        self.l1, self.l2 = training.l1, training.l2
        self.total = Params(self.params.sizes, self.plain.vector + self.penalty_slope())
        self.longest = np.inf if training.clip_norm is None else training.clip_norm
        self.factor = float(np.reshape(clipping(self.total.vector, self.longest), -1)[0])
        self.clipped = Params(self.params.sizes, self.total.vector * self.factor)
        self.rate = training.schedule.rate(training.learning_rate, run.epoch)
        optimizer = training.optimizer
        step, state = optimizer.update(self.clipped.vector, run.state, self.rate, params=self.params.vector)
        self.step = Params(self.params.sizes, step if run.frozen is None else step * (1.0 - run.frozen).astype(dtype))
        self.state = {
            name: Params(self.params.sizes, array)
            for name, array in zip(optimizer.state_names, state, strict=True)
            if array.shape == self.params.vector.shape
        }
        self.after = Params(self.params.sizes, self.params.vector + self.step.vector)
        self.examples = tuple(f"#{row + 1}" for row in rows)
        self.inputs = input_names(run)

    @property
    def as_reference(self) -> bool:
        """Whether the reference network has the same cost: binary cross-entropy without sample weights."""
        return isinstance(self.run.network.loss, BinaryCrossEntropy) and self.sample_weight is None

    def penalty_slope(self) -> Array:
        """The gradient of the L1 and L2 penalties, (P,)."""
        if self.m == 0.0:
            return np.zeros_like(self.params.vector)
        return penalty_slope(self.params, self.l1, self.l2, self.m)

    def penalty(self) -> float:
        """The L1 and L2 penalties of the cost."""
        return penalty(self.params, self.l1, self.l2, self.m) if self.m else 0.0

    # matrices

    def units(self, layer: int) -> tuple[str, ...]:
        """Return the names of the units of a layer."""
        return self.inputs if layer == 0 else tuple(map(str, range(1, self.params.sizes[layer] + 1)))

    def by_example(self, symbol: str, plain: str, values: Array, layer: int) -> Matrix:
        """Return ``values`` (m, n) as a matrix with a row for each example and a column for each unit of ``layer``."""
        return Matrix(symbol, plain, values, self.examples, self.units(layer))

    def weights(self, symbol: str, plain: str, values: Array, layer: int) -> Matrix:
        """Return ``values`` (n_in, n_out) as a matrix like W of ``layer``."""
        return Matrix(symbol, plain, values, self.units(layer - 1), self.units(layer), "column")

    def bias(self, symbol: str, plain: str, values: Array, layer: int) -> Matrix:
        """Return ``values`` (n_out,) as a row like b of ``layer``."""
        return Matrix(symbol, plain, values[None], ("b",), self.units(layer), "column")

    def W(self, layer: int) -> Matrix:
        """The weights of ``layer``."""
        return self.weights(f"W^{{[{layer}]}}", f"W{layer}", self.params[layer - 1][0], layer)

    def A(self, layer: int) -> Matrix:
        """The activations of ``layer``; of layer 0 the inputs."""
        if layer == 0:
            return self.by_example("X", "X", self.X, 0)
        symbol, plain = (r"\hat Y", "Ŷ") if layer == len(self.params) else (f"A^{{[{layer}]}}", f"A{layer}")
        return self.by_example(symbol, plain, self.trace.a[layer - 1], layer)

    def Z(self, layer: int) -> Matrix:
        """The weighted sums of ``layer``."""
        return self.by_example(f"Z^{{[{layer}]}}", f"Z{layer}", self.trace.z[layer - 1], layer)

    def Y(self) -> Matrix:
        """The targets."""
        return self.by_example("Y", "Y", self.y, len(self.params))

    def dZ(self, layer: int) -> Matrix:
        """∂J/∂Z of ``layer``."""
        return self.by_example(f"dZ^{{[{layer}]}}", f"dZ{layer}", self.plain.dz[layer - 1], layer)

    def dA(self, layer: int) -> Matrix:
        """∂J/∂A of ``layer``, from the next layer."""
        W, dZ = self.params[layer][0], self.plain.dz[layer]
        return self.by_example(f"dA^{{[{layer}]}}", f"dA{layer}", np.dot(W, dZ.T).T, layer)

    def dW(self, layer: int, of: Params, mark: str = "") -> Matrix:
        """∂J/∂W of ``layer``, from the gradients ``of``."""
        return self.weights(f"dW^{{[{layer}]}}{mark}", f"dW{layer}", of[layer - 1][0], layer)

    def db(self, layer: int, of: Params) -> Matrix:
        """∂J/∂b of ``layer``, from the gradients ``of``."""
        return self.bias(f"db^{{[{layer}]}}", f"db{layer}", of[layer - 1][1], layer)
