"""Drawings of answers: what a threshold makes of the probabilities of the test examples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.training import advance, start

DIGITS = 4  # of a probability


@dataclass(frozen=True)
class Threshold(Drawing):
    """The probabilities that the step's network gives its test examples after ``epochs``, and a threshold to move.

    Precision, recall, the ROC curve and the total cost of the errors follow from them. Two classes only.
    """

    kind: ClassVar[str] = "threshold"
    parts: ClassVar[tuple[str, ...]] = ("threshold", "missed", "alarms", "precision", "recall", "roc", "cost")

    epochs: int

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        answers, classes = _test_answers(experiment, self.epochs)
        return {
            "answers": list(answers),
            "classes": list(classes),
            "start": {"threshold": 0.5, "miss": 1.0, "alarm": 1.0},
        }


@lru_cache(maxsize=8)
def _test_answers(experiment: Experiment, epochs: int) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """P(class 1) and the class of each test example."""
    run = advance(start(experiment), epochs)
    answers = run.predict_proba(run.data.points[run.data.first_test :])[:, 1]
    return tuple(answers.round(DIGITS).tolist()), tuple(run.data.y_test[:, 0].astype(int).tolist())
