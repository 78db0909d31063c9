"""A drawing of mini-batches: the path of one neuron with all examples at once, and with batches of another size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.lessons.drawings.neuron import DIGITS
from dnn.params import Params
from dnn.training import advance, start
from dnn.training.batches import orders_of
from dnn.training.run import Run

START = {"w1": -3.0, "w2": 2.0}
SIZES = (1, 2, 5, 10, 30, 70)  # and all examples
SETTLED = 2000  # epochs after which the neuron is at the lowest place, at the rate below
RATE = 2.0


@dataclass(frozen=True)
class Batches(Drawing):
    """One neuron without a bias on the training examples of the step, for the same work as ``epochs`` epochs.

    The batches are those of the library: every epoch has an order of the examples, drawn from the step's seed.
    """

    kind: ClassVar[str] = "batches"
    parts: ClassVar[tuple[str, ...]] = ("full", "batch", "lowest")
    tells_answer: ClassVar[bool] = True

    epochs: int = 5
    size: int = 10
    rate: float = 1.0

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        run = neuron(experiment, RATE, None)
        m = run.data.n_train
        sizes = [*SIZES, m]
        rows = np.column_stack([run.data.X_train, run.data.targets[:m, 0]])
        return {
            "epochs": self.epochs,
            "sizes": sizes,
            "points": rows.round(DIGITS).tolist(),
            "orders": orders_of(experiment.seed, 0, m)[: self.epochs].tolist(),
            "lowest": list(lowest(experiment)),
            "start": {"size": sizes.index(self.size), "rate": self.rate, **START},
        }


def neuron(experiment: Experiment, rate: float, size: int | None, w1: float = 0.0, w2: float = 0.0) -> Run:
    """Return the run of one neuron from these weights, with a bias that stays 0, on the data of ``experiment``."""
    network = experiment.network.model_copy(update={"hidden_layer_sizes": ()})
    training = experiment.training.model_copy(update={"learning_rate": rate, "batch_size": size})
    alone = experiment.model_copy(update={"network": network, "training": training})
    run = start(alone, params=[(np.array([[w1], [w2]]), np.zeros(1))])
    frozen = Params.empty(run.params.sizes)
    frozen.vector[:] = 0.0
    frozen[0][1][:] = 1.0
    return run.becoming(frozen=frozen.vector)


@lru_cache(maxsize=8)
def lowest(experiment: Experiment) -> tuple[float, float]:
    """Return w₁ and w₂ where the cost is lowest."""
    w1, w2 = advance(neuron(experiment, RATE, None), SETTLED).params[0][0][:, 0].round(DIGITS).tolist()
    return w1, w2
