"""Runs for the tests of the walkthrough through one step."""

from dnn import LOSSES, Data, Experiment, Run, advance, start
from dnn.losses import Loss
from tests.strategies import examples

M = 5  # examples


def run_of(loss: str, *, activation: str = "tanh", epochs: int = 2, weights: object = None, **training: object) -> Run:
    """A run of three inputs and two hidden layers, whose full batch is the M examples that are walked with."""
    value: Loss = LOSSES[loss](kind=loss)
    outputs = 1 if "binary" in value.tasks else 3
    X, y = examples(value, M, 3, outputs)
    data = Data.split(X, y, task=value.tasks[0], weights=weights)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": (4, 2), "activation": activation},
        training={"loss": loss, "learning_rate": 0.05, "batch_size": "full", **training},
    )
    return advance(start(experiment, data=data), epochs)
