"""What the history is made of: costs and accuracies of the training and the test examples, weighted if they are."""

import numpy as np
import pytest
from hypothesis import given, settings

from dnn import LOSSES
from dnn.kinds import Array
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError
from dnn.metrics import evaluate
from tests.strategies import examples, kinds, seeds

M, N_TRAIN = 9, 6


def drawn(loss: Loss, seed: int) -> tuple[Array, Array, Array]:
    z, y = examples(loss, M, inputs=3, outputs=3, seed=seed)
    return z, y, np.random.default_rng(seed).uniform(0.1, 3.0, M)


@given(kinds(LOSSES), seeds)
@settings(max_examples=40)
def test_costs_and_accuracies_are_weighted_means_over_the_part(loss: Loss, seed: int) -> None:
    z, y, w = drawn(loss, seed)
    train, test = slice(None, N_TRAIN), slice(N_TRAIN, None)
    expected = [
        np.average(values[part], weights=w[part])
        for values in (loss.per_example(z, y), loss.correct(z, y))
        for part in (train, test)
    ]
    np.testing.assert_allclose(evaluate(loss, z, y, N_TRAIN, w), expected, rtol=1e-12)


@given(kinds(LOSSES), seeds)
@settings(max_examples=20)
def test_without_weights_every_example_counts_alike(loss: Loss, seed: int) -> None:
    z, y, _ = drawn(loss, seed)
    np.testing.assert_allclose(
        evaluate(loss, z, y, N_TRAIN), evaluate(loss, z, y, N_TRAIN, np.full(M, 3.0)), rtol=1e-12
    )


def test_accuracy_counts_a_heavy_mistake_more() -> None:
    z, y = np.array([[1.0], [1.0], [1.0], [-1.0]]), np.array([[1.0], [0.0], [1.0], [1.0]])
    _, _, train, test = evaluate(BinaryCrossEntropy(), z, y, 3, np.array([1.0, 6.0, 1.0, 2.0]))
    assert (float(train), float(test)) == (0.25, 0.0)


@pytest.mark.parametrize("weights", [None, np.ones(M)], ids=["alike", "weighted"])
def test_a_part_without_examples_has_no_numbers(weights: Array | None) -> None:
    z, y, _ = drawn(MeanSquaredError(), 0)
    train_cost, test_cost, train_accuracy, test_accuracy = evaluate(MeanSquaredError(), z, y, M, weights)
    assert np.isfinite([train_cost, train_accuracy]).all()
    assert np.isnan([test_cost, test_accuracy]).all()


def test_a_part_whose_examples_all_weigh_nothing_has_no_numbers() -> None:
    z, y, w = drawn(BinaryCrossEntropy(), 0)
    w[N_TRAIN:] = 0.0
    train_cost, test_cost, train_accuracy, test_accuracy = evaluate(BinaryCrossEntropy(), z, y, N_TRAIN, w)
    assert np.isfinite([train_cost, train_accuracy]).all()
    assert np.isnan([test_cost, test_accuracy]).all()


@pytest.mark.parametrize("n_train", [N_TRAIN, M])
@pytest.mark.parametrize("loss", [kind(kind=name) for name, kind in LOSSES.items()], ids=lambda loss: loss.kind)
def test_runs_have_numbers_of_their_own(loss: Loss, n_train: int) -> None:
    each = [drawn(loss, run) for run in range(3)]
    z, y, w = (np.stack(arrays) for arrays in zip(*each, strict=True))
    together = np.array(evaluate(loss, z, y, n_train, w))
    assert together.shape == (4, 3)
    for run, (z_one, y_one, w_one) in enumerate(each):
        np.testing.assert_allclose(together[:, run], evaluate(loss, z_one, y_one, n_train, w_one), rtol=1e-13)
