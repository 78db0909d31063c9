"""What each training setting does to an update: beside the same update written out by hand, and in plain words."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LOSSES, Data, Network, init_params
from dnn.activations import Tanh
from dnn.components import Array
from dnn.experiment import TrainingSpec
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError
from dnn.params import Params
from dnn.training.evaluation import Evaluation
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer
from tests.strategies import examples, seeds

INPUTS, HIDDEN, M, RATE = 3, 5, 17, 0.2
EVERY_LOSS = pytest.mark.parametrize("loss", [kind() for kind in LOSSES.values()], ids=lambda loss: loss.kind)


def trained(
    data: Data,
    loss: Loss | None = None,
    params: Params | None = None,
    *,
    batch_size: int = 1000,
    epochs: int = 1,
    batch_costs: bool = False,
    **training: Any,
) -> Trainer:
    """The workspace after ``epochs`` epochs with one hidden layer; the batch is full unless a smaller one is given."""
    sizes = (data.X.shape[1], HIDDEN, data.y.shape[1])
    hyperparameters = Hyperparameters([TrainingSpec(**({"learning_rate": RATE} | training))], 1, np.float64)
    dropped = (0,) if hyperparameters.dropout.any() else ()
    params, network = params or starting(sizes), Network(Tanh(), loss or BinaryCrossEntropy())
    space = Trainer(params, network, [data], batch_size, [8], dropped, batch_costs=batch_costs)
    state = hyperparameters.optimizer.init(space.params.vector)
    for epoch in range(epochs):
        state = space.train_epoch(epoch, hyperparameters, state)
    return space


def starting(sizes: tuple[int, ...] = (INPUTS, HIDDEN, 1)) -> Params:
    """Weights and biases, none of them zero."""
    params = init_params(sizes, rng=1)
    params.vector += 0.1
    return params


def drawn(loss: Loss | None = None, weights: Array | None = None, m: int = M, seed: int = 0) -> Data:
    loss = loss or BinaryCrossEntropy()
    X, y = examples(loss, m, INPUTS, 3 if "multiclass" in loss.tasks else 1, seed)
    return Data(X, y, m, loss.tasks[0], weights)


def weights_of(m: int = M, seed: int = 0) -> Array:
    return np.random.default_rng(seed).uniform(0.0, 3.0, m)


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


# Sample weights


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
