"""The pictures of a sweep's results: what is drawn for every cell, and what brushing marks."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.components import Array
from dnn.plots.heat_map import colored, heat_figure
from dnn.plots.sweep_curves import MOST_NAMED, curves_figure
from dnn.plots.sweep_parallel import BELOW, MOST_LINES, brushed, coordinates_of, drawn_of, parallel_figure, with_box
from dnn.plots.theme import THEMES, Theme
from dnn.sweeps import Axis, Cell, Sweep
from dnn.sweeps.outcomes import MEASURES, Outcome, outcomes
from tests.sweeps.results import ACTIVATION, RATE, grid, results_of

ACCURACY, COST = MEASURES["test_accuracy"], MEASURES["test_cost"]
LIGHT = THEMES["light"]
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)

SWEEP = grid((0.01, 0.1, 1.0, 10.0), seeds=2)


def numbers(cell: Cell) -> float | str | None:
    """All that may become of a cell: relu 10 is not there yet, tanh 10 diverges, relu 1 cannot start, tanh 1 half."""
    rate, tanh = cell.settings[RATE], cell.settings[ACTIVATION] == "tanh"
    if rate == 10.0:
        return "diverged" if tanh else None
    if rate == 1.0:
        return ("diverged" if cell.index % 2 else 0.6) if tanh else "It does <not> fit."
    return {0.01: 0.7, 0.1: 0.9}[rate] + 0.02 * tanh + 0.01 * (cell.index % 2)


FOUND = outcomes(SWEEP, results_of(SWEEP, numbers), ACCURACY)


def named(figure: go.Figure) -> dict[str, go.Scatter]:
    return {trace.name: trace for trace in figure.data if trace.name}


@themes
def test_every_cell_has_its_mean_or_a_mark(theme: Theme) -> None:
    figure = heat_figure(SWEEP, FOUND, ACCURACY, theme, across=1, up=0)
    (field,) = (trace for trace in figure.data if trace.type == "heatmap")
    np.testing.assert_allclose(field.z, [[0.725, 0.925, 0.6, np.nan], [0.705, 0.905, np.nan, np.nan]])
    assert field.text.tolist() == [["72.5 ± 0.7", "92.5 ± 0.7", "60", ""], ["70.5 ± 0.7", "90.5 ± 0.7", "", ""]]
    marks = named(figure)
    assert (*marks["diverged"].x, *marks["diverged"].y) == (3, 0)
    assert (round(marks["some diverged"].x[0]), round(marks["some diverged"].y[0])) == (2, 0)
    assert (*marks["could not start"].x, *marks["could not start"].y) == (2, 1)
    assert "stopped early" not in marks


def test_each_cell_can_be_pointed_at_and_says_its_numbers_and_what_became_of_it() -> None:
    points = heat_figure(SWEEP, FOUND, ACCURACY, LIGHT, across=1, up=0).data[-1]
    texts = dict(zip([each[0] for each in points.customdata], points.text, strict=True))
    assert texts.keys() == {outcome.combination for outcome in FOUND}
    assert texts[1] == "Activation: Tanh<br>Learning rate: 0.1<br><b>Test accuracy: 92.5 ± 0.7 %</b>"
    assert texts[2].endswith("<b>Test accuracy: 60 %</b><br>1 of 2 runs diverged")
    assert texts[3] == "Activation: Tanh<br>Learning rate: 10<br>2 of 2 runs diverged"
    assert texts[6] == "Activation: ReLU<br>Learning rate: 1<br>It does &lt;not&gt; fit."


def test_the_best_cell_and_the_marked_ones_have_frames() -> None:
    shapes = heat_figure(SWEEP, FOUND, ACCURACY, LIGHT, across=1, up=0, marked={1, 4}).layout.shapes
    middles = [((shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2, shape.line.color) for shape in shapes]
    assert middles == [(1, 0, LIGHT.classes[0]), (1, 0, LIGHT.ink), (0, 1, LIGHT.classes[0])]


def test_values_stand_on_the_axes_in_full_and_the_axes_can_change_places() -> None:
    figure = heat_figure(SWEEP, FOUND, ACCURACY, LIGHT)
    assert figure.layout.xaxis.ticktext == ("Tanh", "ReLU")
    assert figure.layout.yaxis.ticktext == ("0.01", "0.1", "1", "10")
    one = Sweep(base=SWEEP.base, axes=SWEEP.axes[1:])
    row = heat_figure(one, outcomes(one, results_of(one, lambda cell: 0.5), ACCURACY), ACCURACY, LIGHT, up=None)
    assert row.data[0].z.shape == (1, 4)


def test_costs_are_coloured_by_their_logarithm_and_the_ticks_say_the_costs() -> None:
    z, ticks = colored(np.array([0.01, 1.0, np.nan]), COST)
    np.testing.assert_allclose(z, [-2.0, 0.0, np.nan])
    assert ticks["ticktext"] == ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]
    np.testing.assert_allclose(10 ** np.array(ticks["tickvals"]), [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0])
    narrow, ticks = colored(np.array([0.69, 0.7]), COST)
    np.testing.assert_allclose(10**narrow, [0.69, 0.7])
    assert ticks["ticktext"] == ["0.69", "0.7"]
    zero, ticks = colored(np.array([0.0, 1.0]), COST)
    assert (zero.tolist(), ticks) == ([0.0, 1.0], {})


def test_a_map_without_any_number_is_drawn() -> None:
    found = outcomes(SWEEP, results_of(SWEEP, lambda cell: "diverged"), ACCURACY)
    assert len(named(heat_figure(SWEEP, found, ACCURACY, LIGHT))["diverged"].x) == 8
    heat_figure(SWEEP, [], ACCURACY, LIGHT)


# parallel coordinates


def test_a_coordinate_is_logarithmic_or_linear_or_has_a_place_for_each_choice() -> None:
    rate, width = Axis(name=RATE, values=(1.0, 0.01, 0.1)), Axis(name="data.samples", values=(20, 40, 100))
    sweep = Sweep(base=SWEEP.base, axes=(SWEEP.axes[0], rate, width))
    found = outcomes(sweep, results_of(sweep, lambda cell: 0.5), ACCURACY)
    choice, logarithmic, linear = coordinates_of(sweep, found, [])
    assert choice.ticks == ((0.0, "Tanh"), (1.0, "ReLU"))
    assert logarithmic.title == "Learning rate"
    assert [text for _, text in logarithmic.ticks] == ["0.01", "0.1", "1"]
    np.testing.assert_allclose([height for height, _ in logarithmic.ticks], [0.0, 0.5, 1.0], atol=1e-12)
    np.testing.assert_allclose(logarithmic.heights[[0, 3, 6]], [1.0, 0.0, 0.5], atol=1e-12)
    np.testing.assert_allclose([height for height, _ in linear.ticks], [0.0, 0.25, 1.0])


def test_not_more_values_are_written_on_a_coordinate_than_have_room() -> None:
    sweep = Sweep(base=SWEEP.base, axes=(Axis.linear(RATE, 0.01, 1.0, 100),))
    (coordinate,) = coordinates_of(sweep, outcomes(sweep, results_of(sweep, lambda cell: 0.5), ACCURACY), [])
    heights = [height for height, _ in coordinate.ticks]
    assert 8 <= len(heights) <= 15
    assert np.diff(heights).min() >= 0.06
    assert coordinate.ticks[0] == (0.0, "0.01")


def test_cells_without_a_number_end_below_and_never_disappear() -> None:
    *_, accuracy = coordinates_of(SWEEP, FOUND, [ACCURACY])
    assert (accuracy.heights == BELOW).sum() == 2  # tanh 10 and relu 1
    assert accuracy.ticks[-1] == (BELOW, "diverged")
    assert [text for _, text in accuracy.ticks[:-1]] == ["60 %", "76 %", "92 %"]


@themes
def test_a_line_goes_through_every_coordinate_and_marked_ones_leave_the_others_grey(theme: Theme) -> None:
    figure = parallel_figure(SWEEP, FOUND, [ACCURACY, COST], ACCURACY, theme, marked={4})
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert (
        sum(np.isnan(line.y.astype(float)).sum() for line in lines) == len(FOUND) + 1
    )  # a gap after each; the best twice
    grey = next(line for line in lines if line.line.color == theme.grid)
    assert len(grey.y) == (len(FOUND) - 1) * 5
    titles = [note.text.replace("<br>", " ") for note in figure.layout.annotations if note.yshift]
    assert titles == ["Activation", "Learning rate", "Test accuracy", "Test cost"]


def test_brushes_mark_the_cells_that_pass_through_all_of_them() -> None:
    coordinates = coordinates_of(SWEEP, FOUND, [ACCURACY])
    tanh = with_box(coordinates, {}, (-0.1, 0.1), (-0.1, 0.1))
    assert list(tanh) == [ACTIVATION]
    assert brushed(coordinates, tanh, FOUND) == {0, 1, 2, 3}
    both = with_box(coordinates, tanh, (1.1, 0.9), (0.4, 0.2))  # dragged from the right to the left, and up
    assert brushed(coordinates, both, FOUND) == {1}
    instead = with_box(coordinates, both, (-0.1, 0.1), (0.9, 1.1))  # another brush on the same axis
    assert brushed(coordinates, instead, FOUND) == {5}
    cleared = with_box(coordinates, instead, (-0.1, 0.1), (0.4, 0.6))  # where nothing is
    assert list(cleared) == [RATE]
    assert brushed(coordinates, {}, FOUND) == frozenset()
    assert with_box(coordinates, {}, (0.2, 0.8), (0.0, 1.0)) == {}  # between two axes
    figure = parallel_figure(SWEEP, FOUND, [ACCURACY], ACCURACY, LIGHT, brushes=both)
    assert sum(shape.type == "rect" for shape in figure.layout.shapes) == 2


@given(st.floats(-0.2, 1.2), st.floats(-0.2, 1.2), st.integers(0, 2))
def test_brushed_cells_are_those_between_the_ends(one: float, other: float, place: int) -> None:
    coordinates = coordinates_of(SWEEP, FOUND, [ACCURACY])
    brushes = with_box(coordinates, {}, (place - 0.1, place + 0.1), (one, other))
    heights: Array = coordinates[place].heights
    inside = (heights >= min(one, other)) & (heights <= max(one, other))
    assert brushed(coordinates, brushes, FOUND) == {FOUND[row].combination for row in np.flatnonzero(inside)}


def test_of_many_cells_some_are_drawn_the_marked_ones_among_them() -> None:
    many = [Outcome(number, (), {}, (), np.array([0.5])) for number in range(3 * MOST_LINES)]
    drawn = drawn_of(many, {7, 1234})
    assert len(drawn) <= MOST_LINES
    assert {0, 7, 1234, 3 * MOST_LINES - 1} <= {outcome.combination for outcome in drawn}
    assert drawn == sorted(drawn, key=lambda outcome: outcome.combination)
    assert drawn_of(many[:MOST_LINES], ()) == many[:MOST_LINES]


# curves


@themes
def test_the_best_and_the_marked_curves_have_colours_and_names_and_the_rest_is_grey(theme: Theme) -> None:
    figure = curves_figure(FOUND, ACCURACY, theme, marked={4, 5})
    curves = named(figure)
    assert list(curves) == ["the other cells", "ReLU, 0.01", "ReLU, 0.1", "best: Tanh, 0.1", "diverged"]
    assert curves["best: Tanh, 0.1"].line.color == theme.ink
    np.testing.assert_allclose(curves["ReLU, 0.1"].y, [0.8, 0.6, 0.3, np.nan, 0.8, 0.6, 0.29, np.nan])
    assert sorted(curves["diverged"].y) == [9e9] * 3
    training = named(curves_figure(FOUND, ACCURACY, theme, part="train_cost", marked={5}))
    np.testing.assert_allclose(training["ReLU, 0.1"].y[:3], [0.7, 0.6, 0.2])


def test_not_more_curves_have_names_than_can_be_told_apart() -> None:
    sweep = grid(tuple(np.geomspace(0.001, 1, 12)))
    found = outcomes(sweep, results_of(sweep, lambda cell: 0.5 + cell.index / 100), ACCURACY)
    curves = named(curves_figure(found, ACCURACY, LIGHT, marked=range(24)))
    assert len(curves) == MOST_NAMED + 2  # with the best and the others
    looks = {(trace.line.color, trace.line.dash) for trace in curves.values()}
    assert len(looks) == len(curves)


def test_nothing_to_draw_is_drawn() -> None:
    assert len(curves_figure([], ACCURACY, LIGHT).data) == 0
    assert len(parallel_figure(SWEEP, [], [ACCURACY], ACCURACY, LIGHT).data) == 1
