"""scikit-learn's own checks of an estimator, and its tools around ours: clones, searches, pipelines, frames, files."""

import gc
import os
import pickle
import subprocess
import sys
import weakref
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
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from dnn import DNNClassifier, DNNRegressor
from dnn.activations import LeakyReLU, Tanh
from dnn.optimizers import Adam
from tests.estimators.models import (
    INPUTS,
    NUMBERS,
    TARGETS,
    Estimator,
    X,
    ours_for,
    weights_of,
)


@pytest.mark.slow
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
