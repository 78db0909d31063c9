"""A drawing of dropout: which units of two layers are left out in one draw after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing


@dataclass(frozen=True)
class Masks(Drawing):
    """Two layers of hidden units with their ``activations``, and ``draws`` of random numbers that decide who stays.

    A unit stays where its number is ``p`` or more, as in ``dnn.dropout.draw_masks`` with the same generator.
    """

    kind: ClassVar[str] = "masks"
    parts: ClassVar[tuple[str, ...]] = ("left_out", "kept", "sum", "p", "draw")

    activations: tuple[tuple[float, ...], ...] = ((0.5, 1.2, 0.8, 1.0, 0.6, 0.9), (1.1, 0.4, 0.7, 1.3, 0.5, 1.0))
    draws: int = 100
    p: float = 0.5

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        generators = [generator(draw) for draw in range(1, self.draws + 1)]
        return {
            "activations": [list(layer) for layer in self.activations],
            "random": [
                [rng.random(len(layer), np.float32).tolist() for layer in self.activations] for rng in generators
            ],
            "start": {"p": self.p, "draw": 1.0},
        }


def generator(draw: int) -> np.random.Generator:
    """Return the generator of the draw of this number."""
    return np.random.default_rng([1, draw])
