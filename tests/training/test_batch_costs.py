"""The mean cost of an epoch's batches, computed for many at once, to the last bit as it is for one after the other."""

import numpy as np
import pytest

from dnn import Data, Network, init_params
from dnn.experiment import TrainingSpec
from dnn.losses import SoftmaxCrossEntropy
from dnn.network import propagate
from dnn.params import Params
from dnn.training.batch_costs import BatchCosts
from dnn.training.batches import Batches
from dnn.training.hyperparameters import Hyperparameters


@pytest.mark.parametrize("runs", [1, 3])
@pytest.mark.parametrize("first", [0, 2])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("size", [1, 6, 7, 29])
def test_batches_together_cost_what_they_cost_one_by_one(size: int, weighted: bool, first: int, runs: int) -> None:
    rng, m, classes = np.random.default_rng(0), 29, 11
    weights = rng.random(m) if weighted else None
    data = Data(rng.standard_normal((m, 2)), np.eye(classes)[rng.integers(0, classes, m)], m, "multiclass", weights)
    vectors = np.stack([init_params((2, 40, classes), rng=seed).vector for seed in range(runs)])
    params = Params((2, 40, classes), vectors if runs > 1 else vectors[0])
    loss, weights_only = SoftmaxCrossEntropy(), params.weight_mask()
    batches = Batches(params, Network(loss=loss), [data] * runs, size, range(runs))
    settings = Hyperparameters([TrainingSpec(l1=0.1 + run, l2=0.3) for run in range(runs)], 1, np.float64)
    batches.shuffle(0)
    costs = BatchCosts(batches, loss, weights_only)
    costs.begin(min(first, len(batches) - 1))
    expected, total = 0.0, 0.0
    for batch in batches.items[costs.first :]:
        logits, weight = propagate(batch.trace, batch.X_ones).logits, size_of(batch.y, batch.weights)
        costs.add(logits, weight, params.vector, settings)
        losses = loss.per_example(logits, batch.y)
        losses = losses if batch.weights is None else losses * batch.weights[..., 0]
        W = params.vector * weights_only
        l1 = settings.l1 * np.abs(W).sum(axis=-1, keepdims=True)
        l2 = 0.5 * settings.l2 * np.vecdot(W, W)[..., None]
        expected = expected + (losses.sum(axis=-1)[..., None] + l1 + l2)
        total = total + weight
        params.vector *= 0.9  # as an update would change them
    np.testing.assert_array_equal(costs.mean(), np.reshape(expected / total, -1))


def size_of(y: np.ndarray, weights: np.ndarray | None) -> float | np.ndarray:
    """How many examples a batch has, or the sum of their weights."""
    return float(y.shape[-2]) if weights is None else weights.sum(axis=-2)
