"""A small network and examples for it."""

import numpy as np

from dnn import Network, Params, init_params
from dnn.activations import Activation
from dnn.components import Array
from dnn.initializers import Normal
from dnn.losses import Loss
from tests.strategies import examples


def network_and_examples(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int = 0, m: int = 9
) -> tuple[Params, Array, Array, Network]:
    """A network with weights and biases that are nowhere zero, and examples for it."""
    X, y = examples(loss, m, inputs=3, outputs=2, seed=seed)
    params = init_params((3, *hidden, 2), Normal(scale=0.7), seed)
    for _, b in params:
        b[...] = np.random.default_rng([seed, b.size]).uniform(-0.5, 0.5, b.shape)
    return params, X, y, Network(g, loss)
