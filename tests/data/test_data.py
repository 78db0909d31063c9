"""Data as the network sees it: rows in order, targets in columns, weights beside them, and nothing that is no data."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, InvalidData, InvalidSetting, advance, start
from dnn.data.names import Names
from tests.data.rows import rows
from tests.strategies import seeds


@given(st.integers(2, 40), st.floats(0.0, 0.9), seeds)
@settings(max_examples=40)
def test_rows_targets_and_weights_are_shuffled_together_and_none_is_lost(m: int, share: float, seed: int) -> None:
    X, y = rows(m)
    data = Data.split(X, y, test_share=share, rng=np.random.default_rng(seed), weights=X[:, 0] + 0.5)
    assert data.weights is not None
    np.testing.assert_array_equal(data.weights, data.X[:, 0] + 0.5)
    np.testing.assert_array_equal(data.labels, data.X[:, 0] % 2)
    np.testing.assert_array_equal(np.sort(data.X[:, 0]), X[:, 0])
    assert len(data.X_train) == data.n_train == max(1, m - round(m * share))
    assert len(data.X_test) == len(data.y_test) == m - data.n_train


def test_without_a_generator_the_order_is_kept() -> None:
    X, y = rows(10)
    data = Data.split(X, y, test_share=0.3, weights=np.arange(10))
    np.testing.assert_array_equal(data.X_train, X[:7])
    np.testing.assert_array_equal(data.X_test, X[7:])
    np.testing.assert_array_equal(data.weights, np.arange(10.0))


@pytest.mark.parametrize(
    ("y", "task", "columns"),
    [
        ([0, 1, 1], "binary", [[0], [1], [1]]),
        ([True, False, True], "binary", [[1], [0], [1]]),
        ([0, 2, 1], "multiclass", [[1, 0, 0], [0, 0, 1], [0, 1, 0]]),
        ([0.0, 1.0, 0.5], "regression", [[0], [1], [0.5]]),
        ([[0.1, 2.0], [1, 2], [3, 4]], "regression", [[0.1, 2], [1, 2], [3, 4]]),
    ],
    ids=["classes", "booleans", "three classes", "numbers", "two numbers each"],
)
def test_the_task_is_told_from_the_targets(y: Any, task: str, columns: list[list[float]]) -> None:
    data = Data.split(np.zeros((3, 1)), y)
    assert data.task == task
    assert data.y.dtype == np.float64
    np.testing.assert_array_equal(data.y, columns)


@pytest.mark.parametrize(
    ("X", "y", "complaint"),
    [
        ([1, 2], [0, 1], "X has shape (2,); it must be (examples, inputs)"),
        (np.zeros((0, 2)), [], "X has shape (0, 2)"),
        (np.zeros((2, 0)), [0, 1], "X has shape (2, 0)"),
        (np.zeros((2, 1)), [0, 1, 1], "X has 2 examples and y has (3,)"),
        (np.zeros((2, 1)), 1, "X has 2 examples and y has ()"),
        ([[0], [np.nan]], [0, 1], "X and y must hold finite numbers only"),
        ([[0], [1]], [0.5, np.inf], "X and y must hold finite numbers only"),
        ([[0], ["a"]], [0, 1], "X and y must be tables of numbers"),
        ([[0], [1, 2]], [0, 1], "X and y must be tables of numbers"),
        ([[0], [1]], ["no", "yes"], "X and y must be tables of numbers"),
        ([[0], [1]], np.zeros((2, 1, 1)), "y has shape (2, 1, 1)"),
        ([[0], [1]], [-1, 1], "in y a class is -1; classes must be numbered 0 or 1"),
    ],
    ids=str,
)
def test_what_is_no_data_is_refused_in_words(X: Any, y: Any, complaint: str) -> None:
    with pytest.raises(InvalidData, match=re.escape(complaint)):
        Data.split(X, y)


@pytest.mark.parametrize(
    ("y", "task", "complaint"),
    [
        ([0, 2], "binary", "in y a class is 2.*numbered 0 or 1"),
        ([0.5, 1], "binary", "in y a class is 0.5.*numbered 0 or 1"),
        ([0, -1], "multiclass", "in y a class is -1.*numbered 0, 1, 2 and so on"),
        ([[1, 1], [0, 1]], "multiclass", "in y a row does not sum to 1.*numbered 0 or 1"),
    ],
    ids=str,
)
def test_targets_that_are_no_classes_are_refused_in_words(y: Any, task: Any, complaint: str) -> None:
    with pytest.raises(InvalidData, match=complaint):
        Data.split([[0.0], [1.0]], y, task=task)


@pytest.mark.parametrize("share", [1.0, -0.1, np.nan])
def test_a_test_share_that_leaves_nothing_to_train_on_is_refused(share: float) -> None:
    with pytest.raises(InvalidData, match=r"the test share is .*; it must be from 0 to less than 1"):
        Data.split(*rows(4), test_share=share)


# Nobody writes into another's arrays


@pytest.mark.parametrize("name", ["X", "y", "weights", "X_train", "y_train", "X_test", "y_test"])
def test_data_cannot_be_written_to(name: str) -> None:
    data = Data.split(*rows(4), test_share=0.25, weights=np.ones(4))
    with pytest.raises(ValueError, match="read-only"):
        getattr(data, name)[...] = 7.0


def test_arrays_given_to_data_stay_writeable_for_whoever_gave_them() -> None:
    X, y, weights = np.zeros((4, 2)), np.zeros((4, 1)), np.ones(4)
    Data(X, y, 3, "binary", weights)
    for array in (X, y, weights):
        array[...] = 7.0


def test_a_split_copies_what_it_is_given() -> None:
    X, y = rows(4)
    weights = np.ones(4)
    data = Data.split(X, y, weights=weights)
    X[...], y[...], weights[...] = 7, 7, 7
    np.testing.assert_array_equal(data.X, rows(4)[0])
    np.testing.assert_array_equal(data.labels, rows(4)[1])
    np.testing.assert_array_equal(data.weights, np.ones(4))


# features


def test_features_become_the_inputs_and_the_points_stay() -> None:
    X = np.array([[1.0, 2.0], [-0.5, 3.0]])
    data = Data.split(X, [0, 1]).expanded(["x1*x2", "x2"])
    np.testing.assert_array_equal(data.X, [[2.0, 2.0], [-1.5, 3.0]])
    np.testing.assert_array_equal(data.points, X)
    np.testing.assert_array_equal(data.transform(np.array([[2.0, 2.0]])), [[4.0, 2.0]])
    again = data.expanded(["x1"])
    np.testing.assert_array_equal(again.X, X[:, :1])


def test_a_run_predicts_for_points_and_reckons_with_features() -> None:
    experiment = Experiment.of(
        data={"dataset": "circles", "features": ["x1^2", "x2^2"]}, network={"hidden_layer_sizes": []}
    )
    run = advance(start(experiment), 60)
    assert run.params.sizes == (2, 1)
    assert run.latest["train_accuracy"] > 0.95  # a line in the squares is a circle
    points = run.data.points[: run.data.n_train]
    assert np.mean(run.predict(points) == run.data.labels[: run.data.n_train]) == run.latest["train_accuracy"]


def test_a_formula_without_a_value_at_an_example_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="it must be finite"):
        Data.split([[0.0, 1.0], [1.0, 1.0]], [0, 1]).expanded(["1/x1"])


def test_the_old_name_of_transform_is_there_and_says_so() -> None:
    data = Data.split(*rows(4)).standardized()
    with pytest.warns(DeprecationWarning, match="now called Data.transform"):
        np.testing.assert_array_equal(data.seen(data.points), data.X)


def test_names_are_made_under_their_old_name_too() -> None:
    with pytest.warns(DeprecationWarning, match="from_headings"):
        assert Names.headed(("a (m)",), ("p", "q")) == Names.from_headings(("a (m)",), ("p", "q"))


@pytest.mark.parametrize("value", [0.1, 0.7, 1e-9, 12345.678])
@pytest.mark.parametrize("how", ["each", "whole"])
def test_a_constant_column_is_only_shifted_however_its_mean_is_rounded(value: float, how: Any) -> None:
    data = Data.split(np.full((28, 1), value), np.full(28, value), task="regression")
    scaled = data.standardized(how).with_standardized_targets()
    assert scaled.std is not None
    assert scaled.target_std is not None
    assert (scaled.std.tolist(), scaled.target_std.tolist()) == ([1.0], [1.0])
    np.testing.assert_allclose(scaled.X, 0.0, atol=1e-9)
    np.testing.assert_allclose(scaled.targets, 0.0, atol=1e-9)
