"""The analysis of variance: by hand, beside SciPy, under what must not change it, and how often it is wrong."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f_oneway

from dnn.components import Array
from dnn.sweeps.variance import DEGREES, ERRORS, RATIO, SHARE, Variance, complete_part

grids = st.tuples(st.integers(2, 4), st.integers(2, 4), st.integers(1, 3), st.integers(0, 2**32)).map(
    lambda each: np.random.default_rng(each[3]).standard_normal(each[:3])
)


def variance_of(values: Array) -> Variance:
    found = Variance.of(values)
    assert found is not None
    return found


def test_two_by_two_by_hand() -> None:
    # means of the rows 1.5 and 4.5, of the columns 2 and 4, of all 3
    found = variance_of(np.array([[1.0, 2.0], [3.0, 6.0]])[..., None])
    np.testing.assert_allclose(found.sums, [9.0, 4.0])
    np.testing.assert_allclose((found.rest, found.rest_degrees), (1.0, 1))
    np.testing.assert_allclose(found.omega_squared, [8 / 15, 3 / 15])


def test_effects_that_add_up_explain_everything() -> None:
    rows, columns = np.array([0.0, 3.0, 6.0]), np.array([0.0, 1.0])
    found = variance_of((rows[:, None] + columns)[..., None])
    np.testing.assert_allclose(found.omega_squared.sum(), 1.0)
    np.testing.assert_allclose(found.omega_squared, [36 / 37.5, 1.5 / 37.5])


def test_one_axis_agrees_with_scipys_f_test() -> None:
    values = np.random.default_rng(0).standard_normal((4, 5)) + np.arange(4)[:, None]
    found = variance_of(values)
    np.testing.assert_allclose(found.sums[0] / 3 / found.rest, f_oneway(*values).statistic)


@given(grids, st.floats(0.01, 100.0), st.floats(-100.0, 100.0), st.randoms())
def test_units_and_the_order_of_levels_and_axes_change_nothing(
    values: Array, scale: float, shift: float, random: object
) -> None:
    shares = variance_of(values).omega_squared
    np.testing.assert_allclose(variance_of(scale * values + shift).omega_squared, shares, atol=1e-6)
    np.testing.assert_allclose(variance_of(values[::-1, :, ::-1]).omega_squared, shares, atol=1e-9)
    np.testing.assert_allclose(variance_of(values.swapaxes(0, 1)).omega_squared, shares[::-1], atol=1e-9)


def test_equal_values_and_too_few_of_them_say_nothing() -> None:
    assert Variance.of(np.ones((3, 3, 2))) is None
    assert Variance.of(np.arange(3.0).reshape(3, 1)) is None  # one axis, one seed: nothing is left to compare with


# which axis matters more


def effects(shape: tuple[int, int, int], first: float, second: float, noise: float, rng: np.random.Generator) -> Array:
    """Two effects with these standard deviations, in any order of the levels, and noise."""
    parts = [rng.permutation(np.linspace(-1, 1, count)) for count in shape[:2]]
    one, other = (part / part.std() for part in parts)
    total: Array = first * one[:, None, None] + second * other[None, :, None] + noise * rng.standard_normal(shape)
    return total


SHAPES = [(3, 3, 1), (4, 4, 1), (2, 2, 3), (2, 8, 1), (3, 8, 3), (2, 20, 5)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(("effect", "noise"), [(0.0, 1.0), (1.0, 0.3), (1.0, 1.0), (1.0, 3.0)])
def test_noise_and_equal_effects_are_seldom_said_to_differ(
    shape: tuple[int, int, int], effect: float, noise: float
) -> None:
    rng, wrong = np.random.default_rng(0), 0
    for _ in range(300):
        found = variance_of(effects(shape, effect, effect, noise, rng))
        wrong += found.outweighs(0, 1) or found.outweighs(1, 0)
    assert wrong <= 0.05 * 300


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_much_larger_effect_is_found(shape: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(0)
    found = [variance_of(effects(shape, 3.0, 0.4, 0.6, rng)) for _ in range(100)]
    assert sum(each.outweighs(0, 1) for each in found) >= 0.95 * 100
    assert not any(each.outweighs(1, 0) for each in found)


def test_each_part_of_the_criterion_can_fail_alone() -> None:
    clear: dict[str, Any] = {"omega_squared": np.array([0.8, 0.1]), "sums": np.array([81.0, 10.0])}
    clear |= {"axis_degrees": np.array([1, 1]), "rest": 1.0, "rest_degrees": 9}
    assert Variance(**clear).outweighs(0, 1)
    assert not Variance(**clear | {"omega_squared": np.array([SHARE * 0.99, 0.0])}).outweighs(0, 1)
    assert not Variance(**clear | {"omega_squared": np.array([0.8, 0.81 / RATIO])}).outweighs(0, 1)
    assert not Variance(**clear | {"rest_degrees": DEGREES - 1}).outweighs(0, 1)
    nearer = {"sums": np.array([81.0, (np.sqrt(80.0) - 0.99 * ERRORS * np.sqrt(2.0)) ** 2])}
    assert not Variance(**clear | nearer).outweighs(0, 1)


# the part without gaps


def test_the_levels_with_most_gaps_are_left_out_first() -> None:
    values = np.arange(12.0).reshape(3, 4, 1)
    values[:, 3] = np.nan  # a whole column, and one cell
    values[2, 0] = np.nan
    np.testing.assert_array_equal(complete_part(values)[..., 0], [[0, 1, 2], [4, 5, 6]])


def test_a_grid_of_gaps_leaves_nothing() -> None:
    assert complete_part(np.full((2, 3, 1), np.nan)).size == 0


@given(grids, st.integers(0, 2**32))
def test_the_part_has_no_gaps_and_only_values_of_the_grid(values: Array, seed: int) -> None:
    holes = np.where(np.random.default_rng(seed).random(values.shape) < 0.2, np.nan, values)
    part = complete_part(holes)
    assert part.ndim == values.ndim
    assert not np.isnan(part).any()
    assert np.isin(part, values).all()
    if not np.isnan(holes).any():
        np.testing.assert_array_equal(part, values)
