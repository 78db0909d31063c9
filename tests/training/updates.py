"""A few epochs of a network with one hidden layer under given settings, for the tests of each setting."""

from typing import Any

import numpy as np
import pytest

from dnn import LOSSES, Data, Network, init_params
from dnn.activations import Tanh
from dnn.components import Array
from dnn.experiment import TrainingSpec
from dnn.losses import BinaryCrossEntropy, Loss
from dnn.params import Params
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer
from tests.strategies import examples

INPUTS, HIDDEN, M, RATE = 3, 5, 17, 0.2
EVERY_LOSS = pytest.mark.parametrize("loss", [kind() for kind in LOSSES.values()], ids=lambda loss: loss.kind)


def trained(
    data: Data,
    loss: Loss | None = None,
    params: Params | None = None,
    *,
    batch_size: int = 1000,
    epochs: int = 1,
    batch_costs: bool = False,
    **training: Any,
) -> Trainer:
    """The workspace after ``epochs`` epochs with one hidden layer; the batch is full unless a smaller one is given."""
    sizes = (data.X.shape[1], HIDDEN, data.y.shape[1])
    hyperparameters = Hyperparameters([TrainingSpec(**({"learning_rate": RATE} | training))], 1, np.float64)
    dropped = (0,) if hyperparameters.dropout.any() else ()
    params, network = params or starting(sizes), Network(Tanh(), loss or BinaryCrossEntropy())
    space = Trainer(params, network, [data], batch_size, [8], dropped, batch_costs=batch_costs)
    state = hyperparameters.optimizer.init(space.params.vector)
    for epoch in range(epochs):
        state = space.train_epoch(epoch, hyperparameters, state)
    return space


def starting(sizes: tuple[int, ...] = (INPUTS, HIDDEN, 1)) -> Params:
    """Weights and biases, none of them zero."""
    params = init_params(sizes, rng=1)
    params.vector += 0.1
    return params


def drawn(loss: Loss | None = None, weights: Array | None = None, m: int = M, seed: int = 0) -> Data:
    loss = loss or BinaryCrossEntropy()
    X, y = examples(loss, m, INPUTS, 3 if "multiclass" in loss.tasks else 1, seed)
    return Data(X, y, m, loss.tasks[0], weights)


def weights_of(m: int = M, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(0.0, 3.0, m)
