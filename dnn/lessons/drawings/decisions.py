"""Drawings of answers: what a threshold makes of the probabilities of the validation examples."""

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
    """The probabilities that the step's network gives its validation examples after ``epochs``, and a threshold.

    Precision, recall, the ROC curve and the total cost of the errors follow from them. Two classes only.
    """

    kind: ClassVar[str] = "threshold"
    parts: ClassVar[tuple[str, ...]] = ("threshold", "missed", "alarms", "precision", "recall", "roc", "cost")

    epochs: int

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        answers, classes = _validation_answers(experiment, self.epochs)
        return {
            "answers": list(answers),
            "classes": list(classes),
            "start": {"threshold": 0.5, "miss": 1.0, "alarm": 1.0},
        }


@lru_cache(maxsize=8)
def _validation_answers(experiment: Experiment, epochs: int) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """P(class 1) and the class of each validation example."""
    run = advance(start(experiment), epochs)
    validation = slice(run.data.n_train, run.data.first_test)
    answers, classes = run.predict_proba(run.data.points[validation])[:, 1], run.data.y[validation, 0]
    return tuple(answers.round(DIGITS).tolist()), tuple(classes.astype(int).tolist())
