"""The network as a tutorial writes it. Read this first: it is all of deep learning that the playground needs.

Examples are rows: X is (m, n_in). Layer l has weights W (n_in, n_out) and biases b (n_out,). A pass forward computes

    Z = A W + b,    A = g(Z)            for each layer, with A = X at first and a sigmoid at the end,

a pass backward computes, where dV stands for ∂J/∂V,

    dZ = dA * g'(Z),    dW = Aᵀ dZ,    db = Σ dZ,    dA = dZ Wᵀ,    with dZ = (Ŷ - Y) / m at first,

and gradient descent takes a step against the gradient, W = W - α dW. There are two classes, and every update sees all
examples. The engine (``dnn.network``) does the same for every loss and optimiser, many times as fast; a test holds the
two equal. Each step is a method of its own, so that a subclass can do one of them wrong (``dnn.mistakes``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
Layers = list[tuple[Array, Array]]  # (W, b) of each layer, or (dW, db)


class ReferenceNetwork:
    """A network with one output unit, trained by full-batch gradient descent.

    ``g`` is the activation of all hidden layers and ``g_slope(Z, A)`` its derivative; ``kinks`` are the places where it
    bends sharply, such as (0,) of ReLU.
    """

    def __init__(
        self,
        g: Callable[[Array], Array] = np.tanh,
        g_slope: Callable[[Array, Array], Array] = lambda Z, A: 1.0 - A * A,
        kinks: Sequence[float] = (),
    ) -> None:
        self.g, self.g_slope, self.kinks = g, g_slope, kinks

    def train(
        self, layers: Layers, X: Array, y: Array, learning_rate: float, epochs: int
    ) -> tuple[Layers, list[float]]:
        """Return the layers after ``epochs`` updates on X (m, n_in) and y (m, 1), and the ``epochs`` + 1 costs.

        A cost is that before an update; the last one is that after all of them.
        """
        costs = []
        for _ in range(epochs):
            Zs, _ = self.forward(layers, X)
            costs.append(self.cost(Zs[-1], y))
            layers = self.update(layers, self.backward(layers, X, y), learning_rate)
        return layers, [*costs, self.cost(self.forward(layers, X)[0][-1], y)]

    # before training

    def scales(self, X: Array) -> tuple[Array | float, Array | float]:
        """Mean and standard deviation of each input, to standardise X (m, n_in): (n_in,) each."""
        return X.mean(axis=0), X.std(axis=0)

    def spread(self, n_in: int) -> float:
        """Standard deviation of a layer's starting weights: small for many inputs, so that Z stays near 1."""
        return float(np.sqrt((2.0 if self.kinks else 1.0) / n_in))

    def random_numbers(self, rng: np.random.Generator, n_in: int, n_out: int) -> Array:
        """Random numbers with mean 0 and standard deviation 1, one for each weight of a layer: (n_in, n_out)."""
        return rng.standard_normal((n_in, n_out))

    def start_bias(self, m: int, n_out: int) -> Array:
        """One bias for every unit, all zero: (n_out,), whatever the number of examples m."""
        return np.zeros(n_out)

    def start(self, sizes: tuple[int, ...], m: int, rng: np.random.Generator) -> Layers:
        """W (n_in, n_out) and b (n_out,) of each layer before the first update; ``sizes`` are (n_in, …, 1)."""
        return [
            (self.random_numbers(rng, n_in, n_out) * self.spread(n_in), self.start_bias(m, n_out))
            for n_in, n_out in pairwise(sizes)
        ]

    # forward

    def bias_for(self, b: Array, m: int) -> Array:
        """The bias that is added for m examples: the same for each of them, (n_out,)."""
        return b

    def weighted_sum(self, A: Array, W: Array, b: Array) -> Array:
        """Z (m, n_out) of a layer, from A (m, n_in)."""
        Z = A @ W + b
        return Z

    def passed_on(self, Z: Array, A: Array, *, to_output: bool) -> Array:
        """What a hidden layer passes on to the next one: its activations A, (m, n)."""
        return A

    def sigmoid(self, Z: Array) -> Array:
        """1 / (1 + e^-z), written with tanh because e^-z may be too large for a number."""
        y_hat: Array = 0.5 * np.tanh(0.5 * Z) + 0.5
        return y_hat

    def forward(self, layers: Layers, X: Array) -> tuple[list[Array], list[Array]]:
        """Z and A of each layer, (m, n_out), for examples X (m, n_in)."""
        Zs: list[Array] = []
        As: list[Array] = []
        A = X
        for number, (W, b) in enumerate(layers, start=1):
            b = self.bias_for(b, len(X))
            g = self.g if number < len(layers) else self.sigmoid
            Z = self.weighted_sum(A, W, b)
            A = g(Z)
            Zs.append(Z)
            As.append(A)
            if number < len(layers):
                A = self.passed_on(Z, A, to_output=number == len(layers) - 1)
        return Zs, As

    def cost(self, Z: Array, y: Array) -> float:
        """Mean cross-entropy of the last layer's Z: log(1 + e^z) - y z, which is finite for every finite z."""
        losses = np.maximum(Z, 0.0) + np.log1p(np.exp(-np.abs(Z))) - y * Z
        J = np.mean(losses)
        return float(J)

    # backward

    def output_slope(self, Z: Array, y: Array) -> Array:
        """∂loss/∂z of each example, (m, 1): ŷ - y, for cross-entropy behind a sigmoid."""
        return self.sigmoid(Z) - y

    def count(self, X: Array) -> int:
        """m, the number of examples in X (m, n_in): the gradients are means over them."""
        return len(X)

    def layer_input(self, X: Array, As: list[Array], number: int) -> Array:
        """The input of layer ``number`` (from 1) on the way forward: A of the layer before, or X; (m, n_in)."""
        return As[number - 2] if number > 1 else X

    def weight_gradient(self, A: Array, dZ: Array) -> Array:
        """∂J/∂W (n_in, n_out) of a layer, from its input A (m, n_in) and dZ (m, n_out)."""
        dW = A.T @ dZ
        return dW

    def bias_gradient(self, dZ: Array) -> Array:
        """∂J/∂b (n_out,) of a layer: the sum over the examples of dZ (m, n_out), unit by unit."""
        db: Array = np.sum(dZ, axis=0)
        return db

    def input_gradient(self, dZ: Array, W: Array) -> Array:
        """∂J/∂A (m, n_in) of a layer's input, from dZ (m, n_out)."""
        dA = dZ @ W.T
        return dA

    def through_activation(self, dA: Array, Z: Array, A: Array) -> Array:
        """∂J/∂Z of a hidden layer, (m, n) like dA, Z and A."""
        dZ = dA * self.g_slope(Z, A)
        return dZ

    def backward(self, layers: Layers, X: Array, y: Array) -> Layers:
        """dW (n_in, n_out) and db (n_out,) of each layer, from the last to the first; X (m, n_in), y (m, 1)."""
        Zs, As = self.forward(layers, X)
        m = self.count(X)
        dZ: Array
        dZ = self.output_slope(Zs[-1], y) / m
        gradients: Layers = []
        for number in range(len(layers), 0, -1):
            A = self.layer_input(X, As, number)
            dW = self.weight_gradient(A, dZ)
            db = self.bias_gradient(dZ)
            gradients.insert(0, (dW, db))
            if number > 1:
                dA = self.input_gradient(dZ, layers[number - 1][0])
                dZ = self.through_activation(dA, Zs[number - 2], As[number - 2])
        return gradients

    # update

    def update(self, layers: Layers, gradients: Layers, learning_rate: float) -> Layers:
        """The layers after a step of each W and b against its gradient."""
        updated = []
        for (W, b), (dW, db) in zip(layers, gradients, strict=True):
            W = W - learning_rate * dW
            b = b - learning_rate * db
            updated.append((W, b))
        return updated
