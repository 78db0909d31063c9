"""Early stopping, on inputs that betray which examples were held back.

With zeros to begin with, the weights of an example's own input stay zero if it trained nothing.
"""

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import log_loss, mean_squared_error

from dnn import Data, DNNClassifier, DNNRegressor, advance, start
from tests.estimators.models import TARGETS, Estimator, X

MANY = 90
CLASS_NUMBERS = np.repeat([0, 1, 2], [45, 30, 15])
CLASSES = np.array(["ant", "bee", "cat"])[CLASS_NUMBERS]
CLUES = np.random.default_rng(2).standard_normal((MANY, 3)) + np.eye(3)[CLASS_NUMBERS]
NOISY_NUMBERS = CLUES[:, 0] + np.random.default_rng(4).standard_normal(MANY)
OWN_INPUTS = np.hstack([CLUES, np.eye(MANY)])
EARLY = {
    "hidden_layer_sizes": (),
    "initializer": "zeros",
    "batch_size": "full",
    "learning_rate": 1.0,
    "epochs": 2000,
    "early_stopping": True,
    "validation_fraction": 0.2,
    "min_improvement": 0.0,
    "random_state": 0,
}


def held_back(model: Estimator) -> np.ndarray:
    """Which examples trained nothing, (MANY,)."""
    return (model.coefs_[0][-MANY:] == 0.0).all(axis=1)


def validation_cost(model: Estimator, y: np.ndarray) -> float:
    held = held_back(model)
    if isinstance(model, DNNRegressor):
        return 0.5 * mean_squared_error(y[held], model.predict(OWN_INPUTS[held]))
    return log_loss(y[held], model.predict_proba(OWN_INPUTS[held]), labels=model.classes_)


def stopped_early(y: np.ndarray, **settings: Any) -> Estimator:
    kind = DNNRegressor if y.dtype.kind == "f" else DNNClassifier
    rate = {"learning_rate": 0.1} if kind is DNNRegressor else {}
    return kind(**(EARLY | rate | settings)).fit(OWN_INPUTS, y)


early = pytest.mark.parametrize(
    "y", [CLASSES, CLASSES == "ant", NOISY_NUMBERS], ids=["classes", "two classes", "numbers"]
)


@early
def test_early_stopping_stops_when_its_patience_ends(y: np.ndarray) -> None:
    model = stopped_early(y, patience=7)
    assert model.n_iter_ == np.argmin(model.validation_loss_curve_) + 1 + 7
    assert model.n_iter_ < 2000


@early
def test_early_stopping_gives_the_best_weights_back(y: np.ndarray) -> None:
    model = stopped_early(y, patience=7)
    assert validation_cost(model, y) == pytest.approx(min(model.validation_loss_curve_), rel=1e-12)
    assert model.validation_loss_curve_[-1] > min(model.validation_loss_curve_)


@early
def test_the_best_weights_come_back_also_where_the_epochs_run_out_first(y: np.ndarray) -> None:
    epochs = stopped_early(y, patience=7).n_iter_ - 1
    model = stopped_early(y, patience=7, epochs=epochs)
    assert model.n_iter_ == epochs
    assert validation_cost(model, y) == pytest.approx(min(model.validation_loss_curve_), rel=1e-12)


@early
def test_the_weights_given_back_are_within_min_improvement_of_the_best(y: np.ndarray) -> None:
    model = stopped_early(y, patience=2, min_improvement=0.01)
    assert min(model.validation_loss_curve_) <= validation_cost(model, y) <= min(model.validation_loss_curve_) + 0.01
    assert model.n_iter_ < stopped_early(y, patience=2).n_iter_


def test_early_stopping_holds_back_its_share_of_the_examples() -> None:
    assert held_back(stopped_early(NOISY_NUMBERS)).sum() == 18


def test_early_stopping_holds_back_as_much_of_every_class() -> None:
    labels, counts = np.unique(CLASSES[held_back(stopped_early(CLASSES))], return_counts=True)
    assert dict(zip(labels.tolist(), counts.tolist(), strict=True)) == {"ant": 9, "bee": 6, "cat": 3}


def test_the_validation_curve_has_one_entry_an_epoch() -> None:
    model = stopped_early(CLASSES)
    assert len(model.validation_loss_curve_) == len(model.loss_curve_) == model.n_iter_


def test_the_validation_cost_counts_each_example_by_its_weight() -> None:
    sample_weight = np.random.default_rng(5).uniform(0.2, 2.0, MANY)
    model = DNNClassifier(**EARLY).fit(OWN_INPUTS, CLASSES, sample_weight)
    held = held_back(model)
    cost = log_loss(CLASSES[held], model.predict_proba(OWN_INPUTS[held]), sample_weight=sample_weight[held])
    assert cost == pytest.approx(min(model.validation_loss_curve_), rel=1e-12)


@pytest.mark.parametrize("y", [CLASSES, CLASSES == "ant"], ids=["classes", "two classes"])
def test_the_classifier_keeps_the_accuracy_on_the_examples_held_back(y: np.ndarray) -> None:
    model = stopped_early(y, patience=7)
    assert isinstance(model, DNNClassifier)
    assert len(model.validation_scores_) == model.n_iter_
    best = model.validation_scores_[int(np.argmin(model.validation_loss_curve_))]
    held = held_back(model)
    assert best == pytest.approx(model.score(OWN_INPUTS[held], y[held]), rel=1e-12)
    assert not hasattr(DNNClassifier(epochs=1).fit(OWN_INPUTS, y), "validation_scores_")


def test_early_stopping_is_that_of_an_experiment_with_the_same_validation_set() -> None:
    model = stopped_early(CLASSES == "ant", patience=7)
    run, held = model._run, held_back(model)
    training = np.flatnonzero(~held)  # a full batch: their order matters to the last digits only
    rows = [*training, *np.flatnonzero(held)]
    y = (CLASSES == "ant")[rows].astype(float)[:, None]
    data = Data(OWN_INPUTS[rows], y, len(training), "binary", n_validation=int(held.sum()))
    other = advance(start(run.experiment, data=data), 2000)
    assert other.epoch == model.n_iter_
    np.testing.assert_allclose(model.validation_loss_curve_, other.history["validation_cost"][1:], rtol=1e-9)
    np.testing.assert_allclose(model.coefs_[0], other.params[0][0], rtol=1e-9, atol=1e-12)


def test_there_is_no_validation_curve_without_early_stopping() -> None:
    assert not hasattr(DNNRegressor(epochs=1).fit(X, TARGETS["one number"]), "validation_loss_curve_")
