"""Drawing of what many layers do to a gradient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.activations import Sigmoid
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.network import backward, forward
from dnn.training import advance, start


@dataclass(frozen=True)
class SlopeProduct(Drawing):
    """The product of the slopes on the way back from the output, a bar for each of ``layers`` layers.

    Beside it are the gradients of the step's own network after one epoch, with sigmoid and with tanh.
    """

    kind: ClassVar[str] = "slope_product"
    parts: ClassVar[tuple[str, ...]] = ("slope", "product", "first", "measured")

    layers: int = 8

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        return {
            "measured": {name: list(_relative_gradients(experiment, name)) for name in ("sigmoid", "tanh")},
            "start": {"activation": 0, "layers": self.layers, "z": 0},
        }

    def marked(self) -> dict[str, float]:
        sigmoid, z = Sigmoid(), np.zeros(1)
        return {"first": float(sigmoid.derivative(z, sigmoid.value(z))[0] ** self.layers)}


@lru_cache(maxsize=8)
def _relative_gradients(experiment: Experiment, activation: str) -> tuple[float, ...]:
    """Return the norm of each layer's dW after one epoch over that of the last layer."""
    document = experiment.model_dump()
    document["network"]["activation"] = {"kind": activation}
    run = advance(start(Experiment.model_validate(document)), 1)
    trace = forward(run.params, run.data.X_train, run.network)
    gradients = backward(run.params, trace, run.data.y_train)
    norms = np.array([np.linalg.norm(dW) for dW, _ in gradients])
    return tuple(float(f"{share:.4g}") for share in norms / norms[-1])
