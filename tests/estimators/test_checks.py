"""Parameters of the estimators: what is allowed, what is said of the others, and seeds."""

from typing import Any

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.neural_network import MLPClassifier
from sklearn.utils import check_random_state

from dnn import DNNClassifier, DNNRegressor
from dnn.errors import InvalidSetting
from tests.estimators.models import BOTH, INPUTS, NUMBERS, TARGETS, Estimator, M, X, weights_of

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
