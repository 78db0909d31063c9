"""Each activation's value, slope and limits; every entry of the table goes through the same checks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dnn import ACTIVATIONS
from dnn.activations import Activation
from dnn.losses import Softmax
from tests.strategies import kinds

VALUES = [kind(kind=name) for name, kind in ACTIVATIONS.items()]
zs = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=5), elements=st.floats(-30, 30))


@given(kinds(ACTIVATIONS), zs)
def test_the_derivative_is_the_slope_of_the_value(g: Activation, z: np.ndarray) -> None:
    step = 1e-6
    for kink in g.kinks:
        z = np.where(np.abs(z - kink) < 2 * step, kink + 1.0, z)
    numeric = (g.value(z + step) - g.value(z - step)) / (2 * step)
    np.testing.assert_allclose(g.derivative(z, g.value(z)), numeric, atol=1e-8)


@pytest.mark.parametrize("g", VALUES, ids=lambda g: g.kind)
def test_kinks_are_where_the_slope_jumps(g: Activation) -> None:
    for kink in g.kinks:
        below, above = np.array([kink - 1e-9]), np.array([kink + 1e-9])
        assert abs(g.derivative(above, g.value(above)) - g.derivative(below, g.value(below))) > 0.1


@given(kinds(ACTIVATIONS), zs)
def test_values_keep_within_the_bounds_and_the_bounds_are_tight(g: Activation, z: np.ndarray) -> None:
    low, high = g.bounds
    assert ((g.value(z) >= low) & (g.value(z) <= high)).all()
    ends = g.value(np.array([-1e3, 1e3]))
    for end, bound in zip(ends, g.bounds, strict=True):
        assert not np.isfinite(bound) or end == bound


@given(kinds(ACTIVATIONS), zs, st.sampled_from([np.float64, np.float32]))
def test_out_receives_the_same_numbers_and_nothing_else_changes(g: Activation, z: np.ndarray, dtype: type) -> None:
    z = z.astype(dtype)
    a = g.value(z)
    slope = g.derivative(z, a)
    assert a.shape == slope.shape == z.shape
    assert a.dtype == slope.dtype == dtype
    z_before, a_before, out = z.copy(), a.copy(), np.full_like(z, np.nan)
    assert g.value(z, out) is out
    np.testing.assert_array_equal(out, a)
    assert g.derivative(z, a, out) is out
    np.testing.assert_array_equal(out, slope)
    np.testing.assert_array_equal(z, z_before)
    np.testing.assert_array_equal(a, a_before)


@pytest.mark.parametrize("g", VALUES, ids=lambda g: g.kind)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_largest_numbers_give_finite_values_and_slopes_without_a_warning(g: Activation, dtype: type) -> None:
    top = np.finfo(dtype).max / 4
    z = np.array([-top, -1e4, -745.2, -88.8, 0.0, 88.8, 745.2, 1e4, top], dtype)
    assert np.isfinite(g.value(z)).all()
    assert np.isfinite(g.derivative(z, g.value(z))).all()


@given(hnp.arrays(np.float64, (4, 3), elements=st.floats(-1e300, 1e300)), st.floats(-100, 100))
def test_softmax_rows_are_probabilities_that_a_common_shift_leaves_as_they_are(z: np.ndarray, shift: float) -> None:
    a = Softmax().value(z)
    assert (a >= 0).all()
    np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-12)
    calm = np.clip(z, -100, 100)
    np.testing.assert_allclose(Softmax().value(calm + shift), Softmax().value(calm), rtol=1e-10, atol=1e-300)
