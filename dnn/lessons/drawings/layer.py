"""Drawings of one layer: its two halves forward and backward, with what each keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.training import start


@dataclass(frozen=True)
class Halves(Drawing):
    """Layer 2 of the step's network as four boxes, with the shapes of what goes in and out, and the cache.

    The number of examples and the sizes of layers 1 and 2 are handles.
    """

    kind: ClassVar[str] = "halves"
    parts: ClassVar[tuple[str, ...]] = (
        *("linear", "activation", "activation_back", "linear_back", "cache"),
        *("a1", "w2", "b2", "z2", "a2", "da2", "dz2", "dw2", "db2", "da1"),
    )

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        run = start(experiment)
        _, before, units, *_ = run.params.sizes
        return {"start": {"half": 0, "examples": run.data.n_train, "before": before, "units": units}}
