"""The buffers of the loop: every example once an epoch, in a new order, and no memory that the loop does not own."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, LOSSES, Data, Network, init_params
from dnn.activations import Tanh
from dnn.initializers import GlorotUniform
from dnn.losses import BinaryCrossEntropy, MeanSquaredError
from dnn.optimizers import SGD
from dnn.params import Params
from dnn.workspace import ORDERS_AT_ONCE, Workspace
from tests.strategies import examples, seeds


def numbered(m: int, batch_size: int, seed: int = 0, test: int = 0) -> Workspace:
    """A workspace whose training example i is the input (i, -i) with the target 10 i; test examples follow."""
    numbers = np.arange(m + test, dtype=float)
    data = Data(np.column_stack([numbers, -numbers]), 10 * numbers[:, None], m, "regression")
    return Workspace(init_params((2, 1)), Network(Tanh(), MeanSquaredError()), [data], batch_size, [seed])


def batches(space: Workspace, epoch: int) -> list[list[float]]:
    """The numbers of the examples in each batch of ``epoch``; checks that inputs and targets belong together."""
    space.shuffle(epoch)
    for X1, y, _, _ in space.batches:
        np.testing.assert_array_equal(X1, np.column_stack([y[:, 0] / 10, -y[:, 0] / 10, np.ones(len(y))]))
    return [X1[:, 0].tolist() for X1, _, _, _ in space.batches]


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 5), seeds, st.integers(0, 100))
def test_an_epoch_has_every_training_example_once_in_batches_of_one_size_and_a_smaller_last_one(
    m: int, batch_size: int, test: int, seed: int, epoch: int
) -> None:
    found = batches(numbered(m, batch_size, seed, test), epoch)
    assert sorted(number for batch in found for number in batch) == list(range(m))
    whole, rest = divmod(m, min(batch_size, m))
    assert [len(batch) for batch in found] == [min(batch_size, m)] * whole + [rest] * bool(rest)


def test_every_epoch_has_an_order_of_its_own() -> None:
    space = numbered(30, 7)
    orders = [str(batches(space, epoch)) for epoch in range(3 * ORDERS_AT_ONCE)]
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
    data = [
        Data(1000.0 * run + space.everything[..., :-1], space.targets.copy(), m, "regression")
        for run, space in enumerate(alone)
    ]
    params = Params((2, 1), np.zeros((len(alone), 3)))
    together = Workspace(params, alone[0].network, data, batch_size, run_seeds)
    together.shuffle(epoch)
    for run, space in enumerate(alone):
        expected = batches(space, epoch)
        assert [(X1[run, :, 0] - 1000.0 * run).tolist() for X1, *_ in together.batches] == expected
        assert [(y[run, :, 0] / 10).tolist() for _, y, *_ in together.batches] == expected


@given(st.integers(2, 40), seeds)
@settings(max_examples=40)
def test_a_full_batch_step_does_not_depend_on_the_order_of_the_examples(m: int, seed: int) -> None:
    X, y = examples(BinaryCrossEntropy(), m, 2, 1, seed)
    order = np.random.default_rng(seed).permutation(m)
    params, network = init_params((2, 4, 1), GlorotUniform(), seed), Network()
    stepped = []
    for rows in (np.arange(m), order):
        space = Workspace(params, network, [Data(X[rows], y[rows], m, "binary")], m, [0])
        space.train_epoch(0, SGD(), (), 0.5, 0.1)
        stepped.append(space.params.vector)
    np.testing.assert_allclose(stepped[1], stepped[0], rtol=1e-12, atol=1e-12)


def test_a_workspace_trains_a_copy_of_the_parameters() -> None:
    params, space = init_params((2, 1)), numbered(5, 2)
    space.train_epoch(0, SGD(), (), 0.1, 0.0)
    assert (init_params((2, 1)).vector == params.vector).all()
    assert (space.params.vector != params.vector).all()


BATCH, WIDTH = 32, 32


@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_epoch_of_many_updates_allocates_less_than_one_layer_of_one_batch(
    activation: str, loss: str, l2: float
) -> None:
    m, g, loss = 40 * BATCH + 5, ACTIVATIONS[activation](kind=activation), LOSSES[loss](kind=loss)
    X, y = examples(loss, m, 2, 2)
    params = init_params((2, WIDTH, WIDTH, WIDTH, 2))
    space = Workspace(params, Network(g, loss), [Data(X, y, m, "regression")], BATCH, [0])
    for epoch in range(2):
        space.train_epoch(epoch, SGD(), (), 0.01, l2)
    tracemalloc.start()
    space.train_epoch(2, SGD(), (), 0.01, l2)
    left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BATCH * WIDTH * 8 / 2  # half of one temporary array (examples, units) in float64
    assert left < 2048


def test_runs_in_lockstep_allocate_no_array_of_their_own_size() -> None:
    runs, m = 64, 4 * BATCH
    data = [Data(*examples(BinaryCrossEntropy(), m, 2, 1, seed), m, "binary") for seed in range(runs)]
    one = init_params((2, WIDTH, WIDTH, 1))
    params = Params(one.sizes, np.stack([one.vector] * runs))
    space = Workspace(params, Network(), data, BATCH, range(runs))
    rates, penalties = np.full((runs, 1), 0.01), np.full((runs, 1), 0.1)
    for epoch in range(2):
        space.train_epoch(epoch, SGD(), (), rates, penalties)
    tracemalloc.start()
    space.train_epoch(2, SGD(), (), rates, penalties)
    left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    buffers = 3 * np.getbufsize() * 8  # NumPy's own, of one size whatever the arrays: one for each operand at most
    assert peak < buffers < runs * BATCH * WIDTH * 8 / 2
    assert left < 2048
