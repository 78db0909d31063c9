import numpy as np
import pytest

from dnn import Experiment, InvalidSetting
from dnn.classroom import Report
from dnn.classroom.report import LONGEST_EXPERIMENT, document_of
from dnn.datasets.custom_data import CustomData
from dnn.experiment.documents import read
from dnn.plots.boundary_picture import SIDE, levels_of
from tests.classroom.examples import report, run


def test_a_report_has_the_numbers_of_its_run():
    trained = run(network={"hidden_layer_sizes": (5, 3)})
    told = Report.of(trained, "playing")
    assert (told.epoch, told.state, told.task, told.classes) == (2, "playing", "binary", 1)
    assert told.accuracy == trained.latest["test_accuracy"]
    assert told.train_cost == trained.latest["train_cost"]
    assert (told.sizes, told.units, told.weights) == ((2, 5, 3, 1), 8, 2 * 5 + 5 + 5 * 3 + 3 + 3 * 1 + 1)
    assert told.boundary == levels_of(trained)
    assert len(told.boundary) == SIDE * SIDE
    assert read(told.experiment) == trained.experiment


def test_without_test_examples_the_accuracy_is_that_of_training():
    trained = run(data={"test_share": 0.0})
    assert Report.of(trained, "paused").accuracy == trained.latest["train_accuracy"]


def test_regression_has_no_accuracy():
    told = Report.of(run(data={"dataset": "plane"}), "paused")
    assert told.accuracy is None
    assert (told.task, len(told.boundary)) == ("regression", SIDE * SIDE)


def test_own_data_that_are_too_long_are_left_out():
    rows = np.random.default_rng(0).standard_normal((1000, 3))
    own = CustomData.of(rows[:, :2], (rows[:, 2] > 0).astype(int))
    assert document_of(Experiment.of(data={"dataset": own})) == ""


def test_a_report_comes_back_from_its_json():
    told = report(boundary=bytes(range(256)) * 6)
    assert Report.model_validate_json(told.model_dump_json()) == told
    real = Report.of(run(), "ended")
    assert Report.model_validate_json(real.model_dump_json()) == real


@pytest.mark.parametrize(
    "wrong",
    [
        {"experiment": "x" * (LONGEST_EXPERIMENT + 1)},
        {"boundary": bytes(SIDE * SIDE + 1)},
        {"accuracy": 1.5},
        {"accuracy": float("nan")},
        {"epoch": -1},
        {"state": "asleep"},
        {"name": "not a field"},
    ],
)
def test_a_report_is_bounded(wrong):
    with pytest.raises(InvalidSetting):
        report(**wrong)
