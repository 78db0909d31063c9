"""A drawing of learning-rate schedules: the rate of each epoch, one curve for each schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from dnn import schedules
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing


@dataclass(frozen=True)
class Schedules(Drawing):
    """Every schedule of ``dnn.schedules`` over the epochs of the step, from the learning rate of its experiment."""

    kind: ClassVar[str] = "schedules"
    parts: ClassVar[tuple[str, ...]] = tuple(schedules.SCHEDULES)

    epochs: int

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        shown = self.shown()
        return {
            "epochs": self.epochs,
            "rate": experiment.training.learning_rate,
            "schedules": [schedule.model_dump() for schedule in shown],
            "start": {"schedule": [schedule.kind for schedule in shown].index("cosine"), "epoch": self.epochs // 2},
        }

    def shown(self) -> tuple[schedules.Schedule, ...]:
        """Return one schedule of each kind, in the order of the table."""
        return (
            schedules.ConstantRate(),
            schedules.Step(every=50),
            schedules.Exponential(gamma=0.98),
            schedules.InverseTime(decay=0.05),
            schedules.Cosine(epochs=self.epochs),
            schedules.WarmUp(epochs=15, then=schedules.Cosine(epochs=self.epochs - 15)),
        )
