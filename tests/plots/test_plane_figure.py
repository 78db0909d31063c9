"""The plane of the two inputs: every example in its place, told apart by class and by part."""

import html
import json
import re
from collections import Counter

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import example, given
from hypothesis.extra import numpy as npst
from hypothesis.strategies import floats, integers

from dnn import Data, Experiment
from dnn.data.names import Names
from dnn.data.plane import titles
from dnn.plots.examples import MOST_POINTS, bounds_of, chances, heights
from dnn.plots.plane_figure import boundary_figure
from dnn.plots.theme import LIGHT, THEMES, Theme


def made(samples: int, kind: object = "moons", test_share: float = 0.3) -> Data:
    return Experiment.of(data={"dataset": kind, "samples": samples, "test_share": test_share}).make_data()


def drawn(figure: go.Figure, theme: Theme) -> dict[tuple[int, bool], list[tuple[float, float]]]:
    """(x, y) of the points by (class, whether they train), told by the colour and by the ring."""
    points: dict[tuple[int, bool], list[tuple[float, float]]] = {}
    for trace in figure.data:
        if trace.type == "scatter":
            key = theme.of_classes(2).index(trace.marker.color), not trace.marker.symbol.endswith("-open")
            assert key not in points
            points[key] = list(zip(map(float, trace.x), map(float, trace.y), strict=True))
    return points


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("kind", ["moons", "spiral"])
def test_every_example_is_drawn_once_with_its_class_and_its_part(kind: str, theme: Theme) -> None:
    data = made(120, kind)
    figure = boundary_figure(data, theme)
    points = drawn(figure, theme)
    for label in (0, 1):
        for training, X, y in [(True, data.X_train, data.y_train), (False, data.X_test, data.y_test)]:
            expected = X[y[:, 0] == label].round(4)
            assert Counter(points[label, training]) == Counter(map(tuple, expected.tolist()))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("classes", [3, 6])
def test_every_class_of_several_has_its_own_colour_and_shape(classes: int, theme: Theme) -> None:
    data = made(120, {"kind": "blobs", "classes": classes})
    traces = [trace for trace in boundary_figure(data, theme).data if trace.type == "scatter"]
    looks = {(trace.marker.color, trace.marker.symbol.removesuffix("-open")) for trace in traces}
    assert len(looks) == len({color for color, _ in looks}) == len({shape for _, shape in looks}) == classes
    assert [trace.name for trace in traces if trace.showlegend] == [f"class {k}" for k in range(classes)]
    for label, (train, test) in enumerate(zip(traces[::2], traces[1::2], strict=True)):
        for trace, part in ((train, slice(data.n_train)), (test, slice(data.n_train, None))):
            expected = data.points[part][data.labels[part] == label].round(4)
            assert Counter(zip(trace.x.tolist(), trace.y.tolist(), strict=True)) == Counter(
                map(tuple, expected.tolist())
            )


def test_numbers_are_told_by_colour_and_the_part_by_shape() -> None:
    data = made(80, "bumps")
    train, test = boundary_figure(data, LIGHT).data[:2]
    np.testing.assert_allclose(train.marker.color, data.y_train[:, 0], atol=1e-4)
    np.testing.assert_allclose(test.marker.color, data.y_test[:, 0], atol=1e-4)
    assert (train.marker.cmin, train.marker.cmax) == heights(data)
    assert train.marker.symbol != test.marker.symbol


@pytest.mark.parametrize("kind", ["moons", {"kind": "blobs", "classes": 4}, "bumps"], ids=str)
def test_validation_examples_have_a_form_of_their_own(kind: object) -> None:
    data = Experiment.of(data={"dataset": kind, "samples": 90, "validation_share": 0.3}).make_data()
    traces = [trace for trace in boundary_figure(data, LIGHT).data if trace.type == "scatter"]
    count = max(1, len(data.names.classes))
    assert len(traces) == 3 * count
    points = {"train": data.X_train, "validation": data.X_validation, "test": data.X_test}
    for place, (part, expected) in enumerate(points.items()):
        of_part = traces[place::3]
        assert all(f"{part}<" in trace.hovertemplate for trace in of_part)
        assert {trace.meta for trace in of_part} == {"test" if part == "test" else None}
        found = [point for trace in of_part for point in zip(trace.x.tolist(), trace.y.tolist(), strict=True)]
        assert Counter(found) == Counter(map(tuple, expected.round(4).tolist()))
    legend = [trace.name for trace in traces if trace.showlegend is not False]
    assert legend[: 1 if count == 1 else None] == {1: ["train"], 2: ["class 0", "class 1", "validation", "test"]}.get(
        count, [f"class {label}" for label in range(count)]
    )
    for own in zip(*(traces[place::3] for place in range(3)), strict=True):
        assert len({trace.marker.symbol for trace in own}) == 3


def test_formulas_do_not_move_the_examples() -> None:
    data = made(60)
    assert bounds_of(data.expanded(["x1^2", "sin(x2)", "x1*x2"])) == bounds_of(data)


def test_classes_differ_in_shape_too() -> None:
    figure = boundary_figure(made(50), LIGHT)
    shapes = {(trace.marker.color, trace.marker.symbol.removesuffix("-open")) for trace in figure.data[:4]}
    assert len(shapes) == len({shape for _, shape in shapes}) == 2


@pytest.mark.parametrize("samples", [MOST_POINTS, MOST_POINTS + 1, 20_000])
def test_of_very_many_examples_an_even_choice_is_drawn(samples: int) -> None:
    data = made(samples)
    points = drawn(boundary_figure(data, LIGHT), LIGHT)
    assert sum(map(len, points.values())) == MOST_POINTS
    for label in (0, 1):
        for training, y in [(True, data.y_train), (False, data.y_test)]:
            share = (y == label).sum() / samples
            assert len(points[label, training]) / MOST_POINTS == pytest.approx(share, abs=0.03)


def test_without_test_examples_no_ring_is_drawn() -> None:
    points = drawn(boundary_figure(made(50, test_share=0.0), LIGHT), LIGHT)
    assert [len(points[label, False]) for label in (0, 1)] == [0, 0]
    assert sum(map(len, points.values())) == 50


@given(
    integers(1, 30).flatmap(
        lambda m: npst.arrays(np.float64, (m, 2), elements=floats(-1e6, 1e6, allow_subnormal=False))
    )
)
@example(np.array([[11.0, 0.0]]))  # a single one, far from 0 along one input
def test_the_plane_holds_every_example_and_is_a_square_where_that_suits_both_inputs(X: np.ndarray) -> None:
    x_low, x_high, y_low, y_high = bounds_of(Data.split(X, np.zeros(len(X), int)))
    narrow, wide = np.sort(np.ptp(X, axis=0))
    if narrow == 0.0 or wide < 4.99 * narrow:
        assert x_high - x_low == pytest.approx(y_high - y_low, rel=1e-6, abs=1e-9)
    assert x_high > x_low
    assert (X.min(axis=0) > [x_low, y_low]).all()
    assert (X.max(axis=0) < [x_high, y_high]).all()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_the_browser_gets_is_a_valid_figure(theme: Theme) -> None:
    go.Figure(json.loads(boundary_figure(made(50), theme).to_json()))  # raises for a property that does not exist


def test_axes_show_the_plane() -> None:
    data = made(50)
    figure = boundary_figure(data, LIGHT)
    assert (*figure.layout.xaxis.range, *figure.layout.yaxis.range) == bounds_of(data)


def drawn_words(text: str) -> str:
    """A text as Plotly draws it: values in their places (#), tags for nothing, entities as signs."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"%\{[^{}]*\}", "#", text)))


@pytest.mark.parametrize("classes", [("</script><b>q", "%{x} &lt;"), ("<i>", "%{y}", "c"), ()], ids=str)
def test_names_are_drawn_letter_by_letter(classes: tuple[str, ...]) -> None:
    names = Names(("<b>a", "%{x} &amp; b"), ("<", ">"), classes, "<sub>t")
    y = np.arange(30) % len(classes) if classes else np.linspace(0.0, 1.0, 30)
    data = Data.split(np.random.default_rng(0).normal(size=(30, 2)), y, test_share=0.3, names=names)
    figure = boundary_figure(data, LIGHT)
    across, up = titles(data)
    assert (across, up) == ("<b>a (<)", "%{x} &amp; b (>)")
    assert drawn_words(figure.layout.xaxis.title.text) == across
    assert drawn_words(figure.layout.yaxis.title.text) == up
    *points, answer = figure.data
    assert {drawn_words(trace.name) for trace in points} >= set(classes)
    where = f"{across} #, {up} #"
    hovers = [drawn_words(trace.hovertemplate) for trace in points]
    if classes:
        assert hovers == [f"{name}, {part}{where}" for name in classes for part in ("train", "test")]
    else:
        assert hovers == [f"<sub>t #, {part}{where}" for part in ("train", "test")]
    said = {2: f"P({classes[-1]}) #" if classes else "", 3: "#", 0: "prediction #"}[len(classes)]
    assert drawn_words(answer.hovertemplate) == where + said
    assert [drawn_words(said) for said in chances(data)] == [f"P({name})" for name in classes]
