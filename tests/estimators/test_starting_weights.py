"""Starting weights that are given."""

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone

from dnn import DNNClassifier, DNNRegressor
from dnn.errors import InvalidParams
from tests.estimators.models import INPUTS, TARGETS, X, starting_weights, weights_of


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
