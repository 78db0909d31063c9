"""A drawing of what flawed networks' costs look like, each beside the right one's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.components import Array
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.mistakes import compare

MOST_POINTS = 101  # of one curve
DIGITS = 4  # significant ones

# What one sees of a cost curve: the mistake that shows it, and the epochs in which it is seen.
CURVES: dict[str, tuple[str, int]] = {
    "ends_higher": ("output_reads_z", 1000),
    "still": ("tiny_start", 500),
    "leaping": ("wrong_count", 50),
    "starts_high": ("unscaled_start", 15),
    "breaks_off": ("divides_by_output", 100),
    "ends_lower": ("bias_per_example", 2000),
}


@dataclass(frozen=True)
class SymptomCurves(Drawing):
    """Six cost curves side by side, called by what one sees of them."""

    kind: ClassVar[str] = "symptom_curves"
    parts: ClassVar[tuple[str, ...]] = tuple(CURVES)

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {"faults": False, "curves": list(curves()), "start": {"curve": 0, "share": 100}}


@dataclass(frozen=True)
class FaultCurves(SymptomCurves):
    """The same curves, called by the mistakes that are behind them."""

    kind: ClassVar[str] = "fault_curves"
    tells_answer: ClassVar[bool] = True

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return super().settings(experiment) | {"faults": True}


@lru_cache(maxsize=1)
def curves() -> tuple[dict[str, Any], ...]:
    """Return the costs of each mistake and of the right network, each until one is no number any more."""
    found = []
    for symptom, (mistake, epochs) in CURVES.items():
        comparison = compare(mistake, epochs=epochs)
        shown = np.unique(np.linspace(0, epochs, MOST_POINTS).astype(int))
        costs = {name: getattr(comparison, name).costs[shown] for name in ("flawed", "right")}
        rounded = {name: [float(f"{cost:.{DIGITS}g}") for cost in _finite(each)] for name, each in costs.items()}
        found.append({"symptom": symptom, "epochs": shown.tolist(), **rounded})
    return tuple(found)


def _finite(costs: Array) -> Array:
    """Return the first of ``costs``, as far as they are finite."""
    broken = np.flatnonzero(~np.isfinite(costs))
    return costs[: broken[0]] if len(broken) else costs
