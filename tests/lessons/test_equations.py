"""The equations of the lessons: their code exists, and their numbers are the engine's."""

from pathlib import Path

import numpy as np
import pytest

import dnn
from dnn.activations import ReLU, Sigmoid
from dnn.components import Array
from dnn.data import Data
from dnn.dropout import draw_masks
from dnn.initializers import GlorotNormal, HeNormal
from dnn.lessons.recipes import MOONS, experiment_of
from dnn.losses import BinaryCrossEntropy, Softmax, SoftmaxCrossEntropy
from dnn.network import backward, forward
from dnn.optimizers import Adam, Momentum
from dnn.reference import Layers, ReferenceNetwork
from dnn.schedules import Cosine
from dnn.training import advance, start
from tests.lessons.equation_table import EQUATIONS

PACKAGE = Path(dnn.__file__).parent
WITHOUT_CODE = {"DIVIDED"}  # the form that the project does not use
rng = np.random.default_rng(7)
m = 6
X, y = rng.normal(size=(m, 2)), (np.arange(m) % 2).astype(float)[:, None]
LAYERS: Layers = [(rng.normal(size=(2, 4)), rng.normal(size=4)), (rng.normal(size=(4, 1)), rng.normal(size=1))]
REFERENCE = ReferenceNetwork()  # tanh


def sigma(z: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-z))


@pytest.mark.parametrize("name", EQUATIONS)
def test_its_lines_stand_in_the_code(name: str) -> None:
    equation = EQUATIONS[name]
    lines = [line.partition("  # ")[0].strip() for line in (PACKAGE / equation.file).read_text("utf-8").splitlines()]
    assert [line for line in equation.code if line not in lines] == []
    assert bool(equation.code) == (name not in WITHOUT_CODE)


# What the equations say, with numbers.


def test_neuron_and_cross_entropy() -> None:
    w, b = rng.normal(size=(2, 1)), 0.3
    z = X @ w + b
    answer = sigma(w[0] * X[:, :1] + w[1] * X[:, 1:] + b)
    assert np.allclose(answer, REFERENCE.sigmoid(z), atol=1e-15)
    losses = -(y * np.log(answer) + (1 - y) * np.log(1 - answer))
    assert np.isclose(losses.mean(), REFERENCE.cost(z, y), atol=1e-15)
    assert np.allclose(losses[:, 0], BinaryCrossEntropy().per_example(z, y), atol=1e-15)
    assert np.allclose(losses, np.where(y == 1, -np.log(answer), -np.log(1 - answer)), atol=1e-15)
    from_sums = np.maximum(0, z) + np.log(1 + np.exp(-np.abs(z))) - y * z
    assert np.allclose(losses, from_sums, atol=1e-15)
    ((dw, db),) = REFERENCE.backward([(w, np.array([b]))], X, y)
    assert np.allclose(dw[:, 0], ((answer - y) * X).sum(axis=0) / m, atol=1e-15)
    assert np.allclose(db, (answer - y).sum() / m, atol=1e-15)


def test_softmax_and_its_cost() -> None:
    z, classes = rng.normal(size=(m, 3)), np.arange(m) % 3
    answer = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert np.allclose(answer, Softmax().value(z), atol=1e-15)
    losses = -(np.eye(3)[classes] * np.log(answer)).sum(axis=1)
    assert np.allclose(losses, -np.log(answer[np.arange(m), classes]), atol=1e-15)
    assert np.allclose(losses, SoftmaxCrossEntropy().per_example(z, np.eye(3)[classes]), atol=1e-14)
    two = Softmax().value(z[:, :2])
    assert np.allclose(two[:, 1], sigma(z[:, 1] - z[:, 0]), atol=1e-15)


def test_two_layers_forward_and_backward() -> None:
    (W1, b1), (W2, b2) = LAYERS
    A1 = np.tanh(X @ W1 + b1)
    answer = sigma(A1 @ W2 + b2)
    dZ2 = (answer - y) / m
    dZ1 = (dZ2 @ W2.T) * (1 - A1 * A1)
    _, As = REFERENCE.forward(LAYERS, X)
    assert np.allclose(As[0], A1, atol=1e-15)
    assert np.allclose(As[1], answer, atol=1e-15)
    gradients = REFERENCE.backward(LAYERS, X, y)
    for (dW, db), wanted_W, dZ in zip(gradients, (X.T @ dZ1, A1.T @ dZ2), (dZ1, dZ2), strict=True):
        assert np.allclose(dW, wanted_W, atol=1e-15)
        assert np.allclose(db, dZ.sum(axis=0), atol=1e-15)
    updated = REFERENCE.update(LAYERS, gradients, 0.1)
    assert np.allclose(updated[0][0], W1 - 0.1 * gradients[0][0], atol=1e-15)
    assert np.allclose(updated[0][1], b1 - 0.1 * gradients[0][1], atol=1e-15)


def test_a_division_by_the_answer_comes_to_a_difference() -> None:
    answer = sigma(rng.normal(size=(m, 1)))
    dA = -(y / answer - (1 - y) / (1 - answer))
    assert np.allclose(dA * answer * (1 - answer), answer - y, atol=1e-14)


def test_slopes_of_sigmoid_and_relu() -> None:
    z = np.linspace(-5.0, 5.0, 1001)
    slope = Sigmoid().derivative(z, sigma(z))
    assert np.allclose(slope, sigma(z) * (1 - sigma(z)), atol=1e-15)
    assert slope.max() == 0.25
    relu = ReLU()
    assert np.array_equal(relu.value(z), np.array([max(0.0, each) for each in z]))
    assert np.array_equal(relu.derivative(z, relu.value(z)), np.where(z > 0, 1.0, 0.0))


def test_he_and_xavier_and_the_reason() -> None:
    """In a wide layer: the variances, and that a signal keeps its size through ReLU."""
    n_in, n_out = 400, 300
    W = HeNormal().draw(rng, n_in, n_out)
    assert np.isclose(W.var(), 2 / n_in, rtol=0.02)
    assert np.isclose(GlorotNormal().draw(rng, n_in, n_out).var(), 2 / (n_in + n_out), rtol=0.02)
    a = np.maximum(0.0, rng.normal(size=(500, n_in)))
    z = a @ W
    mean_square = np.mean(a**2)
    assert np.isclose(z.var(), n_in * W.var() * mean_square, rtol=0.05)
    assert np.isclose(np.mean(np.maximum(0.0, z) ** 2), z.var() / 2, rtol=0.05)
    assert np.isclose(np.mean(np.maximum(0.0, z) ** 2), mean_square, rtol=0.05)
    assert ReferenceNetwork(kinks=(0.0,)).spread(n_in) == np.sqrt(2 / n_in)


def test_momentum_by_hand() -> None:
    momentum, alpha, beta = Momentum(), 0.1, 0.9
    W, v = np.array([1.0, -2.0]), np.zeros(2)
    state, engine = momentum.init(W), W.copy()
    for dW in ([0.5, 1.0], [0.25, -1.0], [2.0, 0.0]):
        v = beta * v + np.array(dW)
        W = W - alpha * v
        step, state = momentum.update(np.array(dW), state, alpha)
        engine = engine + step
    assert np.allclose(engine, W, atol=1e-15)


def test_adam_by_hand() -> None:
    adam, alpha, beta1, beta2, epsilon = Adam(), 0.1, 0.9, 0.999, 1e-8
    W, mean, squares = np.array([1.0, -2.0]), np.zeros(2), np.zeros(2)
    state, engine = adam.init(W), W.copy()
    for t, dW in enumerate(([0.5, 1.0], [0.25, -1.0], [2.0, 0.01]), start=1):
        g = np.array(dW)
        mean = beta1 * mean + (1 - beta1) * g
        squares = beta2 * squares + (1 - beta2) * g**2
        W = W - alpha * (mean / (1 - beta1**t)) / (np.sqrt(squares / (1 - beta2**t)) + epsilon)
        step, state = adam.update(g, state, alpha)
        engine = engine + step
    assert np.allclose(engine, W, atol=1e-15)


def test_l2_by_numeric_differences_and_in_an_update() -> None:
    """The gradient's term is the slope of the cost's, for weights and not for biases; so the engine updates them."""
    run = start(experiment_of(MOONS, (3,), training={"l2": 0.7, "learning_rate": 0.5, "batch_size": None}))
    X, y = run.data.X_train, run.data.y_train
    strength, m = 0.7, len(X)
    plain = backward(run.params, forward(run.params, X), y)
    after = advance(run, 1)
    for (W, b), (dW, db), (W1, b1) in zip(run.params, plain, after.params, strict=True):
        term, h = np.zeros_like(W), 1e-6
        for place in np.ndindex(W.shape):
            up, down = W.copy(), W.copy()
            up[place] += h
            down[place] -= h
            term[place] = strength / (2 * m) * ((up**2).sum() - (down**2).sum()) / (2 * h)
        assert np.allclose(term, strength / m * W, atol=1e-9)
        assert np.allclose(W1, W - 0.5 * (dW + strength / m * W), atol=1e-14)
        assert np.allclose(b1, b - 0.5 * db, atol=1e-14)


def test_inverted_dropout_keeps_the_mean() -> None:
    p, ones = 0.4, np.ones((400, 100))
    masks = [np.empty_like(ones)]
    draw_masks(np.random.default_rng(3), masks, [p])
    M = masks[0] > 0
    assert np.allclose(masks[0], M / (1 - p), atol=1e-15)
    assert np.isclose(M.mean(), 1 - p, atol=0.01)
    assert np.isclose((ones * M / (1 - p)).mean(), 1.0, atol=0.02)
    mask = M[:m, :4] / (1 - p)
    trace = forward(LAYERS, X, masks=[mask])
    dropped = np.tanh(X @ LAYERS[0][0] + LAYERS[0][1]) * M[:m, :4] / (1 - p)
    assert np.allclose(trace.a[0], dropped, atol=1e-15)
    dA = ((sigma(dropped @ LAYERS[1][0] + LAYERS[1][1]) - y) / m) @ LAYERS[1][0].T * M[:m, :4] / (1 - p)
    dZ = dA * (1 - np.tanh(X @ LAYERS[0][0] + LAYERS[0][1]) ** 2)
    assert np.allclose(backward(LAYERS, trace, y)[0][0], X.T @ dZ, atol=1e-15)


def test_a_gradient_is_the_mean_of_those_of_single_examples() -> None:
    """So the gradient of a mini-batch is that of some of the examples."""
    batch = [1, 2, 5]
    whole = REFERENCE.backward(LAYERS, X[batch], y[batch])
    single = [REFERENCE.backward(LAYERS, X[[i]], y[[i]]) for i in batch]
    for layer, (dW, _) in enumerate(whole):
        assert np.allclose(dW, sum(each[layer][0] for each in single) / len(batch), atol=1e-15)


def test_cosine_schedule() -> None:
    schedule, n = Cosine(epochs=150), 150
    for e in (0, 1, 75, 149, 150):
        assert np.isclose(schedule.rate(0.3, e), 0.3 * (1 + np.cos(np.pi * e / n)) / 2, atol=1e-15)


def test_standardising() -> None:
    mean, deviation = REFERENCE.scales(X)
    raw = Data(X=X, y=y, n_train=m, task="binary")
    assert np.allclose(raw.standardized("each").X, (X - mean) / deviation, atol=1e-14)
