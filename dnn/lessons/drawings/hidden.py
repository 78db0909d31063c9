"""Drawings of a hidden layer: its units on a walk around the middle, and the cost of answers that are equally right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.components import Array
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.losses import BinaryCrossEntropy
from dnn.training import advance, start
from dnn.training.run import Run

DIGITS = 6  # of weights and of places of points
PLACES = 240  # on the circle, at which the sum is computed
BAND = 0.25  # around the circle, of the points that are shown


@dataclass(frozen=True)
class Folds(Drawing):
    """The hidden units of ``network`` on a circle, each times its output weight, and their sum.

    The network is trained for ``epochs``, and its output weights are handles; ``radius`` is that of the circle.
    """

    kind: ClassVar[str] = "folds"
    parts: ClassVar[tuple[str, ...]] = ("unit1", "unit2", "unit3", "unit4", "sum", "answer")

    network: Experiment
    epochs: int = 1000
    radius: float = 2.0

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        run = _trained(self.network, self.epochs)
        (W, b), (V, c) = run.params
        x, y = run.data.points.T
        near = np.abs(np.hypot(x, y) - self.radius) < BAND
        rows = np.column_stack([np.degrees(np.arctan2(y, x)) % 360, run.data.y[:, 0]])[near]
        weights = V[:, 0].round(DIGITS).tolist()
        return {
            "radius": self.radius,
            "weights": W.T.round(DIGITS).tolist(),
            "biases": b.round(DIGITS).tolist(),
            "bias": round(float(c[0]), DIGITS),
            "points": rows.round(DIGITS).tolist(),
            "start": {"angle": 60} | {f"v{k}": round(v, 1) for k, v in enumerate(weights, 1)},
        }

    def marked(self) -> dict[str, float]:
        """How often the sum changes its sign on the circle."""
        found = self.settings(self.network)
        v = np.array([found["start"][f"v{k}"] for k in range(1, 5)])
        sums = activations_on_circle(found, np.arange(PLACES) * (360 / PLACES)) @ v + found["bias"]
        return {"sum": float(np.sum((sums > 0) != (np.roll(sums, 1) > 0)))}


def activations_on_circle(settings: dict[str, Any], degrees: Array) -> Array:
    """Return the activations of the units of ``Folds`` at angles on its circle, (angles, units)."""
    angles = np.radians(degrees)
    points = settings["radius"] * np.column_stack([np.cos(angles), np.sin(angles)])
    activations: Array = np.tanh(points @ np.array(settings["weights"]).T + np.array(settings["biases"]))
    return activations


@lru_cache(maxsize=8)
def _trained(experiment: Experiment, epochs: int) -> Run:
    return advance(start(experiment), epochs)


@dataclass(frozen=True)
class CostAndAccuracy(Drawing):
    """The losses of some examples of class 1, the same share of them right, with all weights times a factor.

    The factor and the last answer are handles; ``answers`` are those at a factor of 1.
    """

    kind: ClassVar[str] = "cost_and_accuracy"
    parts: ClassVar[tuple[str, ...]] = ("losses", "cost", "half", "calm", "sure")

    answers: tuple[float, ...] = (0.9, 0.8, 0.7, 0.6, 0.2)
    factor: float = 4.0

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        *others, last = self.answers
        return {"answers": others, "factors": {"calm": 1.0, "sure": self.factor}, "start": {"factor": 1, "last": last}}

    def marked(self) -> dict[str, float]:
        p = np.array(self.answers)[:, None]
        logits = np.log(p / (1.0 - p))
        loss, ones = BinaryCrossEntropy(), np.ones_like(p)
        return {
            part: float(loss.cost(factor * logits, ones)) for part, factor in (("calm", 1.0), ("sure", self.factor))
        }
