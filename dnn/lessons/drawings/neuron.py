"""Drawings of one neuron: its line, its sigmoid, and the cost of one of its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from dnn.activations import Sigmoid as Logistic
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.losses import BinaryCrossEntropy
from dnn.training import start

DIGITS = 6  # of the places of points and of starting weights, so that cost and accuracy are those of the panel


@dataclass(frozen=True)
class Line(Drawing):
    """The boundary of the step's own neuron as it starts, over its training examples; w₁, w₂ and b are handles."""

    kind: ClassVar[str] = "line"
    parts: ClassVar[tuple[str, ...]] = ("w1", "w2", "b", "line")

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        run = start(experiment)
        data, ((W, b),) = run.data, run.params
        rows = np.column_stack([data.X_train, data.targets[: data.n_train, 0]])
        w1, w2 = W[:, 0].round(DIGITS).tolist()
        return {
            "points": rows.round(DIGITS).tolist(),
            "start": {"w1": w1, "w2": w2, "b": round(float(b[0]), DIGITS)},
        }

    def marked(self) -> dict[str, float]:
        return {"line": float(Logistic().value(np.zeros(1))[0])}


@dataclass(frozen=True)
class Sigmoid(Drawing):
    """The sigmoid and its slope, with a tangent at ``z``."""

    kind: ClassVar[str] = "sigmoid"
    parts: ClassVar[tuple[str, ...]] = ("sigmoid", "slope")

    z: float = 2.0

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {"start": {"z": self.z}}

    def marked(self) -> dict[str, float]:
        z, logistic = np.zeros(1), Logistic()
        return {"slope": float(logistic.derivative(z, logistic.value(z))[0])}


@dataclass(frozen=True)
class CrossEntropy(Drawing):
    """The cross-entropy of one example of class 1 over its answer, with some ``answers`` marked."""

    kind: ClassVar[str] = "cross_entropy"
    parts: ClassVar[tuple[str, ...]] = ("curve", "sure", "half", "wrong")

    answers: dict[str, float] = field(default_factory=lambda: {"sure": 0.99, "half": 0.5, "wrong": 0.01}, hash=False)

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {"start": {"answer": 0.2, "y": 1}, "answers": dict(self.answers)}

    def marked(self) -> dict[str, float]:
        answers = np.array(list(self.answers.values()))[:, None]
        logits = np.log(answers / (1.0 - answers))
        costs = BinaryCrossEntropy().per_example(logits, np.ones_like(logits))
        return dict(zip(self.answers, costs.tolist(), strict=True))
