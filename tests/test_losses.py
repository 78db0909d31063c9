"""Each loss against its textbook formula, and on logits so large that the textbook formula breaks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LOSSES
from dnn.components import Array
from dnn.losses import BinaryCrossEntropy, Huber, Loss, MeanSquaredError, SoftmaxCrossEntropy, TanhSquaredError
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


@given(kinds(LOSSES), seeds)
@settings(max_examples=40)
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


# Weights


def weights_for(seed: int, m: int = 7) -> Array:
    """Some of them 0, none of them negative, and never all 0."""
    rng = np.random.default_rng([seed, 3])
    return np.append(rng.uniform(0.0, 3.0, m - 1) * (rng.random(m - 1) > 0.3), 0.5)


def shares(weights: Array) -> Array:
    return (weights / weights.sum(axis=-1, keepdims=True))[..., None]


@given(kinds(LOSSES), seeds)
def test_with_weights_the_cost_is_the_weighted_mean(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    expected = np.average(loss.per_example(z, y), weights=w)
    assert float(loss.cost(z, y, w)) == pytest.approx(float(expected), rel=1e-12)


@given(kinds(LOSSES), seeds)
def test_whole_weights_are_examples_repeated(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    times = np.array([2, 0, 1, 3, 1, 5, 1])
    z_all, y_all = np.repeat(z, times, axis=0), np.repeat(y, times, axis=0)
    assert float(loss.cost(z, y, times)) == pytest.approx(float(loss.cost(z_all, y_all)), rel=1e-12)
    once = loss.gradient(loss.output.value(z), y, sample_weight=shares(times))
    often = loss.gradient(loss.output.value(z_all), y_all)
    owner = np.repeat(np.arange(7), times)
    together = np.array([often[owner == example].sum(axis=0) for example in range(7)])
    np.testing.assert_allclose(once, together, rtol=1e-12, atol=1e-15)


@given(kinds(LOSSES), seeds, st.floats(1e-6, 1e6))
def test_weights_that_are_all_so_many_times_larger_cost_the_same(loss: Loss, seed: int, factor: float) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    assert float(loss.cost(z, y, w * factor)) == pytest.approx(float(loss.cost(z, y, w)), rel=1e-12)


@given(kinds(LOSSES), seeds)
def test_weights_that_are_all_alike_cost_as_much_as_none(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    a = loss.output.value(z)
    w = np.full(7, 2.5)
    assert float(loss.cost(z, y, w)) == pytest.approx(float(loss.cost(z, y)), rel=1e-12)
    np.testing.assert_allclose(
        loss.gradient(a, y, sample_weight=shares(w)), loss.gradient(a, y), rtol=1e-12, atol=1e-300
    )


@given(kinds(LOSSES), seeds)
@settings(max_examples=30)
def test_the_gradient_with_shares_is_the_slope_of_the_weighted_cost(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    gradient = loss.gradient(loss.output.value(z), y, sample_weight=shares(w))
    assert not gradient[w == 0].any()
    step = 1e-6
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += step
        down[index] -= step
        numeric = (loss.cost(up, y, w) - loss.cost(down, y, w)) / (2 * step)
        assert gradient[index] == pytest.approx(numeric, abs=1e-8)


@pytest.mark.parametrize("loss", VALUES, ids=lambda loss: loss.kind)
def test_runs_are_weighted_each_by_its_own_weights(loss: Loss) -> None:
    pairs = [logits_and_targets(loss, run) for run in range(3)]
    z, y = (np.stack(arrays) for arrays in zip(*pairs, strict=True))
    w = np.stack([weights_for(run) for run in range(3)])
    gradient = loss.gradient(loss.output.value(z), y, sample_weight=shares(w))
    for run, (z_one, y_one) in enumerate(pairs):
        assert loss.cost(z, y, w)[run] == pytest.approx(float(loss.cost(z_one, y_one, w[run])), rel=1e-14)
        alone = loss.gradient(loss.output.value(z_one), y_one, sample_weight=shares(w[run]))
        np.testing.assert_allclose(gradient[run], alone, rtol=1e-14)


def test_examples_that_all_weigh_nothing_have_no_cost() -> None:
    z, y = logits_and_targets(MeanSquaredError(), 0)
    assert np.isnan(MeanSquaredError().cost(z, y, np.zeros(7)))


# Numbers as large as they come


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


CLASSIFIERS = [loss for loss in VALUES if loss.tasks != ("regression",)]


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
