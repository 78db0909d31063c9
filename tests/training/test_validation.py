"""A run with a validation set: it equals the run on its training examples alone, and early stopping watches the set."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dnn import Data, Experiment, advance, advance_many, start
from dnn.data import data as data_module
from dnn.network import forward
from dnn.training import Workspace, advance_batch
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS, History
from dnn.training.metrics import evaluate

SMALL: dict[str, Any] = {"samples": 60, "test_share": 0.25, "validation_share": 0.3}


def experiment(data: dict[str, Any] | None = None, **training: Any) -> Experiment:
    network = {"hidden_layer_sizes": (5,)}
    return Experiment.of(data={**SMALL, **(data or {})}, network=network, training={"learning_rate": 0.1, **training})


def only_training(data: Data) -> Data:
    """The training examples alone, in their order, and how they are scaled."""
    n = data.n_train
    rows = {name: array[:n] for name in data_module.PER_EXAMPLE if (array := getattr(data, name)) is not None}
    return replace(data, **rows, n_validation=0)


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "mini-batches": ({}, {"batch_size": 7}),
    "full batch": ({}, {"batch_size": None}),
    "dropout": ({}, {"dropout": 0.3, "batch_size": 7}),
    "classes": ({"dataset": "blobs", "weights": "balanced"}, {"optimizer": "adam"}),
    "numbers": ({"dataset": "plane", "standardize": "each", "standardize_target": True}, {"l2": 0.1}),
    "table": ({"dataset": "iris"}, {}),
}


@pytest.mark.parametrize(("data", "training"), CASES.values(), ids=CASES)
def test_the_weights_are_those_of_a_run_on_the_training_examples_alone(
    data: dict[str, Any], training: dict[str, Any]
) -> None:
    run = advance(start(experiment(data, **training)), 30)
    assert run.data.n_validation > 0
    alone = advance(start(run.experiment, data=only_training(run.data)), 30)
    np.testing.assert_array_equal(run.params.vector, alone.params.vector)
    np.testing.assert_array_equal(run.history["gradient_norm"], alone.history["gradient_norm"])
    np.testing.assert_allclose(run.history["train_cost"], alone.history["train_cost"], rtol=1e-12)


@pytest.mark.parametrize(("data", "training"), CASES.values(), ids=CASES)
def test_validation_and_test_cost_are_those_of_their_examples(data: dict[str, Any], training: dict[str, Any]) -> None:
    run = advance(start(experiment(data, **training)), 10)
    d = run.data
    logits = forward(run.params, d.X, run.network).logits
    for part, rows in (
        ("train", slice(0, d.n_train)),
        ("validation", slice(d.n_train, d.first_test)),
        ("test", slice(d.first_test, None)),
    ):
        weights = None if d.weights is None else d.weights[rows]
        found = evaluate(run.network.loss, logits[rows], d.targets[rows], len(logits[rows]), weights)
        assert run.latest[f"{part}_cost"] == pytest.approx(float(found[0]) * d.cost_scale, rel=1e-12)
        assert run.latest[f"{part}_accuracy"] == pytest.approx(float(found[2]), rel=1e-12)
        assert run.history[f"{part}_cost"][-1] == run.latest[f"{part}_cost"]


def as_test_examples(data: Data) -> Data:
    """The same examples, those for validation as test examples."""
    n = data.first_test
    return replace(data, X=data.X[:n], y=data.y[:n], order=None, n_validation=0)


@pytest.mark.parametrize("measure", ["examples", "batches"])
@pytest.mark.parametrize("batch_size", [7, None])
def test_a_validation_cost_equals_the_cost_of_the_same_examples_as_test_examples(
    measure: Any, batch_size: int | None
) -> None:
    run = start(
        experiment({"test_share": 0.0}, batch_size=batch_size, patience=3, min_improvement=0.01), measure=measure
    )
    run = advance(run, 200)
    other = advance(start(run.experiment, data=as_test_examples(run.data), measure=measure), 200)
    assert run.stopped.startswith("Stopped early")
    assert run.stopped == other.stopped.replace("test cost", "validation cost")
    np.testing.assert_array_equal(run.history["validation_cost"], other.history["test_cost"])
    np.testing.assert_array_equal(run.history["validation_accuracy"], other.history["test_accuracy"])
    assert np.isnan(run.history["test_cost"]).all()
    np.testing.assert_array_equal(run.history["train_cost"], other.history["train_cost"])
    np.testing.assert_array_equal(run.params.vector, other.params.vector)
    assert run.latest["validation_cost"] == other.latest["test_cost"]


def test_early_stopping_watches_the_validation_cost_though_there_are_test_examples() -> None:
    run = advance(start(experiment({"dataset": {"kind": "moons", "noise": 0.4}}, patience=3, optimizer="adam")), 300)
    costs = run.history["validation_cost"]
    assert run.stopped.startswith("Stopped early: for 3 epochs the validation cost was not better than")
    assert run.best is not None
    assert run.best.cost == costs[run.best.epoch] == run.latest["validation_cost"]
    assert run.best.cost <= costs.min() + run.experiment.training.min_improvement
    assert run.epoch == run.best.epoch + 3


@pytest.mark.parametrize("patience", [None, 2])
def test_runs_in_lockstep_are_those_alone(patience: int | None) -> None:
    runs = [
        start(experiment({"validation_share": share}, patience=patience, learning_rate=rate))
        for share, rate in ((0.3, 0.1), (0.3, 0.5), (0.0, 0.1), (0.3, 0.02))
    ]
    for later, run in zip(advance_many(runs, 40), runs, strict=True):
        alone = advance(run, 40)
        assert later.epoch == alone.epoch
        assert later.history.has_validation == (run.data.n_validation > 0)
        np.testing.assert_allclose(later.history.table(), alone.history.table(), rtol=1e-9)
        assert later.latest.keys() == alone.latest.keys()


def test_a_single_update_measures_the_validation_cost_too() -> None:
    run = advance_batch(start(experiment()))
    measured = run.measured().latest
    assert run.latest["validation_cost"] == measured["validation_cost"]
    assert run.latest["validation_accuracy"] == measured["validation_accuracy"]


def test_without_a_validation_set_there_are_no_columns_and_no_numbers() -> None:
    run = advance(start(experiment({"validation_share": 0.0})), 3)
    assert run.latest.keys() == set(COLUMNS)
    assert [*run.history] == [*COLUMNS, "gradient_norm"]
    assert run.history.table().shape == (4, len(COLUMNS) + 2)
    with pytest.raises(KeyError, match="validation_cost"):
        run.history["validation_cost"]


def test_a_history_with_a_limit_keeps_its_columns() -> None:
    whole, thin = (advance(start(experiment(), history_limit=limit), 100) for limit in (None, 16))
    kept = thin.history["epoch"].astype(int)
    assert len(kept) < 16
    assert [*thin.history] == [*COLUMNS, "gradient_norm", *VALIDATION_COLUMNS]
    np.testing.assert_array_equal(thin.history.table(), whole.history.table()[kept])


def test_data_with_a_validation_set_may_come_and_go_in_the_middle_of_a_run() -> None:
    without = advance(start(experiment({"validation_share": 0.0})), 3)
    with_one, workspace = experiment(), Workspace()
    run = advance(without.with_data(with_one, with_one.make_data()), 2, workspace=workspace)
    costs = run.history["validation_cost"]
    assert np.isnan(costs[:4]).all()
    assert np.isfinite(costs[4:]).all()
    np.testing.assert_array_equal(run.history["train_cost"][:4], without.history["train_cost"])
    later = advance(run.with_data(without.experiment, without.data), 2, workspace=workspace)
    assert "validation_cost" not in later.latest
    np.testing.assert_array_equal(np.isnan(later.history["validation_cost"]), [True] * 4 + [False] * 2 + [True] * 2)
    assert not without.history.has_validation


def test_a_history_widens_without_changing_the_one_it_continues() -> None:
    narrow = History(1).extended(np.zeros((3, len(COLUMNS) + 1)))
    wide = narrow.extended(np.ones((1, len(COLUMNS) + 3)))
    assert (narrow.has_validation, wide.has_validation) == (False, True)
    np.testing.assert_array_equal(wide["validation_cost"], [np.nan, np.nan, np.nan, 1.0])
    both = History.extended_group([narrow, wide], [np.zeros((1, len(COLUMNS) + 1))] * 2)
    assert [history.has_validation for history in both] == [False, True]
    assert np.isnan(both[1].last()["validation_cost"])
