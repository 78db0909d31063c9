"""Where an experiment has a value of each table of components."""

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from dnn.initializers import BIAS_INITIALIZERS

PLACES = {  # (section, field): the table
    ("data", "dataset"): DATASETS,
    ("network", "activation"): ACTIVATIONS,
    ("network", "initializer"): INITIALIZERS,
    ("network", "bias_initializer"): BIAS_INITIALIZERS,
    ("training", "loss"): LOSSES,
    ("training", "optimizer"): OPTIMIZERS,
    ("training", "schedule"): SCHEDULES,
}
