"""A page with nothing but the settings, for their tests, and an experiment that differs in each of them."""

import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment
from tests.ui.page import Page

pytestmark = pytest.mark.slow

NETWORK, REGULARISATION, LOSS = "Initialisation and layers", "Regularisation", "Loss and precision"


def controls_page() -> None:
    from dnn.ui import controls, session

    session.open_address()
    controls.draw()
    session.player()


class ControlsPage(Page):
    """A page with nothing but the settings."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(controls_page, default_timeout=60)


EVERYTHING = Experiment.of(
    data={
        "dataset": {"kind": "blobs", "noise": 0.2, "classes": 4},
        "features": ["x2", "x1", "sin(x1)", "x1*x2/2"],
        "weights": "balanced",
        "samples": 200,
        "class_balance": 0.5,
        "label_noise": 0.1,
        "standardize": "each",
    },
    network={
        "hidden_layer_sizes": [3, 5],
        "activation": [{"kind": "elu", "alpha": 0.5}, {"kind": "leaky_relu", "slope": 0.2}],
        "initializer": {"kind": "orthogonal", "gain": 1.5},
        "bias_initializer": {"kind": "uniform", "scale": 0.25},
    },
    training={
        "optimizer": {"kind": "adam", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6},
        "schedule": {"kind": "warm_up", "epochs": 7, "then": {"kind": "cosine", "epochs": 70, "floor": 0.1}},
        "l1": 0.01,
        "dropout": [0.1, 0.2],
        "clip_norm": 2.5,
        "patience": 400,
        "min_improvement": 1e-3,
        "loss": "softmax_cross_entropy",
        "dtype": "float32",
    },
    seed=3,
)

SHOWN = {
    "Data set": "blobs",
    "Classes": 4,
    "Features": ["x1", "x2", "sin(x1)"],
    "Your own formula": "x1*x2/2",
    "Weight of the examples": "balanced",
    "One activation per layer": True,
    "Activation of hidden layer 1": "elu",
    "Layer 1: alpha": 0.5,
    "Activation of hidden layer 2": "leaky_relu",
    "Layer 2: slope": 0.2,
    "Initialiser": "orthogonal",
    "Gain": 1.5,
    "Bias initialiser": "uniform",
    "Biases: scale": 0.25,
    "Optimiser": "adam",
    "Beta 1": 0.8,
    "Beta 2": 0.99,
    "Epsilon": 1e-6,
    "Learning-rate schedule": "warm_up",
    "Epochs": 7,
    "Then": "cosine",
    "Then: epochs": 70,
    "Then: floor": 0.1,
    "L1": 0.01,
    "One dropout per layer": True,
    "Dropout, layer 1": 0.1,
    "Dropout, layer 2": 0.2,
    "Clip the gradient": True,
    "Longest gradient": 2.5,
    "Early stopping": True,
    "Patience": 400,
    "Min improvement": 1e-3,
    "Loss": "softmax_cross_entropy",
    "Precision": "float32",
}
