"""A ghost is the run that was replaced, no more and no less of it than can be compared with the new one."""

import json
from typing import Any

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.data.plane import View
from dnn.plots.examples import heights
from dnn.plots.theme import LIGHT
from dnn.ui.live.frame import Scene
from dnn.ui.live.ghost import MOST_POINTS, Ghost
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack


def trained(dataset: str = "moons", epochs: int = 30, loss: str | None = None, **network: Any) -> Run:
    training = {"learning_rate": 0.1, **({"loss": loss} if loss else {})}
    experiment = Experiment.of(data={"dataset": dataset, "samples": 60}, network=network, training=training)
    return advance(start(experiment), epochs)


def drawn(ghost: Run, run: Run, label: str = "ReLU") -> Any:
    return json.loads(Scene(run, LIGHT, ghost=Ghost(ghost, label)).description)["ghost"]


@pytest.mark.parametrize(
    ("dataset", "outputs", "most"), [("moons", 1, 65535), ("quantiles", 3, 255), ("sine", 1, 65535)]
)
def test_its_field_is_what_it_answers_on_the_plane_of_the_new_run(dataset: str, outputs: int, most: int) -> None:
    run, ghost = trained(dataset), trained(dataset, hidden_layer_sizes=[3], activation="relu")
    scene = Scene(run, LIGHT)
    field = np.array(drawn(ghost, run)["field"])
    side = round((len(field) / outputs) ** 0.5)
    left, right, low, high = scene.bounds
    x, y = np.meshgrid(np.linspace(left, right, side), np.linspace(high, low, side))
    answers = ghost.predict_proba(scene.plane.points(np.column_stack([x.ravel(), y.ravel()])))
    if dataset == "sine":
        least, largest = heights(run.data)
        answers = np.clip((answers - least) / (largest - least), 0, 1)
    elif dataset == "moons":
        answers = answers[:, 1:]
    assert np.ptp(answers) > 0.02
    np.testing.assert_allclose(field.reshape(outputs, -1).T / most, answers, atol=1 / most)


def test_its_curves_are_those_of_its_history_and_few_points() -> None:
    run, ghost = trained(), trained(epochs=2000, activation="relu")
    found = drawn(ghost, run)
    for name, columns in (("costs", ("train_cost", "test_cost")), ("accuracies", ("train_accuracy", "test_accuracy"))):
        epochs, *curves = found[name]
        assert len(epochs) <= MOST_POINTS
        assert (epochs[0], epochs[-1]) == (0, 2000)
        for curve, column in zip(curves, columns, strict=True):
            history = dict(zip(ghost.history["epoch"], ghost.history[column], strict=True))
            np.testing.assert_allclose(curve, [history[epoch] for epoch in epochs], rtol=1e-4)
    latest = ghost.latest
    assert found["label"] == "before: ReLU"
    assert found["words"] == (
        f"before, with ReLU: epoch 2000, train cost {latest['train_cost']:.3g}, "
        f"test accuracy {100 * latest['test_accuracy']:.1f} %"
    )


def test_what_is_not_finite_is_left_out() -> None:
    experiment = Experiment.of(data={"samples": 40, "test_share": 0.0})
    run = advance(start(experiment), 3)
    found = drawn(run, run)
    assert found["costs"][2] == [None] * 4
    assert found["words"] == f"before, with ReLU: epoch 3, train cost {run.latest['train_cost']:.3g}"


@pytest.mark.parametrize(
    ("ghost", "there"),
    [
        (trained("circles"), {"costs", "accuracies"}),
        (trained(loss="tanh_squared_error"), {"accuracies", "field"}),
        (trained("quantiles"), set()),
        (trained("sine"), set()),
    ],
    ids=["other data", "another loss", "three classes", "another task"],
)
def test_only_what_can_be_compared_is_drawn(ghost: Run, there: set[str]) -> None:
    found = drawn(ghost, trained())
    assert {name for name in ("costs", "accuracies", "field") if found[name] is not None} == there


def test_it_is_sent_with_the_scene_and_no_more() -> None:
    player, ghost = Player(trained().experiment, playing=False), Ghost(trained(activation="relu"), "ReLU")
    _, scene = player.picture()
    player.show_ghost(ghost)
    message, shown = player.picture(scene)
    assert shown != scene
    assert json.loads(bytes(unpack(message)[1]["scene"]))["ghost"]["label"] == "before: ReLU"
    player.step()
    message, again = player.picture(shown)
    assert again == shown
    assert "scene" not in unpack(message)[1]
    player.show_ghost(None)
    message, _ = player.picture(shown)
    assert json.loads(bytes(unpack(message)[1]["scene"]))["ghost"] is None


def test_its_boundary_moves_with_the_plane() -> None:
    experiment = Experiment.of(data={"dataset": "weather", "standardize": "each"}, training={"learning_rate": 0.1})
    run = advance(start(experiment), 30)
    player = Player(experiment, playing=False)
    player.show_ghost(Ghost(run, "ReLU"))
    first = json.loads(bytes(unpack(player.frame())[1]["scene"]))["ghost"]["field"]
    shown = player.picture()[1]
    assert player.request("hold 2 990")
    parts = unpack(player.picture(shown)[0])[1]
    moved = json.loads(bytes(parts["scene"]))["ghost"]["field"]
    assert moved != first
    player.camera.view = View(held=(None, None, 990.0))
    assert json.loads(bytes(unpack(player.frame())[1]["scene"]))["ghost"]["field"] == moved
