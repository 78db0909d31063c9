"""What each training setting does to an update: beside the same update written out by hand, and in plain words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data
from dnn.components import Array
from dnn.experiment import TrainingSpec
from dnn.losses import MeanSquaredError
from dnn.params import Params
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer
from tests.strategies import seeds
from tests.training.updates import HIDDEN, INPUTS, RATE, M, drawn, starting, trained, weights_of

# By hand


def by_hand(space: Trainer, params: Params, training: TrainingSpec) -> tuple[Array, float]:
    """The parameters after gradient descent over the batches of ``space``, and the mean of the batches' costs.

    One hidden layer of tanh, a sigmoid and cross-entropy, with every rule written as in a textbook.
    """
    (W1, b1), (W2, b2) = [(W.copy(), b.copy()) for W, b in params]
    costs, sizes = [], []
    for batch in space.batches:
        X, y = batch.X_ones[:, :-1], batch.y
        w = np.ones((len(X), 1)) if batch.weights is None else batch.weights
        mask = batch.masks[0][1] if batch.masks else 1.0
        m = w.sum()
        H = np.tanh(X @ W1 + b1)
        A = H * mask
        p = 1 / (1 + np.exp(-(A @ W2 + b2)))
        penalty = sum(training.l1 * np.abs(W).sum() + training.l2 / 2 * (W**2).sum() for W in (W1, W2))
        costs.append(((w * -np.where(y == 1, np.log(p), np.log(1 - p))).sum() + penalty) / m)
        sizes.append(m)
        dZ2 = w * (p - y) / m
        dZ1 = (dZ2 @ W2.T) * mask * (1 - H**2)
        gradients = [X.T @ dZ1, dZ1.sum(axis=0), A.T @ dZ2, dZ2.sum(axis=0)]
        for dW, W in ((gradients[0], W1), (gradients[2], W2)):
            dW += (training.l1 * np.sign(W) + training.l2 * W) / m
        length = np.sqrt(sum((gradient**2).sum() for gradient in gradients))
        shorter = 1.0 if training.clip_norm is None else min(1.0, training.clip_norm / length)
        W1, b1, W2, b2 = (
            old - training.learning_rate * shorter * gradient
            for old, gradient in zip((W1, b1, W2, b2), gradients, strict=True)
        )
    return Params.of([(W1, b1), (W2, b2)]).vector, float(np.average(costs, weights=sizes))


@pytest.mark.parametrize("batch_size", [1, 6, M])
@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize(
    "training",
    [
        {},
        {"l1": 0.3},
        {"l2": 0.7},
        {"dropout": 0.4},
        {"clip_norm": 0.2},
        {"l1": 0.3, "l2": 0.7, "dropout": 0.4, "clip_norm": 0.2},
    ],
    ids=str,
)
def test_an_epoch_of_updates_is_the_one_written_by_hand(
    training: dict[str, float], weighted: bool, batch_size: int
) -> None:
    data = drawn(weights=weights_of() if weighted else None)
    space = trained(data, batch_size=batch_size, batch_costs=True, **training)
    expected, cost = by_hand(space, starting(), TrainingSpec(learning_rate=RATE, **training))
    np.testing.assert_allclose(space.params.vector, expected, rtol=0, atol=1e-12)
    assert space.epoch_cost == pytest.approx(cost, rel=1e-12)
    assert np.abs(expected - starting().vector).max() > 0.01


@pytest.mark.parametrize("training", [{"l1": 0.3}, {"l2": 0.7}, {"dropout": 0.4}, {"clip_norm": 0.2}], ids=str)
def test_every_setting_makes_a_difference(training: dict[str, float]) -> None:
    changed, plain = trained(drawn(), **training).params.vector, trained(drawn()).params.vector
    assert np.abs(changed - plain).max() > 1e-3


# Clipping


@given(seeds, st.floats(1e-3, 1.0), st.floats(1e-3, 10.0))
@settings(max_examples=30)
def test_a_step_is_never_longer_than_the_rate_times_the_limit_and_keeps_its_direction(
    seed: int, limit: float, rate: float
) -> None:
    data = drawn(seed=seed)
    clipped, whole = (
        trained(data, learning_rate=rate, clip_norm=clip_norm).params.vector - starting().vector
        for clip_norm in (limit, None)
    )
    assert np.linalg.norm(clipped) <= rate * limit + 1e-14
    shortened = min(1.0, rate * limit / np.linalg.norm(whole))
    np.testing.assert_allclose(clipped, shortened * whole, rtol=0, atol=1e-13 * max(1.0, rate))


def test_a_gradient_within_the_limit_is_used_as_it_is_to_the_last_bit() -> None:
    far, none = (trained(drawn(), clip_norm=clip_norm).params.vector for clip_norm in (1e3, None))
    np.testing.assert_array_equal(far, none)


def test_a_gradient_of_zero_is_not_divided_by() -> None:
    X = np.random.default_rng(0).standard_normal((6, INPUTS))
    nothing = Params.of([(np.zeros((INPUTS, HIDDEN)), np.zeros(HIDDEN)), (np.zeros((HIDDEN, 1)), [0.0])])
    data = Data(X, np.zeros((6, 1)), 6, "regression")
    with np.errstate(divide="ignore"):  # as the loop has it
        space = trained(data, MeanSquaredError(), nothing, clip_norm=0.1)
    np.testing.assert_array_equal(space.params.vector, 0.0)


def test_a_gradient_whose_square_is_infinite_is_shortened_too() -> None:
    flat = Params.of([(np.zeros((1, HIDDEN)), np.zeros(HIDDEN)), (np.ones((HIDDEN, 1)), [0.0])])
    data = Data(np.array([[1e160], [-1e160]]), np.array([[1.0], [0.0]]), 2, "binary")
    with np.errstate(over="ignore"):  # as the loop has it
        step = trained(data, params=flat, clip_norm=3.0).params.vector - flat.vector
    assert np.linalg.norm(step) == pytest.approx(RATE * 3.0, rel=1e-12)


# The settings as numbers and columns


def test_the_settings_of_one_run_are_plain_numbers() -> None:
    given_one = TrainingSpec(l1=0.1, l2=0.2, clip_norm=3.0, dropout=0.4, learning_rate=0.5, optimizer="adam")
    one = Hyperparameters([given_one], 3, np.float32)
    assert (one.l1, one.l2, one.clip_norm, one.rates_of(range(7, 8))[0]) == (0.1, 0.2, 3.0, 0.5)
    assert all(type(number) is float for number in (one.l1, one.l2, one.clip_norm, one.rates_of(range(7, 8))[0]))
    assert one.dropout.tolist() == [[0.4, 0.4, 0.4]]
    assert one.optimizer == given_one.optimizer
    assert (one.has_l1, one.has_l2, one.clips) == (True, True, True)


def test_the_settings_of_several_runs_are_columns_with_a_row_for_each() -> None:
    trainings = [
        TrainingSpec(l2=0.5, dropout=(0.1, 0.2), schedule={"kind": "exponential", "gamma": 0.5}),
        TrainingSpec(l2=0.0, dropout=0.3, clip_norm=2.0, learning_rate=4.0),
    ]
    both = Hyperparameters(trainings, 2, np.float32)
    assert both.l2.tolist() == [[0.5], [0.0]]
    assert both.clip_norm.tolist() == [[np.inf], [2.0]]
    assert both.rates(1).tolist() == [0.015, 4.0]
    assert both.rates_of(range(1, 2))[0].shape == (2, 1)
    assert both.rates_of(range(1, 2))[0].dtype == both.l1.dtype == both.l2.dtype == both.clip_norm.dtype == np.float32
    np.testing.assert_array_equal(both.dropout, [[0.1, 0.2], [0.3, 0.3]])
    assert (both.has_l1, both.has_l2, both.clips) == (False, True, True)


@pytest.mark.parametrize("runs", [1, 2])
def test_a_network_without_hidden_layers_has_no_dropout(runs: int) -> None:
    assert Hyperparameters([TrainingSpec(dropout=0.5)] * runs, 0, np.float64).dropout.shape == (runs, 0)
