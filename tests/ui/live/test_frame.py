"""A picture of a run is the run: every number in it is checked against the engine's own forward pass."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from dnn import ACTIVATIONS, Data, Experiment, Params, Run, advance, forward, start
from dnn.data.plane import View
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live.frame import Scene

LAYERS: list[list[int]] = [[], [3], [4, 2]]


def trained(layers: list[int], epochs: int = 3, activation: str = "tanh", **training: object) -> Run:
    experiment = Experiment.of(
        data={"dataset": "xor", "samples": 60},
        network={"hidden_layer_sizes": layers, "activation": activation},
        training={"learning_rate": 0.1, **training},
    )
    return advance(start(experiment), epochs)


def grid(scene: Scene, side: int) -> np.ndarray:
    """The points of the field, (side · side, 2), row by row from the top."""
    x_low, x_high, y_low, y_high = scene.bounds
    xs, ys = np.linspace(x_low, x_high, side), np.linspace(y_high, y_low, side)
    return np.array([(x, y) for y in ys for x in xs])


@pytest.mark.parametrize("layers", LAYERS, ids=str)
@pytest.mark.parametrize("loss", ["binary_cross_entropy", "tanh_squared_error"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sin"])
def test_the_field_is_the_networks_own_probability(activation: str, loss: str, layers: list[int]) -> None:
    run = trained(layers, activation=activation, loss=loss)
    scene = Scene(run, LIGHT)
    field = scene.arrays(run.params)["field"]
    side = len(field)
    assert field.shape == (side, side)
    expected = run.predict_proba(grid(scene, side))[:, 1].reshape(side, side)
    assert expected.max() - expected.min() > 0.02  # not a picture of nothing
    np.testing.assert_allclose(field / np.iinfo(field.dtype).max, expected, atol=1 / 255)


@pytest.mark.parametrize("layers", LAYERS, ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_units_map_is_its_activation_over_the_plane(activation: str, layers: list[int]) -> None:
    run = trained(layers, activation=activation)
    scene = Scene(run, LIGHT)
    pictures = scene.arrays(run.params)
    maps, side = pictures["maps"], len(pictures["field"])
    small = maps.shape[1]
    assert maps.shape == (2 + sum(layers), small, small)
    step = side // small
    places = np.arange(step // 2, side, step)
    X = grid(scene, side).reshape(side, side, 2)[np.ix_(places, places)].reshape(-1, 2)
    trace = forward(run.params, X, run.network)
    units = np.hstack([X, *trace.a[:-1]]).T
    low, high = ACTIVATIONS[activation].bounds
    for number, (unit, drawn) in enumerate(zip(units, maps.reshape(len(maps), -1), strict=True)):
        if number < 2:  # an input: by the largest value on the plane
            expected = 127.5 + 127.5 * unit / np.abs(grid(scene, side)[:, number]).max()
        elif np.isfinite([low, high]).all():
            expected = 255 * (unit - low) / (high - low)
        else:  # by its own largest value, zero in the middle
            expected = 127.5 + 127.5 * unit / max(np.abs(unit).max(), 1e-9)
        np.testing.assert_allclose(drawn, expected, atol=1)


def test_the_first_row_is_the_top_and_the_first_column_the_left() -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": []})
    for weights, bright in [([0, 9], np.s_[0, :]), ([0, -9], np.s_[-1, :]), ([-9, 0], np.s_[:, 0])]:
        run = start(experiment, params=[(np.array(weights, float)[:, None], np.zeros(1))])
        field = Scene(run, LIGHT).arrays(run.params)["field"].astype(int)
        assert field[bright].min() == field.max()
        assert field.min() < 0.1 * field.max()


@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_edges_and_biases_are_the_parameters(layers: list[int]) -> None:
    run = trained(layers)
    arrays = Scene(run, LIGHT).arrays(run.params)
    drawn = Params.empty(run.params.sizes)
    drawn.vector[arrays["edges"]] = arrays["weights"]
    np.testing.assert_array_equal(arrays["biases"], np.concatenate([b for _, b in run.params]).astype(np.float32))
    for (W, b), (W_drawn, b_drawn) in zip(run.params, drawn, strict=True):
        np.testing.assert_array_equal(W_drawn, W.astype(np.float32))
        assert (b_drawn == 0).all()  # a bias is no edge
        assert W.any()
        assert b.any()


def test_of_very_many_edges_only_the_strongest_are_drawn() -> None:
    run = trained([64] * 8, epochs=1)
    scene = Scene(run, LIGHT)
    arrays = scene.arrays(run.params)
    every = np.flatnonzero(run.params.weight_mask())
    kept = arrays["edges"]
    assert 0 < len(kept) < len(every)
    assert (np.diff(kept.astype(int)) > 0).all()
    dropped = np.setdiff1d(every, kept)
    assert len(dropped) == len(every) - len(kept)
    strengths = np.abs(run.params.vector)
    assert strengths[kept].min() >= strengths[dropped].max() * (1 - 1e-6)
    np.testing.assert_array_equal(arrays["weights"], run.params.vector[kept].astype(np.float32))


def test_a_large_networks_pictures_are_coarser_and_still_right() -> None:
    small, large = trained([4]), trained([64] * 8, epochs=1)
    scene = Scene(large, LIGHT)
    arrays, usual = scene.arrays(large.params), Scene(small, LIGHT).arrays(small.params)
    assert arrays["field"].size < usual["field"].size
    assert arrays["maps"][0].size < usual["maps"][0].size
    assert len(arrays["maps"]) == 2 + 8 * 64
    side = len(arrays["field"])
    expected = large.predict_proba(grid(scene, side))[:, 1].reshape(side, side)
    np.testing.assert_allclose(arrays["field"] / np.iinfo(arrays["field"].dtype).max, expected, atol=1 / 255)


@pytest.mark.parametrize("layers", [[4], [64] * 8], ids=["small", "large"])
def test_in_a_crowd_pictures_are_as_coarse_as_those_of_large_networks_and_right(layers: list[int]) -> None:
    run = trained(layers, epochs=1)
    scene, usual = Scene(run, LIGHT, in_crowd=True), Scene(run, LIGHT)
    assert (scene.field, scene.map) == (60, 15)
    assert scene.large == usual.large == (len(layers) > 1)
    field = scene.arrays(run.params)["field"]
    expected = run.predict_proba(grid(scene, 60))[:, 1].reshape(60, 60)
    np.testing.assert_allclose(field / np.iinfo(field.dtype).max, expected, atol=1 / 255)


@pytest.mark.parametrize("layers", [[], [4, 2], [8] * 8], ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("size", [0.0, 1e-300, 1e30, 1e300])
def test_parameters_of_any_size_give_a_picture_and_no_warning(size: float, activation: str, layers: list[int]) -> None:
    run = trained(layers, epochs=0, activation=activation)
    run.params.vector[:] = size * np.where(np.arange(len(run.params.vector)) % 3, 1, -1)
    arrays = Scene(run, LIGHT).arrays(run.params)  # a warning would be an error
    assert np.isfinite(arrays["weights"]).all()
    assert np.isfinite(arrays["biases"]).all()


def test_an_output_without_limits_stays_within_the_colours() -> None:
    """A squared error has a linear output: beyond 0 and 1 the picture shows 0 and 1, and does not start over."""
    data = Data.split(np.random.default_rng(0).standard_normal((20, 2)), np.linspace(-1.0, 1.0, 20))
    experiment = Experiment.of(network={"hidden_layer_sizes": []})
    run = start(experiment, data=data, params=[(np.array([[0.0], [50.0]]), np.zeros(1))])
    field = Scene(run, LIGHT).arrays(run.params)["field"]
    assert (np.diff(field[:, 0].astype(int)) <= 0).all()
    assert field[0, 0] == np.iinfo(field.dtype).max
    assert field[-1, 0] == 0


def test_one_scene_draws_every_later_moment_of_its_run() -> None:
    run = trained([3], epochs=0)
    scene = Scene(run, LIGHT)
    before = scene.arrays(run.params)["field"].copy()
    later = advance(run, 20)
    np.testing.assert_array_equal(
        scene.arrays(later.params)["field"], Scene(later, LIGHT).arrays(later.params)["field"]
    )
    np.testing.assert_array_equal(scene.arrays(run.params)["field"], before)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_the_description_is_what_the_browser_needs(layers: list[int], theme: object) -> None:
    run = trained(layers)
    scene = Scene(run, theme)  # type: ignore[arg-type]

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    said = json.loads(scene.description, parse_constant=refuse)
    assert said["id"] == scene.id
    assert said["sizes"] == [2, *layers, 1]
    assert len(said["ramp"]) == 256
    go.Figure(said["boundary"])
    go.Figure(said["cost"])


def test_no_two_scenes_have_the_same_number() -> None:
    run = trained([3])
    assert len({Scene(run, LIGHT).id for _ in range(5)}) == 5


@pytest.mark.parametrize("standardize", ["none", "each"])
def test_an_input_held_at_its_mean_is_pale_and_elsewhere_it_is_not(standardize: str) -> None:
    weather = {"dataset": "weather", "samples": 60, "standardize": standardize}
    scene = Scene(start(Experiment.of(data=weather)), LIGHT)
    params = Params.empty(scene.sizes)
    pressures = scene.arrays(params)["maps"][2]
    assert np.ptp(pressures) <= 1  # the same everywhere on the plane
    assert abs(int(pressures[0, 0]) - 127) < 40
    large = scene.unit(2, None)[1]["unit"]
    np.testing.assert_array_equal(np.unique(large), np.unique(pressures))
    points = scene.plane.mean.copy()
    scene.hold(View(0, 1, held=(None, None, points[2] + 15.0)))
    assert scene.arrays(params)["maps"][2].min() > 180
