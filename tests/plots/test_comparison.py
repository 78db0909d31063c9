"""Figures of two ways of training side by side, and of a gradient check."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment, gradient_check, start
from dnn.components import Array
from dnn.plots.check import check_figure, relative_errors
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.plots.theme import THEMES, Theme
from dnn.plots.ticks import MOST, LogAxis, log_ticks

RUN = start(Experiment())
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def right_half(points: Array) -> Array:
    return (points[:, 0] > 0.3).astype(float)


@themes
def test_the_map_holds_the_answers_at_its_places_under_line_and_examples(theme: Theme) -> None:
    *points, field, line = answers_figure(RUN.data, right_half, theme).data
    assert {trace.type for trace in points} == {"scatter"}
    assert (field.type, line.type) == ("heatmap", "contour")
    assert field.zorder < line.zorder < 0
    np.testing.assert_array_equal(field.z, np.tile(field.x > 0.3, (len(field.y), 1)))


def test_answers_that_are_not_numbers_leave_the_map_empty() -> None:
    figure = answers_figure(RUN.data, lambda points: np.full(len(points), np.nan), THEMES["light"])
    assert figure.data[-1].type == "heatmap"
    assert (figure.data[-1].z == 0.5).all()


@themes
def test_a_cost_ends_where_it_is_no_number_any_more(theme: Theme) -> None:
    right, flawed = np.linspace(1.0, 0.1, 2000), np.r_[np.linspace(1.0, 0.5, 50), np.inf, np.full(1949, np.nan)]
    figure = costs_figure({"right": right, "flawed": flawed}, theme)
    first, second, end = figure.data
    assert (first.line.dash, second.line.dash) == ("solid", "dash")
    assert np.nanmin(second.y) == 0.5
    assert not np.isinf(second.y).any()
    assert (end.mode, *end.x, *end.y, end.text) == ("markers+text", 49, 0.5, "no number from epoch 50 on")


def test_a_cost_that_stays_a_number_has_no_end_mark() -> None:
    assert len(costs_figure({"right": np.linspace(1.0, 0.1, 20)}, THEMES["light"]).data) == 1


# the ticks of a logarithmic axis


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0.025, 0.7, ["0.05", "0.1", "0.2", "0.5"]),
        (0.3, 0.95, ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]),
        (0.02, 900.0, ["0.1", "1", "10", "100"]),
        (1e-6, 3e-3, ["10<sup>−6</sup>", "10<sup>−5</sup>", "10<sup>−4</sup>", "10<sup>−3</sup>"]),
        (0.6, 8e72, ["1", *(f"10<sup>{power}</sup>" for power in range(10, 80, 10))]),
        (2e-6, 3e-6, ["2·10<sup>−6</sup>", "3·10<sup>−6</sup>"]),
    ],
)
def test_ticks_are_numbers_that_can_be_read(low: float, high: float, texts: list[str]) -> None:
    ticks = log_ticks(np.array([high, low, np.nan, np.inf, 0.0]))
    assert ticks["ticktext"] == texts
    for value, text in zip(ticks["tickvals"], texts, strict=True):
        plain = text.replace("·10<sup>", "e").replace("10<sup>", "1e").replace("</sup>", "").replace("−", "-")
        assert value == float(plain)


@given(st.floats(1e-300, 1e300), st.floats(0.0, 300.0))
def test_ticks_are_few_and_lie_on_the_axis(low: float, decades: float) -> None:
    high = min(low * 10.0**decades, 1e308)
    ticks = log_ticks(np.array([low, high])).get("tickvals", [low, high])
    assert 2 <= len(ticks) <= MOST
    assert all(low <= tick <= high for tick in ticks)


def test_where_a_power_of_ten_is_too_much_plotly_chooses() -> None:
    for values in ([0.69, 0.7], [0.0, np.nan], []):
        assert log_ticks(np.array(values)) == {}


@themes
def test_the_map_of_a_check_shows_both_slopes_of_every_number(theme: Theme) -> None:
    check = gradient_check(RUN.params, RUN.data.X[:5], RUN.data.y[:5])
    figure = check_figure(check, theme)
    assert len(figure.data) == len(RUN.params)
    for trace, g, n in zip(figure.data, check.analytic.Wb, check.numeric.Wb, strict=True):
        np.testing.assert_array_equal(trace.customdata, np.dstack([g, n, relative_errors(g, n)]))
        assert trace.z.shape == g.shape
        assert trace.y[-1] == "b"


def test_the_relative_error_of_two_zeros_is_zero() -> None:
    g, n = np.array([0.0, 1.0, -1.0, 2.0]), np.array([0.0, 1.0, 1.0, 0.0])
    np.testing.assert_array_equal(relative_errors(g, n), [0.0, 0.0, 1.0, 1.0])


def test_an_axis_has_ticks_however_close_its_ends_are() -> None:
    low, high = 0.01, 100.0
    assert LogAxis.of((low, high)).ticks[1] == (0.25, "0.1")
    for _ in range(15):
        low, high = low * (high / low) ** 0.3, low * (high / low) ** 0.4
        axis = LogAxis.of((low, high))
        shares, texts = zip(*axis.ticks, strict=True)
        assert 2 <= len(shares) <= 6
        assert (np.diff(shares) > 0.1).all()
        assert 0.0 <= shares[0] < shares[-1] <= 1.0
        assert len(set(texts)) == len(texts)
        assert max(map(len, texts)) <= 9
    assert axis.titled("rate") == f"rate − {axis.base}"


def test_what_comes_on_top_of_the_base_adds_up_to_the_tick() -> None:
    axis = LogAxis.of((0.2154368547457868, 0.21545669812720303))
    assert axis.base == "0.2154"
    (share, text), *_ = axis.ticks
    assert text == "40·10⁻⁶"
    assert share == pytest.approx((0.21544 - 0.2154368547457868) / (0.21545669812720303 - 0.2154368547457868), abs=1e-4)
    assert LogAxis.of((4.81, 4.99)).ticks[0][1] == "4.85"


def test_powers_of_ten_stand_without_markup() -> None:
    assert LogAxis.of((1e-6, 1e-3)).ticks[0] == (0.0, "10⁻⁶")


@pytest.mark.parametrize(("low", "kind"), [(0.1, "log"), (-0.1, "linear")])
def test_a_negative_cost_takes_the_logarithm_away(low: float, kind: str) -> None:
    costs = {"right": np.array([1.0, 0.5, np.nan]), "flawed": np.array([1.0, low, np.inf])}
    assert costs_figure(costs, THEMES["light"]).layout.yaxis.type == kind
