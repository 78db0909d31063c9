"""One vector, seen as layers: writing to either changes both."""

import copy
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from dnn import InvalidParams, Params, backward, forward
from tests.strategies import hidden_sizes, seeds, widths


def numbered(sizes: tuple[int, ...], runs: int | None = None) -> Params:
    params = Params.empty(sizes, runs=runs)
    params.vector[...] = np.arange(params.vector.size).reshape(params.vector.shape)
    return params


@given(widths, hidden_sizes, widths, seeds)
def test_layers_given_as_pairs_come_back_as_they_were(
    n_in: int, hidden: tuple[int, ...], n_out: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    sizes = (n_in, *hidden, n_out)
    pairs = [(rng.standard_normal((a, b)), rng.standard_normal(b)) for a, b in pairwise(sizes)]
    params = Params.of(pairs)
    assert params.sizes == sizes
    assert len(params) == len(pairs)
    assert params.vector.shape == (Params.count(sizes),)
    for (W, b), (W_given, b_given) in zip(params, pairs, strict=True):
        np.testing.assert_array_equal(W, W_given)
        np.testing.assert_array_equal(b, b_given)


def test_params_of_copies_what_it_is_given() -> None:
    W, b = np.ones((2, 3)), np.zeros(3)
    params = Params.of([(W, b)])
    params.vector[:] = 7
    assert (W == 1).all()
    assert (b == 0).all()


@pytest.mark.parametrize("runs", [None, 1, 3])
def test_the_vector_and_the_layers_are_the_same_memory(runs: int | None) -> None:
    params = numbered((2, 3, 1), runs)
    params.vector[...] = 5
    assert all((W == 5).all() and (b == 5).all() for W, b in params)
    for W, b in params:
        W[...], b[...] = -1, -2
    assert np.unique(params.vector).tolist() == [-2, -1]
    assert all((block[..., :-1, :] == -1).all() and (block[..., -1, :] == -2).all() for block in params.Wb)


def test_a_runs_axis_gives_each_run_its_own_network_with_biases_that_broadcast() -> None:
    many = numbered((2, 3, 1), runs=4)
    assert many.runs == 4
    assert [(W.shape, b.shape) for W, b in many] == [((4, 2, 3), (4, 1, 3)), ((4, 3, 1), (4, 1, 1))]
    for index in range(4):
        one = many.run(index)
        assert one.runs is None
        for (W, b), (W_one, b_one) in zip(many, one, strict=True):
            np.testing.assert_array_equal(W[index], W_one)
            np.testing.assert_array_equal(b[index, 0], b_one)


def test_copies_and_single_runs_have_memory_of_their_own() -> None:
    one, many = numbered((2, 3, 1)), numbered((2, 3, 1), runs=2)
    one.copy().vector[:] = -1
    many.run(1).vector[:] = -1
    assert (one.vector >= 0).all()
    assert (many.vector >= 0).all()


@given(widths, hidden_sizes, widths)
def test_the_weight_mask_is_one_for_weights_and_zero_for_biases(n_in: int, hidden: tuple[int, ...], n_out: int) -> None:
    mask = Params((n_in, *hidden, n_out), numbered((n_in, *hidden, n_out)).weight_mask())
    assert all((W == 1).all() and (b == 0).all() for W, b in mask)


@pytest.mark.parametrize("runs", [None, 3])
def test_layer_norms_take_weights_and_biases_together(runs: int | None) -> None:
    params = numbered((2, 3, 4, 1), runs)
    for layer, (W, b) in enumerate(params):
        expected = np.sqrt((W**2).sum(axis=(-2, -1)) + (b**2).sum(axis=-1).reshape(W.shape[:-2]))
        np.testing.assert_allclose(params.layer_norms()[..., layer], expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("layers", "complaint"),
    [
        ([], "no layers"),
        ([(np.ones((2, 3)), np.ones(2))], "layer 1: W has shape (2, 3) and b has shape (2,)"),
        ([(np.ones((2, 3)), np.ones((1, 3)))], "layer 1"),
        ([(np.ones(3), np.ones(3))], "W must be (n_in, n_out)"),
        ([(np.ones((2, 0)), np.ones(0))], "layer 1"),
        ([(np.ones((2, 3)), np.ones(3)), (np.ones((2, 1)), np.ones(1))], "layer 2: W has shape (2, 1)"),
        ([(np.ones((2, 3)), np.ones(3)), (np.ones((2, 1)), np.ones(1))], "W must be (3, n_out)"),
        ([(np.array([[1.0, np.nan]]), np.zeros(2))], "layer 1: W and b must hold finite numbers"),
        ([(np.ones((1, 1)), [np.inf])], "layer 1: W and b must hold finite numbers"),
    ],
)
def test_layers_that_do_not_fit_are_refused_with_their_number_and_shapes(layers: list, complaint: str) -> None:
    with pytest.raises(InvalidParams) as error:
        Params.of(layers)
    assert complaint in str(error.value)


@pytest.mark.parametrize("layers", [3, "abc", [3], [("a", "b")], [(np.ones((2, 1)),)], [([[1], [1, 2]], [1])]], ids=str)
def test_what_are_no_layers_is_refused_in_a_sentence(layers: Any) -> None:
    with pytest.raises(InvalidParams, match=r"params must be a list of \(W, b\), two arrays of numbers"):
        Params.of(layers)


def test_numbers_too_large_for_single_precision_are_refused() -> None:
    with pytest.raises(InvalidParams, match="finite"):
        Params.of([(np.full((1, 1), 1e300), [0.0])], np.float32)


def pickled(params: Params) -> Params:
    copied: Params = pickle.loads(pickle.dumps(params))
    return copied


@pytest.mark.parametrize("runs", [None, 3])
@pytest.mark.parametrize("again", [pickled, copy.deepcopy], ids=["pickle", "deepcopy"])
def test_params_that_were_packed_and_unpacked_are_still_one_vector_seen_as_layers(
    again: Callable[[Params], Params], runs: int | None
) -> None:
    params = numbered((2, 3, 1), runs)
    other = again(params)
    assert (other.sizes, other.runs) == (params.sizes, runs)
    np.testing.assert_array_equal(other.vector, params.vector)
    for (W, b), (W_before, b_before) in zip(other, params, strict=True):
        np.testing.assert_array_equal(W, W_before)
        np.testing.assert_array_equal(b, b_before)
        W[...], b[...] = -1, -2
    assert np.unique(other.vector).tolist() == [-2, -1]
    other.vector[...] = 5
    assert all((W == 5).all() and (b == 5).all() for W, b in other)
    assert all((block == 5).all() for block in other.Wb)
    np.testing.assert_array_equal(params.vector, numbered((2, 3, 1), runs).vector)  # memory of its own


def test_packing_keeps_the_precision() -> None:
    params = Params.empty((2, 1), np.float32)
    assert pickled(params).vector.dtype == copy.deepcopy(params).vector.dtype == np.float32


def test_gradients_are_packed_as_the_numbers_that_they_are() -> None:
    params = numbered((2, 3, 1))
    gradients = backward(params, forward(params, np.ones((4, 2))), np.ones((4, 1)))
    np.testing.assert_array_equal(pickled(gradients).vector, gradients.vector)
