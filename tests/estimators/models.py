"""Data and models that the tests of the estimators have in common, and what scikit-learn makes of them."""

from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from dnn import DNNClassifier, DNNRegressor

M, INPUTS = 40, 3
rng = np.random.default_rng(0)
X = rng.standard_normal((M, INPUTS))
NUMBERS = np.arange(M) % 3  # three classes; the first two are the two
TARGETS: dict[str, np.ndarray] = {
    "two classes": np.array(["no", "yes"])[NUMBERS % 2],
    "three classes": np.array(["ant", "bee", "cat"])[NUMBERS],
    "one number": rng.standard_normal(M),
    "two numbers": rng.standard_normal((M, 2)),
}
BOTH = [DNNClassifier, DNNRegressor]
Estimator = DNNClassifier | DNNRegressor


def ours_for(task: str, **params: Any) -> Estimator:
    return (DNNClassifier if "classes" in task else DNNRegressor)(**({"random_state": 1} | params))


def weights_of(model: Any) -> np.ndarray:
    """All weights and biases in one row."""
    return np.concatenate([part.ravel() for part in [*model.coefs_, *model.intercepts_]])


def starting_weights(task: str, hidden: tuple[int, ...] = (5, 4)) -> tuple[list[np.ndarray], list[np.ndarray]]:
    outputs = {"two classes": 1, "three classes": 3, "one number": 1, "two numbers": 2}[task]
    draw = np.random.default_rng(7)
    sizes = (INPUTS, *hidden, outputs)
    coefs = [draw.uniform(-0.7, 0.7, (n_in, n_out)) for n_in, n_out in pairwise(sizes)]
    return coefs, [draw.uniform(-0.5, 0.5, n_out) for n_out in sizes[1:]]


def trained_by_scikit_learn(
    task: str, epochs: int, *, l2: float, sample_weight: np.ndarray | None = None
) -> MLPClassifier | MLPRegressor:
    """An MLP with our starting weights after ``epochs`` plain gradient steps."""
    net = (MLPClassifier if "classes" in task else MLPRegressor)(
        hidden_layer_sizes=(5, 4),
        activation="tanh",
        solver="sgd",
        alpha=l2,
        batch_size=M,
        learning_rate_init=0.1,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
    )
    y = TARGETS[task]
    classes = {"classes": np.unique(y)} if "classes" in task else {}
    net.partial_fit(X, y, **classes)  # makes its arrays, which are then overwritten
    coefs, intercepts = starting_weights(task)
    net.coefs_, net.intercepts_, net.loss_curve_ = coefs, intercepts, []
    for _ in range(epochs):
        net.partial_fit(X, y, sample_weight=sample_weight)
    return net


def trained_by_us(task: str, epochs: int, *, l2: float, sample_weight: np.ndarray | None = None) -> Estimator:
    coefs, intercepts = starting_weights(task)
    model = ours_for(task, hidden_layer_sizes=(5, 4), learning_rate=0.1, batch_size="full", epochs=epochs, l2=l2)
    return model.fit(X, TARGETS[task], sample_weight, coefs_init=coefs, intercepts_init=intercepts)
