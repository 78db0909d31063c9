"""What the rules compare: the measures of the layers, the course of the cost, and the cost of a constant answer."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from dnn.analysis.health.measures import MOST_EXAMPLES, Health
from dnn.components import Array
from dnn.experiment import Experiment
from dnn.network import forward
from dnn.training import Run
from dnn.training.history import COLUMNS

RATE = COLUMNS.index("learning_rate")
WINDOW = 30  # rows of the history that count as "now"
GUESSES = np.linspace(-6.0, 6.0, 49)[:, None]  # logits of constant answers


class Evidence:
    """The numbers of a run that rules compare, computed when the first rule asks for them."""

    def __init__(self, run: Run, health: Health) -> None:
        self.run, self.health = run, health

    @property
    def experiment(self) -> Experiment:
        """The settings of the run."""
        return self.run.experiment

    @cached_property
    def _measured(self) -> Array:
        """The rows of the history that have a train cost, (rows, columns)."""
        table = self.run.history.table()
        return np.asarray(table[np.isfinite(table[:, 1])])

    @property
    def epochs(self) -> Array:
        """The epochs of the ``costs``, (rows,)."""
        return self._measured[:, 0]

    @property
    def costs(self) -> Array:
        """The train cost at these epochs, (rows,); there may be none."""
        return self._measured[:, 1]

    @cached_property
    def held_out_costs(self) -> Array:
        """The validation cost at these epochs, (rows,), or without one the test cost; NaN without either."""
        history = self.run.history
        name = "validation_cost" if self.run.has_validation_data else "test_cost"
        return np.asarray(history[name][np.isfinite(history["train_cost"])])

    @cached_property
    def unchanged(self) -> int:
        """The first row after the learning rate was last changed; 0 if it never was."""
        training = self.experiment.training
        expected = training.schedule.rate(training.learning_rate, self.epochs)
        other = ~np.isclose(self._measured[:, RATE], expected, rtol=1e-6, atol=0.0)
        return int(np.flatnonzero(other)[-1]) + 1 if other.any() else 0

    @cached_property
    def window(self) -> Array:
        """The newest train costs, (rows,): 30 at most, and none from before the learning rate was last changed."""
        return self.costs[self.unchanged :][-WINDOW:]

    @cached_property
    def halfway(self) -> int:
        """The row at half of the epochs since the learning rate was last changed; there must be rows."""
        epochs = self.epochs[self.unchanged :]
        return self.unchanged + int(np.searchsorted(epochs, 0.5 * (epochs[0] + epochs[-1])))

    @cached_property
    def cost(self) -> float:
        """The present train cost: the median of the last ten."""
        return float(np.median(self.costs[-10:])) if len(self.costs) else np.nan

    @cached_property
    def baseline(self) -> float:
        """The train cost of the best constant answer: ln 2 for two classes of equal size."""
        data, loss = self.run.data, self.run.network.loss
        y = data.targets[: data.n_train]
        weights = None if data.weights is None else data.weights[: data.n_train]
        if weights is not None and not weights.any():
            weights = None
        share = np.average(y, axis=0, weights=weights)
        if data.task == "binary":  # each class costs its own, and the mean follows from the shares
            zero, one = (loss.per_example(GUESSES, np.full_like(GUESSES, label)) for label in (0.0, 1.0))
            return float(((1.0 - share[0]) * zero + share[0] * one).min()) * data.cost_scale
        guess = np.log(np.maximum(share, 1e-6)) if data.task == "multiclass" else share
        return float(loss.cost(np.broadcast_to(guess, y.shape), y, weights)) * data.cost_scale

    @cached_property
    def progress(self) -> float:
        """The cost over that of the best constant answer: 1 if nothing was learnt, 0 if everything was."""
        return self.cost / self.baseline if self.baseline > 0.0 else 0.0

    @cached_property
    def skill(self) -> float:
        """How many of the examples that the most frequent class leaves out are right: 0 none, 1 all; 0 for numbers."""
        data = self.run.data
        accuracy = self.run.latest["train_accuracy"]
        if data.task == "regression" or not np.isfinite(accuracy):
            return 0.0
        counts = np.bincount(data.labels[: data.n_train].astype(int))
        most = counts.max() / data.n_train
        return float((accuracy - most) / (1.0 - most)) if most < 1.0 else 1.0

    @cached_property
    def start(self) -> float:
        """The train cost of the starting weights over that of the best constant answer."""
        return float(self.costs[0]) / self.baseline if len(self.costs) and self.baseline > 0.0 else 0.0

    @cached_property
    def held_out_error(self) -> float:
        """The standard error of ``held_out_costs``: how far other examples of the same kind would move the last."""
        run, data = self.run, self.run.data
        first, end = (data.n_train, data.first_test) if run.has_validation_data else (data.first_test, len(data.X))
        rows = slice(first, min(end, first + MOST_EXAMPLES))
        trace = forward(run.params, data.X[rows], run.network)
        losses = run.network.loss.per_example(trace.logits, data.targets[rows]) * data.cost_scale
        return float(losses.std() / np.sqrt(max(1, len(losses))))

    @cached_property
    def trend(self) -> tuple[float, float]:
        """How far the cost fell from the first to the second half of the window, and how much it scatters around that.

        Both as shares of the cost of the best constant answer.
        """
        window = self.window
        half = len(window) // 2
        if half < 3 or not self.baseline > 0.0:
            return 0.0, 0.0
        fall = float(window[:half].mean() - window[-half:].mean())
        scatter = float(np.std(np.diff(window))) / np.sqrt(2.0)
        return fall / self.baseline, scatter / self.baseline

    @cached_property
    def movement(self) -> float:
        """How far an epoch moves the layer that moves most, over the size of its weights, if all updates agree."""
        return max(layer.update_ratio for layer in self.health.layers) * self.run.updates_per_epoch

    @cached_property
    def gradient_sizes(self) -> Array:
        """The gradient of a typical weight of each layer, (L,): the geometric mean of the last ten epochs."""
        history = self.run.history
        norms = history["gradient_norm"][np.isfinite(history["train_cost"])][-10:]
        sizes = np.array([layer.dWb.size for layer in self.health.layers])
        mean: Array = np.exp(np.log(norms).mean(axis=0)) / np.sqrt(sizes)
        return mean

    @property
    def spreads(self) -> Array:
        """The standard deviation of each input that is not constant, over the training examples."""
        spreads = self.run.data.X_train.std(axis=0)
        return np.asarray(spreads[spreads > 0.0])
