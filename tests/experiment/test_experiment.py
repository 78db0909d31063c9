"""An experiment is a value: saved and read back it is the same, and equal ones are one."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from dnn import LOSSES, Data, Experiment, InvalidSetting, start
from dnn.components import Task
from dnn.experiment.experiment import DEFAULT_LOSSES
from dnn.initializers import Constant
from dnn.schedules import Cosine, WarmUp
from tests.experiment.places import PLACES
from tests.strategies import experiments, small_experiments


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
def test_a_run_continues_exactly_if_data_starting_weights_and_cost_are_the_same(
    first: Experiment, second: Experiment
) -> None:
    assert first.continues(first.model_copy(update={"training": second.training}))
    assert first.continues(second) == (first == second.model_copy(update={"training": first.training}))
    if first.continues(second):
        ours, others = start(first), start(second)
        assert (ours.data.X == others.data.X).all()
        assert (ours.params.vector == others.params.vector).all()
