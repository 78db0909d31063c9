"""A deep neural network in bare NumPy: the library behind the playground.

>>> from dnn import Experiment, advance, start
>>> run = advance(start(Experiment()), epochs=50)
>>> run.history["train_cost"].shape
(51,)
"""

from dnn.activations import ACTIVATIONS
from dnn.analysis.gradient_check import gradient_check
from dnn.data import Data
from dnn.datasets import DATASETS
from dnn.errors import DnnError, InvalidData, InvalidParams, InvalidSetting
from dnn.experiment import Experiment
from dnn.initializers import INITIALIZERS
from dnn.losses import LOSSES
from dnn.network import Network, backward, forward, init_params
from dnn.optimizers import OPTIMIZERS
from dnn.params import Params
from dnn.training import Run, advance, advance_many, start, train

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "Data",
    "DnnError",
    "Experiment",
    "InvalidData",
    "InvalidParams",
    "InvalidSetting",
    "Network",
    "Params",
    "Run",
    "advance",
    "advance_many",
    "backward",
    "forward",
    "gradient_check",
    "init_params",
    "start",
    "train",
]
