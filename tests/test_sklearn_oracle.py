"""scikit-learn as the judge: from the same starting weights, the same steps, to the last digits."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.utils.class_weight import compute_sample_weight

from dnn import Data, Experiment, Params, Run, advance, init_params, start
from dnn.components import Array
from dnn.initializers import GlorotUniform
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError, SoftmaxCrossEntropy
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer
from tests.strategies import examples

THEIR_NAME = {"linear": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
TASKS: dict[str, tuple[type[MLPClassifier] | type[MLPRegressor], Loss, int]] = {
    "binary": (MLPClassifier, BinaryCrossEntropy(), 1),
    "multiclass": (MLPClassifier, SoftmaxCrossEntropy(), 3),
    "regression": (MLPRegressor, MeanSquaredError(), 1),
    "regression of two numbers": (MLPRegressor, MeanSquaredError(), 2),
}
M, INPUTS = 40, 3

# Our optimisers in scikit-learn's words. It adds Adam's ε to √v before the correction; so tiny, it does not matter.
SOLVERS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "sgd": ({"kind": "sgd"}, {"momentum": 0.0}),
    "momentum": ({"kind": "momentum", "beta": 0.8}, {"momentum": 0.8, "nesterovs_momentum": False}),
    "nesterov": ({"kind": "nesterov", "beta": 0.9}, {"momentum": 0.9, "nesterovs_momentum": True}),
    "adam": (
        {"kind": "adam", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-16},
        {"solver": "adam", "beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-16},
    ),
}
WEIGHTS = np.random.default_rng(8).uniform(0.0, 3.0, M)


def our_run(
    task: str,
    activation: str,
    hidden: tuple[int, ...],
    rate: float,
    l2: float,
    solver: str = "sgd",
    weights: Array | None = None,
) -> Run:
    """A run from weights with nonzero biases, which measures the costs of batches, as scikit-learn does."""
    _, loss, outputs = TASKS[task]
    X, y = examples(loss, M, INPUTS, outputs, seed=4)
    params = init_params((INPUTS, *hidden, outputs), GlorotUniform(), 5)
    for _, b in params:
        b[...] = np.random.default_rng(6).uniform(-0.5, 0.5, b.shape)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": hidden, "activation": activation},
        training={"optimizer": SOLVERS[solver][0], "learning_rate": rate, "l2": l2, "batch_size": "full"},
    )
    data = Data.split(X, y, task=task.split()[0], weights=weights)
    return start(experiment, data=data, params=params, measure="batches")


class Oracle:
    """An MLP of scikit-learn with given weights, which passes over batches in the order given."""

    def __init__(
        self,
        task: str,
        activation: str,
        params: Params,
        rate: float,
        l2: float,
        batch_size: int = M,
        solver: str = "sgd",
    ) -> None:
        kind, loss, outputs = TASKS[task]
        self.net = kind(
            **({"solver": "sgd"} | SOLVERS[solver][1]),
            hidden_layer_sizes=params.sizes[1:-1],
            activation=THEIR_NAME[activation],
            alpha=l2,
            batch_size=batch_size,
            learning_rate_init=rate,
            shuffle=False,
        )
        self.step(*examples(loss, M, INPUTS, outputs, seed=4))  # makes its arrays, which are then overwritten
        self.net.coefs_ = [W.copy() for W, _ in params]
        self.net.intercepts_ = [b.copy() for _, b in params]
        self.net.loss_curve_ = []
        del self.net._optimizer  # it is made anew, with velocities of zero

    def step(self, X: Array, y: Array, weights: Array | None = None) -> None:
        """One pass over the examples."""
        if isinstance(self.net, MLPRegressor):
            self.net.partial_fit(X, y.ravel() if y.shape[1] == 1 else y, sample_weight=weights)
        elif y.shape[1] == 1:
            self.net.partial_fit(X, y.ravel(), classes=[0, 1], sample_weight=weights)
        else:
            self.net.partial_fit(X, y.argmax(axis=1), classes=range(y.shape[1]), sample_weight=weights)

    def furthest(self, layers: Sequence[tuple[Array, Array]]) -> float:
        """The largest difference of any weight or bias from those of ``layers``."""
        theirs = zip(self.net.coefs_, self.net.intercepts_, strict=True)
        return max(
            float(np.abs(ours - their).max())
            for ours_of_layer, theirs_of_layer in zip(layers, theirs, strict=True)
            for ours, their in zip(ours_of_layer, theirs_of_layer, strict=True)
        )


@pytest.mark.parametrize(("activation", "hidden"), [("tanh", ()), *((name, (6, 4)) for name in THEIR_NAME)], ids=str)
@pytest.mark.parametrize("task", TASKS)
def test_fifty_full_batch_steps_give_scikit_learns_weights(task: str, activation: str, hidden: tuple[int, ...]) -> None:
    run = our_run(task, activation, hidden, rate=0.1, l2=0.0)
    oracle = Oracle(task, activation, run.params, rate=0.1, l2=0.0)
    assert oracle.furthest(run.params) == 0.0
    for _ in range(50):
        oracle.step(run.data.X, run.data.y)
    trained = advance(run, 50)
    assert oracle.furthest(run.params) > 0.01  # the steps lead somewhere
    assert oracle.furthest(trained.params) <= 1e-12
    theirs = oracle.net.predict_proba(run.data.X) if hasattr(oracle.net, "classes_") else oracle.net.predict(run.data.X)
    np.testing.assert_allclose(trained.predict_proba(run.data.X), theirs.reshape(M, -1), rtol=0, atol=1e-12)
    np.testing.assert_allclose(trained.predict(run.data.X).ravel(), oracle.net.predict(run.data.X).ravel(), atol=1e-12)


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["plain", "weighted"])
@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("task", TASKS)
def test_thirty_steps_of_every_optimiser_they_have_give_their_weights_and_costs(
    task: str, solver: str, weights: Array | None
) -> None:
    rate, l2 = (0.02, 0.0 if task == "regression of two numbers" else 0.5)
    run = our_run(task, "tanh", (6, 4), rate, l2, solver, weights)
    oracle = Oracle(task, "tanh", run.params, rate, l2, solver=solver)
    for _ in range(30):
        oracle.step(run.data.X, run.data.y, weights)
    trained = advance(run, 30)
    assert oracle.furthest(run.params) > 0.01
    assert oracle.furthest(trained.params) <= 1e-10
    np.testing.assert_allclose(trained.history["train_cost"][1:], curve(oracle, task), rtol=1e-10)


def curve(oracle: Oracle, task: str) -> Array:
    """Their cost of each epoch. Of two outputs they take the mean where we take the sum, though not in the gradient."""
    return np.array(oracle.net.loss_curve_) * (2 if task == "regression of two numbers" else 1)


def in_order(space: Trainer) -> tuple[Array, Array, Array | None]:
    """Inputs, targets and weights of the training examples, as the epoch had them."""
    X_ones, y = (np.concatenate([batch[part] for batch in space.batches]) for part in (0, 1))
    weights = np.concatenate([batch.weights for batch in space.batches])[:, 0] if space.batches.weighted else None
    return X_ones[:, :-1], y, weights


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["plain", "weighted"])
@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("task", TASKS)
def test_mini_batches_with_a_smaller_last_one_give_scikit_learns_weights(
    task: str, solver: str, weights: Array | None
) -> None:
    run = our_run(task, "tanh", (6, 4), 0.01, 0.5, solver, weights)
    oracle = Oracle(task, "tanh", run.params, 0.01, 0.5, batch_size=7, solver=solver)
    space = Trainer(run.params, run.network, [run.data], 7, [3])
    hyperparameters, state = Hyperparameters([run.experiment.training], 2, np.float64), run.state
    for epoch in range(10):
        state = space.train_epoch(epoch, hyperparameters, state)
        oracle.step(*in_order(space))
    assert oracle.furthest(run.params) > 0.01
    assert oracle.furthest(space.params) <= 1e-10


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_cost_of_an_epoch_of_mini_batches_is_scikit_learns_loss(task: str, l2: float) -> None:
    run = our_run(task, "tanh", (6, 4), 0.05, l2)
    oracle = Oracle(task, "tanh", run.params, 0.05, l2, batch_size=7)
    space = Trainer(run.params, run.network, [run.data], 7, [3], batch_costs=True)
    for epoch in range(5):
        space.train_epoch(epoch, Hyperparameters([run.experiment.training], 2, np.float64), ())
        oracle.step(*in_order(space))
        assert space.epoch_cost == pytest.approx(oracle.net.loss_, rel=1e-12)


@pytest.mark.parametrize("task", TASKS)
def test_the_cost_is_scikit_learns_loss(task: str) -> None:
    run = our_run(task, "tanh", (5,), rate=0.1, l2=0.0)
    oracle = Oracle(task, "tanh", run.params, rate=0.1, l2=0.0)
    oracle.step(run.data.X, run.data.y)
    examples_cost = start(run.experiment, data=run.data, params=run.params).history["train_cost"][0]
    assert examples_cost == pytest.approx(curve(oracle, task)[0], rel=1e-12)


def test_balanced_weights_are_scikit_learns() -> None:
    labels = np.array([0, 2, 2, 1, 2, 0, 2, 2])
    data = Data.split(np.zeros((8, 1)), labels).balanced()
    np.testing.assert_allclose(data.weights, compute_sample_weight("balanced", labels), rtol=1e-15)
