"""An experiment is a value: saved and read back it is the same, and equal ones are one."""

import json

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, Data, Experiment, start
from dnn.experiment import LOSS_OF_TASK
from tests.strategies import experiments, small_experiments

PLACES = {  # where an experiment has a value of each table
    ("data", "dataset"): DATASETS,
    ("network", "activation"): ACTIVATIONS,
    ("network", "initializer"): INITIALIZERS,
    ("training", "loss"): LOSSES,
    ("training", "optimizer"): OPTIMIZERS,
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
    for target, field in ((experiment, "seed"), (experiment.data, "samples"), (experiment.network.activation, "kind")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(target, field, 1)


def test_an_experiment_without_settings_is_the_default_one() -> None:
    assert Experiment.of() == Experiment.model_validate_json("{}") == Experiment()
    assert Experiment().network.hidden_layer_sizes == (4, 2)


@pytest.mark.parametrize("full", ["full", None])
def test_a_full_batch_may_be_written_as_full_or_none(full: str | None) -> None:
    assert Experiment.of(training={"batch_size": full}).training.batch_size is None


@pytest.mark.parametrize("task", LOSS_OF_TASK)
def test_the_data_choose_the_loss_unless_the_experiment_does(task: str) -> None:
    data = Data.split([[0.0], [1.0]], [0, 1], task=task)
    assert Experiment().make_network(data).loss.kind == LOSS_OF_TASK[task]
    chosen = Experiment.of(training={"loss": "mean_squared_error"})
    assert chosen.make_network(data).loss.kind == "mean_squared_error"


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
