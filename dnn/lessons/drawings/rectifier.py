"""Drawings of ReLU and leaky ReLU: their slopes, and which of their units are sparse, and which are dead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.activations import LeakyReLU, ReLU
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.network import forward
from dnn.training import advance, start
from dnn.training.run import Run

CASES = (("relu", 5.0), ("relu", 0.1), ("leaky_relu", 0.1))  # activation function and learning rate
EPOCHS = (0, 1, 5, 60)
COLUMNS = 42  # of the training examples
DIGITS = 6


@dataclass(frozen=True)
class Rectifier(Drawing):
    """ReLU, leaky ReLU and the slope of each; ``z`` and the slope below zero are handles."""

    kind: ClassVar[str] = "rectifier"
    parts: ClassVar[tuple[str, ...]] = ("relu", "slope", "leaky")

    z: float = 1.5
    leak: float = 0.1

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {"start": {"z": self.z, "leak": self.leak}}

    def marked(self) -> dict[str, float]:
        z = np.array([self.z])
        return {"slope": float(ReLU().derivative(z, ReLU().value(z))[0])}


@dataclass(frozen=True)
class DeadUnits(Drawing):
    """For each hidden unit the examples for which it is above zero, in some epochs, with ReLU and leaky ReLU."""

    kind: ClassVar[str] = "dead_units"
    parts: ClassVar[tuple[str, ...]] = ("sparse", "dead", "leaky")

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {
            "rates": [rate for _, rate in CASES],
            "leaky": [activation == LeakyReLU().kind for activation, _ in CASES],
            "epochs": list(EPOCHS),
            "cases": [_epochs(with_case(experiment, case)) for case in range(len(CASES))],
            "start": {"case": 0, "epoch": 0, "unit": 1},
        }


def with_case(experiment: Experiment, case: int) -> Experiment:
    """Return ``experiment`` with the activation function and the learning rate of one of ``CASES``."""
    document = experiment.model_dump()
    activation, rate = CASES[case]
    document["network"]["activation"] = activation
    document["training"]["learning_rate"] = rate
    return Experiment.model_validate(document)


@lru_cache(maxsize=8)
def _epochs(experiment: Experiment) -> list[dict[str, Any]]:
    """Return what each unit does in each of ``EPOCHS``."""
    run, found = start(experiment), []
    for epoch in EPOCHS:
        run = advance(run, epoch - run.epoch)
        found.append(_units(run))
    return found


def _units(run: Run) -> dict[str, Any]:
    """Return the ``rows`` of all hidden units, a 1 where one is above zero, and its ``shares`` of all examples.

    The columns are some of the training examples, from left to right in the plane.
    """
    X = run.data.X_train
    above = np.hstack(forward(run.params, X, run.network).a[:-1]) > 0.0  # (examples, units)
    columns = np.argsort(X[:, 0])[np.linspace(0, len(X) - 1, COLUMNS).astype(int)]
    rows = ["".join("01"[int(each)] for each in unit) for unit in above[columns].T]
    return {"rows": rows, "shares": above.mean(axis=0).round(DIGITS).tolist()}
