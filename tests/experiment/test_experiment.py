"""An experiment is a value: saved and read back it is the same, and equal ones are one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from dnn import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Data,
    Experiment,
    InvalidSetting,
    start,
)
from dnn.activations import LeakyReLU, ReLU, Tanh
from dnn.components import Task
from dnn.experiment import TrainingSpec
from dnn.experiment.experiment import DEFAULT_LOSSES
from dnn.initializers import BIAS_INITIALIZERS, Constant
from dnn.schedules import Cosine, WarmUp
from tests.strategies import experiments, small_experiments

VERSION_1 = Path(__file__).parents[1] / "fixtures" / "experiment_v1.json"

# Any valid experiment of a few shapes. For each the strategy is made once: that takes longer than to draw from it.
PLACES = {  # where an experiment has a value of each table
    ("data", "dataset"): DATASETS,
    ("network", "activation"): ACTIVATIONS,
    ("network", "initializer"): INITIALIZERS,
    ("network", "bias_initializer"): BIAS_INITIALIZERS,
    ("training", "loss"): LOSSES,
    ("training", "optimizer"): OPTIMIZERS,
    ("training", "schedule"): SCHEDULES,
}


@given(experiments())
def test_an_experiment_saved_as_json_reads_back_as_the_same_value(experiment: Experiment) -> None:
    read = Experiment.model_validate_json(experiment.model_dump_json())
    assert read == experiment
    assert hash(read) == hash(experiment)
    assert read.model_dump_json() == experiment.model_dump_json()


@given(experiments())
def test_its_plain_values_make_the_same_experiment(experiment: Experiment) -> None:
    plain = json.loads(json.dumps(experiment.model_dump(mode="json")))
    assert Experiment.of(**plain) == experiment
    assert Experiment.of(**experiment.model_dump()) == experiment


@given(experiments(), experiments())
@settings(max_examples=50)
def test_experiments_are_equal_exactly_if_they_would_be_saved_alike(first: Experiment, second: Experiment) -> None:
    assert (first == second) == (first.model_dump() == second.model_dump())
    assert first != second.model_copy(update={"seed": (first.seed + 1) % 2**31})


@pytest.mark.parametrize(
    ("place", "name"), [(place, name) for place, table in PLACES.items() for name in table], ids=str
)
def test_every_entry_of_every_table_may_be_given_by_name_by_fields_or_as_a_value(
    place: tuple[str, str], name: str
) -> None:
    section, field = place
    value = PLACES[place][name](kind=name)
    by_name, by_fields, by_value = (
        Experiment.of(**{section: {field: given}}) for given in (name, {"kind": name}, value)
    )
    assert by_name == by_fields == by_value
    assert getattr(getattr(by_name, section), field) == value
    assert Experiment.model_validate_json(by_name.model_dump_json()) == by_name


def test_the_parameters_of_a_kind_are_kept_in_json() -> None:
    experiment = Experiment.of(
        data={"dataset": {"kind": "spiral", "turns": 2.5, "noise": 0.3}},
        network={"activation": {"kind": "leaky_relu", "slope": 0.2}, "initializer": {"kind": "normal", "scale": 3}},
    )
    read = Experiment.model_validate_json(experiment.model_dump_json())
    assert (read.data.dataset.turns, read.data.dataset.noise) == (2.5, 0.3)
    assert read.network.activation.slope == 0.2
    assert read.network.initializer.scale == 3.0


@given(experiments())
@settings(max_examples=20)
def test_an_experiment_cannot_be_changed_in_place(experiment: Experiment) -> None:
    for target, field in ((experiment, "seed"), (experiment.data, "samples"), (experiment.training.schedule, "kind")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(target, field, 1)


def test_an_experiment_without_settings_is_the_default_one() -> None:
    assert Experiment.of() == Experiment.model_validate_json("{}") == Experiment()
    assert Experiment().network.hidden_layer_sizes == (4, 2)


@pytest.mark.parametrize("full", ["full", None])
def test_a_full_batch_may_be_written_as_full_or_none(full: str | None) -> None:
    assert Experiment.of(training={"batch_size": full}).training.batch_size is None


@pytest.mark.parametrize("task", DEFAULT_LOSSES)
def test_the_data_choose_the_loss_unless_the_experiment_does(task: Task) -> None:
    data = Data.split([[0.0], [1.0]], [0, 1], task=task)
    assert Experiment().make_network(data).loss == DEFAULT_LOSSES[task]
    for name, loss in LOSSES.items():
        if task in loss.tasks:
            assert Experiment.of(training={"loss": name}).make_network(data).loss.kind == name


@pytest.mark.parametrize(
    ("task", "loss"),
    [(task, name) for task in DEFAULT_LOSSES for name, loss in LOSSES.items() if task not in loss.tasks],
)
def test_a_loss_for_other_targets_is_refused_with_the_losses_that_fit(task: Task, loss: str) -> None:
    data = Data.split([[0.0], [1.0]], [0, 1], task=task)
    experiment = Experiment.of(training={"loss": loss})
    fitting = [name for name, kind in LOSSES.items() if task in kind.tasks]
    for attempt in (lambda: experiment.make_network(data), lambda: start(experiment, data=data)):
        with pytest.raises(InvalidSetting) as caught:
            attempt()
        (problem,) = caught.value.problems
        assert (problem.field, problem.given) == ("loss", repr(loss))
        assert str(problem).startswith(f"Loss: {loss!r} is not allowed; this data ({task}) needs ")
        assert problem.allowed.split(" needs ")[1].split(" or ") == fitting


def test_starting_an_experiment_whose_own_data_do_not_fit_its_loss_is_refused_too() -> None:
    with pytest.raises(InvalidSetting, match="needs binary_cross_entropy or tanh_squared_error"):
        start(Experiment.of(training={"loss": "huber"}))


# Files


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


# One for all hidden layers, or one for each


def test_activations_and_dropout_of_each_layer_are_kept_in_json() -> None:
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [4, 3], "activation": ["tanh", {"kind": "leaky_relu", "slope": 0.2}]},
        training={"dropout": [0.1, 0.5]},
    )
    assert experiment.network.activation == (Tanh(), LeakyReLU(slope=0.2))
    assert experiment.training.dropout == (0.1, 0.5)
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment


def test_a_list_of_one_means_the_one() -> None:
    one = Experiment.of(network={"activation": ["relu"]}, training={"dropout": [0.2]})
    assert one == Experiment.of(network={"activation": "relu"}, training={"dropout": 0.2})
    assert one.network.activation == ReLU()
    assert one.training.dropout == 0.2


@pytest.mark.parametrize("layers", [0, 2, 3, 32])
@pytest.mark.parametrize("given", [0, 2, 3, 33])
def test_a_list_must_have_one_for_each_hidden_layer(layers: int, given: int) -> None:
    hidden = {"hidden_layer_sizes": [2] * layers}
    for field, noun, settings_ in (
        ("activation", "activations", {"network": {**hidden, "activation": ["tanh"] * given}}),
        ("dropout", "shares", {"network": hidden, "training": {"dropout": [0.1] * given}}),
    ):
        if given == layers:
            Experiment.of(**settings_)
            continue
        with pytest.raises(InvalidSetting) as caught:
            Experiment.of(**settings_)
        (problem,) = caught.value.problems
        assert (problem.field, problem.given) == (field, f"a list of {given} {noun}")
        assert problem.allowed == f"there must be one for all hidden layers or a list of {layers}, one for each"


def test_one_dropout_is_that_of_every_hidden_layer() -> None:
    assert TrainingSpec(dropout=0.2).dropout_of(3) == (0.2, 0.2, 0.2)
    assert TrainingSpec(dropout=(0.2, 0.0)).dropout_of(2) == (0.2, 0.0)
    assert TrainingSpec(dropout=0.2).dropout_of(0) == ()


def test_the_network_bends_each_layer_as_the_experiment_says() -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": [4, 3], "activation": ["tanh", "relu"]})
    assert start(experiment).network.activations(3)[:2] == (Tanh(), ReLU())


def test_a_run_starts_with_the_biases_that_the_experiment_says() -> None:
    experiment = Experiment.of(network={"bias_initializer": {"kind": "constant", "value": 0.25}})
    assert experiment.network.bias_initializer == Constant(value=0.25)
    assert all((b == 0.25).all() for _, b in start(experiment).params)


def test_a_schedule_may_hold_another() -> None:
    given = {"kind": "warm_up", "epochs": 5, "then": {"kind": "cosine", "epochs": 50, "floor": 0.1}}
    experiment = Experiment.of(training={"schedule": given})
    assert experiment.training.schedule == WarmUp(epochs=5, then=Cosine(epochs=50, floor=0.1))
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment


@pytest.mark.parametrize("weights", ["equal", "balanced"])
def test_data_are_weighted_as_the_experiment_says(weights: str) -> None:
    data = Experiment.of(data={"weights": weights, "samples": 31}).make_data()
    expected = data.balanced().weights if weights == "balanced" else None
    np.testing.assert_array_equal(data.weights, expected)


@given(small_experiments(), small_experiments())
@settings(max_examples=30)
def test_a_run_continues_as_an_experiment_exactly_if_that_starts_with_the_same_data_weights_and_cost(
    first: Experiment, second: Experiment
) -> None:
    assert first.continues(first.model_copy(update={"training": second.training}))
    assert first.continues(second) == (first == second.model_copy(update={"training": first.training}))
    if first.continues(second):
        ours, others = start(first), start(second)
        assert (ours.data.X == others.data.X).all()
        assert (ours.params.vector == others.params.vector).all()
