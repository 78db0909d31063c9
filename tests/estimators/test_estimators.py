"""The estimators as scikit-learn uses them: its own checks, its own networks as judge, its own tools around them."""

import gc
import os
import pickle
import re
import subprocess
import sys
import weakref
from itertools import pairwise
from pathlib import Path
from typing import Any

import joblib
import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pytest
from matplotlib.figure import Figure
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning, DataConversionWarning, NotFittedError
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import check_random_state
from sklearn.utils.estimator_checks import parametrize_with_checks

from dnn import DNNClassifier, DNNRegressor
from dnn.activations import LeakyReLU, Tanh
from dnn.errors import InvalidParams, InvalidSetting
from dnn.optimizers import Adam

M, INPUTS = 40, 3
rng = np.random.default_rng(0)
X = rng.standard_normal((M, INPUTS))
NUMBERS = np.arange(M) % 3  # three classes; the first two are the two
TARGETS: dict[str, np.ndarray] = {
    "two classes": np.array(["no", "yes"])[NUMBERS % 2],
    "three classes": np.array(["ant", "bee", "cat"])[NUMBERS],
    "one number": rng.standard_normal(M),
    "two numbers": rng.standard_normal((M, 2)),
}
BOTH = [DNNClassifier, DNNRegressor]
Estimator = DNNClassifier | DNNRegressor


def ours_for(task: str, **params: Any) -> Estimator:
    return (DNNClassifier if "classes" in task else DNNRegressor)(**({"random_state": 1} | params))


def weights_of(model: Any) -> np.ndarray:
    """All weights and biases in one row."""
    return np.concatenate([part.ravel() for part in [*model.coefs_, *model.intercepts_]])


def starting_weights(task: str, hidden: tuple[int, ...] = (5, 4)) -> tuple[list[np.ndarray], list[np.ndarray]]:
    outputs = {"two classes": 1, "three classes": 3, "one number": 1, "two numbers": 2}[task]
    draw = np.random.default_rng(7)
    sizes = (INPUTS, *hidden, outputs)
    coefs = [draw.uniform(-0.7, 0.7, (n_in, n_out)) for n_in, n_out in pairwise(sizes)]
    return coefs, [draw.uniform(-0.5, 0.5, n_out) for n_out in sizes[1:]]


def trained_by_scikit_learn(
    task: str, epochs: int, *, l2: float, sample_weight: np.ndarray | None = None
) -> MLPClassifier | MLPRegressor:
    """An MLP with our starting weights after so many plain gradient steps."""
    net = (MLPClassifier if "classes" in task else MLPRegressor)(
        hidden_layer_sizes=(5, 4),
        activation="tanh",
        solver="sgd",
        alpha=l2,
        batch_size=M,
        learning_rate_init=0.1,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
    )
    y = TARGETS[task]
    classes = {"classes": np.unique(y)} if "classes" in task else {}
    net.partial_fit(X, y, **classes)  # makes its arrays, which are then overwritten
    coefs, intercepts = starting_weights(task)
    net.coefs_, net.intercepts_, net.loss_curve_ = coefs, intercepts, []
    for _ in range(epochs):
        net.partial_fit(X, y, sample_weight=sample_weight)
    return net


def trained_by_us(task: str, epochs: int, *, l2: float, sample_weight: np.ndarray | None = None) -> Estimator:
    coefs, intercepts = starting_weights(task)
    model = ours_for(task, hidden_layer_sizes=(5, 4), learning_rate=0.1, batch_size="full", epochs=epochs, l2=l2)
    return model.fit(X, TARGETS[task], sample_weight, coefs_init=coefs, intercepts_init=intercepts)


@parametrize_with_checks([DNNClassifier(), DNNRegressor()])
def test_scikit_learns_checks_pass(estimator: Estimator, check: Any) -> None:
    check(estimator)


@pytest.mark.slow
def test_the_checks_that_need_the_array_interface_pass_too() -> None:
    code = """
from sklearn.utils.estimator_checks import estimator_checks_generator
from dnn import DNNClassifier, DNNRegressor
for model in (DNNClassifier(), DNNRegressor()):
    for estimator, check in estimator_checks_generator(model):
        if "array_api" in check.func.__name__:
            check(estimator)
            print("passed")
"""
    done = subprocess.run(  # SciPy reads the variable once, when it is imported
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"SCIPY_ARRAY_API": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["passed", "passed"], done.stderr


# Beside MLPClassifier and MLPRegressor, from the same starting weights


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


# Starting weights that are given


def test_the_first_full_batch_loss_is_the_cost_of_the_starting_weights() -> None:
    model = DNNClassifier(hidden_layer_sizes=(), batch_size="full", epochs=3)
    model.fit(X, TARGETS["two classes"], coefs_init=[np.zeros((INPUTS, 1))], intercepts_init=[np.zeros(1)])
    assert model.loss_curve_[0] == pytest.approx(np.log(2.0), rel=1e-15)


def test_starting_weights_alone_leave_the_drawn_biases() -> None:
    settings = {"hidden_layer_sizes": (5, 4), "bias_initializer": "normal", "epochs": 1, "random_state": 1}
    drawn = DNNRegressor(learning_rate=1e-6, **settings).fit(X, TARGETS["one number"])
    coefs = starting_weights("one number")[0]
    model = DNNRegressor(learning_rate=1e-6, **settings).fit(X, TARGETS["one number"], coefs_init=coefs)
    for ours, given in zip(model.coefs_, coefs, strict=True):
        np.testing.assert_allclose(ours, given, atol=1e-4)
    for ours, given in zip(model.intercepts_, drawn.intercepts_, strict=True):
        np.testing.assert_allclose(ours, given, atol=1e-4)


def test_starting_biases_alone_leave_the_drawn_weights() -> None:
    settings = {"hidden_layer_sizes": (5, 4), "epochs": 1, "random_state": 1}
    drawn = DNNRegressor(learning_rate=1e-6, **settings).fit(X, TARGETS["one number"])
    intercepts = starting_weights("one number")[1]
    model = DNNRegressor(learning_rate=1e-6, **settings).fit(X, TARGETS["one number"], intercepts_init=intercepts)
    for ours, given in zip(model.intercepts_, intercepts, strict=True):
        np.testing.assert_allclose(ours, given, atol=1e-4)
    for ours, given in zip(model.coefs_, drawn.coefs_, strict=True):
        np.testing.assert_allclose(ours, given, atol=1e-4)


def test_given_starting_weights_stay_as_they_were() -> None:
    coefs, intercepts = starting_weights("one number")
    DNNRegressor((5, 4), epochs=5).fit(X, TARGETS["one number"], coefs_init=coefs, intercepts_init=intercepts)
    for left, right in zip(starting_weights("one number"), (coefs, intercepts), strict=True):
        for before, after in zip(left, right, strict=True):
            np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize(
    ("hidden", "given"),
    [
        ((5, 4), {"coefs_init": starting_weights("one number")[0][:2]}),
        ((5, 4), {"intercepts_init": [*starting_weights("one number")[1], np.zeros(1)]}),
        ((5, 3), {"coefs_init": starting_weights("one number")[0]}),
        ((5, 4), {"coefs_init": [np.full_like(W, np.nan) for W in starting_weights("one number")[0]]}),
    ],
    ids=["a layer missing", "a layer too many", "of another width", "not finite"],
)
def test_starting_weights_that_do_not_fit_are_refused(hidden: tuple[int, ...], given: dict[str, Any]) -> None:
    with pytest.raises(InvalidParams, match="layer"):
        DNNRegressor(hidden).fit(X, TARGETS["one number"], **given)


@pytest.mark.parametrize("bad", [3, "abc", 0.5], ids=str)
@pytest.mark.parametrize("name", ["coefs_init", "intercepts_init"])
def test_starting_weights_that_are_no_list_are_refused_by_name(name: str, bad: Any) -> None:
    with pytest.raises(InvalidParams, match=rf"{name} is {bad!r}; it must be a list with one array for each layer"):
        DNNRegressor((5, 4)).fit(X, TARGETS["one number"], **{name: bad})


def test_starting_weights_on_their_side_are_told_the_shape_that_fits() -> None:
    coefs, _ = starting_weights("one number")
    with pytest.raises(
        InvalidParams, match=r"layer 1: W has shape \(5, 3\) .* W must be \(3, 5\) and b must be \(5,\)"
    ):
        DNNRegressor((5, 4)).fit(X, TARGETS["one number"], coefs_init=[W.T for W in coefs])


def test_given_starting_weights_make_a_warm_start_begin_afresh() -> None:
    coefs, intercepts = starting_weights("one number")
    cold = DNNRegressor((5, 4), epochs=5, random_state=1)
    warm = clone(cold).set_params(warm_start=True).fit(X, TARGETS["one number"])
    for model in (cold, warm):
        model.fit(X, TARGETS["one number"], coefs_init=coefs, intercepts_init=intercepts)
    np.testing.assert_array_equal(weights_of(warm), weights_of(cold))
    assert warm.n_iter_ == 5


# Labels and targets


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["no", "yes"]),
        np.array(["no", "yes"], dtype=object),
        np.array([False, True]),
        np.array([-7, -2]),
        np.array([0.5, 1.5]) * 2,
        np.array(["ant", "bee", "cat"], dtype=object),
        np.array([-1, 0, 10]),
    ],
    ids=lambda labels: f"{labels.dtype} {labels.tolist()}",
)
def test_labels_of_any_type_come_back_from_predict(labels: np.ndarray) -> None:
    separable = np.eye(len(labels)).repeat(10, axis=0)
    y = labels.repeat(10)
    model = DNNClassifier(learning_rate=0.3, random_state=0).fit(separable, y)
    assert model.predict(separable).tolist() == y.tolist()
    assert model.classes_.tolist() == labels.tolist()
    assert model.classes_.dtype == labels.dtype


def test_the_columns_of_predict_proba_are_in_the_order_of_classes() -> None:
    model = DNNClassifier(learning_rate=0.3, random_state=0).fit(np.eye(3), ["cat", "ant", "bee"])
    assert model.classes_.tolist() == ["ant", "bee", "cat"]
    assert model.predict_proba(np.eye(3)).argmax(axis=1).tolist() == [2, 0, 1]


def test_labels_may_be_a_plain_list() -> None:
    assert DNNClassifier(epochs=1).fit(X.tolist(), NUMBERS.tolist()).classes_.tolist() == [0, 1, 2]


def test_one_class_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="one class only, 'yes'"):
        DNNClassifier().fit(X, ["yes"] * M)


def test_two_columns_of_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="1d array"):
        DNNClassifier().fit(X, np.stack([NUMBERS % 2, NUMBERS % 2], axis=1))


def test_several_numbers_are_predicted_in_their_columns() -> None:
    y = X[:, :2] @ [[1.0, -2.0], [0.5, 1.0]] + [3.0, -3.0]
    model = DNNRegressor((), learning_rate=0.1, batch_size="full", epochs=1000, random_state=0).fit(X, y)
    np.testing.assert_allclose(model.predict(X), y, atol=1e-6)


def test_one_number_is_predicted_as_a_row() -> None:
    assert DNNRegressor(epochs=1).fit(X, TARGETS["one number"]).predict(X).shape == (M,)


def test_one_column_of_numbers_is_read_as_a_row_with_a_warning() -> None:
    with pytest.warns(DataConversionWarning, match="column-vector"):
        model = DNNRegressor(epochs=1).fit(X, TARGETS["one number"][:, None])
    assert model.predict(X).shape == (M,)


def test_single_precision_gives_single_precision_weights() -> None:
    model = DNNRegressor(dtype="float32", epochs=1).fit(X, TARGETS["two numbers"])
    assert {part.dtype for part in [*model.coefs_, *model.intercepts_, model.predict(X)]} == {np.dtype("float32")}


# partial_fit and warm_start


@pytest.mark.parametrize("batch_size", ["full", 7])
@pytest.mark.parametrize("task", TARGETS)
def test_partial_fit_ten_times_is_fit_with_ten_epochs_to_the_last_bit(task: str, batch_size: int | str) -> None:
    settings = {"optimizer": "adam", "batch_size": batch_size, "dropout": 0.2, "l1": 0.01}
    whole = ours_for(task, epochs=10, **settings).fit(X, TARGETS[task])
    pieces = ours_for(task, **settings)
    for _ in range(10):
        pieces.partial_fit(X, TARGETS[task])
    np.testing.assert_array_equal(weights_of(pieces), weights_of(whole))
    assert pieces.loss_curve_ == whole.loss_curve_
    assert pieces.n_iter_ == 10


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize("task", TARGETS)
def test_a_warm_start_goes_on_to_the_last_bit(task: str, optimizer: str) -> None:
    settings = {"optimizer": optimizer, "batch_size": 7}
    whole = ours_for(task, epochs=10, **settings).fit(X, TARGETS[task])
    halves = ours_for(task, epochs=5, warm_start=True, **settings)
    halves.fit(X, TARGETS[task]).fit(X, TARGETS[task])
    np.testing.assert_array_equal(weights_of(halves), weights_of(whole))
    assert halves.loss_curve_ == whole.loss_curve_
    assert halves.n_iter_ == 10


@pytest.mark.parametrize("task", TARGETS)
def test_without_a_warm_start_fit_begins_afresh(task: str) -> None:
    model = ours_for(task, epochs=5).fit(X, TARGETS[task])
    once = weights_of(model)
    np.testing.assert_array_equal(weights_of(model.fit(X, TARGETS[task])), once)
    assert model.n_iter_ == 5


def test_a_warm_start_takes_a_new_learning_rate() -> None:
    model = DNNRegressor(epochs=5, warm_start=True, random_state=0).fit(X, TARGETS["one number"])
    before = weights_of(model)
    model.set_params(learning_rate=1e-6).fit(X, TARGETS["one number"])
    assert 0.0 < np.abs(weights_of(model) - before).max() < 1e-4


def test_a_warm_start_refuses_other_layers() -> None:
    model = DNNRegressor(epochs=1, warm_start=True).fit(X, TARGETS["one number"])
    said = "Hidden layer sizes: (3,) is not allowed; the weights were trained with (8, 8), so set it back, or fit with "
    with pytest.raises(InvalidSetting, match=re.escape(said) + "warm_start=False"):
        model.set_params(hidden_layer_sizes=(3,)).fit(X, TARGETS["one number"])


def test_the_first_partial_fit_may_name_classes_that_come_later() -> None:
    model = DNNClassifier().partial_fit(X[:5], ["bee"] * 5, classes=["cat", "ant", "bee"])
    assert model.classes_.tolist() == ["ant", "bee", "cat"]
    assert model.partial_fit(X, TARGETS["three classes"]).n_iter_ == 2


def test_partial_fit_refuses_a_class_that_was_not_there_before() -> None:
    model = DNNClassifier().partial_fit(X, TARGETS["two classes"])
    with pytest.raises(ValueError, match="a class that was not there before, 'ant'"):
        model.partial_fit(X, TARGETS["three classes"])


def test_partial_fit_refuses_other_classes_than_before() -> None:
    model = DNNClassifier().partial_fit(X, TARGETS["two classes"], classes=["yes", "no"])
    with pytest.raises(ValueError, match=r"classes are .*'maybe'.*before they were \['no', 'yes'\]"):
        model.partial_fit(X, TARGETS["two classes"], classes=["no", "yes", "maybe"])


def test_a_warm_start_refuses_a_class_that_was_not_there_before() -> None:
    model = DNNClassifier(epochs=1, warm_start=True).fit(X, NUMBERS % 2)
    with pytest.raises(ValueError, match="a class that was not there before, 2"):
        model.fit(X, NUMBERS)


def test_partial_fit_refuses_another_number_of_outputs() -> None:
    model = DNNRegressor().partial_fit(X, TARGETS["one number"])
    with pytest.raises(ValueError, match="y has 2 outputs; before it had 1"):
        model.partial_fit(X, TARGETS["two numbers"])


def test_partial_fit_refuses_early_stopping() -> None:
    with pytest.raises(ValueError, match="early_stopping=False"):
        DNNClassifier(early_stopping=True).partial_fit(X, NUMBERS)


# Early stopping, on inputs that betray which examples were held back: with zeros to begin with, the weights of an
# example's own input stay zero if it trained nothing.

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


def test_there_is_no_validation_curve_without_early_stopping() -> None:
    assert not hasattr(DNNRegressor(epochs=1).fit(X, TARGETS["one number"]), "validation_loss_curve_")


# What a person sees


@pytest.mark.parametrize("kind", BOTH)
def test_verbose_shows_a_bar_on_stderr_and_nothing_on_stdout(
    kind: type[Estimator], capsys: pytest.CaptureFixture[str]
) -> None:
    kind(epochs=3, verbose=True).fit(X, NUMBERS)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert kind.__name__ in shown.err
    assert "3/3" in shown.err
    assert "loss=" in shown.err


@pytest.mark.parametrize("kind", BOTH)
def test_without_verbose_nothing_is_shown(kind: type[Estimator], capsys: pytest.CaptureFixture[str]) -> None:
    kind(epochs=3).fit(X, NUMBERS).predict(X)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("kind", BOTH)
def test_the_bar_changes_no_weight(kind: type[Estimator]) -> None:
    shown, silent = (
        kind(epochs=20, batch_size=7, random_state=0, verbose=bar).fit(X, NUMBERS) for bar in (True, False)
    )
    np.testing.assert_array_equal(weights_of(shown), weights_of(silent))


@pytest.mark.parametrize("kind", BOTH)
def test_the_html_repr_names_the_class_and_what_was_set(kind: type[Estimator]) -> None:
    html = kind(activation=LeakyReLU(slope=0.125))._repr_html_()
    assert kind.__name__ in html
    assert "0.125" in html


def test_the_html_repr_of_a_fitted_pipeline_names_the_class() -> None:
    html = make_pipeline(StandardScaler(), DNNClassifier(epochs=1)).fit(X, NUMBERS)._repr_html_()
    assert "DNNClassifier" in html


def test_divergence_warns_and_keeps_the_last_finite_weights() -> None:
    model = DNNRegressor((8,), "relu", learning_rate=100.0, random_state=0)
    with pytest.warns(ConvergenceWarning, match="Diverged in epoch"):
        model.fit(100.0 * X, TARGETS["one number"])
    assert np.isfinite(weights_of(model)).all()
    assert 0 < model.n_iter_ == len(model.loss_curve_) < 200
    assert np.isfinite(model.loss_)


def test_divergence_in_the_first_epoch_leaves_the_starting_weights_and_no_loss() -> None:
    model = DNNRegressor((8,), "relu", random_state=0)
    with pytest.warns(ConvergenceWarning, match="Diverged in epoch 1"):
        model.fit(1e160 * X, TARGETS["one number"])
    assert np.isfinite(weights_of(model)).all()
    assert model.loss_curve_ == []
    assert np.isnan(model.loss_)


@pytest.mark.parametrize("kind", BOTH)
def test_before_fit_there_is_nothing_to_predict_with(kind: type[Estimator]) -> None:
    with pytest.raises(NotFittedError):
        kind().predict(X)


@pytest.mark.parametrize(
    "name", ["coefs_", "intercepts_", "loss_curve_", "loss_", "n_iter_", "n_layers_", "n_outputs_"]
)
def test_what_fit_learns_is_there_after_fit_only(name: str) -> None:
    model = DNNRegressor(epochs=1)
    assert not hasattr(model, name)
    assert hasattr(model.fit(X, TARGETS["two numbers"]), name)


def test_layers_and_outputs_are_counted() -> None:
    model = DNNRegressor((5, 4), epochs=1).fit(X, TARGETS["two numbers"])
    assert (model.n_layers_, model.n_outputs_) == (4, 2)


# Parameters

BAD: list[tuple[str, Any, str]] = [
    ("hidden_layer_sizes", (4, 0), "Hidden layer sizes: 0 is not allowed; it must be a whole number from 1 to 1024"),
    ("activation", "bent", "Activation: 'bent' is not allowed; choose one of linear, sigmoid, tanh, relu"),
    ("activation", ["tanh"] * 3, "Activation: a list of 3 activations is not allowed; .* a list of 2, one for each"),
    ("optimizer", "best", "Optimiser: 'best' is not allowed; choose one of sgd, momentum"),
    ("learning_rate", -1.0, "Learning rate: -1.0 is not allowed; it must be a number from 1e-06 to 100"),
    ("batch_size", 0, "Batch size: 0 is not allowed; it must be a whole number from 1 to 20000"),
    ("batch_size", "some", "Batch size: 'some' is not allowed; it must be a whole number from 1 to 20000"),
    ("epochs", 0, "Epochs: 0 is not allowed; it must be a whole number, 1 or more"),
    ("epochs", 2.5, "Epochs: 2.5 is not allowed; it must be a whole number, 1 or more"),
    ("epochs", True, "Epochs: True is not allowed; it must be a whole number, 1 or more"),
    ("l1", -0.1, "L1: -0.1 is not allowed; it must be a number from 0 to 100"),
    ("l2", -0.1, "L2: -0.1 is not allowed; it must be a number from 0 to 100"),
    ("dropout", 1.0, "Dropout: 1.0 is not allowed; it must be a number from 0 to 0.9"),
    ("initializer", "ones", "Initialiser: 'ones' is not allowed; choose one of zeros, constant"),
    ("bias_initializer", "ones", "Bias initialiser: 'ones' is not allowed; choose one of zeros, constant"),
    ("schedule", "slow", "Schedule: 'slow' is not allowed; choose one of constant, step"),
    ("loss", "hinge", "Loss: 'hinge' is not allowed; choose one of binary_cross_entropy"),
    ("loss", "huber", r"Loss: 'huber' is not allowed; this data \(multiclass\) needs softmax_cross_entropy"),
    ("clip_norm", 0.0, "Clip norm: 0.0 is not allowed; it must be a number from 1e-06 to 1000000"),
    ("min_improvement", -1.0, "Min improvement: -1.0 is not allowed; it must be a number from 0 to 1000000"),
    ("dtype", "int8", "Dtype: 'int8' is not allowed; it must be one of float64, float32"),
]


@pytest.mark.parametrize(
    ("name", "bad", "message"), BAD, ids=lambda value: None if isinstance(value, str) else str(value)
)
def test_a_bad_parameter_is_named_with_its_value_and_what_is_allowed(name: str, bad: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        DNNClassifier(**{name: bad}).fit(X, NUMBERS)
    assert isinstance(caught.value, InvalidSetting)


@pytest.mark.parametrize(
    ("name", "bad", "message"),
    [
        ("validation_fraction", 1.5, "Validation fraction: 1.5 is not allowed; it must be a number between 0 and 1"),
        (
            "validation_fraction",
            "all",
            "Validation fraction: 'all' is not allowed; it must be a number between 0 and 1",
        ),
        ("patience", 0, "Patience: 0 is not allowed; it must be a whole number from 1 to 1000000"),
    ],
)
def test_a_bad_parameter_of_early_stopping_is_named_too(name: str, bad: Any, message: str) -> None:
    with pytest.raises(InvalidSetting, match=message):
        DNNClassifier(early_stopping=True, **{name: bad}).fit(X, NUMBERS)


@pytest.mark.parametrize(
    ("name", "bad", "message"),
    [
        ("early_stopping", "no", "Early stopping: 'no' is not allowed; it must be True or False"),
        ("warm_start", "s", "Warm start: 's' is not allowed; it must be True or False"),
        ("verbose", "x", "Verbose: 'x' is not allowed; it must be True or False"),
        (
            "hidden_layer_sizes",
            "8",
            "Hidden layer sizes: '8' is not allowed; it must be a whole number, or a list of them",
        ),
        ("hidden_layer_sizes", ["8"], "Hidden layer sizes: "),
        ("patience", 0, "Patience: 0 is not allowed; it must be a whole number from 1"),
        ("validation_fraction", 0, "Validation fraction: 0 is not allowed; it must be a number between 0 and 1"),
    ],
)
@pytest.mark.parametrize("kind", BOTH)
def test_parameters_are_looked_at_whether_they_are_used_or_not(
    kind: type[Estimator], name: str, bad: Any, message: str
) -> None:
    for train in ("fit", "partial_fit"):
        with pytest.raises(InvalidSetting, match=message):
            getattr(kind(**{name: bad}), train)(X, NUMBERS)


@pytest.mark.parametrize("train", ["fit", "partial_fit"])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("activation", "relu", "Activation: ReLU.* is not allowed; the weights were trained with Tanh"),
        ("loss", "huber", "Loss: Huber.* is not allowed; the weights were trained with None"),
        ("dtype", "float32", "Dtype: 'float32' is not allowed; the weights were trained with 'float64'"),
    ],
)
def test_what_cannot_change_while_the_weights_stay_is_named(train: str, name: str, value: str, said: str) -> None:
    model = DNNRegressor(epochs=1, warm_start=True).fit(X, TARGETS["one number"]).set_params(**{name: value})
    with pytest.raises(InvalidSetting, match=said):
        getattr(model, train)(X, TARGETS["one number"])


def test_a_batch_larger_than_all_examples_is_all_of_them() -> None:
    many = np.random.default_rng(0).normal(size=(30_000, 1))
    models = [
        DNNRegressor((), batch_size=size, epochs=1, random_state=0).fit(many, many[:, 0]) for size in (30_000, None)
    ]
    np.testing.assert_array_equal(weights_of(models[0]), weights_of(models[1]))


@pytest.mark.parametrize(
    "attribute",
    ["coefs_", "intercepts_", "loss_curve_", "validation_loss_curve_", "loss_", "n_iter_", "n_layers_", "n_outputs_"],
)
def test_what_is_learnt_is_not_there_before_fit(attribute: str) -> None:
    model = DNNClassifier()
    assert not hasattr(model, attribute)
    with pytest.raises(NotFittedError, match="This DNNClassifier instance is not fitted yet"):
        getattr(model, attribute)


@pytest.mark.parametrize("members", [1, 2])
def test_early_stopping_takes_a_class_with_one_member_as_scikit_learns_own_does(members: int) -> None:
    y = np.array(["ant"] * 50 + ["bee"] * 50 + ["cat"] * members)
    inputs = np.random.default_rng(0).normal(size=(len(y), 2))
    with pytest.warns(ConvergenceWarning):  # it takes them
        MLPClassifier((3,), max_iter=2, early_stopping=True, random_state=0).fit(inputs, y)
    model = DNNClassifier((3,), epochs=2, early_stopping=True, random_state=0).fit(inputs, y)
    assert model.classes_.tolist() == ["ant", "bee", "cat"]
    DNNClassifier((3,), epochs=2, early_stopping=True, validation_fraction=0.001, random_state=0).fit(inputs, y)
    with pytest.raises(
        InvalidSetting, match=r"Validation fraction: 0.999 is not allowed; with n_samples=10\d it must leave"
    ):
        DNNClassifier(early_stopping=True, validation_fraction=0.999).fit(inputs, y)


def test_a_bad_parameter_is_found_by_fit_and_not_before() -> None:
    assert DNNClassifier(learning_rate=-1.0).get_params()["learning_rate"] == -1.0


def test_a_misspelt_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid parameter 'learning_rat'"):
        DNNClassifier().set_params(learning_rat=0.1)


@pytest.mark.parametrize(
    "given",
    [
        {"epochs": np.int64(5)},
        {"hidden_layer_sizes": np.array([8, 8])},
        {"hidden_layer_sizes": (np.int64(8), np.int64(8))},
        {"learning_rate": np.float64(0.03)},
        {"batch_size": np.int64(M)},
        {"activation": np.str_("tanh")},
    ],
    ids=str,
)
def test_numpys_scalars_say_the_same_as_pythons(given: dict[str, Any]) -> None:
    plain = DNNRegressor(epochs=5, random_state=0).fit(X, TARGETS["one number"])
    model = DNNRegressor(**({"epochs": 5, "random_state": 0} | given)).fit(X, TARGETS["one number"])
    np.testing.assert_array_equal(weights_of(model), weights_of(plain))


def test_a_number_for_hidden_layer_sizes_is_one_layer() -> None:
    assert [W.shape for W in DNNRegressor(6, epochs=1).fit(X, NUMBERS).coefs_] == [(INPUTS, 6), (6, 1)]


def test_each_hidden_layer_has_the_activation_of_its_place_in_the_list() -> None:
    model = DNNClassifier((5, 4), ["relu", "tanh"], epochs=3, random_state=0).fit(X, TARGETS["two classes"])
    (W1, W2, W3), (b1, b2, b3) = model.coefs_, model.intercepts_
    z = np.tanh(np.maximum(X @ W1 + b1, 0.0) @ W2 + b2) @ W3 + b3
    np.testing.assert_allclose(model.predict_proba(X)[:, 1:], 1.0 / (1.0 + np.exp(-z)), rtol=0, atol=1e-14)


def test_the_same_seed_gives_the_same_weights() -> None:
    first, second = (DNNRegressor(epochs=3, random_state=5).fit(X, NUMBERS) for _ in range(2))
    np.testing.assert_array_equal(weights_of(first), weights_of(second))


def test_another_seed_gives_other_weights() -> None:
    first, second = (DNNRegressor(epochs=3, random_state=seed).fit(X, NUMBERS) for seed in (5, 6))
    assert not np.array_equal(weights_of(first), weights_of(second))


def test_a_random_state_gives_what_its_seed_gives_and_then_something_else() -> None:
    seeded = DNNRegressor(epochs=3, random_state=5).fit(X, NUMBERS)
    drawing = DNNRegressor(epochs=3, random_state=check_random_state(5)).fit(X, NUMBERS)
    np.testing.assert_array_equal(weights_of(drawing), weights_of(seeded))
    assert not np.array_equal(weights_of(drawing.fit(X, NUMBERS)), weights_of(seeded))


def test_without_a_seed_every_fit_draws_other_weights() -> None:
    model = DNNRegressor(epochs=3).fit(X, NUMBERS)
    first = weights_of(model)
    assert not np.array_equal(weights_of(model.fit(X, NUMBERS)), first)


# scikit-learn's tools around them


def test_a_kind_given_as_a_value_survives_clone() -> None:
    model = DNNClassifier(activation=LeakyReLU(slope=0.1), optimizer=Adam(beta1=0.8))
    copy = clone(model)
    assert copy.activation == LeakyReLU(slope=0.1)
    assert copy.optimizer == Adam(beta1=0.8)


def test_a_kinds_own_parameters_are_used() -> None:
    leaky, steep = (
        DNNRegressor(activation=LeakyReLU(slope=slope), epochs=3, random_state=0).fit(X, NUMBERS)
        for slope in (0.1, 0.5)
    )
    assert not np.array_equal(weights_of(leaky), weights_of(steep))


def test_clone_leaves_what_was_learned_behind() -> None:
    model = DNNClassifier((5,), epochs=2, l2=0.1).fit(X, NUMBERS)
    assert clone(model).get_params() == model.get_params()
    assert not hasattr(clone(model), "coefs_")


def test_a_grid_search_tries_kinds_and_numbers_and_refits_the_best() -> None:
    grid = {"activation": [LeakyReLU(slope=0.1), Tanh()], "epochs": np.array([1, 40])}
    iris = load_iris()
    search = GridSearchCV(DNNClassifier(optimizer="adam", random_state=0), grid, cv=2, error_score="raise")
    search.fit(iris.data, iris.target)
    assert len(search.cv_results_["params"]) == 4
    assert search.best_params_["epochs"] == 40
    assert search.best_estimator_.activation == search.best_params_["activation"]
    assert search.best_estimator_.n_iter_ == 40
    assert search.score(iris.data, iris.target) > 0.8


def test_a_pipeline_with_a_scaler_learns_iris() -> None:
    iris = load_iris()
    model = make_pipeline(StandardScaler(), DNNClassifier(optimizer="adam", epochs=50, random_state=0))
    assert model.fit(iris.data, iris.target).score(iris.data, iris.target) > 0.94


def test_set_params_reaches_into_a_pipeline() -> None:
    model = make_pipeline(StandardScaler(), DNNClassifier(epochs=1)).set_params(dnnclassifier__hidden_layer_sizes=(7,))
    assert model.fit(X, NUMBERS)[-1].coefs_[0].shape == (INPUTS, 7)


@pytest.mark.slow
def test_cross_validation_in_two_processes_scores_as_in_one() -> None:
    iris = load_iris()
    model = make_pipeline(StandardScaler(), DNNClassifier(optimizer="adam", epochs=10, random_state=0))
    apart = cross_val_score(model, iris.data, iris.target, cv=4, n_jobs=2, error_score="raise")
    np.testing.assert_array_equal(apart, cross_val_score(model, iris.data, iris.target, cv=4))


def test_the_decision_boundary_display_draws_the_probabilities() -> None:
    matplotlib.use("Agg")  # no window
    model = DNNClassifier(epochs=20, random_state=0).fit(X[:, :2], TARGETS["two classes"])
    axes = Figure().subplots()
    display = DecisionBoundaryDisplay.from_estimator(model, X[:, :2], grid_resolution=20, ax=axes)
    grid = np.stack([display.xx0.ravel(), display.xx1.ravel()], axis=1)
    np.testing.assert_array_equal(display.response, model.predict_proba(grid)[:, 1].reshape(20, 20))
    assert display.ax_ is axes
    assert axes.collections


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_a_frame_gives_the_names_of_its_columns(library: Any) -> None:
    frame = library.DataFrame(dict(zip(("length", "width", "height"), X.T, strict=True)))
    model = DNNClassifier(epochs=1).fit(frame, library.Series(TARGETS["two classes"]))
    assert model.feature_names_in_.tolist() == ["length", "width", "height"]
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame[["width", "length", "height"]])


def test_without_a_frame_there_are_no_names() -> None:
    assert not hasattr(DNNClassifier(epochs=1).fit(X, NUMBERS), "feature_names_in_")


@pytest.mark.parametrize("task", TARGETS)
def test_a_model_saved_by_joblib_predicts_the_same(task: str, tmp_path: Path) -> None:
    model = ours_for(task, epochs=5).fit(X, TARGETS[task])
    joblib.dump(model, tmp_path / "model.joblib")
    again = joblib.load(tmp_path / "model.joblib")
    np.testing.assert_array_equal(again.predict(X), model.predict(X))
    assert again.loss_curve_ == model.loss_curve_


@pytest.mark.parametrize("task", TARGETS)
def test_a_model_saved_by_joblib_goes_on_to_the_last_bit(task: str, tmp_path: Path) -> None:
    model = ours_for(task, optimizer="adam", batch_size=7, epochs=5).fit(X, TARGETS[task])
    joblib.dump(model, tmp_path / "model.joblib")
    again = joblib.load(tmp_path / "model.joblib")
    for one in (model, again):
        one.partial_fit(X, TARGETS[task])
    np.testing.assert_array_equal(weights_of(again), weights_of(model))


@pytest.mark.parametrize("settings", [{}, {"early_stopping": True}], ids=str)
def test_a_pickle_holds_none_of_twenty_thousand_examples(settings: dict[str, Any]) -> None:
    many = np.random.default_rng(0).standard_normal((20_000, 4))
    model = DNNClassifier(epochs=2, **settings).fit(many, many[:, 0] > 0)
    assert len(pickle.dumps(model)) < 200_000


def test_a_fitted_model_lets_its_examples_go() -> None:
    many = np.random.default_rng(0).standard_normal((200, 4))
    model = DNNRegressor(epochs=2).fit(many, many[:, 0])
    examples = weakref.ref(many)
    del many
    gc.collect()
    assert examples() is None
    assert model.n_iter_ == 2
