"""Beside MLPClassifier and MLPRegressor, from the same starting weights: the same weights, costs and answers."""

import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor

from dnn import DNNRegressor
from tests.estimators.models import (
    INPUTS,
    TARGETS,
    M,
    X,
    ours_for,
    starting_weights,
    trained_by_scikit_learn,
    trained_by_us,
    weights_of,
)


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("task", TARGETS)
def test_full_batch_training_gives_scikit_learns_weights(task: str, l2: float) -> None:
    ours, theirs = trained_by_us(task, 30, l2=l2), trained_by_scikit_learn(task, 30, l2=l2)
    start = np.concatenate([part.ravel() for parts in starting_weights(task) for part in parts])
    assert np.abs(weights_of(ours) - start).max() > 0.01  # the steps lead somewhere
    np.testing.assert_allclose(weights_of(ours), weights_of(theirs), rtol=0, atol=1e-10)


@pytest.mark.parametrize("task", ["two classes", "three classes"])
def test_probabilities_are_scikit_learns(task: str) -> None:
    ours, theirs = trained_by_us(task, 30, l2=0.5), trained_by_scikit_learn(task, 30, l2=0.5)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), rtol=0, atol=1e-10)
    np.testing.assert_allclose(ours.predict_log_proba(X), theirs.predict_log_proba(X), rtol=0, atol=1e-10)


@pytest.mark.parametrize("task", ["two classes", "three classes"])
def test_predicted_classes_are_scikit_learns(task: str) -> None:
    ours, theirs = trained_by_us(task, 30, l2=0.5), trained_by_scikit_learn(task, 30, l2=0.5)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    assert len(set(ours.predict(X))) > 1


@pytest.mark.parametrize("task", ["one number", "two numbers"])
def test_predicted_numbers_are_scikit_learns(task: str) -> None:
    ours, theirs = trained_by_us(task, 30, l2=0.5), trained_by_scikit_learn(task, 30, l2=0.5)
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X), rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    ("task", "l2"), [("two classes", 0.5), ("three classes", 0.5), ("one number", 0.5), ("two numbers", 0.0)]
)
def test_the_loss_curve_is_scikit_learns(task: str, l2: float) -> None:
    ours, theirs = trained_by_us(task, 30, l2=l2), trained_by_scikit_learn(task, 30, l2=l2)
    outputs = 2 if task == "two numbers" else 1  # theirs is a mean over the outputs too
    np.testing.assert_allclose(ours.loss_curve_, np.multiply(theirs.loss_curve_, outputs), rtol=0, atol=1e-10)
    assert ours.loss_ == ours.loss_curve_[-1]


def test_a_mini_batch_epochs_loss_is_scikit_learns_mean_over_its_batches() -> None:
    same, y = np.repeat(X[:1], M, axis=0), np.full(M, 2.0)  # all examples alike: their order says nothing
    batches = {"hidden_layer_sizes": (), "batch_size": 7, "random_state": 0}
    theirs = MLPRegressor(
        solver="sgd", alpha=0.5, learning_rate_init=0.05, momentum=0.0, nesterovs_momentum=False, **batches
    ).partial_fit(same, y)
    theirs.coefs_, theirs.intercepts_, theirs.loss_curve_ = [np.full((INPUTS, 1), 0.3)], [np.zeros(1)], []
    for _ in range(5):
        theirs.partial_fit(same, y)
    ours = DNNRegressor(epochs=5, learning_rate=0.05, l2=0.5, **batches)
    ours.fit(same, y, coefs_init=[np.full((INPUTS, 1), 0.3)], intercepts_init=[np.zeros(1)])
    np.testing.assert_allclose(ours.loss_curve_, theirs.loss_curve_, rtol=0, atol=1e-10)


@pytest.mark.parametrize("task", TARGETS)
def test_weighted_examples_give_scikit_learns_weights(task: str) -> None:
    sample_weight = np.random.default_rng(3).uniform(0.0, 3.0, M)
    ours = trained_by_us(task, 30, l2=0.0, sample_weight=sample_weight)
    theirs = trained_by_scikit_learn(task, 30, l2=0.0, sample_weight=sample_weight)
    unweighted = trained_by_us(task, 30, l2=0.0)
    assert np.abs(weights_of(ours) - weights_of(unweighted)).max() > 1e-3
    np.testing.assert_allclose(weights_of(ours), weights_of(theirs), rtol=0, atol=1e-10)


@pytest.mark.parametrize("task", TARGETS)
def test_a_weight_of_three_is_an_example_there_three_times(task: str) -> None:
    times = np.random.default_rng(3).integers(0, 4, M)
    settings = {"batch_size": "full", "epochs": 20, "l2": 0.1, "learning_rate": 0.1}
    weighted = ours_for(task, **settings).fit(X, TARGETS[task], sample_weight=times)
    repeated = ours_for(task, **settings).fit(X.repeat(times, axis=0), TARGETS[task].repeat(times, axis=0))
    np.testing.assert_allclose(weights_of(weighted), weights_of(repeated), rtol=0, atol=1e-12)
