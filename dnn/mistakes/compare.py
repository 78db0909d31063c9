"""Train a flawed network and the correct one, and check the gradients of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dnn.analysis.gradient_check import GOOD, relative_difference
from dnn.components import Array
from dnn.data import Data
from dnn.mistakes.rules import Scales
from dnn.mistakes.setting import Setting, network_with
from dnn.mistakes.table import MISTAKES, Mistake
from dnn.random_streams import WEIGHTS
from dnn.reference import Layers, ReferenceNetwork

CHECKED = 15  # examples of a gradient check: an odd number, so that no slope vanishes by symmetry
NUDGE = 1e-6
ALIKE = 0.1  # relative difference of two costs that count as equal


@dataclass(frozen=True, eq=False)
class RuleCheck:
    """‖g - n‖ / (‖g‖ + ‖n‖) between a rule's gradients and the slopes of its cost; ``per_layer`` of its (W, b)."""

    difference: float
    per_layer: tuple[tuple[float, float], ...]

    @property
    def caught(self) -> bool:
        """Whether the check finds an error."""
        return not self.difference <= GOOD  # also if it is NaN


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result of training one network: the cost of each epoch, (epochs + 1,), NaN or infinite after it broke."""

    rule: ReferenceNetwork
    layers: Layers
    scales: Scales
    costs: Array
    check: RuleCheck
    train_accuracy: float
    test_accuracy: float

    def predict(self, points: Array) -> Array:
        """Return P(class 1) of ``points`` (k, inputs) in the units of the data: (k,)."""
        mean, deviation = self.scales
        with np.errstate(all="ignore"):
            answers: Array = self.rule.forward(self.layers, (points - mean) / deviation)[1][-1][:, 0]
        return answers

    @property
    def broke_at(self) -> int | None:
        """The first epoch with a cost that is not finite, or None."""
        broken = np.flatnonzero(~np.isfinite(self.costs))
        return int(broken[0]) if len(broken) else None


@dataclass(frozen=True, eq=False)
class Comparison:
    """The correct and the flawed network on the same data, with the same random numbers."""

    mistakes: tuple[Mistake, ...]
    setting: Setting
    data: Data
    right: Outcome
    flawed: Outcome

    @property
    def alike(self) -> bool:
        """Whether the mistake had no effect with these starting weights: both final costs are nearly equal."""
        right, flawed = self.right.costs[-1], self.flawed.costs[-1]
        return bool(abs(flawed - right) <= ALIKE * right)  # False for NaN


def flawed_rule(mistakes: Sequence[Mistake]) -> type[ReferenceNetwork]:
    """Return a network class with all of ``mistakes``."""
    return type("Flawed", (*(mistake.rule for mistake in mistakes), ReferenceNetwork), {})


def compare(*names: str, setting: Setting | None = None, epochs: int | None = None, draw: int = 0) -> Comparison:
    """Train with and without the mistakes called ``names`` in ``MISTAKES``, in the setting of the first one.

    ``setting`` and ``epochs`` replace those of the first mistake, ``draw`` its starting weights. Raises ValueError
    without names or for an unknown name.
    """
    if not names or (unknown_names := set(names) - MISTAKES.keys()):
        text = ", ".join(sorted(unknown_names)) if names else "none"
        raise ValueError(f"mistakes to plant: {text}; choose from {', '.join(MISTAKES)}")
    mistakes = tuple(mistake for mistake in MISTAKES.values() if mistake.id in names)
    setting = setting or mistakes[0].setting
    data = setting.experiment.make_data()
    data = Data(setting.to_measured_units(data.points), data.y, data.n_train, data.task, given_names=setting.names)
    length = setting.epochs if epochs is None else epochs
    right, flawed = (
        train(network_with(rule, setting.activation), setting, data, length, draw)
        for rule in (ReferenceNetwork, flawed_rule(mistakes))
    )
    return Comparison(mistakes, setting, data, right, flawed)


def train(rule: ReferenceNetwork, setting: Setting, data: Data, epochs: int, draw: int = 0) -> Outcome:
    """Full-batch gradient descent by ``rule``. It ends early if a weight is not finite."""
    experiment = setting.experiment
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, 1)
    seed, rate = [experiment.seed, WEIGHTS, draw], experiment.training.learning_rate
    scales = rule.scales(data.X_train)
    X, y = (data.X_train - scales[0]) / scales[1], data.y_train
    layers = rule.start(sizes, len(X), np.random.default_rng(seed))
    params = rule.start(sizes, min(CHECKED, len(X)), np.random.default_rng(seed))
    costs = np.full(epochs + 1, np.nan)
    with np.errstate(all="ignore"):
        check = check_rule(rule, params, X[:CHECKED], y[:CHECKED])
        for epoch in range(epochs + 1):
            costs[epoch] = rule.cost(rule.forward(layers, X)[0][-1], y)
            if epoch == epochs or not all(np.isfinite(array).all() for array in _arrays(layers)):
                break
            layers = rule.update(layers, rule.backward(layers, X, y), rate)
        train_accuracy = _accuracy(rule.forward(layers, X)[1][-1], y)
    outcome = Outcome(rule, layers, scales, costs, check, train_accuracy, np.nan)
    return replace(outcome, test_accuracy=_accuracy(outcome.predict(data.X_test)[:, None], data.y_test))


def check_rule(rule: ReferenceNetwork, layers: Layers, X: Array, y: Array) -> RuleCheck:
    """Compare ``rule.backward`` with central differences of ``rule.cost``, number by number.

    Parameters for which a unit crosses a kink of its activation are skipped, because no slope exists.
    """

    def cost() -> tuple[float, list[np.ndarray]]:
        Zs, _ = rule.forward(copy, X)
        return rule.cost(Zs[-1], y), [kink < Z for Z in Zs[:-1] for kink in rule.kinks]

    analytic = rule.backward(layers, X, y)
    copy = [(W.copy(), b.copy()) for W, b in layers]
    numeric = [(np.zeros_like(W), np.zeros_like(b)) for W, b in layers]
    for array, slope, gradient in zip(_arrays(copy), _arrays(numeric), _arrays(analytic), strict=True):
        for place in np.ndindex(array.shape):
            value = array[place]
            array[place] = value + NUDGE
            up, above = cost()
            array[place] = value - NUDGE
            down, below = cost()
            array[place] = value
            if all(np.array_equal(*sides) for sides in zip(above, below, strict=True)):
                slope[place] = (up - down) / (2 * NUDGE)
            else:
                gradient[place] = 0.0
    per_layer = tuple(
        (relative_difference(dW, nW), relative_difference(db, nb))
        for (dW, db), (nW, nb) in zip(analytic, numeric, strict=True)
    )
    return RuleCheck(relative_difference(_flat(analytic), _flat(numeric)), per_layer)


def _arrays(layers: Layers) -> list[Array]:
    """W1, b1, W2, …"""
    return [array for pair in layers for array in pair]


def _flat(layers: Layers) -> Array:
    return np.concatenate([array.ravel() for array in _arrays(layers)])


def _accuracy(answers: Array, y: Array) -> float:
    return float(np.mean((answers > 0.5) == (y > 0.5))) if len(y) else float("nan")
