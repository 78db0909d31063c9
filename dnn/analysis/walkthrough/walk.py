"""One training step, taken apart: every matrix on the way from a few examples to the changed weights.

input → for each layer Z and A → loss and cost → for each layer, backwards, dZ, dW, db and dA → the update.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dnn.analysis.walkthrough import backward, forward, update
from dnn.analysis.walkthrough.steps import Stop
from dnn.analysis.walkthrough.update_step import Step
from dnn.network import Trace
from dnn.params import Params
from dnn.training.run import Run

MOST_EXAMPLES = 8


@dataclass(frozen=True, eq=False)
class Walk:
    """The stops of one step, in order; ``cost`` with penalties before it, ``gradients`` with them, ``after`` it all."""

    rows: tuple[int, ...]
    stops: tuple[Stop, ...]
    trace: Trace
    cost: float
    gradients: Params
    after: Params


def walk(run: Run, rows: Sequence[int]) -> Walk:
    """The update that ``run`` would make next if the training examples ``rows`` (1 to 8 of them) were its batch.

    Raises ValueError for none, too many, or one that is not there.
    """
    chosen = tuple(int(row) for row in rows)
    if not 1 <= len(chosen) <= MOST_EXAMPLES or min(chosen) < 0 or max(chosen) >= run.data.n_train:
        raise ValueError(
            f"examples {list(chosen)}; choose 1 to {MOST_EXAMPLES} of the training examples 0 to {run.data.n_train - 1}"
        )
    with np.errstate(all="ignore"):
        step, loss = Step(run, chosen), run.network.loss
        cost = float(loss.cost(step.trace.logits, step.y, step.heavy)) + step.penalty()
        layers = range(1, len(step.params) + 1)
        stops = [
            forward.first(step),
            *(stop for layer in layers for stop in forward.forward(step, layer)),
            *forward.cost(step, cost),
            *(stop for layer in reversed(layers) for stop in backward.backward(step, layer)),
            *update.clip(step),
            *(stop for layer in layers for stop in update.update(step, layer)),
        ]
    return Walk(chosen, tuple(stops), step.trace, cost, step.total, step.after)
