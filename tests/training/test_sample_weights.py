"""Sample weights: a weight of 2 counts as the example twice, a weight of 0 not at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data
from dnn.losses import Loss
from dnn.training.evaluation import Evaluation
from tests.strategies import seeds
from tests.training.updates import EVERY_LOSS, M, drawn, trained, weights_of


@EVERY_LOSS
@pytest.mark.parametrize("training", [{}, {"l1": 0.1, "l2": 0.5, "clip_norm": 0.5, "optimizer": "adam"}], ids=str)
def test_whole_weights_are_as_good_as_examples_repeated(loss: Loss, training: dict[str, object]) -> None:
    times = np.random.default_rng(2).integers(0, 4, M)
    data = drawn(loss, times.astype(float))
    assert {0, 1, 2, 3} == set(times)
    repeated = Data(data.X.repeat(times, axis=0), data.y.repeat(times, axis=0), int(times.sum()), data.task)
    weighted, plain = trained(data, loss, epochs=3, **training), trained(repeated, loss, epochs=3, **training)
    np.testing.assert_allclose(weighted.params.vector, plain.params.vector, rtol=0, atol=1e-12)
    costs, expected = (
        Evaluation(one.params.sizes, np.dtype(float), one.network, [each]).columns(one.params.vector[None, None])
        for one, each in ((weighted, data), (plain, repeated))
    )
    np.testing.assert_allclose(costs[[0, 2]], expected[[0, 2]], rtol=1e-12)


@EVERY_LOSS
@given(st.floats(1e-6, 1e6), st.sampled_from([3, 1000]), seeds)
@settings(max_examples=10)
def test_weights_that_are_all_so_many_times_larger_change_nothing(
    loss: Loss, factor: float, batch_size: int, seed: int
) -> None:
    weights = weights_of(seed=seed)
    one, other = (trained(drawn(loss, w), loss, batch_size=batch_size) for w in (weights, factor * weights))
    np.testing.assert_allclose(other.params.vector, one.params.vector, rtol=0, atol=1e-12)


@EVERY_LOSS
def test_equal_weights_are_none(loss: Loss) -> None:
    one, none = (
        trained(drawn(loss, weights), loss, batch_size=4, epochs=3, l1=0.1, l2=0.5) for weights in (np.ones(M), None)
    )
    np.testing.assert_allclose(one.params.vector, none.params.vector, rtol=0, atol=1e-13)


@EVERY_LOSS
def test_an_example_that_weighs_nothing_might_as_well_be_left_out(loss: Loss) -> None:
    weights = weights_of()
    weights[::3] = 0.0
    data = drawn(loss, weights)
    kept = weights > 0
    rest = Data(data.X[kept], data.y[kept], int(kept.sum()), data.task, weights[kept])
    one, other = (trained(each, loss, epochs=3, l1=0.1, l2=0.5) for each in (data, rest))
    np.testing.assert_allclose(one.params.vector, other.params.vector, rtol=0, atol=1e-12)


@EVERY_LOSS
def test_a_batch_that_weighs_nothing_changes_nothing(loss: Loss) -> None:
    weights = np.zeros(M)
    weights[6] = 2.0
    data = drawn(loss, weights)
    one_by_one = trained(data, loss, batch_size=1, batch_costs=True)  # M updates, one of them with a weight
    alone = trained(Data(data.X[6:7], data.y[6:7], 1, data.task), loss, batch_costs=True)
    np.testing.assert_allclose(one_by_one.params.vector, alone.params.vector, rtol=0, atol=1e-13)
    assert one_by_one.epoch_cost == pytest.approx(alone.epoch_cost, rel=1e-12)


def test_a_batch_that_weighs_nothing_has_no_penalty_either() -> None:
    weights = np.zeros(M)
    weights[6] = 1.0
    data = drawn(weights=weights)
    one_by_one = trained(data, batch_size=1, l1=0.3, l2=0.7)
    alone = trained(Data(data.X[6:7], data.y[6:7], 1, data.task), l1=0.3, l2=0.7)
    np.testing.assert_allclose(one_by_one.params.vector, alone.params.vector, rtol=0, atol=1e-13)
