"""Losses of weighted examples: a weight of 2 counts as the example twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LOSSES
from dnn.components import Array
from dnn.losses import Loss, MeanSquaredError
from tests.losses.cases import VALUES, logits_and_targets, slopes
from tests.strategies import components, seeds


def weights_for(seed: int, m: int = 7) -> Array:
    """Some of them 0, none of them negative, and never all 0."""
    rng = np.random.default_rng([seed, 3])
    return np.append(rng.uniform(0.0, 3.0, m - 1) * (rng.random(m - 1) > 0.3), 0.5)


def shares(weights: Array) -> Array:
    return (weights / weights.sum(axis=-1, keepdims=True))[..., None]


@given(components(LOSSES), seeds)
def test_with_weights_the_cost_is_the_weighted_mean(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    expected = np.average(loss.per_example(z, y), weights=w)
    assert float(loss.cost(z, y, w)) == pytest.approx(float(expected), rel=1e-12)


@given(components(LOSSES), seeds)
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


@given(components(LOSSES), seeds, st.floats(1e-6, 1e6))
def test_weights_that_are_all_so_many_times_larger_cost_the_same(loss: Loss, seed: int, factor: float) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    assert float(loss.cost(z, y, w * factor)) == pytest.approx(float(loss.cost(z, y, w)), rel=1e-12)


@given(components(LOSSES), seeds)
def test_weights_that_are_all_alike_cost_as_much_as_none(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    a = loss.output.value(z)
    w = np.full(7, 2.5)
    assert float(loss.cost(z, y, w)) == pytest.approx(float(loss.cost(z, y)), rel=1e-12)
    np.testing.assert_allclose(
        loss.gradient(a, y, sample_weight=shares(w)), loss.gradient(a, y), rtol=1e-12, atol=1e-300
    )


@given(components(LOSSES), seeds)
@settings(max_examples=30)
def test_the_gradient_with_shares_is_the_slope_of_the_weighted_cost(loss: Loss, seed: int) -> None:
    z, y = logits_and_targets(loss, seed)
    w = weights_for(seed)
    gradient = loss.gradient(loss.output.value(z), y, sample_weight=shares(w))
    assert not gradient[w == 0].any()
    assert gradient == pytest.approx(slopes(lambda z: loss.cost(z, y, w), z), abs=1e-8)


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
