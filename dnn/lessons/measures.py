"""The measures of lessons: numbers with a name, each a pure function of the run as it is now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dnn.analysis.curvature import curvatures, sharpness
from dnn.components import Array
from dnn.lessons.outliers import turned_by_outliers
from dnn.lessons.straightness import meets_edge, misfit_of_best_line
from dnn.messages import Message
from dnn.network import backward, forward
from dnn.training import advance_many, start
from dnn.training.run import Run

SMALLEST = 1e-6  # of which a person reads all zeros
PLATEAU = 0.6  # a cost that is clearly below ln 2


@dataclass(frozen=True)
class Measure:
    """A number of a run: its name, the function that reads it, and its format."""

    name: str
    read: Callable[[Run], float]
    form: Literal["percent", "number", "times", "count"] = "number"

    def written(self, value: float) -> str:
        """``value`` as a person reads it."""
        if not np.isfinite(value):
            return "–"
        if self.form == "percent":
            return f"{100 * value:.1f} %"
        if self.form == "count":
            return f"{value:.0f}"
        return Message("{number} times", number=_plain(value)) if self.form == "times" else _plain(value)

    def range_written(self, low: float, high: float) -> str:
        """The values from ``low`` up to, and without, ``high``; either may be infinite. Empty: no finite value."""
        if not (np.isfinite(low) or np.isfinite(high)):
            return ""
        if self.form == "count":
            low, high = np.ceil(low), np.ceil(high)
            if np.isfinite(high):
                last = self._limit(high - 1)
                if high == 1 and not np.isfinite(low):
                    return last  # no count is below 0
                return (
                    Message("{low} to {high}", low=self._limit(low), high=last)
                    if np.isfinite(low)
                    else Message("{high} or fewer", high=last)
                )
        if not np.isfinite(low):
            return Message("less than {high}", high=self._limit(high))
        if not np.isfinite(high):
            return Message("{low} or more", low=self._limit(low))
        return Message("{low} to {high}", low=self._limit(low), high=self._limit(high))

    def _limit(self, value: float) -> str:
        """A limit of a range: a round number, without digits that mean nothing."""
        return f"{100 * value:g} %" if self.form == "percent" else self.written(value)


def _plain(value: float) -> str:
    """Three digits, without a power of ten: 0.0000427, 0.693, 19,100."""
    if 0 < abs(value) < SMALLEST:
        return Message("less than {number}", number=_plain(SMALLEST))
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else np.format_float_positional(rounded, trim="-")


def _latest(name: str) -> Callable[[Run], float]:
    return lambda run: run.latest[name]


def _train_cost(run: Run) -> float:
    """Infinite where the run has diverged: its latest finite cost is not what became of it."""
    return np.inf if run.diverged else run.latest["train_cost"]


def _hidden_units(run: Run) -> float:
    return float(sum(run.params.sizes[1:-1]))


def _hidden_layers(run: Run) -> float:
    return float(len(run.params) - 1)


def _gradient_norms(run: Run) -> Array:
    """Euclidean norm of each layer's dW over all training examples, (layers,)."""
    with np.errstate(all="ignore"):
        trace = forward(run.params, run.data.X_train, run.network)
        targets = run.data.targets[: run.data.n_train]
        return np.array([np.linalg.norm(dW) for dW, _ in backward(run.params, trace, targets)])


def _gradient_ratio(run: Run) -> float:
    """The last layer's gradient over the first one's."""
    norms = _gradient_norms(run)
    return float(norms[-1] / norms[0]) if norms[0] > 0 else np.inf


def _hidden(run: Run) -> list[Array]:
    """The activations of each hidden layer for all training examples."""
    with np.errstate(all="ignore"):
        return list(forward(run.params, run.data.X_train, run.network).a[:-1])


def _zero_activations(run: Run) -> float:
    """The share of the hidden activations that are exactly 0."""
    return float(np.mean(np.concatenate([a.ravel() for a in _hidden(run)]) == 0.0))


def _dead(run: Run) -> float:
    """The share of the hidden units that are 0 for every training example."""
    return float(np.mean(np.concatenate([(a == 0.0).all(axis=0) for a in _hidden(run)])))


def _unit_difference(run: Run) -> float:
    """The largest difference between two units of the first hidden layer, over all training examples."""
    first = _hidden(run)[0]
    return float(np.ptp(first, axis=1).max())


def _spread_ratio(run: Run) -> float:
    """The spread of the last hidden layer's activations over that of the network's inputs."""
    return float(_hidden(run)[-1].std() / run.data.X_train.std())


def _largest_weight(run: Run) -> float:
    return float(max(np.abs(W).max() for W, _ in run.params))


def _gap(run: Run) -> float:
    return run.latest["test_cost"] - run.latest["train_cost"]


def _cost_scatter(run: Run) -> float:
    """The standard deviation of the train cost over the last ten epochs."""
    return float(run.history["train_cost"][-10:].std())


def _smallest_curvature(run: Run) -> float:
    return float(curvatures(run)[0])


def _plateau_end(run: Run) -> float:
    """The first epoch with a train cost below ``PLATEAU``; infinite without one."""
    below = run.history["train_cost"] < PLATEAU
    return float(run.history["epoch"][below.argmax()]) if below.any() else np.inf


def _recall(run: Run) -> float:
    """Of the test examples of class 1, the share that is found."""
    truth = run.data.y_test[:, 0] > 0.5
    return float(np.mean(run.predict(_test_points(run))[truth] == 1))


def _best_of_a_hundred(run: Run) -> float:
    """The highest test accuracy of a hundred networks like this one, with other starting weights each."""
    draws = (run.experiment.model_copy(update={"draw": draw}) for draw in range(100))
    others = advance_many([start(experiment, data=run.data) for experiment in draws], run.epoch)
    return max(other.latest["test_accuracy"] for other in others)


def _test_points(run: Run) -> Array:
    return run.data.points[run.data.first_test :]


TRAIN_ACCURACY = Measure("Train accuracy", _latest("train_accuracy"), "percent")
TEST_ACCURACY = Measure("Test accuracy", _latest("test_accuracy"), "percent")
TRAIN_COST = Measure("Train cost", _train_cost)
TEST_COST = Measure("Test cost", _latest("test_cost"))
COST_GAP = Measure("Test cost less train cost", _gap)
HIDDEN_UNITS = Measure("Hidden units", _hidden_units, "count")
HIDDEN_LAYERS = Measure("Hidden layers", _hidden_layers, "count")
GRADIENT_RATIO = Measure("Gradient of the last layer over that of the first", _gradient_ratio, "times")
ZERO_ACTIVATIONS = Measure("Share of the hidden activations that are 0", _zero_activations, "percent")
DEAD = Measure("Share of the hidden units that are dead", _dead, "percent")
UNIT_DIFFERENCE = Measure("Largest difference between two units of the first layer", _unit_difference)
LINE_MISFIT = Measure(
    "Share of the plane where the answer differs from the best straight line's", misfit_of_best_line, "percent"
)
MEETS_EDGE = Measure("Places where the boundary meets the edge of the picture", meets_edge, "count")
OUTLIER_ANGLE = Measure("Degrees by which the outliers turn the line", turned_by_outliers)
SPREAD_RATIO = Measure("Spread of the last hidden layer over that of the inputs", _spread_ratio, "times")
LARGEST_WEIGHT = Measure("Largest weight", _largest_weight)
COST_SCATTER = Measure("Standard deviation of the train cost over the last ten epochs", _cost_scatter)
RECALL = Measure("Share of the rainy test days that are found", _recall, "percent")
BEST_OF_A_HUNDRED = Measure("Test accuracy of the best of a hundred networks", _best_of_a_hundred, "percent")
TRAINING_EXAMPLES = Measure("Training examples", lambda run: float(run.data.n_train), "count")
VALIDATION_COST = Measure("Validation cost", lambda run: run.latest.get("validation_cost", np.nan))
SHARPNESS = Measure("Largest curvature", sharpness)
SMALLEST_CURVATURE = Measure("Smallest curvature", _smallest_curvature)
PLATEAU_END = Measure("First epoch with a train cost below 0.6", _plateau_end, "count")
FIRST_COST = Measure("First train cost", lambda run: float(run.history["train_cost"][0]))
EPOCHS = Measure("Epochs", lambda run: float(run.epoch), "count")
