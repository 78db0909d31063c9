"""An axis is a setting and its values: its names, its values, and what is refused."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, Experiment, InvalidSetting
from dnn.components import Spec
from dnn.experiment.experiment import loss_problem
from dnn.sweeps import Axis, Sweep
from dnn.sweeps.settings import names_of
from tests.sweeps.axes import BASES, RATES, at


@given(st.data(), BASES)
@settings(max_examples=40)
def test_any_setting_of_an_experiment_can_be_an_axis(data: st.DataObject, experiment: Experiment) -> None:
    name = data.draw(st.sampled_from(names_of(experiment)))
    value = at(experiment, name)
    (cell,) = Sweep(base=experiment, axes=(Axis(name=name, values=(value,)),)).cells()
    loss, task = experiment.training.loss, experiment.data.dataset.task
    if loss is not None and task not in loss.tasks:
        assert cell.problem == loss_problem(loss.kind, task).message
    else:
        assert (cell.experiment, cell.problem) == (experiment, "")


def test_the_names_are_those_of_every_setting() -> None:
    def count(value: object) -> int:
        fields = [field for field in type(value).model_fields if field != "kind"] if isinstance(value, Spec) else []
        return sum(1 + count(getattr(value, field)) for field in fields)

    experiment = Experiment()
    assert len(names_of(experiment)) == count(experiment) - len(("version", "data", "network", "training"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("learning_rate", "Unknown setting 'learning_rate' in this sweep; did you mean 'training.learning_rate'?"),
        ("training.learnin_rate", "Unknown setting 'training.learnin_rate' in this sweep; did you mean 'training.l"),
        ("data.dataset.nois", "Unknown setting 'nois' in moons; did you mean 'noise'? Known settings: noise."),
        ("data.dataset.kind", "Unknown setting 'kind' in moons"),
        ("network", "Unknown setting 'network' in this sweep"),
        ("version", "Unknown setting 'version' in this sweep"),
        ("network.activation.2", "Unknown setting '2' in tanh, which has no settings."),
        ("network.hidden_layer_sizes.3", "Unknown setting '3' in network.hidden_layer_sizes; did"),
        ("network.hidden_layer_sizes.0", "Unknown setting '0' in network.hidden_layer_sizes"),
        ("seed.x", "Unknown setting 'seed.x' in this sweep"),
        ("training.__class__", "Unknown setting 'training.__class__' in this sweep"),
        (".", "Unknown setting '.' in this sweep"),
    ],
)
def test_an_axis_that_is_no_setting_is_refused_with_what_was_probably_meant(name: str, message: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(message.removesuffix("; did"))):
        Sweep(axes=(Axis(name=name, values=(1,)),))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((), "an empty list is not allowed"),
        ((0.1, 0.1), "0.1 is not allowed; each value may stand there once"),
        ((float("nan"),), "nan is not allowed"),
        (("tanh", object), "is not allowed; it must be text"),
        ("tanh", "Values: 'tanh' is not allowed; it must be a list of values."),
        ({1, 2}, "Values: {1, 2} is not allowed; it must be a list of values."),
        (3, "Values: 3 is not allowed; it must be a list of values."),
    ],
)
def test_values_that_are_none_are_refused(values: Any, message: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(message)):
        Axis(name="training.l2", values=values)


def test_a_setting_stands_on_one_axis_only() -> None:
    with pytest.raises(InvalidSetting, match="a setting may be on one axis only"):
        Sweep(axes=(RATES, RATES))


def test_an_axis_from_one_number_to_another() -> None:
    assert Axis.linear("training.l2", 0, 1, 5).values == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert [type(value) for value in Axis.linear("data.samples", 100, 300, 3).values] == [int] * 3
    assert Axis.logarithmic("training.learning_rate", 0.001, 10, 5).values == (0.001, 0.01, 0.1, 1.0, 10.0)
    np.testing.assert_allclose(Axis.logarithmic("training.l2", 1e-5, 3, 7).values, np.geomspace(1e-5, 3, 7), rtol=1e-11)
    with pytest.raises(InvalidSetting, match="Start: 0 is not allowed; it must be a number above 0"):
        Axis.logarithmic("training.l2", 0, 1, 3)
    with pytest.raises(InvalidSetting, match="Count: 0 is not allowed"):
        Axis.linear("training.l2", 0, 1, 0)


def test_every_activation_can_be_an_axis() -> None:
    sweep = Sweep(axes=(Axis(name="network.activation", values=tuple(ACTIVATIONS)),))
    assert [at(cell.experiment, "network.activation.kind") for cell in sweep.cells() if cell.experiment] == [
        *ACTIVATIONS
    ]
