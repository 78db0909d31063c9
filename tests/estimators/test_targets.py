"""Labels and targets of any type, and what is predicted of them."""

import numpy as np
import pytest
from sklearn.exceptions import DataConversionWarning

from dnn import DNNClassifier, DNNRegressor
from tests.estimators.models import NUMBERS, TARGETS, M, X


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
