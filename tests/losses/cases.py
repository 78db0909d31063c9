"""Values of each loss, logits and targets for it, and the slope of its cost."""

from collections.abc import Callable

import numpy as np

from dnn import LOSSES
from dnn.components import Array
from dnn.losses import Loss
from tests.strategies import examples

VALUES = [kind(kind=name) for name, kind in LOSSES.items()]


def logits_and_targets(loss: Loss, seed: int, m: int = 7) -> tuple[Array, Array]:
    """Logits (m, 3) and targets such as ``loss`` takes."""
    return examples(loss, m, inputs=3, outputs=3, seed=seed)


def slopes(cost: Callable[[Array], Array], z: Array, step: float = 1e-6) -> Array:
    """The central differences of ``cost`` along every logit, in the shape of ``z``."""
    found = np.empty_like(z)
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += step
        down[index] -= step
        found[index] = (cost(up) - cost(down)) / (2 * step)
    return found
