"""The numbers below the plane: of the test examples, and undefined where a run is about to diverge."""

import json

import numpy as np
import pytest

from dnn import Experiment, Params, advance, advance_batch, start
from dnn.training.metrics import confusion_matrix
from dnn.ui.live.player import Player
from dnn.ui.live.report import report
from dnn.ui.live.wire import unpack
from tests.ui.live.players import QUICK, changed, header_of


def test_the_numbers_are_those_of_the_test_examples() -> None:
    run = advance(start(QUICK), 20)
    true, predicted = run.data.labels[run.data.n_train :], run.predict(run.data.X_test)
    found = report(run)
    assert (found["part"], found["examples"]) == ("test", 18)
    assert found["confusion"] == confusion_matrix(true, predicted, 2).tolist()
    right = found["confusion"][0][0] + found["confusion"][1][1]
    assert right / 18 == pytest.approx(run.latest["test_accuracy"])


def test_without_test_examples_they_are_those_of_the_training_examples() -> None:
    found = report(start(changed(QUICK, data={"test_share": 0.0})))
    assert (found["part"], found["examples"], np.sum(found["confusion"])) == ("train", 60, 60)


def test_a_class_that_is_never_predicted_has_no_precision() -> None:
    run = start(changed(QUICK, network={"initializer": "zeros"}))  # P = 0.5 everywhere: class 0
    assert report(run)["precision"][1] is None
    assert report(run)["recall"] == [1.0, 0.0]
    header_of(Player(run.experiment))  # and None, not NaN, travels


@pytest.mark.parametrize("name", ["plane", "bumps"])
def test_for_regression_they_are_r2_and_rmse(name: str) -> None:
    run = advance(start(changed(QUICK, data={"dataset": name})), 30)
    found = report(run)
    assert found["rmse"] == pytest.approx([np.sqrt(2 * run.latest["test_cost"])])
    y = run.data.y_test
    assert found["r2"] == pytest.approx([1 - found["rmse"][0] ** 2 / y.var()])


def test_three_classes_have_three_rows() -> None:
    run = advance(start(changed(QUICK, data={"dataset": {"kind": "blobs", "classes": 3}})), 30)
    found = report(run)
    assert np.shape(found["confusion"]) == (3, 3)
    assert np.trace(found["confusion"]) / found["examples"] == pytest.approx(run.latest["test_accuracy"])


def test_the_chart_gets_the_curves_of_its_views() -> None:
    _, parts = unpack(Player(QUICK).frame())
    assert {"curves", "accuracies"} <= set(parts)
    assert "rates" not in parts
    header, parts = unpack(Player(changed(QUICK, training={"schedule": "cosine"})).frame())
    assert header["chart"]["views"] == ["cost", "accuracy", "rate", "numbers", "health"]
    assert parts["rates"].shape[0] == 2
    _, parts = unpack(Player(changed(QUICK, data={"dataset": "plane"})).frame())
    assert "accuracies" not in parts


def test_a_batch_refreshes_the_numbers() -> None:
    player = Player(changed(QUICK, training={"learning_rate": 10.0}), playing=False)
    header_of(player)
    scene = player.camera.scene.id if player.camera.scene else -1
    player.step_batch()
    assert header_of(player, scene)["chart"]["report"] == report(advance_batch(start(player.run.experiment)))


@pytest.mark.parametrize("scale", [1e160, 1e300])
def test_weights_that_are_far_too_large_leave_r_squared_undefined(scale: float) -> None:
    """The squares of such errors overflow. Warnings are errors here."""
    run = start(Experiment.of(data={"dataset": "plane", "samples": 60}, network={"hidden_layer_sizes": ()}))
    said = report(run.becoming(params=Params(run.params.sizes, run.params.vector * scale)))
    assert (said["r2"], said["rmse"]) == ([None], [None])
    json.dumps(said, allow_nan=False)
