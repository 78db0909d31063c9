"""Each activation's value, slope and limits; every entry of the table goes through the same checks."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dnn import ACTIVATIONS
from dnn.activations import ELU, GELU, SELU, Activation, Mish, ReLU, SiLU, Sin, Softplus
from dnn.losses import Softmax
from tests.strategies import components, specs

VALUES = [kind(kind=name) for name, kind in ACTIVATIONS.items()]
BY_DEFINITION: dict[str, Callable[..., np.ndarray]] = {  # as the papers write them, sound for moderate z alone
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z, slope: np.where(z > 0, z, slope * z),
    "elu": lambda z, alpha: np.where(z > 0, z, alpha * (np.exp(z) - 1)),
    "selu": lambda z: 1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * (np.exp(z) - 1)),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "silu": lambda z: z / (1 + np.exp(-z)),
    "gelu": lambda z: z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))),
    "mish": lambda z: z * np.tanh(np.log(1 + np.exp(z))),
    "sin": lambda z: np.exp(1j * z).imag,
}
zs = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=5), elements=st.floats(-30, 30))


@given(components(ACTIVATIONS), zs)
def test_values_are_those_of_the_definition(g: Activation, z: np.ndarray) -> None:
    expected = BY_DEFINITION[g.kind](z, **g.model_dump(exclude={"kind"}))
    np.testing.assert_allclose(g.value(z), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(
    ("g", "z", "a", "slope"),
    [
        (ELU(), -1.0, -0.632121, 0.367879),
        (ELU(alpha=2.0), -1.0, -1.264241, 0.735759),
        (SELU(), 1.0, 1.050701, 1.050701),
        (SELU(), -100.0, -1.758099, 0.0),
        (Softplus(), 0.0, math.log(2), 0.5),
        (SiLU(), 0.0, 0.0, 0.5),
        (SiLU(), 1.0, 0.731059, 0.927671),
        (GELU(), 0.0, 0.0, 0.5),
        (GELU(), 1.0, 0.841192, 1.082964),
        (Mish(), 0.0, 0.0, 0.6),
        (Mish(), 1.0, 0.865098, 1.049036),
        (Sin(), math.pi / 2, 1.0, 0.0),
        (Sin(), math.pi, 0.0, -1.0),
    ],
    ids=lambda given: given.kind if isinstance(given, Activation) else str(given),
)
def test_known_numbers(g: Activation, z: float, a: float, slope: float) -> None:
    value = g.value(np.array([z]))
    assert value == pytest.approx(a, abs=1e-6)
    assert g.derivative(np.array([z]), value) == pytest.approx(slope, abs=1e-6)


@given(components(ACTIVATIONS), zs)
def test_the_derivative_is_the_slope_of_the_value(g: Activation, z: np.ndarray) -> None:
    step = 1e-6
    for kink in g.kinks:
        z = np.where(np.abs(z - kink) < 2 * step, kink + 1.0, z)
    numeric = (g.value(z + step) - g.value(z - step)) / (2 * step)
    np.testing.assert_allclose(g.derivative(z, g.value(z)), numeric, atol=1e-8)


@pytest.mark.parametrize("g", VALUES, ids=lambda g: g.kind)
def test_kinks_are_where_the_slope_of_some_setting_jumps(g: Activation) -> None:
    for kink in g.kinks:
        around = np.array([kink - 1e-9, kink + 1e-9])
        find(specs(type(g)), lambda g, z=around: abs(np.diff(g.derivative(z, g.value(z)))[0]) > 0.1)


@given(components(ACTIVATIONS), zs)
def test_values_keep_within_the_bounds(g: Activation, z: np.ndarray) -> None:
    low, high = g.bounds
    assert ((g.value(z) >= low) & (g.value(z) <= high)).all()


@pytest.mark.parametrize("g", VALUES, ids=lambda g: g.kind)
def test_bounds_are_tight(g: Activation) -> None:
    a = g.value(np.linspace(-100, 100, 200_001))
    for reached, bound in zip((a.min(), a.max()), g.bounds, strict=True):
        assert not np.isfinite(bound) or reached == pytest.approx(bound, abs=1e-4)


@given(components(ACTIVATIONS), zs, st.sampled_from([np.float64, np.float32]))
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
    z = np.array([-top, -1e6, -1e4, -745.2, -88.8, -20, -10, 0.0, 10, 20, 88.8, 745.2, 1e4, 1e6, top], dtype)
    assert np.isfinite(g.value(z)).all()
    assert np.isfinite(g.derivative(z, g.value(z))).all()


@given(components(ACTIVATIONS), zs)
def test_single_precision_agrees_with_double(g: Activation, z: np.ndarray) -> None:
    single = z.astype(np.float32)
    double = single.astype(np.float64)
    np.testing.assert_allclose(g.value(single), g.value(double), rtol=1e-5, atol=1e-5)
    slope = g.derivative(single, g.value(single))
    np.testing.assert_allclose(slope, g.derivative(double, g.value(double)), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("g", [ReLU(), Softplus(), SiLU(), GELU(), Mish()], ids=lambda g: g.kind)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_far_out_the_smooth_rectifiers_are_the_rectifier(g: Activation, dtype: type) -> None:
    z = np.array([-1e30, -1e6, -1e3, 1e3, 1e6, 1e30], dtype)
    a = g.value(z)
    np.testing.assert_array_equal(a, np.maximum(z, 0))
    np.testing.assert_array_equal(g.derivative(z, a), [0, 0, 0, 1, 1, 1])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_many_numbers_are_rectified_as_few_are_to_the_last_bit(dtype: type) -> None:
    tiny = np.finfo(dtype).smallest_subnormal
    few = np.array([-np.inf, -1.5, -tiny, -0.0, 0.0, tiny, 2.5, np.inf], dtype)
    many = np.tile(few, 1024)
    a = ReLU().value(many, np.empty_like(many))
    slope = ReLU().derivative(many, a, np.empty_like(many))
    assert a.tobytes() == ReLU().value(few).tobytes() * 1024
    assert slope.tobytes() == ReLU().derivative(few, ReLU().value(few)).tobytes() * 1024
    assert np.isnan(ReLU().value(np.full(8192, np.nan), np.empty(8192))).all()


def test_elu_without_depth_is_relu_and_with_depth_one_has_no_kink() -> None:
    z = np.linspace(-3, 3, 601)
    np.testing.assert_array_equal(ELU(alpha=0.0).value(z), ReLU().value(z))
    around = np.array([-1e-9, 1e-9])
    below, above = ELU().derivative(around, ELU().value(around))
    assert below == pytest.approx(above, abs=1e-8)


def test_selu_keeps_mean_0_and_variance_1_of_normal_inputs() -> None:
    z, width = np.linspace(-12, 12, 2_400_001, retstep=True)
    chance = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * width
    a = SELU().value(z)
    assert (chance * a).sum() == pytest.approx(0.0, abs=1e-8)
    assert (chance * a**2).sum() == pytest.approx(1.0, abs=1e-8)


def test_gelu_is_within_half_a_thousandth_of_the_normal_distribution_function_it_stands_for() -> None:
    z = np.linspace(-8, 8, 1601)
    exact = np.array([x / 2 * (1 + math.erf(x / math.sqrt(2))) for x in z])
    np.testing.assert_allclose(GELU().value(z), exact, atol=5e-4)


def test_softplus_has_the_sigmoid_for_its_slope_even_where_that_is_tiny() -> None:
    z = np.linspace(-700, 30, 731)
    np.testing.assert_allclose(Softplus().derivative(z, Softplus().value(z)), 1 / (1 + np.exp(-z)), rtol=1e-12)


@given(hnp.arrays(np.float64, (4, 3), elements=st.floats(-1e300, 1e300)), st.floats(-100, 100))
def test_softmax_rows_are_probabilities_that_a_common_shift_leaves_as_they_are(z: np.ndarray, shift: float) -> None:
    a = Softmax().value(z)
    assert (a >= 0).all()
    np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-12)
    calm = np.clip(z, -100, 100)
    np.testing.assert_allclose(Softmax().value(calm + shift), Softmax().value(calm), rtol=1e-10, atol=1e-300)
