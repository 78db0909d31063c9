"""Settings for the tests of trainers."""

import numpy as np

from dnn.experiment import TrainingSpec
from dnn.training.hyperparameters import Hyperparameters


def plain_steps(hidden_layers: int, rate: float, **training: object) -> Hyperparameters:
    """The settings of one run; gradient descent unless ``training`` says otherwise."""
    return Hyperparameters([TrainingSpec(learning_rate=rate, **training)], hidden_layers, np.float64)
