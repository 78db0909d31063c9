"""The network as a tutorial writes it computes what the engine computes, over whole runs."""

import ast
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import dnn.reference
from dnn import ACTIVATIONS, Data, Experiment, advance, start
from dnn.mistakes import network_with
from dnn.reference import ReferenceNetwork

EPOCHS, RATE, M = 60, 0.1, 40
DEPTHS = [(), (5,), (6, 4), (5, 4, 3, 3)]


@pytest.mark.parametrize("hidden", DEPTHS, ids=str)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_whole_run_is_the_engines(name: str, hidden: tuple[int, ...]) -> None:
    rng = np.random.default_rng([3, len(hidden)])
    X = rng.standard_normal((M, 3))
    y = (X[:, :1] * X[:, 1:2] + 0.3 * X[:, 2:] > 0).astype(float)
    network = network_with(ReferenceNetwork, ACTIVATIONS[name](kind=name))
    layers = network.start((3, *hidden, 1), M, rng)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": hidden, "activation": name},
        training={"learning_rate": RATE, "batch_size": "full"},
    )
    run = advance(start(experiment, data=Data(X, y, M, "binary"), params=layers), EPOCHS)
    trained, costs = network.train(layers, X, y, RATE, EPOCHS)
    np.testing.assert_allclose(run.history["train_cost"], costs, rtol=1e-12)
    for (W, b), (expected_W, expected_b) in zip(run.params, trained, strict=True):
        np.testing.assert_allclose(W, expected_W, rtol=0, atol=1e-12)
        np.testing.assert_allclose(b, expected_b, rtol=0, atol=1e-12)
    answers = run.predict_proba(X)[:, 1:]
    np.testing.assert_allclose(answers, network.forward(trained, X)[1][-1], rtol=0, atol=1e-12)


def test_the_default_is_tanh_and_starts_near_one() -> None:
    network, rng = ReferenceNetwork(), np.random.default_rng(0)
    sizes = (200, 300, 1)
    for (W, b), (n_in, n_out) in zip(network.start(sizes, 7, rng), pairwise(sizes), strict=True):
        assert W.shape == (n_in, n_out)
        assert W.std() == pytest.approx(n_in**-0.5, rel=0.2)
        assert not b.any()
    Z = rng.standard_normal((4, 3))
    np.testing.assert_array_equal(network.g(Z), np.tanh(Z))
    np.testing.assert_allclose(network.g_slope(Z, np.tanh(Z)), 1 / np.cosh(Z) ** 2, rtol=1e-12)


def test_it_needs_numpy_and_nothing_else() -> None:
    tree = ast.parse(Path(dnn.reference.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"__future__", "collections.abc", "itertools", "typing", "numpy", "numpy.typing"}
