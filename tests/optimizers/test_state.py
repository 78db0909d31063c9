"""What all optimisers have in common: their state, their arrays, their place in the table."""

import numpy as np
import pytest
from hypothesis import given

from dnn import OPTIMIZERS
from dnn.components import pick
from dnn.optimizers import Adam, Optimizer
from tests.optimizers.rules import RATE, P, any_optimizer, gradients_of, named, start_of, steps_of


@named
@pytest.mark.parametrize("shape", [(P,), (3, P)], ids=str)
def test_the_state_is_zeros_shaped_like_the_parameters_with_a_name_for_each_array(
    optimizer: Optimizer, shape: tuple[int, ...]
) -> None:
    params = np.ones(shape, np.float32)
    state = optimizer.init(params)
    assert len(state) == len(optimizer.state_names)
    for name, array in zip(optimizer.state_names, state, strict=True):
        assert not array.any()
        expected = ((*shape[:-1], 1), np.float64) if name == "steps" else (shape, np.float32)
        assert (array.shape, array.dtype) == expected


def test_the_count_counts_steps() -> None:
    state = Adam().init(np.zeros((2, P)))
    for _ in range(3):
        _, state = Adam().update(np.ones((2, P)), state, RATE)
    np.testing.assert_array_equal(state[2], [[3.0], [3.0]])


@named
def test_without_out_nothing_that_was_given_changes(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(10, steps=2), start_of(10)
    _, state = optimizer.update(gradients[0], optimizer.init(params), RATE, params)
    given_arrays = [gradients, params, *state]
    before = [array.copy() for array in given_arrays]
    first, following = optimizer.update(gradients[1], state, RATE, params)
    again, _ = optimizer.update(gradients[1], state, RATE, params)
    np.testing.assert_array_equal(again, first)
    for array, old in zip(given_arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)
    for new in (first, *following):
        assert not any(np.shares_memory(new, array) for array in given_arrays)


@named
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(P,), (3, P)], ids=str)
def test_with_out_the_same_bits_come_in_the_arrays_that_were_given(
    optimizer: Optimizer, shape: tuple[int, ...], dtype: type
) -> None:
    gradients, params = gradients_of(11, shape).astype(dtype), start_of(11, shape).astype(dtype)
    out, state, pure = np.empty_like(params), optimizer.init(params), optimizer.init(params)
    before, own = gradients.copy(), list(state)
    for gradient in gradients:
        expected, pure = optimizer.update(gradient, pure, RATE, params)
        step, state = optimizer.update(gradient, state, RATE, params, out)
        assert step is out
        assert all(array is mine for array, mine in zip(state, own, strict=True))
        for array, old in zip((step, *state), (expected, *pure), strict=True):
            np.testing.assert_array_equal(array, old)
            assert array.dtype == old.dtype
    np.testing.assert_array_equal(gradients, before)


@named
def test_float32_stays_float32_and_close_to_float64(optimizer: Optimizer) -> None:
    gradients, params = gradients_of(12).astype(np.float32), start_of(12).astype(np.float32)
    state = optimizer.init(params)
    for gradient in gradients:
        step, state = optimizer.update(gradient, state, RATE, params)
        assert step.dtype == np.float32
        for name, array in zip(optimizer.state_names, state, strict=True):
            assert array.dtype == (np.float64 if name == "steps" else np.float32)
    exact = steps_of(optimizer, gradients.astype(float), params.astype(float))
    np.testing.assert_allclose(steps_of(optimizer, gradients, params), exact, rtol=1e-4, atol=1e-6)


@named
def test_the_published_order_and_names_are_the_tables(optimizer: Optimizer) -> None:
    assert [*OPTIMIZERS] == ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam"]
    assert pick(OPTIMIZERS, "optimiser", optimizer.kind) == optimizer
    assert optimizer.formula
    assert optimizer.source or optimizer.kind == "sgd"


@given(any_optimizer)
def test_every_optimiser_survives_json(optimizer: Optimizer) -> None:
    assert type(optimizer).model_validate_json(optimizer.model_dump_json()) == optimizer
    assert pick(OPTIMIZERS, "optimiser", optimizer.model_dump()) == optimizer
