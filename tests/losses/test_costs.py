"""Each loss against its textbook formula, its gradient against the slope of its cost."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LOSSES
from dnn.losses import BinaryCrossEntropy, Huber, Loss, MeanSquaredError, SoftmaxCrossEntropy, TanhSquaredError
from tests.losses.cases import logits_and_targets, slopes
from tests.strategies import components, seeds


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


@given(seeds, st.floats(0.01, 5.0))
def test_huber_is_half_the_square_up_to_delta_and_beyond_it_the_distance_times_delta(seed: int, delta: float) -> None:
    z, y = logits_and_targets(Huber(), seed)

    def h(r: float) -> float:
        return r * r / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)

    expected = [sum(h(float(r)) for r in row) for row in z - y]
    np.testing.assert_allclose(Huber(delta=delta).per_example(z, y), expected, rtol=1e-12)


@given(seeds)
def test_huber_is_the_mean_squared_error_while_all_distances_are_within_delta(seed: int) -> None:
    z, y = logits_and_targets(MeanSquaredError(), seed)
    wide = Huber(delta=math.ceil(np.abs(z - y).max()))
    np.testing.assert_array_equal(wide.per_example(z, y), MeanSquaredError().per_example(z, y))
    np.testing.assert_array_equal(wide.gradient(z, y), MeanSquaredError().gradient(z, y))


def test_an_outlier_pulls_at_huber_no_harder_than_delta() -> None:
    z, y = np.array([[0.5], [1e6], [-1e6]]), np.zeros((3, 1))
    np.testing.assert_allclose(Huber(delta=2.0).gradient(z, y) * 3, [[0.5], [2.0], [-2.0]], rtol=1e-15)


@given(seeds)
def test_squared_error_on_tanh_is_that_of_tensorflow_playground(seed: int) -> None:
    """Errors.SQUARE and Activations.TANH of its nn.ts, with targets -1 and 1."""
    z, y = logits_and_targets(TanhSquaredError(), seed)
    target, output = np.where(y == 1, 1.0, -1.0), np.array([[math.tanh(each) for each in row] for row in z])
    error = (0.5 * (output - target) ** 2).sum(axis=1)
    np.testing.assert_allclose(TanhSquaredError().per_example(z, y), error, rtol=1e-12)
    input_derivative = (output - target) * (1 - output * output)
    a = TanhSquaredError().output.value(z)
    np.testing.assert_allclose(TanhSquaredError().gradient(a, y) * len(z), input_derivative, rtol=1e-12)


@given(components(LOSSES), seeds)
@settings(max_examples=40)
def test_the_gradient_is_the_slope_of_the_cost_for_every_logit(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    gradient = loss.gradient(loss.output.value(z), y)
    assert gradient == pytest.approx(slopes(lambda z: loss.cost(z, y), z), abs=1e-8)


@given(components(LOSSES), seeds)
def test_the_cost_is_the_mean_over_the_examples_and_never_negative(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    each = loss.per_example(z, y)
    assert each.shape == (len(z),)
    assert (each >= 0).all()
    assert loss.cost(z, y) == pytest.approx(sum(each) / len(each), rel=1e-12)


@given(components(LOSSES), seeds)
def test_the_order_of_the_examples_does_not_matter(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    order = np.random.default_rng(seed).permutation(len(z))
    assert loss.cost(z[order], y[order]) == pytest.approx(float(loss.cost(z, y)), rel=1e-12)
    np.testing.assert_array_equal(loss.correct(z[order], y[order]), loss.correct(z, y)[order])


@given(components(LOSSES), seeds)
def test_a_runs_axis_gives_each_run_its_own_cost(loss: Loss, seed: int) -> None:
    pairs = [logits_and_targets(loss, seed + run) for run in range(3)]
    z, y = (np.stack(arrays) for arrays in zip(*pairs, strict=True))
    assert loss.cost(z, y).shape == (3,)
    for run, (z_one, y_one) in enumerate(pairs):
        assert loss.cost(z, y)[run] == pytest.approx(float(loss.cost(z_one, y_one)), rel=1e-14)
        np.testing.assert_array_equal(loss.correct(z, y)[run], loss.correct(z_one, y_one))
        a = loss.output.value(z)
        np.testing.assert_allclose(loss.gradient(a, y)[run], loss.gradient(a[run], y_one), rtol=1e-14)


@given(components(LOSSES), seeds)
def test_out_receives_the_gradient_and_the_inputs_stay(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    a = loss.output.value(z)
    a_before, y_before, out = a.copy(), y.copy(), np.full_like(a, np.nan)
    assert loss.gradient(a, y, out) is out
    np.testing.assert_array_equal(out, loss.gradient(a, y))
    np.testing.assert_array_equal(a, a_before)
    np.testing.assert_array_equal(y, y_before)
