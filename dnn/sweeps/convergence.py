"""How quickly networks converge or diverge: many that differ in learning rate and in the scale of their weights.

They share their data and the numbers that were drawn for their weights, and train in lockstep on all examples at once.
Their costs are those that ``advance`` measures for each network alone, to the last bit.
"""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.errors import InvalidData
from dnn.experiment import Experiment
from dnn.initializers import Normal, init_params
from dnn.params import Params
from dnn.random_streams import WEIGHTS, generator
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer

HIGHEST = 1e6  # relative costs are cut off here; what is infinite or not a number counts as this
LAST = 20  # epochs at the end whose mean cost decides, because costs may swing


class Start:
    """What the networks of a map have in common: data, layers, and the weights as drawn with a scale of 1.

    Raises InvalidData where ``experiment`` has no training examples.
    """

    def __init__(self, experiment: Experiment) -> None:
        data, dtype = experiment.make_data(), np.dtype(experiment.training.dtype)
        if not data.n_train:
            raise InvalidData("there are no training examples; one is needed at least")
        self.experiment, self.data, self.network = experiment, data, experiment.make_network(data)
        self.y = data.targets[: data.n_train].astype(dtype)
        self.example_weights = None if data.weights is None else data.weights[: data.n_train].astype(dtype)
        sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
        rng = generator(experiment.seed, WEIGHTS, experiment.draw)
        drawn = init_params(sizes, Normal(scale=1.0), rng, bias=experiment.network.bias_initializer)
        self.sizes, self.drawn, self.is_weight = drawn.sizes, drawn.vector, drawn.weight_mask() > 0.0

    def params(self, scales: Array) -> Params:
        """Starting weights and biases of networks with these ``scales`` (R,)."""
        vectors = np.where(self.is_weight, scales[:, None] * self.drawn, self.drawn)
        return Params(self.sizes, vectors.astype(self.experiment.training.dtype))


class Networks:
    """R networks in lockstep, and their train costs (epochs + 1, R), infinite from the epoch in which one diverged.

    ``learning_rates`` and ``scales`` are (R,). They are at epoch 0 until the first :meth:`step`.
    """

    def __init__(self, start: Start, learning_rates: Array, scales: Array, epochs: int) -> None:
        runs, experiment, params = len(scales), start.experiment, start.params(scales)
        self.start, self.epoch, self.epochs = start, 0, epochs
        self.trainer = Trainer(params, start.network, [start.data] * runs, start.data.n_train, [experiment.seed] * runs)
        self.hyperparameters = Hyperparameters([experiment.training] * runs, len(params) - 1, params.vector.dtype)
        self.hyperparameters.learning_rates = learning_rates  # the one of these settings in which they differ
        self.state = experiment.training.optimizer.init(params.vector)
        self.diverged = np.zeros(runs, bool)
        self.costs = np.full((epochs + 1, runs), np.inf)
        self._measure()

    @property
    def done(self) -> bool:
        """Whether all epochs are trained, or every network has diverged."""
        return self.epoch == self.epochs or bool(self.diverged.all())

    def step(self) -> None:
        """Train one epoch."""
        with np.errstate(all="ignore"):  # many are meant to overflow
            self.state = self.trainer.train(range(self.epoch, self.epoch + 1), self.hyperparameters, self.state)
        self.epoch += 1
        self._measure()

    def _measure(self) -> None:
        start, trainer = self.start, self.trainer
        with np.errstate(all="ignore"):
            logits = np.ascontiguousarray(trainer.propagate_full_batch())  # in rows, as sums over classes go
            costs = start.network.loss.cost(logits, start.y, start.example_weights) * start.data.cost_scale
        self.diverged |= ~(np.isfinite(trainer.params.vector).all(axis=-1) & np.isfinite(costs))
        self.costs[self.epoch] = np.where(self.diverged, np.inf, costs)


def convergence(costs: Array) -> Array:
    """How quickly each of R networks converged or diverged, (R,), from its costs (epochs + 1, R).

    Costs are taken relative to the first one, c. A network has converged if the mean of its last 20 is below 1. Then
    the value is -mean(c), from 0 (at once) downwards (slowly). Else it is mean(1/c), above 0: the smaller, the quicker
    it diverged. Source: Sohl-Dickstein 2024, The boundary of neural network trainability is fractal, with sums for
    our means.
    """
    with np.errstate(all="ignore"):
        relative = costs / costs[0]
    relative = np.where(costs[0] > 0.0, relative, costs)  # a network that fits from the start
    relative = np.clip(np.where(np.isfinite(relative), relative, HIGHEST), 0.0, HIGHEST)
    converged = relative[-LAST:].mean(axis=0) < 1.0
    slowness = (1.0 / np.maximum(relative, 1.0 / HIGHEST)).mean(axis=0)
    values: Array = np.where(converged, -relative.mean(axis=0), slowness)
    return values
