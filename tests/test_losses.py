"""Each loss against its textbook formula, and on logits so large that the textbook formula breaks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import LOSSES
from dnn.kinds import Array
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError, SoftmaxCrossEntropy
from tests.strategies import examples, kinds, seeds

VALUES = [kind(kind=name) for name, kind in LOSSES.items()]


def logits_and_targets(loss: Loss, seed: int, m: int = 7) -> tuple[Array, Array]:
    return examples(loss, m, inputs=3, outputs=3, seed=seed)


@given(seeds)
def test_binary_cross_entropy_is_the_mean_of_the_logs_of_the_probabilities(seed: int) -> None:
    z, y = logits_and_targets(BinaryCrossEntropy(), seed)
    p = 1 / (1 + np.exp(-z))
    expected = -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(axis=1)
    np.testing.assert_allclose(BinaryCrossEntropy().per_example(z, y), expected, rtol=1e-10)


@given(seeds)
def test_softmax_cross_entropy_is_minus_the_log_of_the_right_class(seed: int) -> None:
    z, y = logits_and_targets(SoftmaxCrossEntropy(), seed)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    expected = -np.log(p[np.arange(len(y)), y.argmax(axis=1)])
    np.testing.assert_allclose(SoftmaxCrossEntropy().per_example(z, y), expected, rtol=1e-10)


@given(seeds)
def test_mean_squared_error_is_half_the_squared_distance(seed: int) -> None:
    z, y = logits_and_targets(MeanSquaredError(), seed)
    expected = [np.linalg.norm(row) ** 2 / 2 for row in z - y]
    np.testing.assert_allclose(MeanSquaredError().per_example(z, y), expected, rtol=1e-10)


@given(kinds(LOSSES), seeds)
def test_the_gradient_is_the_slope_of_the_cost_for_every_logit(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    gradient = loss.gradient(loss.output.value(z), y)
    step = 1e-6
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += step
        down[index] -= step
        numeric = (loss.cost(up, y) - loss.cost(down, y)) / (2 * step)
        assert gradient[index] == pytest.approx(numeric, abs=1e-8)


@given(kinds(LOSSES), seeds)
def test_the_cost_is_the_mean_over_the_examples_and_never_negative(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    each = loss.per_example(z, y)
    assert each.shape == (len(z),)
    assert (each >= 0).all()
    assert loss.cost(z, y) == pytest.approx(sum(each) / len(each), rel=1e-12)


@given(kinds(LOSSES), seeds)
def test_the_order_of_the_examples_does_not_matter(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    order = np.random.default_rng(seed).permutation(len(z))
    assert loss.cost(z[order], y[order]) == pytest.approx(float(loss.cost(z, y)), rel=1e-12)
    np.testing.assert_array_equal(loss.correct(z[order], y[order]), loss.correct(z, y)[order])


@given(kinds(LOSSES), seeds)
def test_a_runs_axis_gives_each_run_its_own_cost(loss: Loss, seed: int) -> None:
    pairs = [logits_and_targets(loss, seed + run) for run in range(3)]
    z, y = (np.stack(arrays) for arrays in zip(*pairs, strict=True))
    assert loss.cost(z, y).shape == (3,)
    for run, (z_one, y_one) in enumerate(pairs):
        assert loss.cost(z, y)[run] == pytest.approx(float(loss.cost(z_one, y_one)), rel=1e-14)
        np.testing.assert_array_equal(loss.correct(z, y)[run], loss.correct(z_one, y_one))
        a = loss.output.value(z)
        np.testing.assert_allclose(loss.gradient(a, y)[run], loss.gradient(a[run], y_one), rtol=1e-14)


@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), SoftmaxCrossEntropy()], ids=lambda loss: loss.kind)
def test_a_saturated_classifier_costs_nothing_if_right_and_its_distance_if_wrong(loss: Loss) -> None:
    z = np.array([[1e5, -1e5]])
    right, wrong = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    assert loss.cost(z, right) == 0.0
    assert loss.cost(z, wrong) == pytest.approx(2e5)
    assert loss.correct(z, right).tolist() == [True]
    assert loss.correct(z, wrong).tolist() == [False]


@given(kinds(LOSSES), seeds)
def test_out_receives_the_gradient_and_the_inputs_stay(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    a = loss.output.value(z)
    a_before, y_before, out = a.copy(), y.copy(), np.full_like(a, np.nan)
    assert loss.gradient(a, y, out) is out
    np.testing.assert_array_equal(out, loss.gradient(a, y))
    np.testing.assert_array_equal(a, a_before)
    np.testing.assert_array_equal(y, y_before)


@pytest.mark.parametrize("loss", VALUES, ids=lambda loss: loss.kind)
def test_single_precision_stays_single(loss: Loss) -> None:
    z, y = (array.astype(np.float32) for array in logits_and_targets(loss, 0))
    assert loss.per_example(z, y).dtype == np.float32
    assert loss.gradient(loss.output.value(z), y).dtype == np.float32


@given(st.floats(-5, 5).filter(bool))
def test_a_probability_above_one_half_means_class_one(z: float) -> None:
    decided = BinaryCrossEntropy().correct(np.array([[z]]), np.array([[1.0]]))
    assert decided[0] == (z > 0)
