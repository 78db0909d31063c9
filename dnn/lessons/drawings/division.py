"""A drawing of the output's gradient, computed with a division and without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing


@dataclass(frozen=True)
class Division(Drawing):
    """dA and dZ of the output for an example of class 0, over the weighted sum ``z``, which is a handle.

    From 53 ln 2 on, e^−z is at most half the distance from 1 to the next number, and ŷ is rounded to exactly 1.
    """

    kind: ClassVar[str] = "division"
    parts: ClassVar[tuple[str, ...]] = ("divided", "subtracted", "broken")

    z: float = 20.0

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {"start": {"z": self.z}}

    def marked(self) -> dict[str, float]:
        return {"broken": float(-np.log(np.finfo(float).epsneg))}
