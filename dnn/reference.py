"""A network in the tutorials' own steps, one method each, so that any one step can be done wrong.

This is not the engine: it is written for reading, in plain NumPy, full batch, for two classes. Examples are rows. A
mistake is a subclass that replaces a method or two; ``Rule`` itself is the right way, and agrees with the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dnn.activations import ACTIVATIONS, Activation
from dnn.components import Array
from dnn.data.names import Names
from dnn.experiment import Experiment

Layers = list[tuple[Array, Array]]
Scales = tuple[Array | float, Array | float]


@dataclass(frozen=True)
class Setting:
    """Where a mistake shows: data, layers, activation and learning rate of an experiment, and for how many epochs.

    Input j is given as ``units[j][0] + units[j][1]`` times the data's own number; the rules standardise it. ``names``
    says what is so measured.
    """

    experiment: Experiment
    epochs: int
    units: tuple[tuple[float, float], ...] = ((0.0, 1.0), (0.0, 1.0))
    names: Names | None = None

    @property
    def activation(self) -> Activation:
        """Of all hidden layers."""
        given = self.experiment.network.activation
        return given[0] if isinstance(given, tuple) else given

    def measured(self, points: Array) -> Array:
        """``points`` of the data set (m, inputs) in the units in which they are given."""
        offsets, scales = np.array(self.units).T
        given: Array = offsets + scales * points
        return given


class Rule:
    """How to train: the right way. Sizes are (n_in, …, 1), W is (n_in, n_out), b is (n_out,)."""

    output: Activation = ACTIVATIONS["sigmoid"](kind="sigmoid")

    def __init__(self, hidden: Activation) -> None:
        self.hidden = hidden

    # before training

    def scales(self, X: Array) -> Scales:
        """Mean and standard deviation to standardise with: one of each for every input, a column of X."""
        return X.mean(axis=0), X.std(axis=0)

    def spread(self, n_in: int) -> float:
        """Standard deviation of a layer's starting weights: small for many inputs, so that z stays near 1."""
        return float(np.sqrt((2.0 if self.hidden.kinks else 1.0) / n_in))

    def start_bias(self, m: int, n_out: int) -> Array:
        """One bias for every unit, all zero; the number of examples m does not matter."""
        return np.zeros(n_out)

    def start(self, sizes: tuple[int, ...], m: int, rng: np.random.Generator) -> Layers:
        """Starting weights."""
        pairs = pairwise(sizes)
        return [
            (rng.standard_normal((n_in, n_out)) * self.spread(n_in), self.start_bias(m, n_out)) for n_in, n_out in pairs
        ]

    # forward

    def bias_for(self, b: Array, m: int) -> Array:
        """The bias that m examples are given."""
        return b

    def passed_on(self, Z: Array, A: Array, *, to_output: bool) -> Array:
        """What a hidden layer gives to the next one: its activations."""
        return A

    def forward(self, layers: Layers, X: Array) -> tuple[list[Array], list[Array], list[Array]]:
        """Z and A of each layer, and what came into it: Z = A W + b, A = g(Z)."""
        came_in: list[Array] = [X]
        Zs: list[Array] = []
        As: list[Array] = []
        for number, (W, b) in enumerate(layers, start=1):
            Zs.append(came_in[-1] @ W + self.bias_for(b, len(X)))
            g = self.hidden if number < len(layers) else self.output
            As.append(g.value(Zs[-1]))
            if number < len(layers):
                came_in.append(self.passed_on(Zs[-1], As[-1], to_output=number == len(layers) - 1))
        return Zs, As, came_in

    def cost(self, Z: Array, y: Array) -> float:
        """Mean cross-entropy of the last layer's Z: log(1 + e^z) - y z, which is finite for every finite z."""
        return float(np.mean(np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z))

    # backward

    def output_slope(self, Z: Array, y: Array) -> Array:
        """∂loss/∂z of each example: ŷ - y, for cross-entropy behind a sigmoid."""
        return self.output.value(Z) - y

    def count(self, X: Array) -> int:
        """m, the number of examples, which the gradients are a mean over."""
        return len(X)

    def bias_gradient(self, dZ: Array, m: int) -> Array:
        """Each unit's own sum over the examples, over m."""
        return np.asarray(np.sum(dZ, axis=0) / m)

    def backward(self, layers: Layers, X: Array, y: Array) -> Layers:
        """dW and db of each layer: dW = Aᵀ dZ / m, db = Σ dZ / m, and dZ = dZ' W'ᵀ * g'(Z) from the layer behind."""
        Zs, As, _ = self.forward(layers, X)
        m, dZ = self.count(X), self.output_slope(Zs[-1], y)
        gradients: Layers = []
        for number in range(len(layers), 0, -1):
            before = As[number - 2] if number > 1 else X
            gradients.append((before.T @ dZ / m, self.bias_gradient(dZ, m)))
            if number > 1:
                dA = dZ @ layers[number - 1][0].T
                dZ = dA * self.hidden.derivative(Zs[number - 2], As[number - 2])
        return gradients[::-1]

    # update

    def updated(self, layers: Layers, gradients: Layers, learning_rate: float) -> Layers:
        """Every layer a step against its gradient."""
        pairs = zip(layers, gradients, strict=True)
        return [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in pairs]
