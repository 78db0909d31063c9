"""One training step in detail: every matrix from a few examples to the new weights.

input → for each layer Z and A → loss and cost → for each layer, backwards, dZ, dW, db and dA → the update.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.analysis.walkthrough import backward, forward, update
from dnn.analysis.walkthrough.steps import Step
from dnn.analysis.walkthrough.update_step import Update
from dnn.network import Trace
from dnn.params import Params
from dnn.training.run import Run

MOST_EXAMPLES = 8


@dataclass(frozen=True, eq=False)
class Walkthrough:
    """The steps of one update in order. ``cost`` and ``gradients`` include penalties; ``after`` are the new params."""

    rows: tuple[int, ...]
    steps: tuple[Step, ...]
    trace: Trace
    cost: float
    gradients: Params
    after: Params


def walkthrough(run: Run, rows: Sequence[int]) -> Walkthrough:
    """Return the next update of ``run`` with the training examples ``rows`` (1 to 8) as its batch.

    Raises ValueError for no rows, too many rows, or a row that does not exist.
    """
    chosen = tuple(int(row) for row in rows)
    if not 1 <= len(chosen) <= MOST_EXAMPLES or min(chosen) < 0 or max(chosen) >= run.data.n_train:
        raise ValueError(
            f"examples {list(chosen)}; choose 1 to {MOST_EXAMPLES} of the training examples 0 to {run.data.n_train - 1}"
        )
    with np.errstate(all="ignore"):
        numbers, loss = Update(run, chosen), run.network.loss
        cost = float(loss.cost(numbers.trace.logits, numbers.y, numbers.sample_weight)) + numbers.penalty()
        layers = range(1, len(numbers.params) + 1)
        steps = [
            forward.first(numbers),
            *(step for layer in layers for step in forward.forward(numbers, layer)),
            *forward.cost(numbers, cost),
            *(step for layer in reversed(layers) for step in backward.backward(numbers, layer)),
            *update.clip(numbers),
            *(step for layer in layers for step in update.update(numbers, layer)),
        ]
    return Walkthrough(chosen, tuple(steps), numbers.trace, cost, numbers.total, numbers.after)
