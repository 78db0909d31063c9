"""The plane through the inputs: every place is one point, every example has its place."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA

from dnn import Data
from dnn.data.data import Names
from dnn.data.plane import Plane, View, components, titles

WEATHER = Names(("temperature", "humidity", "pressure"), ("°C", "%", "hPa"), ("dry", "rain"))


def weather(m: int = 200) -> Data:
    rng = np.random.default_rng(3)
    X = np.column_stack([rng.normal(18, 8, m), rng.uniform(20, 100, m), rng.normal(1013, 10, m)])
    return Data.split(X, (X[:, 1] > 60).astype(int), names=WEATHER)


@st.composite
def views(draw: st.DrawFn) -> tuple[int, View]:
    inputs = draw(st.integers(2, 6))
    across, up = draw(st.permutations(range(inputs)))[:2]
    held = tuple(draw(st.none() | st.floats(-50, 50)) for _ in range(inputs))
    return inputs, View(across, up, draw(st.booleans()), held)


@given(views())
@settings(max_examples=50)
def test_a_point_of_the_plane_is_at_its_place(chosen: tuple[int, View]) -> None:
    inputs, view = chosen
    rng = np.random.default_rng(inputs)
    data = Data.split(rng.standard_normal((30, inputs)) * 10.0 ** np.arange(inputs), np.zeros(30, int))
    plane = Plane.of(data, view)
    places = rng.uniform(-2, 2, (20, 2))
    on_plane = Data.split(plane.points(places), np.zeros(20, int))
    np.testing.assert_allclose(plane.places(on_plane), places, atol=1e-6)


def test_over_two_inputs_the_others_are_held_at_their_mean_or_where_it_was_chosen() -> None:
    data = weather()
    plane = Plane.of(data, View(2, 0))
    assert plane.names == ("pressure (hPa)", "temperature (°C)")
    np.testing.assert_array_equal(plane.places(data), data.points[:, [2, 0]])
    points = plane.points(np.array([[1000.0, 5.0], [1010.0, 6.0]]))
    np.testing.assert_allclose(points, [[5, data.points[:, 1].mean(), 1000], [6, data.points[:, 1].mean(), 1010]])
    held = plane.holding(plane.view.holding(1, 90.0, 3))
    np.testing.assert_allclose(held.points(np.array([[1000.0, 5.0]])), [[5, 90, 1000]])
    assert held.bounds == plane.bounds


def test_components_are_those_of_scikit_learn() -> None:
    data = weather()
    scaled = (data.points - data.points.mean(axis=0)) / data.points.std(axis=0)
    theirs = PCA(2).fit(scaled)
    axes, shares = components(scaled)
    np.testing.assert_allclose(np.abs(axes), np.abs(theirs.components_), atol=1e-8)
    np.testing.assert_allclose(shares, theirs.explained_variance_ratio_, atol=1e-12)
    plane = Plane.of(data, View(components=True))
    np.testing.assert_allclose(np.abs(plane.places(data)), np.abs(theirs.transform(scaled)), atol=1e-8)
    assert plane.names[0] == f"component 1 ({shares[0]:.0%})"


def test_a_component_points_the_same_way_everywhere() -> None:
    X = np.random.default_rng(0).standard_normal((40, 4)) * [4, 3, 2, 1]
    for flipped in (X, -X):
        axes, _ = components(flipped - flipped.mean(axis=0))
        assert (np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1) > 0).all()


def test_inputs_with_names_of_their_own_have_a_scale_each() -> None:
    left, right, low, high = Plane.of(weather()).bounds
    points = weather().points
    np.testing.assert_allclose([right - left, high - low], 1.1 * np.ptp(points[:, :2], axis=0))


def test_inputs_of_very_unlike_extents_have_a_scale_each() -> None:
    X = np.array([[0.0, 0.0], [1.0, 100.0]])
    left, right, low, high = Plane.of(Data.split(X, [0, 1])).bounds
    np.testing.assert_allclose([right - left, high - low], [1.1, 110.0])


@pytest.mark.parametrize(
    ("data", "square"),
    [
        (Data.split([[0.0, 0.0], [1.0, 3.0]], [0, 1]), True),
        (Data.split([[0.0, 0.0], [1.0, 100.0]], [0, 1]), False),
        (Data.split([[0.0], [1.0]], [0, 1]), False),
        (weather(), False),
    ],
    ids=["alike", "lopsided", "single", "named"],
)
def test_the_plane_is_square_where_its_axes_are_alike(data: Data, square: bool) -> None:
    plane = Plane.of(data)
    left, right, low, high = plane.bounds
    assert plane.square == square
    if square:
        assert right - left == pytest.approx(high - low)


def test_a_number_predicted_from_a_single_input_is_the_height() -> None:
    X = np.linspace(-1, 1, 20)[:, None]
    data = Data.split(X, np.sin(X[:, 0]))
    plane = Plane.of(data)
    np.testing.assert_array_equal(plane.places(data), np.column_stack([X, np.sin(X)]))
    np.testing.assert_array_equal(plane.points(np.array([[0.5, 3.0]])), [[0.5]])
    assert plane.holds(data)


def test_classes_of_a_single_input_lie_one_over_the_other() -> None:
    X = np.linspace(-1, 1, 60)[:, None]
    y = np.arange(60) % 3
    data = Data.split(X, y)
    plane = Plane.of(data)
    heights = plane.places(data)[:, 1]
    spans = [(heights[y == label].min(), heights[y == label].max()) for label in range(3)]
    assert all(low < high for low, high in spans)
    assert all(below[1] < above[0] for below, above in pairwise(spans))
    assert plane.holds(data)
    fewer = Data.split(X[10:], y[10:])
    np.testing.assert_array_equal(plane.places(fewer), plane.places(data)[10:])  # nothing jumps when one is erased


@pytest.mark.parametrize("names", [Names.plain(1, 2), Names.plain(2), WEATHER])
def test_there_is_a_plane_before_there_are_examples(names: Names) -> None:
    data = Data.empty(names, "binary" if names.classes else "regression")
    plane = Plane.of(data)
    assert plane.bounds[0] < plane.bounds[1]
    assert plane.bounds[2] < plane.bounds[3]
    assert plane.holds(data)
    assert plane.points(np.zeros((4, 2))).shape == (4, len(names.inputs))


@pytest.mark.parametrize(
    ("view", "inputs"), [(View(0, 5), 3), (View(1, 1), 3), (View(components=True), 2), (View(components=True), 1)]
)
def test_what_data_do_not_have_is_not_looked_at(view: View, inputs: int) -> None:
    fitted = view.fitting(inputs)
    assert (fitted.across, fitted.up, fitted.components) == (0, 1, False)
    assert fitted.held == (None,) * inputs


def test_holding_an_input_that_is_not_there_changes_nothing() -> None:
    assert View().holding(7, 1.0, 3) == View().fitting(3)


def test_a_unit_stands_behind_its_input() -> None:
    assert titles(weather()) == ("temperature (°C)", "humidity (%)", "pressure (hPa)")
    assert titles(Data.split([[1.0, 2.0]], [0])) == ("x₁", "x₂")


@pytest.mark.parametrize(("place", "half"), [((3.0, -2.0), (1.1, 1.1)), ((1013.0, 0.5), (111.43, 111.43))])
def test_around_a_single_example_there_is_as_much_room_as_on_an_empty_plane(
    place: tuple[float, float], half: tuple[float, float]
) -> None:
    for again in (1, 5):
        left, right, low, high = Plane.of(Data.split([place] * again, [0] * again)).bounds
        np.testing.assert_allclose([(left + right) / 2, (low + high) / 2], place)
        np.testing.assert_allclose([(right - left) / 2, (high - low) / 2], half)
