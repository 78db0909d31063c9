"""Training that goes on: partial_fit and warm_start."""

import re

import numpy as np
import pytest

from dnn import DNNClassifier, DNNRegressor
from dnn.errors import InvalidSetting
from tests.estimators.models import NUMBERS, TARGETS, X, ours_for, weights_of


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
