"""Epochs of training: every example once an epoch, in a new order, with the masks of dropout and clipped gradients."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, Network, init_params
from dnn.activations import Tanh
from dnn.components import Array
from dnn.dropout import draw_masks
from dnn.initializers import GlorotUniform
from dnn.losses import BinaryCrossEntropy, MeanSquaredError
from dnn.params import Params
from dnn.training.batches import ORDERS_PER_BLOCK
from dnn.training.trainer import Trainer, clip, clipping
from tests.strategies import examples, seeds
from tests.training.trainers import plain_steps


def numbered(m: int, batch_size: int, seed: int = 0, test: int = 0) -> Trainer:
    """A trainer whose training example i is the input (i, -i) with the target 10 i; test examples follow."""
    numbers = np.arange(m + test, dtype=float)
    data = Data(np.column_stack([numbers, -numbers]), 10 * numbers[:, None], m, "regression")
    return Trainer(init_params((2, 1)), Network(Tanh(), MeanSquaredError()), [data], batch_size, [seed])


def batches(space: Trainer, epoch: int) -> list[list[float]]:
    """The numbers of the examples in each batch of ``epoch``; checks that inputs and targets belong together."""
    space.batches.shuffle(epoch)
    for X_ones, y, *_ in space.batches:
        np.testing.assert_array_equal(X_ones, np.column_stack([y[:, 0] / 10, -y[:, 0] / 10, np.ones(len(y))]))
    return [X_ones[:, 0].tolist() for X_ones, *_ in space.batches]


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 5), seeds, st.integers(0, 100))
def test_an_epoch_has_every_training_example_once_and_only_the_last_batch_is_smaller(
    m: int, batch_size: int, test: int, seed: int, epoch: int
) -> None:
    found = batches(numbered(m, batch_size, seed, test), epoch)
    assert sorted(number for batch in found for number in batch) == list(range(m))
    whole, rest = divmod(m, min(batch_size, m))
    assert [len(batch) for batch in found] == [min(batch_size, m)] * whole + [rest] * bool(rest)


def test_every_epoch_has_an_order_of_its_own() -> None:
    space = numbered(30, 7)
    orders = [str(batches(space, epoch)) for epoch in range(3 * ORDERS_PER_BLOCK)]
    assert len(set(orders)) == len(orders)


@given(seeds, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=50)
def test_the_order_of_an_epoch_depends_on_the_seed_and_its_number_alone(seed: int, epoch: int, other: int) -> None:
    space = numbered(12, 5, seed)
    batches(space, other)
    assert batches(space, epoch) == batches(numbered(12, 5, seed), epoch)
    assert batches(numbered(12, 5, seed + 1), epoch) != batches(space, epoch)


def test_a_full_batch_keeps_the_order_of_the_data() -> None:
    assert batches(numbered(9, 9), 3) == [list(range(9))]


@given(st.integers(1, 30), st.integers(1, 30), st.lists(seeds, min_size=2, max_size=3), st.integers(0, 40))
@settings(max_examples=50)
def test_runs_in_lockstep_are_each_shuffled_as_if_alone(
    m: int, batch_size: int, run_seeds: list[int], epoch: int
) -> None:
    alone = [numbered(m, batch_size, seed) for seed in run_seeds]
    numbers = np.arange(m, dtype=float)
    X, y = np.column_stack([numbers, -numbers]), 10 * numbers[:, None]
    data = [Data(1000.0 * run + X, y, m, "regression") for run in range(len(alone))]
    params = Params((2, 1), np.zeros((len(alone), 3)))
    together = Trainer(params, alone[0].network, data, batch_size, run_seeds)
    together.batches.shuffle(epoch)
    for run, space in enumerate(alone):
        expected = batches(space, epoch)
        assert [(X_ones[run, :, 0] - 1000.0 * run).tolist() for X_ones, *_ in together.batches] == expected
        assert [(y[run, :, 0] / 10).tolist() for _, y, *_ in together.batches] == expected


@given(st.integers(2, 40), seeds)
@settings(max_examples=40)
def test_a_full_batch_step_does_not_depend_on_the_order_of_the_examples(m: int, seed: int) -> None:
    X, y = examples(BinaryCrossEntropy(), m, 2, 1, seed)
    order = np.random.default_rng(seed).permutation(m)
    params, network = init_params((2, 4, 4, 1), GlorotUniform(), seed), Network()
    stepped = []
    for rows in (np.arange(m), order):
        space = Trainer(params, network, [Data(X[rows], y[rows], m, "binary")], m, [0])
        space.train_epoch(0, plain_steps(2, 0.5, l2=0.1), ())
        stepped.append(space.params.vector)
    np.testing.assert_allclose(stepped[1], stepped[0], rtol=1e-12, atol=1e-12)


@given(st.integers(1, 20), st.integers(1, 20), st.lists(seeds, min_size=2, max_size=3), st.integers(0, 40))
@settings(max_examples=30)
def test_runs_that_share_their_data_are_each_shuffled_as_if_alone(
    m: int, batch_size: int, run_seeds: list[int], epoch: int
) -> None:
    numbers = np.arange(m, dtype=float)
    data = Data(np.column_stack([numbers, -numbers]), 10 * numbers[:, None], m, "regression")
    params, network = Params((2, 1), np.zeros((len(run_seeds), 3))), Network(Tanh(), MeanSquaredError())
    together = Trainer(params, network, [data] * len(run_seeds), batch_size, run_seeds)
    together.batches.shuffle(epoch)
    for run, seed in enumerate(run_seeds):
        found = [np.broadcast_to(X_ones, (len(run_seeds), *X_ones.shape[-2:]))[run] for X_ones, *_ in together.batches]
        assert [batch[:, 0].tolist() for batch in found] == batches(numbered(m, batch_size, seed), epoch)


def test_a_trainer_trains_a_copy_of_the_parameters() -> None:
    params, space = init_params((2, 1)), numbered(5, 2)
    space.train_epoch(0, plain_steps(0, 0.1), ())
    assert (init_params((2, 1)).vector == params.vector).all()
    assert (space.params.vector != params.vector).all()


# Dropout's masks


def dropping(*dropped: int, m: int = 400, batch_size: int = 50, run_seeds: tuple[int, ...] = (3,)) -> Trainer:
    """A trainer with hidden layers of 20, 30 and 40 units, of which those in ``dropped`` have dropout."""
    one = init_params((2, 20, 30, 40, 1))
    params = one if len(run_seeds) == 1 else Params(one.sizes, np.stack([one.vector] * len(run_seeds)))
    data = [Data(*examples(BinaryCrossEntropy(), m, 2, 1), m, "binary")] * len(run_seeds)
    return Trainer(params, Network(), data, batch_size, run_seeds, dropped)


def masks_of(space: Trainer, epoch: int, *shares: tuple[float, ...]) -> list[Array]:
    """The masks of all examples in ``epoch``, for each layer with dropout, gathered from the batches: (…, m, units)."""
    space.batches.draw_masks(epoch, np.array(shares))
    layers = [[mask for _, mask in batch.masks] for batch in space.batches]
    return [np.concatenate(of_layer, axis=-2) for of_layer in zip(*layers, strict=True)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_dropout_leaves_its_share_of_the_units_out_and_makes_up_for_it_in_the_others(share: float) -> None:
    (mask,) = masks_of(dropping(1), 0, (0.0, share, 0.0))
    assert mask.shape == (400, 30)
    assert set(mask.ravel()) == {0.0, 1.0 / (1.0 - share)}
    spread = np.sqrt(share * (1 - share) / mask.size)
    assert (mask == 0.0).mean() == pytest.approx(share, abs=5 * spread)
    assert mask.mean() == pytest.approx(1.0, abs=5 * spread / (1 - share))


def test_every_example_and_every_unit_is_left_out_now_and_then() -> None:
    (mask,) = masks_of(dropping(0), 0, (0.5, 0.0, 0.0))
    of_units, of_examples = (mask == 0.0).mean(axis=0), (mask == 0.0).mean(axis=1)
    assert ((of_units > 0.3) & (of_units < 0.7)).all()
    assert of_examples.std() == pytest.approx(np.sqrt(0.25 / 20), rel=0.2)  # as coins fall, not in stripes


def test_every_layer_has_its_own_share() -> None:
    first, second = masks_of(dropping(0, 2), 4, (0.2, 0.0, 0.7))
    assert (first == 0.0).mean() == pytest.approx(0.2, abs=0.03)
    assert (second == 0.0).mean() == pytest.approx(0.7, abs=0.03)


@given(seeds, st.integers(0, 1000), st.integers(0, 1000))
@settings(max_examples=20)
def test_the_masks_of_an_epoch_depend_on_the_seed_and_its_number_alone(seed: int, epoch: int, other: int) -> None:
    shares = (0.3, 0.6, 0.0)
    used, fresh = dropping(0, 1, m=20, run_seeds=(seed,)), dropping(0, 1, m=20, batch_size=7, run_seeds=(seed,))
    before = masks_of(used, other, shares)
    for here, there in zip(masks_of(used, epoch, shares), masks_of(fresh, epoch, shares), strict=True):
        np.testing.assert_array_equal(here, there)
    again = masks_of(fresh, epoch, shares)[0]
    assert (again == before[0]).all() == (epoch == other)
    assert (again != masks_of(dropping(0, 1, m=20, run_seeds=(seed + 1,)), epoch, shares)[0]).any()


def test_runs_in_lockstep_draw_the_masks_that_each_draws_alone() -> None:
    group = dropping(0, 1, 2, run_seeds=(5, 6, 5))
    shares = ((0.2, 0.0, 0.5), (0.0, 0.4, 0.0), (0.0, 0.0, 0.0))
    first, second, third = masks_of(group, 7, *shares)
    alone = masks_of(dropping(0, 2, run_seeds=(5,)), 7, shares[0])
    other = masks_of(dropping(1, run_seeds=(6,)), 7, shares[1])
    np.testing.assert_array_equal(first[0], alone[0])
    np.testing.assert_array_equal(third[0], alone[1])
    np.testing.assert_array_equal(second[1], other[0])
    for mask in (second[0], first[1], third[1], first[2], second[2], third[2]):
        assert (mask == 1.0).all()  # no dropout there


# Clipping and dropout, the quick ways


@given(seeds, st.floats(1e-3, 10.0), st.sampled_from([None, 3]), st.sampled_from([np.float64, np.float32]))
def test_a_gradient_is_clipped_by_the_factor_of_its_norm(
    seed: int, longest: float, runs: int | None, dtype: type
) -> None:
    shape = (9,) if runs is None else (runs, 9)
    gradient = np.random.default_rng(seed).standard_normal(shape).astype(dtype)
    limit = longest if runs is None else np.full((runs, 1), longest, dtype)
    expected = gradient * clipping(gradient, limit)
    norms = np.linalg.norm(expected, axis=-1)
    assert (norms <= longest * (1 + 1e-6)).all()
    shortened = np.linalg.norm(gradient, axis=-1) > longest
    np.testing.assert_allclose(np.where(shortened, norms, longest), longest, rtol=1e-6)
    clip(gradient, limit, np.empty_like(gradient))
    np.testing.assert_array_equal(gradient, expected)


@pytest.mark.parametrize("gradient", [np.zeros(3), np.array([3e200, 4e200, 0.0]), np.array([3e-200, 4e-200, 0.0])])
def test_gradients_of_any_size_are_clipped_without_overflow(gradient: Array) -> None:
    clipped = gradient.copy()
    with np.errstate(over="ignore"):  # as the loop has it
        clip(clipped, 1.0, np.empty(3))
    np.testing.assert_allclose(clipped, [0.6, 0.8, 0.0] if gradient.max() > 1 else gradient, rtol=1e-15)


@given(seeds, st.lists(st.tuples(st.integers(1, 5), st.sampled_from([0.0, 0.1, 0.5, 0.9])), min_size=1, max_size=4))
def test_masks_are_those_of_random_numbers_of_32_bits(seed: int, layers: list[tuple[int, float]]) -> None:
    masks = [np.empty((units, 3)) for units, _ in layers]
    draw_masks(np.random.default_rng(seed), masks, [share for _, share in layers])
    rng = np.random.default_rng(seed)
    for mask, (units, share) in zip(masks, layers, strict=True):
        numbers = rng.random((units, 3), np.float32) if share else np.ones((units, 3))
        np.testing.assert_array_equal(mask, (numbers >= np.float64(share)) / (1.0 - share))
