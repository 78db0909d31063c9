"""Starting weights: their spread, and what the spread is for: signals that keep their size through many layers."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dnn import INITIALIZERS, init_params
from dnn.activations import SELU
from dnn.initializers import (
    BIAS_INITIALIZERS,
    AnyBiasInitializer,
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Initializer,
    LeCunNormal,
    Normal,
    Orthogonal,
    Uniform,
    Zeros,
)
from tests.strategies import components, hidden_sizes, seeds, widths

VALUES = [kind(kind=name) for name, kind in INITIALIZERS.items()]
RANDOM = [value for value in VALUES if not isinstance(value, Zeros | Constant)]


@given(components(INITIALIZERS), widths, hidden_sizes, widths, seeds)
def test_weights_have_the_shapes_of_the_layers_and_biases_are_zero(
    initializer: Initializer, n_in: int, hidden: tuple[int, ...], n_out: int, seed: int
) -> None:
    sizes = (n_in, *hidden, n_out)
    params = init_params(sizes, initializer, seed)
    assert [W.shape for W, _ in params] == list(pairwise(sizes))
    assert all((b == 0).all() for _, b in params)


@given(components(INITIALIZERS), seeds)
def test_the_same_seed_draws_the_same_weights_and_the_generator_may_be_given(
    initializer: Initializer, seed: int
) -> None:
    sizes = (3, 4, 2)
    first = init_params(sizes, initializer, seed)
    np.testing.assert_array_equal(init_params(sizes, initializer, np.int64(seed)).vector, first.vector)
    given_rng = init_params(sizes, initializer, np.random.default_rng(seed))
    np.testing.assert_array_equal(given_rng.vector, first.vector)


@pytest.mark.parametrize("initializer", RANDOM, ids=lambda kind: kind.kind)
def test_another_seed_draws_other_weights(initializer: Initializer) -> None:
    assert (init_params((3, 4, 2), initializer, 1)[0][0] != init_params((3, 4, 2), initializer, 2)[0][0]).all()


@pytest.mark.parametrize("initializer", VALUES, ids=lambda kind: kind.kind)
def test_a_legacy_generator_may_be_given_too(initializer: Initializer) -> None:
    first, second = (initializer.draw(np.random.RandomState(1), 3, 4) for _ in range(2))
    assert first.shape == (3, 4)
    np.testing.assert_array_equal(first, second)


def test_zeros_make_every_unit_of_a_layer_alike() -> None:
    assert not init_params((3, 4, 2), Zeros()).vector.any()


@given(st.floats(-10, 10), widths, widths)
def test_constant_weights_are_all_the_chosen_number(value: float, n_in: int, n_out: int) -> None:
    np.testing.assert_array_equal(
        Constant(value=value).draw(np.random.default_rng(0), n_in, n_out), [[value] * n_out] * n_in
    )


@given(st.floats(0.001, 100))
def test_normal_weights_have_the_chosen_standard_deviation(scale: float) -> None:
    W = Normal(scale=scale).draw(np.random.default_rng(0), 300, 200)
    assert W.std() == pytest.approx(scale, rel=0.01)
    assert abs(W.mean()) < 0.01 * scale


@given(st.floats(0.001, 100))
def test_uniform_weights_fill_the_chosen_range_evenly(scale: float) -> None:
    W = Uniform(scale=scale).draw(np.random.default_rng(0), 300, 200)
    assert W.std() == pytest.approx(scale / np.sqrt(3), rel=0.01)
    counts, _ = np.histogram(W, bins=10, range=(-scale, scale))
    assert counts.sum() == W.size  # none outside
    np.testing.assert_allclose(counts / W.size, 0.1, atol=0.01)


def test_random_numbers_are_drawn_unit_by_unit() -> None:
    normal, flat = np.random.default_rng(5).standard_normal((2, 3)), np.random.default_rng(5).uniform(-0.5, 0.5, (2, 3))
    for initializer, drawn in [(Normal(scale=1.0), normal), (LeCunNormal(), normal / np.sqrt(3)), (Uniform(), flat)]:
        np.testing.assert_allclose(initializer.draw(np.random.default_rng(5), 3, 2), drawn.T, rtol=1e-15)


@pytest.mark.parametrize("n_in", [50, 200, 800])
def test_lecun_keeps_the_size_of_signals_through_a_linear_layer_of_any_width(n_in: int) -> None:
    rng = np.random.default_rng(0)
    W = LeCunNormal().draw(rng, n_in, 300)
    assert W.std() == pytest.approx(np.sqrt(1 / n_in), rel=0.02)
    assert abs(W.mean()) < 0.02 * W.std()
    X = rng.standard_normal((400, n_in))
    assert np.mean((X @ W) ** 2) == pytest.approx(np.mean(X**2), rel=0.05)


def test_lecun_and_selu_bring_signals_to_mean_0_and_variance_1_and_keep_them_there() -> None:
    rng = np.random.default_rng(0)
    a = 1.5 * rng.standard_normal((500, 300)) + 0.2
    for _ in range(20):
        a = SELU().value(a @ LeCunNormal().draw(rng, 300, 300))
    assert abs(a.mean()) < 0.05
    assert a.var() == pytest.approx(1.0, abs=0.1)


@given(st.floats(0, 10), widths, widths, seeds)
def test_orthogonal_weights_are_orthonormal_times_the_gain(gain: float, n_in: int, n_out: int, seed: int) -> None:
    W = Orthogonal(gain=gain).draw(np.random.default_rng(seed), n_in, n_out)
    products = W.T @ W if n_in >= n_out else W @ W.T
    np.testing.assert_allclose(products, gain**2 * np.eye(min(n_in, n_out)), atol=1e-12)


@given(widths, widths, seeds)
def test_orthogonal_weights_are_normal_ones_straightened_one_by_one(n_in: int, n_out: int, seed: int) -> None:
    normal = np.random.default_rng(seed).standard_normal((n_out, n_in))
    straight: list[np.ndarray] = []
    for v in (
        normal if n_in >= n_out else normal.T
    ):  # Gram and Schmidt: no sign to choose, so all rotations are as likely
        for _ in range(2):  # the second time for the rounding of the first
            v = v - sum(u * (u @ v) for u in straight)
        straight.append(v / np.linalg.norm(v))
    W = Orthogonal().draw(np.random.default_rng(seed), n_in, n_out)
    np.testing.assert_allclose(W.T if n_in >= n_out else W, straight, atol=1e-6)


def test_orthogonal_weights_turn_all_ways_equally_often() -> None:
    rng = np.random.default_rng(0)
    W = np.array([Orthogonal().draw(rng, 3, 3) for _ in range(4000)])
    np.testing.assert_allclose(W.mean(axis=0), 0, atol=0.05)
    np.testing.assert_allclose((W**2).mean(axis=0), 1 / 3, atol=0.03)
    assert np.mean(np.linalg.det(W) > 0) == pytest.approx(0.5, abs=0.05)


def test_orthogonal_weights_have_no_zero_columns_even_if_every_number_drawn_is_zero() -> None:
    W = Orthogonal().draw(SimpleNamespace(standard_normal=np.zeros), 4, 2)
    np.testing.assert_array_equal(W.T @ W, np.eye(2))


@pytest.mark.parametrize("initializer", [HeNormal(), HeUniform()], ids=lambda kind: kind.kind)
def test_he_keeps_the_size_of_signals_through_a_relu_layer_of_any_width(initializer: Initializer) -> None:
    rng = np.random.default_rng(0)
    for n_in, n_out in [(300, 300), (100, 400), (400, 100)]:
        X = rng.standard_normal((400, n_in))
        a = np.maximum(X @ initializer.draw(rng, n_in, n_out), 0)
        assert np.mean(a**2) == pytest.approx(np.mean(X**2), rel=0.05)


@pytest.mark.parametrize("initializer", [GlorotNormal(), GlorotUniform()], ids=lambda kind: kind.kind)
def test_glorot_changes_signals_and_gradients_by_opposite_factors(
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


@given(components(BIAS_INITIALIZERS), widths, seeds)
def test_biases_are_drawn_as_one_row(initializer: Initializer, n_out: int, seed: int) -> None:
    b = initializer.draw(np.random.default_rng(seed), 1, n_out)[0]
    assert b.shape == (n_out,)
    assert np.isfinite(b).all()


def test_a_bias_initialiser_has_the_name_that_it_has_for_weights() -> None:
    assert list(BIAS_INITIALIZERS) == ["zeros", "constant", "normal", "uniform"]
    assert BIAS_INITIALIZERS.items() <= INITIALIZERS.items()


def test_a_bias_initialiser_is_chosen_by_name_and_one_for_weights_is_refused() -> None:
    chosen = TypeAdapter(AnyBiasInitializer)
    assert chosen.validate_python({"kind": "constant", "value": 0.5}) == Constant(value=0.5)
    with pytest.raises(ValidationError, match=r"Bias initialiser: 'he_normal' is not allowed"):
        chosen.validate_python("he_normal")
