"""Drawings of training: the paths of three optimisers in a narrow valley."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing


@dataclass(frozen=True)
class Ravine(Drawing):
    """The valley J = ½(w₁² + steep · w₂²) with the path of each optimiser of ``shown``, from one place.

    ``rate`` is the learning rate, ``beta`` that of momentum; Adam has its usual constants. With ``limit`` the text
    names the rate above which plain descent leaves the valley, 2 / steep.
    """

    kind: ClassVar[str] = "ravine"
    parts: ClassVar[tuple[str, ...]] = ("sgd", "momentum", "adam", "rate", "beta", "valley")

    shown: tuple[str, ...]
    rate: float = 0.04
    beta: float = 0.8
    steep: float = 40.0
    updates: int = 60
    limit: bool = False

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {
            "shown": list(self.shown),
            "steep": self.steep,
            "updates": self.updates,
            "limit": self.limit,
            "start": {"rate": self.rate, "beta": self.beta, "w1": -5.0, "w2": 1.0},
        }

    def marked(self) -> dict[str, float]:
        return {"rate": 2.0 / self.steep} if self.limit else {}
