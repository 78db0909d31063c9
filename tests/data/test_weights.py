"""Weights of examples in the data: what they may be, and balanced ones."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, InvalidData
from tests.data.rows import rows
from tests.strategies import seeds


@pytest.mark.parametrize(
    ("weights", "complaint"),
    [
        ([1, 1, -1e-9, 1], "weights must be finite and 0 or more"),
        ([1, 1, np.nan, 1], "weights must be finite and 0 or more"),
        ([1, 1, np.inf, 1], "weights must be finite and 0 or more"),
        ([1, 1, 1], "weights have shape (3,); there must be one for each of 4 examples"),
        ([1, 1, 1, 1, 1], "weights have shape (5,); there must be one for each of 4 examples"),
        (1.0, "weights have shape (); there must be one for each of 4 examples"),
        ([[1], [1], [1], [1]], "weights have shape (4, 1); there must be one for each of 4 examples"),
        ("heavy", "weights must be numbers, one for each example"),
        ([1, [1, 2], 1, 1], "weights must be numbers, one for each example"),
        ([0, 0, 0, 0], "the weights of all training examples are 0; one of them at least must count"),
        ([0, 0, 0, 1], "the weights of all training examples are 0; one of them at least must count"),
    ],
    ids=str,
)
def test_weights_that_cannot_be_are_refused_in_words(weights: Any, complaint: str) -> None:
    with pytest.raises(InvalidData, match=re.escape(complaint)):
        Data.split(*rows(4), test_share=0.25, weights=weights)


def test_weights_may_be_zero_for_all_test_examples() -> None:
    data = Data.split(*rows(4), test_share=0.25, weights=[0, 0, 1, 0])
    assert data.weights is not None
    assert data.weights.tolist() == [0, 0, 1, 0]


# Balance


@given(st.lists(st.integers(0, 4), min_size=2, max_size=30), seeds)
@settings(max_examples=60)
def test_balanced_weights_give_every_class_the_same_total_and_are_1_on_average(labels: list[int], seed: int) -> None:
    task = "binary" if max(labels) < 2 else "multiclass"
    rng = np.random.default_rng(seed)
    data = Data.split(np.zeros((len(labels), 1)), labels, test_share=0.3, rng=rng, task=task).balanced()
    assert data.weights is not None
    totals = [data.weights[data.labels == label].sum() for label in set(labels)]  # classes nobody has count for nothing
    np.testing.assert_allclose(totals, len(labels) / len(set(labels)), rtol=1e-12)
    assert data.weights.mean() == pytest.approx(1.0, rel=1e-12)


def test_balanced_weights_are_scikit_learns() -> None:
    from sklearn.utils.class_weight import compute_sample_weight

    labels = [0, 0, 0, 0, 0, 1, 2, 2]
    balanced = Data.split(np.zeros((8, 1)), labels).balanced().weights
    np.testing.assert_allclose(balanced, compute_sample_weight("balanced", labels), rtol=1e-14)


def test_balancing_changes_nothing_but_the_weights_and_not_the_data_it_was_asked_of() -> None:
    data = Data.split(*rows(9), test_share=0.3)
    balanced = data.balanced()
    assert data.weights is None
    np.testing.assert_array_equal(balanced.X, data.X)
    np.testing.assert_array_equal(balanced.y, data.y)
    assert (balanced.n_train, balanced.task) == (data.n_train, data.task)


def test_numbers_cannot_be_balanced() -> None:
    with pytest.raises(InvalidData, match="only classes can be balanced"):
        Data.split([[0.0], [1.0]], [0.1, 0.2]).balanced()
