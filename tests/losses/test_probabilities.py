"""Probabilities and right answers, in single precision too, and on logits so large that the textbook formula breaks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn.losses import BinaryCrossEntropy, Loss, SoftmaxCrossEntropy
from tests.losses.cases import VALUES, logits_and_targets
from tests.strategies import seeds

CLASSIFIERS = [loss for loss in VALUES if loss.tasks != ("regression",)]


@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), SoftmaxCrossEntropy()], ids=lambda loss: loss.kind)
def test_a_saturated_classifier_costs_nothing_if_right_and_its_distance_if_wrong(loss: Loss) -> None:
    z = np.array([[1e5, -1e5]])
    right, wrong = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    assert loss.cost(z, right) == 0.0
    assert loss.cost(z, wrong) == pytest.approx(2e5)
    assert loss.correct(z, right).tolist() == [True]
    assert loss.correct(z, wrong).tolist() == [False]


@pytest.mark.parametrize("loss", VALUES, ids=lambda loss: loss.kind)
def test_single_precision_stays_single(loss: Loss) -> None:
    z, y = (array.astype(np.float32) for array in logits_and_targets(loss, 0))
    assert loss.per_example(z, y).dtype == np.float32
    assert loss.gradient(loss.output.value(z), y).dtype == np.float32


@given(st.floats(-5, 5).filter(bool))
def test_a_probability_above_one_half_means_class_one(z: float) -> None:
    decided = BinaryCrossEntropy().correct(np.array([[z]]), np.array([[1.0]]))
    assert decided[0] == (z > 0)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("loss", VALUES, ids=lambda loss: loss.kind)
def test_costs_and_gradients_of_a_million_are_finite(loss: Loss, dtype: type) -> None:
    """Warnings are errors here: none of this overflows on the way either."""
    corners = np.array([[a, b] for a in (-1e6, 0.0, 1e6) for b in (-1e6, 0.0, 1e6)], dtype)
    z, y = np.repeat(corners, 2, axis=0), np.tile(np.eye(2, dtype=dtype), (9, 1))
    a = loss.output.value(z)
    for array in (a, loss.per_example(z, y), loss.cost(z, y), loss.gradient(a, y), loss.probability(a)):
        assert np.isfinite(array).all()
        assert np.asarray(array).dtype == dtype
    assert (loss.per_example(z, y) >= 0).all()
    assert (loss.per_example(z, y) > 0).any()


@pytest.mark.parametrize("loss", CLASSIFIERS, ids=lambda loss: loss.kind)
@given(seed=seeds, spread=st.sampled_from([1.0, 30.0, 1e6]))
@settings(max_examples=30)
def test_the_probabilities_of_classes_are_from_zero_to_one(loss: Loss, seed: int, spread: float) -> None:
    z = logits_and_targets(loss, seed)[0] * spread
    probability = loss.probability(loss.output.value(z))
    assert ((probability >= 0) & (probability <= 1)).all()
    if "multiclass" in loss.tasks:
        np.testing.assert_allclose(probability.sum(axis=1), 1.0, rtol=1e-12)
    else:
        np.testing.assert_allclose(loss.probability(loss.output.value(-z)), 1 - probability, atol=1e-15)


@pytest.mark.parametrize("loss", CLASSIFIERS, ids=lambda loss: loss.kind)
@given(seed=seeds)
@settings(max_examples=30)
def test_an_example_is_right_if_the_probability_of_its_class_is_the_larger(loss: Loss, seed: int) -> None:
    z, y = (array[:, : 3 if "multiclass" in loss.tasks else 1] for array in logits_and_targets(loss, seed))
    p, correct = loss.probability(loss.output.value(z)), loss.correct(z, y)
    p, y = (p, y) if "multiclass" in loss.tasks else (np.hstack([1 - p, p]), np.hstack([1 - y, y]))
    np.testing.assert_array_equal(correct, p.argmax(axis=1) == y.argmax(axis=1))


@pytest.mark.parametrize("loss", [loss for loss in VALUES if loss not in CLASSIFIERS], ids=lambda loss: loss.kind)
def test_regression_shows_its_outputs_and_is_never_right(loss: Loss) -> None:
    z, _ = logits_and_targets(loss, 0)
    np.testing.assert_array_equal(loss.probability(loss.output.value(z)), z)
    assert not loss.correct(z, z).any()
