"""Train a flawed network and the correct one, and check the gradients of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.mistakes.mistake import Mistake
from dnn.mistakes.raised import Raised, raised_by
from dnn.mistakes.rule_check import RuleCheck, arrays_of, check_rule
from dnn.mistakes.rules import Scales
from dnn.mistakes.setting import Setting, network_with
from dnn.mistakes.table import MISTAKES
from dnn.random_streams import WEIGHTS
from dnn.reference import Layers, ReferenceNetwork

CHECKED = 15  # examples of a gradient check: an odd number, so that no slope vanishes by symmetry
ALIKE = 0.1  # relative difference of two costs that count as equal


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result of training one network: the cost of each epoch, (epochs + 1,), NaN or infinite after it broke.

    ``raised`` is NumPy's error if the network could not be trained, ``raised_on_new`` if it could only not predict
    examples that it was not trained on. Accuracies that it does not have are NaN.
    """

    rule: ReferenceNetwork
    layers: Layers
    scales: Scales
    costs: Array
    check: RuleCheck
    train_accuracy: float
    test_accuracy: float
    raised: Raised | None = None
    raised_on_new: Raised | None = None

    def predict(self, points: Array) -> Array:
        """Return P(class 1) of ``points`` (k, inputs) in the units of the data: (k,).

        Raises NumPy's ValueError if ``raised`` or ``raised_on_new`` is set.
        """
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
    def without_effect(self) -> tuple[Mistake, ...]:
        """The mistakes whose step an earlier one replaces, so that their own code never runs."""
        replaced: set[str] = set()
        found = []
        for mistake in self.mistakes:
            if mistake.step in replaced:
                found.append(mistake)
            elif "super" not in getattr(mistake.rule, mistake.step).__code__.co_names:
                replaced.add(mistake.step)
        return tuple(found)

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
    data = data_of(setting)
    length = setting.epochs if epochs is None else epochs
    flawed = train(network_with(flawed_rule(mistakes), setting.activation), setting, data, length, draw)
    return Comparison(mistakes, setting, data, _right(setting, length, draw), flawed)


def data_of(setting: Setting) -> Data:
    """Return the examples of ``setting`` in measured units."""
    data = setting.experiment.make_data()
    return Data(
        setting.to_measured_units(data.points),
        data.y,
        data.n_train,
        data.task,
        given_names=setting.names,
        n_validation=data.n_validation,
    )


@lru_cache(maxsize=16)
def _right(setting: Setting, epochs: int, draw: int) -> Outcome:
    """The correct network, which is the same beside every mistake: trained once, and its arrays are read-only."""
    outcome = train(network_with(ReferenceNetwork, setting.activation), setting, data_of(setting), epochs, draw)
    for array in (outcome.costs, *arrays_of(outcome.layers)):
        array.flags.writeable = False
    return outcome


def train(rule: ReferenceNetwork, setting: Setting, data: Data, epochs: int, draw: int = 0) -> Outcome:
    """Full-batch gradient descent by ``rule``. It ends early if a weight is not finite or NumPy raises an error."""
    experiment = setting.experiment
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, 1)
    seed, rate = [experiment.seed, WEIGHTS, draw], experiment.training.learning_rate
    scales = rule.scales(data.X_train)
    X, y = (data.X_train - scales[0]) / scales[1], data.y_train
    layers = rule.start(sizes, len(X), np.random.default_rng(seed))
    params = rule.start(sizes, min(CHECKED, len(X)), np.random.default_rng(seed))
    costs = np.full(epochs + 1, np.nan)
    raised = None
    train_accuracy = np.nan
    with np.errstate(all="ignore"):
        check = check_rule(rule, params, X[:CHECKED], y[:CHECKED])
        try:
            for epoch in range(epochs + 1):
                costs[epoch] = rule.cost(rule.forward(layers, X)[0][-1], y)
                if epoch == epochs or not all(np.isfinite(array).all() for array in arrays_of(layers)):
                    break
                layers = rule.update(layers, rule.backward(layers, X, y), rate)
            train_accuracy = _accuracy(rule.forward(layers, X)[1][-1], y)
        except ValueError as error:
            raised = raised_by(error)
    outcome = Outcome(rule, layers, scales, costs, check, train_accuracy, np.nan, raised)
    if raised:
        return outcome
    try:
        return replace(outcome, test_accuracy=_accuracy(outcome.predict(data.X_test)[:, None], data.y_test))
    except ValueError as error:
        return replace(outcome, raised_on_new=raised_by(error))


def _accuracy(answers: Array, y: Array) -> float:
    return float(np.mean((answers > 0.5) == (y > 0.5))) if len(y) else float("nan")
