"""What a frame shows of several classes, of numbers, and of formulas of the inputs."""

import json

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live.frame import Scene
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack


def run_of(data: dict[str, object], layers: tuple[int, ...] = (4,), epochs: int = 20) -> Run:
    experiment = Experiment.of(data={"samples": 90} | data, network={"hidden_layer_sizes": layers})
    return advance(start(experiment), epochs)


def places(scene: Scene) -> np.ndarray:
    x_low, x_high, y_low, y_high = scene.bounds
    across, down = np.linspace(x_low, x_high, scene.field), np.linspace(y_high, y_low, scene.field)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)


@pytest.mark.parametrize("classes", [3, 6])
def test_with_several_classes_the_field_is_the_probability_of_each(classes: int) -> None:
    run = run_of({"dataset": {"kind": "blobs", "classes": classes}})
    scene = Scene(run, LIGHT)
    arrays = scene.arrays(run.params)
    side = scene.field
    assert arrays["field"].shape == (classes, side, side)
    expected = run.predict_proba(places(scene)).T.reshape(classes, side, side)
    np.testing.assert_allclose(arrays["field"] / 255, expected, atol=1 / 255)
    assert len(arrays["maps"]) == 2 + 4 + classes
    for k in range(classes):
        small = expected[k][2::4, 2::4]
        np.testing.assert_allclose(arrays["maps"][2 + 4 + k] / 255, small, atol=2 / 255)


@pytest.mark.parametrize("kind", ["plane", "bumps"])
def test_for_numbers_the_field_is_the_prediction_between_the_heights(kind: str) -> None:
    run = run_of({"dataset": kind}, epochs=40)
    scene = Scene(run, LIGHT)
    low, high = scene.heights
    assert (low, high) == (run.data.y.min(), run.data.y.max())
    field = scene.arrays(run.params)["field"] / np.iinfo(np.uint16).max
    expected = (run.predict(places(scene)) - low) / (high - low)
    np.testing.assert_allclose(field.ravel(), np.clip(expected[:, 0], 0, 1), atol=1e-3)


def test_with_formulas_the_inputs_are_their_maps_and_names() -> None:
    run = run_of({"dataset": "circles", "features": ["x1^2", "x1*x2", "1/(x1-x1)^0+x2"]})
    scene = Scene(run, DARK)
    arrays, told = scene.arrays(run.params), json.loads(scene.description)
    assert told["inputs"][:2] == ["x₁²", "x₁x₂"]
    assert told["sizes"] == [3, 4, 1]
    assert len(arrays["maps"]) == 3 + 4
    x1, x2 = places(scene).T
    product = x1 * x2
    shown = product.reshape(scene.field, scene.field)[2::4, 2::4]
    farthest = max(np.abs(product).max(), np.abs(run.data.X[:, 1]).max())
    np.testing.assert_allclose(arrays["maps"][1] / 127.5 - 1, shown / farthest, atol=2 / 127)
    expected = run.predict_proba(places(scene))[:, 1]
    np.testing.assert_allclose(arrays["field"].ravel() / 65535, expected, atol=1e-3)


@pytest.mark.parametrize(
    ("data", "task", "threshold"),
    [({"dataset": "moons"}, "binary", 0.5), ({"dataset": {"kind": "blobs", "classes": 4}}, "multiclass", None),
     ({"dataset": "plane"}, "regression", None)],
    ids=["binary", "multiclass", "regression"],
)  # fmt: skip
def test_the_browser_is_told_the_task_and_where_the_examples_are(data: dict, task: str, threshold: float) -> None:
    run = run_of(data, epochs=0)
    told = json.loads(Scene(run, LIGHT).description)
    assert (told["task"], told["threshold"]) == (task, threshold)
    assert told["rows"] == list(range(90))
    np.testing.assert_allclose(told["points"], run.data.points, atol=1e-4)
    assert len(told["classes"]) == max(2, run.params.sizes[-1])
    assert (told["heights"] is None) == (task != "regression")


@pytest.mark.parametrize(
    "data", [{"dataset": "xor"}, {"dataset": {"kind": "blobs", "classes": 3, "noise": 0.6}}], ids=str
)
def test_the_answers_say_which_examples_the_network_has_wrong(data: dict) -> None:
    run = run_of(data, epochs=8)
    scene = Scene(run, LIGHT)
    scene.arrays(run.params)
    answers, told = scene.answers(), json.loads(scene.description)
    decided = answers if run.data.task == "multiclass" else answers > 127.5
    wrong = decided != told["labels"]
    np.testing.assert_array_equal(wrong, run.predict(run.data.points) != run.data.labels)
    assert 0 < wrong.sum() < len(wrong)


def test_answers_come_with_the_curves_and_whenever_nothing_plays() -> None:
    player = Player(Experiment.of(data={"samples": 40}), playing=False)
    _, parts = unpack(player.frame())
    assert parts["answers"].shape == (40,)
    player.use(Experiment.of(data={"samples": 40, "dataset": "plane"}))
    _, parts = unpack(player.frame())
    assert "answers" not in parts
