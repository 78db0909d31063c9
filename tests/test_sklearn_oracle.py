"""scikit-learn as the judge: from the same starting weights, the same steps, to the last digits."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from dnn import Data, Experiment, Params, advance, init_params, start
from dnn.initializers import GlorotUniform
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError, SoftmaxCrossEntropy
from dnn.optimizers import SGD
from dnn.training import Run
from dnn.workspace import Workspace
from tests.strategies import examples

THEIR_NAME = {"linear": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
TASKS: dict[str, tuple[type[MLPClassifier] | type[MLPRegressor], Loss, int]] = {
    "binary": (MLPClassifier, BinaryCrossEntropy(), 1),
    "multiclass": (MLPClassifier, SoftmaxCrossEntropy(), 3),
    "regression": (MLPRegressor, MeanSquaredError(), 1),
    "regression of two numbers": (MLPRegressor, MeanSquaredError(), 2),
}
M, INPUTS = 40, 3


def our_run(task: str, activation: str, hidden: tuple[int, ...], rate: float, l2: float) -> Run:
    """A run from weights with nonzero biases."""
    _, loss, outputs = TASKS[task]
    X, y = examples(loss, M, INPUTS, outputs, seed=4)
    params = init_params((INPUTS, *hidden, outputs), GlorotUniform(), 5)
    for _, b in params:
        b[...] = np.random.default_rng(6).uniform(-0.5, 0.5, b.shape)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": hidden, "activation": activation},
        training={"learning_rate": rate, "l2": l2, "batch_size": "full"},
    )
    return start(experiment, data=Data.split(X, y, task=task.split()[0]), params=params)


class Oracle:
    """An MLP of scikit-learn with given weights, which takes plain gradient steps over batches in the order given."""

    def __init__(self, task: str, activation: str, params: Params, rate: float, l2: float, batch_size: int = M) -> None:
        kind, loss, outputs = TASKS[task]
        self.net = kind(
            hidden_layer_sizes=params.sizes[1:-1],
            activation=THEIR_NAME[activation],
            solver="sgd",
            alpha=l2,
            batch_size=batch_size,
            learning_rate_init=rate,
            momentum=0.0,
            nesterovs_momentum=False,
            shuffle=False,
        )
        self.step(*examples(loss, M, INPUTS, outputs, seed=4))  # makes its arrays, which are then overwritten
        self.net.coefs_ = [W.copy() for W, _ in params]
        self.net.intercepts_ = [b.copy() for _, b in params]

    def step(self, X: np.ndarray, y: np.ndarray) -> None:
        """One pass over the examples."""
        if isinstance(self.net, MLPRegressor):
            self.net.partial_fit(X, y.ravel() if y.shape[1] == 1 else y)
        elif y.shape[1] == 1:
            self.net.partial_fit(X, y.ravel(), classes=[0, 1])
        else:
            self.net.partial_fit(X, y.argmax(axis=1), classes=range(y.shape[1]))

    def furthest(self, layers: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
        """The largest difference of any weight or bias from those of ``layers``."""
        theirs = zip(self.net.coefs_, self.net.intercepts_, strict=True)
        return max(
            float(np.abs(ours - their).max())
            for ours_of_layer, theirs_of_layer in zip(layers, theirs, strict=True)
            for ours, their in zip(ours_of_layer, theirs_of_layer, strict=True)
        )


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize(("activation", "hidden"), [("tanh", ()), *((name, (6, 4)) for name in THEIR_NAME)], ids=str)
@pytest.mark.parametrize("task", TASKS)
def test_fifty_full_batch_steps_give_scikit_learns_weights(
    task: str, activation: str, hidden: tuple[int, ...], l2: float
) -> None:
    run = our_run(task, activation, hidden, rate=0.1, l2=l2)
    oracle = Oracle(task, activation, run.params, rate=0.1, l2=l2)
    assert oracle.furthest(run.params) == 0.0
    for _ in range(50):
        oracle.step(run.data.X, run.data.y)
    trained = advance(run, 50)
    assert oracle.furthest(run.params) > 0.01  # the steps lead somewhere
    assert oracle.furthest(trained.params) <= 1e-12
    theirs = oracle.net.predict_proba(run.data.X) if hasattr(oracle.net, "classes_") else oracle.net.predict(run.data.X)
    np.testing.assert_allclose(trained.predict_proba(run.data.X), theirs.reshape(M, -1), rtol=0, atol=1e-12)
    np.testing.assert_allclose(trained.predict(run.data.X).ravel(), oracle.net.predict(run.data.X).ravel(), atol=1e-12)


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("task", TASKS)
def test_mini_batches_with_a_smaller_last_one_give_scikit_learns_weights(task: str, l2: float) -> None:
    run = our_run(task, "tanh", (6, 4), rate=0.05, l2=l2)
    oracle = Oracle(task, "tanh", run.params, rate=0.05, l2=l2, batch_size=7)
    space = Workspace(run.params, run.network, [run.data], 7, [3])
    for epoch in range(20):
        space.train_epoch(epoch, SGD(), (), 0.05, l2)
        X1, y = (np.concatenate([batch[part] for batch in space.batches]) for part in (0, 1))  # in the epoch's order
        oracle.step(X1[:, :-1], y)
    assert oracle.furthest(run.params) > 0.01
    assert oracle.furthest(space.params) <= 1e-12


@pytest.mark.parametrize("task", TASKS)
def test_the_cost_is_scikit_learns_loss(task: str) -> None:
    run = our_run(task, "tanh", (5,), rate=0.1, l2=0.0)
    oracle = Oracle(task, "tanh", run.params, rate=0.1, l2=0.0)
    oracle.step(run.data.X, run.data.y)
    theirs = oracle.net.loss_ * (2 if task == "regression of two numbers" else 1)  # theirs is a mean over the outputs
    assert run.history["train_cost"][0] == pytest.approx(theirs, rel=1e-12)
