"""Small runs for the tests of landscapes and of curvature."""

from typing import Literal

import numpy as np

from dnn import ACTIVATIONS, Data, Experiment, Run, advance, start

Directions = Literal["pca", "random"]
DIRECTIONS: tuple[Directions, ...] = ("pca", "random")  # that a landscape finds by itself
SMOOTH = [name for name, kind in ACTIVATIONS.items() if not kind(kind=name).kinks]


def moons(hidden: tuple[int, ...] = (4,), epochs: int = 12, **training: object) -> Run:
    experiment = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": hidden}, training=training)
    return advance(start(experiment), epochs)


def linear_run(seed: int, *, weighted: bool = False, l2: float = 0.0) -> Run:
    """A line fitted to 20 examples of 3 inputs by the squared error: its cost is a quadratic function of 4 numbers."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((26, 3)) * [1.0, 3.0, 0.3]
    weights = rng.random(26) + 0.1 if weighted else None
    data = Data.split(X, X @ [1.0, -0.5, 2.0] + rng.standard_normal(26), test_share=6 / 26, weights=weights)
    network = {"hidden_layer_sizes": ()}
    run = start(Experiment.of(network=network, training={"learning_rate": 0.05, "l2": l2}, seed=seed), data=data)
    return advance(run, 15)
