"""Files of experiments: those of the first version still open, and each holds every setting."""

import json
from pathlib import Path
from typing import Any

import pytest

from dnn import Experiment, InvalidSetting

VERSION_1 = Path(__file__).parents[1] / "fixtures" / "experiment_v1.json"


def test_a_file_of_the_first_version_is_the_same_experiment_written_now() -> None:
    read = Experiment.model_validate_json(VERSION_1.read_text("utf-8"))
    now = Experiment.of(
        data={"dataset": {"kind": "spiral", "noise": 0.25, "turns": 1.25}, "samples": 321, "test_share": 0.4},
        network={
            "hidden_layer_sizes": [8, 3, 5],
            "activation": {"kind": "leaky_relu", "slope": 0.2},
            "initializer": {"kind": "normal", "scale": 0.5},
        },
        training={
            "loss": "binary_cross_entropy",
            "optimizer": "sgd",
            "learning_rate": 0.3,
            "batch_size": "full",
            "l2": 0.03,
            "dtype": "float32",
        },
        seed=7,
        draw=3,
    )
    assert read == now
    assert read.model_dump_json() == now.model_dump_json()
    assert Experiment.of(**json.loads(VERSION_1.read_text("utf-8"))) == now


def test_what_the_first_version_did_not_know_is_off_in_its_files() -> None:
    training = Experiment.model_validate_json(VERSION_1.read_text("utf-8")).training
    assert (training.l1, training.dropout, training.clip_norm, training.patience) == (0, 0, None, None)
    assert training.schedule.rate(0.3, 1000) == 0.3


def test_a_file_is_written_with_the_version_of_its_format() -> None:
    assert json.loads(Experiment().model_dump_json())["version"] == 2


def test_a_file_without_a_version_is_read() -> None:
    read = Experiment.model_validate_json('{"training": {"l1": 0.1, "schedule": "cosine"}}')
    assert read == Experiment.of(version=2, training={"l1": 0.1, "schedule": {"kind": "cosine", "epochs": 200}})


@pytest.mark.parametrize("version", [3, 0, -1, "2", "1", 1.5, None, [2]], ids=repr)
def test_a_file_of_another_version_is_refused_with_a_sentence_about_the_version(version: Any) -> None:
    with pytest.raises(InvalidSetting, match=r"^Version: .* is not allowed; it must be 2; 1 is read too") as caught:
        Experiment.of(version=version)
    (problem,) = caught.value.problems
    assert (problem.field, problem.given) == ("version", repr(version))


def test_a_file_holds_every_setting() -> None:
    file = json.loads(Experiment().model_dump_json())
    assert file.keys() == Experiment.model_fields.keys()
    for section in ("data", "network", "training"):
        assert file[section].keys() == type(getattr(Experiment(), section)).model_fields.keys()
