"""What the history is made of, weighted or not; and the numbers for people, against scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given, settings
from sklearn import metrics as oracle

from dnn import LOSSES
from dnn.components import Array
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError
from dnn.training.metrics import confusion_matrix, evaluate, precision_and_recall, r_squared, root_mean_squared_error
from tests.strategies import components, examples, seeds

M, N_TRAIN = 9, 6


def drawn(loss: Loss, seed: int) -> tuple[Array, Array, Array]:
    z, y = examples(loss, M, inputs=3, outputs=3, seed=seed)
    return z, y, np.random.default_rng(seed).uniform(0.1, 3.0, M)


@given(components(LOSSES), seeds)
@settings(max_examples=40)
def test_costs_and_accuracies_are_weighted_means_over_the_part(loss: Loss, seed: int) -> None:
    z, y, w = drawn(loss, seed)
    train, test = slice(None, N_TRAIN), slice(N_TRAIN, None)
    expected = [
        np.average(values[part], weights=w[part])
        for values in (loss.per_example(z, y), loss.correct(z, y))
        for part in (train, test)
    ]
    np.testing.assert_allclose(evaluate(loss, z, y, N_TRAIN, w), expected, rtol=1e-12)


@given(components(LOSSES), seeds)
@settings(max_examples=20)
def test_without_weights_every_example_counts_alike(loss: Loss, seed: int) -> None:
    z, y, _ = drawn(loss, seed)
    np.testing.assert_allclose(
        evaluate(loss, z, y, N_TRAIN), evaluate(loss, z, y, N_TRAIN, np.full(M, 3.0)), rtol=1e-12
    )


def test_accuracy_counts_a_heavy_mistake_more() -> None:
    z, y = np.array([[1.0], [1.0], [1.0], [-1.0]]), np.array([[1.0], [0.0], [1.0], [1.0]])
    _, _, train, test = evaluate(BinaryCrossEntropy(), z, y, 3, np.array([1.0, 6.0, 1.0, 2.0]))
    assert (float(train), float(test)) == (0.25, 0.0)


@pytest.mark.parametrize("weights", [None, np.ones(M)], ids=["alike", "weighted"])
def test_a_part_without_examples_has_no_numbers(weights: Array | None) -> None:
    z, y, _ = drawn(MeanSquaredError(), 0)
    train_cost, test_cost, train_accuracy, test_accuracy = evaluate(MeanSquaredError(), z, y, M, weights)
    assert np.isfinite([train_cost, train_accuracy]).all()
    assert np.isnan([test_cost, test_accuracy]).all()


def test_a_part_whose_examples_all_weigh_nothing_has_no_numbers() -> None:
    z, y, w = drawn(BinaryCrossEntropy(), 0)
    w[N_TRAIN:] = 0.0
    train_cost, test_cost, train_accuracy, test_accuracy = evaluate(BinaryCrossEntropy(), z, y, N_TRAIN, w)
    assert np.isfinite([train_cost, train_accuracy]).all()
    assert np.isnan([test_cost, test_accuracy]).all()


@pytest.mark.parametrize("n_train", [N_TRAIN, M])
@pytest.mark.parametrize("loss", [kind(kind=name) for name, kind in LOSSES.items()], ids=lambda loss: loss.kind)
def test_runs_have_numbers_of_their_own(loss: Loss, n_train: int) -> None:
    each = [drawn(loss, run) for run in range(3)]
    z, y, w = (np.stack(arrays) for arrays in zip(*each, strict=True))
    together = np.array(evaluate(loss, z, y, n_train, w))
    assert together.shape == (4, 3)
    for run, (z_one, y_one, w_one) in enumerate(each):
        np.testing.assert_allclose(together[:, run], evaluate(loss, z_one, y_one, n_train, w_one), rtol=1e-13)


# numbers for people


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_confusion_precision_and_recall_are_those_of_scikit_learn(classes: int) -> None:
    rng = np.random.default_rng(classes)
    true, predicted = rng.integers(0, classes, 200), rng.integers(0, classes, 200)
    confusion = confusion_matrix(true, predicted, classes)
    np.testing.assert_array_equal(confusion, oracle.confusion_matrix(true, predicted))
    precision, recall = precision_and_recall(confusion)
    np.testing.assert_allclose(precision, oracle.precision_score(true, predicted, average=None), rtol=1e-14)
    np.testing.assert_allclose(recall, oracle.recall_score(true, predicted, average=None), rtol=1e-14)


def test_rows_are_the_true_class_and_columns_the_predicted_one() -> None:
    confusion = confusion_matrix([0, 0, 0, 1], [0, 1, 1, 1], 3)
    np.testing.assert_array_equal(confusion, [[1, 2, 0], [0, 1, 0], [0, 0, 0]])
    precision, recall = precision_and_recall(confusion)
    np.testing.assert_array_equal(precision, [1, 1 / 3, np.nan])  # class 2 was never predicted
    np.testing.assert_array_equal(recall, [1 / 3, 1, np.nan])  # nor was there one


def test_without_examples_nothing_is_counted() -> None:
    np.testing.assert_array_equal(confusion_matrix([], [], 2), np.zeros((2, 2)))


@pytest.mark.parametrize("outputs", [1, 3])
def test_r2_and_rmse_are_those_of_scikit_learn(outputs: int) -> None:
    rng = np.random.default_rng(outputs)
    y, predicted = rng.normal(size=(50, outputs)), rng.normal(size=(50, outputs))
    np.testing.assert_allclose(
        r_squared(y, predicted), oracle.r2_score(y, predicted, multioutput="raw_values"), rtol=1e-12
    )
    np.testing.assert_allclose(
        root_mean_squared_error(y, predicted),
        oracle.root_mean_squared_error(y, predicted, multioutput="raw_values"),
        rtol=1e-12,
    )


def test_r2_is_1_when_perfect_0_for_the_mean_and_unknown_where_nothing_varies() -> None:
    y = np.array([[1.0, 5.0, 2.0], [3.0, 5.0, 4.0]])
    np.testing.assert_array_equal(r_squared(y, np.array([[1.0, 5.0, 3.0], [3.0, 6.0, 3.0]])), [1.0, np.nan, 0.0])


def test_without_examples_there_is_no_r2_and_no_rmse() -> None:
    none = np.empty((0, 2))
    assert np.isnan(r_squared(none, none)).all()
    assert np.isnan(root_mean_squared_error(none, none)).all()


def test_the_rmse_is_the_root_of_twice_the_mean_squared_error_cost() -> None:
    z, y, _ = drawn(MeanSquaredError(), 0)
    one = slice(0, 1)
    cost = float(MeanSquaredError().cost(z[:, one], y[:, one]))
    np.testing.assert_allclose(root_mean_squared_error(y[:, one], z[:, one]), [np.sqrt(2 * cost)], rtol=1e-14)
