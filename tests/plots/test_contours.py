"""The figures of a landscape show its numbers: costs as heights, and each point of a path with its own cost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import plotly.graph_objects as go
import pytest

from dnn import Experiment, advance, start
from dnn.analysis.landscape import Landscape, landscape
from dnn.plots.contours import NAMES, contour_figure, surface_figure
from dnn.plots.theme import LIGHT, THEMES, Theme
from dnn.ui.catalogue import translated

Draw = Callable[..., go.Figure]

RUN = advance(start(Experiment.of(data={"samples": 60}, training={"learning_rate": 0.3, "l2": 0.5})), 40)
OTHER = advance(start(Experiment.of(data={"samples": 60}, training={"learning_rate": 0.1})), 40)
FOUND = landscape(RUN, others=[OTHER], side=11)
figures = pytest.mark.parametrize("figure_of", [contour_figure, surface_figure])


def drawn(landscape: Landscape, low: float, high: float) -> Landscape:
    """The landscape with training costs from ``low`` to ``high`` everywhere."""
    costs = landscape.costs._replace(train=np.linspace(low, high, 121).reshape(11, 11))
    paths = [replace(path, costs=path.costs._replace(train=np.full(41, high))) for path in landscape.paths]
    return replace(landscape, costs=costs, paths=tuple(paths))


def colors(figure: go.Figure) -> set[tuple[float, float]]:
    """The costs, or their logarithms, at the ends of the colour scales of all traces."""
    field, *paths = figure.data
    ends = (field.zmin, field.zmax) if field.type == "contour" else (field.cmin, field.cmax)
    assert all(trace.marker.colorscale == field.colorscale for trace in paths)
    assert field.coloraxis is None  # a browser hangs where contours share one with points
    return {ends, *((trace.marker.cmin, trace.marker.cmax) for trace in paths)}


@figures
@pytest.mark.parametrize("cost", NAMES)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_figure_has_every_cost_of_grid_and_paths(figure_of: Draw, cost: str, theme: Theme) -> None:
    field, *paths = figure_of(FOUND, theme, cost=cost).data
    np.testing.assert_array_equal(field.x, FOUND.across)
    np.testing.assert_array_equal(field.y, FOUND.up)
    np.testing.assert_array_equal(field.customdata, getattr(FOUND.costs, cost))
    for trace, path in zip(paths, FOUND.paths, strict=True):
        np.testing.assert_array_equal(np.column_stack([trace.x, trace.y]), path.places)
        wanted = np.column_stack([path.epochs, getattr(path.costs, cost), path.distances])
        np.testing.assert_array_equal(trace.customdata, wanted)
        if trace.type == "scatter3d":
            np.testing.assert_array_equal(trace.z, trace.marker.color)
    assert len({trace.line.dash for trace in paths}) == 2


@figures
def test_costs_in_a_narrow_range_are_heights_themselves(figure_of: Draw) -> None:
    found = drawn(FOUND, 0.2, 1.9)
    figure = figure_of(found, LIGHT)
    np.testing.assert_array_equal(figure.data[0].z, found.costs.train)
    np.testing.assert_array_equal(figure.data[1].marker.color, 1.9)
    assert colors(figure) == {(0.2, 1.9)}
    assert figure.data[0].colorbar.tickvals is None


@figures
def test_costs_in_a_wide_range_are_drawn_by_their_logarithms_with_ticks_in_plain_numbers(figure_of: Draw) -> None:
    found = drawn(FOUND, 0.0, 100.0)
    figure = figure_of(found, LIGHT)
    least = 100.0 / 120  # the lowest cost above 0, which has no logarithm
    np.testing.assert_allclose(figure.data[0].z, np.log10(np.maximum(found.costs.train, least)))
    bar = figure.data[0].colorbar
    assert bar.ticktext == ("1", "2", "5", "10", "20", "50", "100")
    np.testing.assert_allclose(10.0 ** np.array(bar.tickvals), [float(text) for text in bar.ticktext])
    assert colors(figure) == {(np.log10(least), 2.0)}


@figures
def test_costs_that_are_not_finite_leave_a_gap(figure_of: Draw) -> None:
    found = drawn(FOUND, 1.0, 2.0)
    found.costs.train[0, :3] = [np.inf, np.nan, np.inf]
    figure = figure_of(found, LIGHT)
    assert np.isnan(figure.data[0].z[0, :3]).all()
    assert np.isfinite(figure.data[0].z).sum() == 118
    assert colors(figure) == {(found.costs.train[0, 3], 2.0)}


@figures
def test_equal_costs_and_no_test_costs_can_be_drawn(figure_of: Draw) -> None:
    ((low, high),) = colors(figure_of(drawn(FOUND, 0.7, 0.7), LIGHT))
    assert low < 0.7 < high
    untested = advance(start(Experiment.of(data={"samples": 60, "test_share": 0.0})), 5)
    figure = figure_of(landscape(untested, side=3), LIGHT, cost="test")
    assert np.isnan(figure.data[0].z).all()


@figures
def test_the_axes_name_the_directions_and_their_shares(figure_of: Draw) -> None:
    def titles(found: Landscape, say: Callable[[str], str] = str) -> list[str]:
        layout = figure_of(found, LIGHT, say).layout
        axes = (layout.xaxis, layout.yaxis) if figure_of is contour_figure else (layout.scene.xaxis, layout.scene.yaxis)
        return [axis.title.text for axis in axes]

    first, second = (f"{share:.1%}" for share in FOUND.shares)
    assert titles(FOUND) == [
        f"first principal component, {first} of the variance",
        f"second principal component, {second} of the variance",
    ]
    assert titles(FOUND, partial(translated, language="zh"))[0] == f"第一主成分，占方差的 {first}"
    assert titles(landscape(RUN, "random", side=3)) == ["first random direction", "second random direction"]
    size = RUN.params.vector.size
    chosen = np.eye(size)[0], np.eye(size)[1]
    assert titles(landscape(RUN, chosen, path=(), side=3)) == ["first direction", "second direction"]
