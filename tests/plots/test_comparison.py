"""Figures of two ways of training side by side, and of a gradient check."""

import numpy as np
import pytest

from dnn import Experiment, gradient_check, start
from dnn.kinds import Array
from dnn.plots.check import check_figure, relative_errors
from dnn.plots.comparison import answers_figure, costs_figure
from dnn.plots.theme import THEMES, Theme

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
    assert [trace.line.dash for trace in figure.data] == ["solid", "dash"]
    assert np.nanmin(figure.data[1].y) == 0.5
    assert not np.isinf(figure.data[1].y).any()


@themes
def test_the_map_of_a_check_shows_both_slopes_of_every_number(theme: Theme) -> None:
    check = gradient_check(RUN.params, RUN.data.X[:5], RUN.data.y[:5])
    figure = check_figure(check, theme)
    assert len(figure.data) == len(RUN.params)
    for trace, g, n in zip(figure.data, check.analytic.blocks, check.numeric.blocks, strict=True):
        np.testing.assert_array_equal(trace.customdata, np.dstack([g, n, relative_errors(g, n)]))
        assert trace.z.shape == g.shape
        assert trace.y[-1] == "b"


def test_the_relative_error_of_two_zeros_is_zero() -> None:
    g, n = np.array([0.0, 1.0, -1.0, 2.0]), np.array([0.0, 1.0, 1.0, 0.0])
    np.testing.assert_array_equal(relative_errors(g, n), [0.0, 0.0, 1.0, 1.0])
