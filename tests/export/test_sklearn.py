"""The snippets for scikit-learn and for this project's estimators run and come to the same as the run."""

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dnn import (
    EXPORTS,
    Experiment,
    Run,
    advance,
    start,
)
from dnn.data.names import Names
from dnn.datasets.custom_data import CustomData
from tests.export.runs import EVERY, TASKS, frozen, prices, trained
from tests.export.scripts import execute


def vector_of(network: Any) -> np.ndarray:
    layers = zip(network.coefs_, network.intercepts_, strict=True)
    return np.concatenate([part.ravel() for layer in layers for part in layer])


@pytest.mark.parametrize("name", EVERY)
def test_our_estimator_runs(name: str, recwarn: pytest.WarningsRecorder) -> None:
    run = trained(**EVERY[name])
    printed, names = execute(EXPORTS["sklearn"](run).decode())
    assert "train" in printed
    if run.experiment.training.batch_size is None:  # there is no order of examples
        np.testing.assert_allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
def test_scikit_learns_own_comes_to_the_same_weights(activation: str, optimizer: str) -> None:
    training = {"optimizer": optimizer, "batch_size": "full", "l2": 0.2}
    for dataset in TASKS.values():
        weights = "equal" if dataset == "bumps" else "balanced"
        data = {"dataset": dataset, "weights": weights, "class_balance": 1.0 if dataset == "bumps" else 0.4}
        run = trained(50, data=data, network={"activation": activation}, training=training)
        assert (run.data.weights is None) == (dataset == "bumps")
        source = EXPORTS["mlp"](run).decode()
        _, names = execute(source)
        np.testing.assert_allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-9)
        assert "stand" not in source


@pytest.mark.parametrize("name", EVERY)
def test_scikit_learns_own_runs_and_says_what_it_cannot(name: str) -> None:
    run = trained(**EVERY[name])
    source = EXPORTS["mlp"](run).decode()
    execute(source)
    said = ast.get_docstring(ast.parse(source))
    cannot = {
        "activation gelu": "gelu",
        "optimiser rmsprop": "Adam stands in",
        "schedule cosine": "cosine",
        "loss huber": "huber",
        "clipping": "clipping",
        "penalties": "L1",
        "class weights": "1.7 or newer, which lets examples count",
    }
    assert cannot.get(name, "") in (said or "")


SAME = "the weights agree with those of the playground"
FIXED = "Numbers that were fixed in the playground learn here."
OTHERWISE = "Settings or numbers were changed while the run"


@pytest.mark.parametrize(
    ("training", "later", "agrees"),
    [
        ({"batch_size": "full"}, None, True),
        ({"batch_size": 10}, None, False),
        ({"batch_size": "full", "dropout": 0.3}, None, False),
        ({"batch_size": "full"}, frozen, False),
        ({"batch_size": "full"}, lambda run: advance(run.with_params(run.params.vector * 1.5), 5), False),
    ],
    ids=["one batch", "batches", "dropout", "frozen", "changed"],
)
def test_our_estimators_snippet_promises_the_same_weights_where_they_are(
    training: dict[str, Any], later: Callable[[Run], Run] | None, agrees: bool
) -> None:
    run = trained(training=training)
    run = later(run) if later else run
    source = EXPORTS["sklearn"](run).decode()
    _, names = execute(source)
    same = np.allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-12)
    assert same == agrees == (SAME in " ".join(source.split()))


@pytest.mark.parametrize("format", ["sklearn", "mlp"])
@pytest.mark.parametrize(("rows", "scores"), [(1, []), (2, []), (3, ["train"]), (4, ["train"]), (5, ["train", "test"])])
def test_r2_is_asked_for_where_there_are_two_examples(format: str, rows: int, scores: list[str]) -> None:
    """Of one example it has no value, which scikit-learn warns of."""
    X = np.random.default_rng(0).normal(size=(rows, 2))
    own = CustomData.of(X, X[:, 0], Names.from_headings(("a", "b")))
    data = {"dataset": own, "test_share": 0.3}
    run = advance(start(Experiment.of(data=data, network={"hidden_layer_sizes": (3,)})), 3)
    printed, _ = execute(EXPORTS[format](run).decode())
    assert [line.split()[0] for line in printed.splitlines()] == scores


@pytest.mark.parametrize("format", ["sklearn", "mlp"])
def test_estimators_answer_in_the_units_of_the_target(format: str) -> None:
    experiment = Experiment.of(training={"batch_size": "full", "learning_rate": 0.1}, network={"activation": "tanh"})
    run = advance(start(experiment, data=prices()), 60)
    _, names = execute(EXPORTS[format](run).decode())
    np.testing.assert_allclose(names["answers"], run.predict(run.data.points), rtol=1e-9)
