"""Starting weights: their spread, and what the spread is for: signals that keep their size through many layers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import INITIALIZERS, init_params
from dnn.initializers import GlorotNormal, GlorotUniform, HeNormal, HeUniform, Initializer, Normal, Zeros
from tests.strategies import hidden_sizes, kinds, seeds, widths


@given(kinds(INITIALIZERS), widths, hidden_sizes, widths, seeds)
def test_weights_have_the_shapes_of_the_layers_and_biases_are_zero(
    initializer: Initializer, n_in: int, hidden: tuple[int, ...], n_out: int, seed: int
) -> None:
    sizes = (n_in, *hidden, n_out)
    params = init_params(sizes, initializer, seed)
    assert [W.shape for W, _ in params] == list(pairwise(sizes))
    assert all((b == 0).all() for _, b in params)


@given(kinds(INITIALIZERS), seeds)
def test_the_same_seed_draws_the_same_weights_and_the_generator_may_be_given(
    initializer: Initializer, seed: int
) -> None:
    sizes = (3, 4, 2)
    first = init_params(sizes, initializer, seed)
    np.testing.assert_array_equal(init_params(sizes, initializer, np.int64(seed)).vector, first.vector)
    given_rng = init_params(sizes, initializer, np.random.default_rng(seed))
    np.testing.assert_array_equal(given_rng.vector, first.vector)


@pytest.mark.parametrize("initializer", [Normal(), HeNormal(), HeUniform(), GlorotNormal(), GlorotUniform()])
def test_another_seed_draws_other_weights(initializer: Initializer) -> None:
    assert (init_params((3, 4, 2), initializer, 1)[0][0] != init_params((3, 4, 2), initializer, 2)[0][0]).all()


def test_zeros_make_every_unit_of_a_layer_alike() -> None:
    assert not init_params((3, 4, 2), Zeros()).vector.any()


@given(st.floats(0.001, 100))
def test_normal_weights_have_the_chosen_standard_deviation(scale: float) -> None:
    W = Normal(scale=scale).draw(np.random.default_rng(0), 300, 200)
    assert W.std() == pytest.approx(scale, rel=0.01)
    assert abs(W.mean()) < 0.01 * scale


@pytest.mark.parametrize("initializer", [HeNormal(), HeUniform()], ids=lambda kind: kind.kind)
def test_he_keeps_the_size_of_signals_through_a_relu_layer_of_any_width(initializer: Initializer) -> None:
    rng = np.random.default_rng(0)
    for n_in, n_out in [(300, 300), (100, 400), (400, 100)]:
        X = rng.standard_normal((400, n_in))
        a = np.maximum(X @ initializer.draw(rng, n_in, n_out), 0)
        assert np.mean(a**2) == pytest.approx(np.mean(X**2), rel=0.05)


@pytest.mark.parametrize("initializer", [GlorotNormal(), GlorotUniform()], ids=lambda kind: kind.kind)
def test_glorot_lets_signals_and_gradients_change_by_opposite_amounts_and_keeps_both_in_square_layers(
    initializer: Initializer,
) -> None:
    rng = np.random.default_rng(0)
    for n_in, n_out in [(300, 300), (100, 400), (400, 100)]:
        W = initializer.draw(rng, n_in, n_out)
        forwards = np.mean((rng.standard_normal((400, n_in)) @ W) ** 2)
        backwards = np.mean((rng.standard_normal((400, n_out)) @ W.T) ** 2)
        assert forwards == pytest.approx(2 * n_in / (n_in + n_out), rel=0.05)
        assert backwards == pytest.approx(2 * n_out / (n_in + n_out), rel=0.05)


@pytest.mark.parametrize(("uniform", "normal"), [(HeUniform(), HeNormal()), (GlorotUniform(), GlorotNormal())])
def test_uniform_weights_have_the_spread_of_the_normal_ones_and_a_hard_limit(
    uniform: Initializer, normal: Initializer
) -> None:
    flat, bell = (kind.draw(np.random.default_rng(0), 200, 300) for kind in (uniform, normal))
    assert flat.std() == pytest.approx(bell.std(), rel=0.02)
    assert np.abs(flat).max() <= np.sqrt(3) * bell.std() * 1.02
    assert np.abs(bell).max() > 3 * bell.std()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_dtype_is_the_one_asked_for(dtype: type) -> None:
    assert init_params((2, 3, 1), dtype=dtype).vector.dtype == dtype
