"""A sweep is a value: its cells are scikit-learn's grid or draws, and it comes back from JSON and from a link."""

import json
import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import ParameterGrid, ParameterSampler

from dnn import ACTIVATIONS, Experiment, InvalidSetting
from dnn.activations import LeakyReLU
from dnn.components import Spec
from dnn.experiment.experiment import loss_problem
from dnn.sweeps import Axis, Sweep
from dnn.sweeps.settings import names_of
from tests.strategies import experiments

RATES = Axis(name="training.learning_rate", values=(0.01, 0.1, 1.0))
ACTIVATION = Axis(name="network.activation", values=("tanh", "relu"))
WIDTHS = Axis(name="network.hidden_layer_sizes", values=([4], [8, 8]))
BASES = experiments().filter(lambda experiment: experiment.data.dataset.fits_link)  # made once, which takes longest

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def sweeps(draw: st.DrawFn) -> Sweep:
    """Any valid sweep of a base with any setting on the axes; the values may not be allowed there."""
    base = draw(BASES)
    names = draw(st.lists(st.sampled_from(names_of(base)), max_size=3, unique=True))
    unique = st.lists(json_values, min_size=1, max_size=3, unique_by=lambda value: json.dumps(value, sort_keys=True))
    axes = tuple(Axis(name=name, values=tuple(draw(unique))) for name in names)
    grid = int(np.prod([len(axis.values) for axis in axes]))
    draws = draw(st.none() | st.integers(1, grid))
    return Sweep(base=base, axes=axes, seeds=draw(st.integers(1, 3)), epochs=draw(st.integers(0, 1000)), draws=draws)


@given(sweeps())
@settings(max_examples=20)
def test_a_sweep_comes_back_from_json_and_from_a_link(sweep: Sweep) -> None:
    read = Sweep.model_validate_json(sweep.model_dump_json())
    assert read == sweep
    assert hash(read) == hash(sweep)
    assert read.model_dump_json() == sweep.model_dump_json()
    assert Sweep.from_query(sweep.to_query()) == (sweep, ())


@given(sweeps())
@settings(max_examples=10)
def test_every_cell_says_what_it_sets_and_has_an_experiment_or_a_problem(sweep: Sweep) -> None:
    cells = list(sweep.cells())
    assert [cell.index for cell in cells] == list(range(sweep.runs))
    for cell in cells:
        assert list(cell.settings) == [axis.name for axis in sweep.axes]
        assert (cell.experiment is None) == bool(cell.problem)
        assert cell == sweep.cell(cell.index)


def test_cells_are_in_the_order_of_the_grid_the_last_axis_fastest_and_seeds_inside() -> None:
    sweep = Sweep(axes=(RATES, ACTIVATION, WIDTHS), seeds=2, base=Experiment(seed=5))
    grid = ParameterGrid({f"{place} {axis.name}": axis.values for place, axis in enumerate(sweep.axes)})
    expected = [{name.partition(" ")[2]: value for name, value in point.items()} for point in grid]
    cells = list(sweep.cells())
    assert sweep.runs == len(cells) == 24
    assert [cell.settings for cell in cells[::2]] == [cell.settings for cell in cells[1::2]] == expected
    assert [tuple(cell.settings.values()) for cell in cells[::2]] == list(
        product(RATES.values, ACTIVATION.values, WIDTHS.values)
    )
    assert [cell.seed for cell in cells] == [5, 6] * 12
    assert [cell.experiment.seed for cell in cells if cell.experiment] == [5, 6] * 12


def test_draws_are_those_of_parameter_sampler() -> None:
    axes = (
        Axis(name="training.l2", values=(0.0, 0.1, 0.2)),
        Axis(name="training.learning_rate", values=(0.1, 0.2, 0.3)),
    )
    sweep = Sweep(axes=axes, draws=5, base=Experiment(seed=3))
    drawn = ParameterSampler({axis.name: axis.values for axis in axes}, 5, random_state=3)  # these names are in order
    assert [cell.settings for cell in sweep.cells()] == list(drawn)
    assert sweep.runs == 5
    with pytest.raises(InvalidSetting, match=r"Draws: 10 is not allowed; there are 9 combinations"):
        Sweep(axes=axes, draws=10)


def test_a_cell_is_the_base_with_its_settings() -> None:
    base = Experiment.of(data={"dataset": "spiral"}, training={"optimizer": "adam", "l2": 0.1})
    axes = (
        Axis(name="data.dataset.noise", values=(0.0, 0.3)),
        Axis(name="training.optimizer.beta1", values=(0.5,)),
        Axis(name="network.activation", values=(LeakyReLU(slope=0.2), "tanh", ("tanh", "relu"))),
        Axis(name="network.hidden_layer_sizes.2", values=(7,)),
        Axis(name="draw", values=(4,)),
    )
    cells = list(Sweep(base=base, axes=axes).cells())
    plain = base.model_dump(mode="json")
    plain["data"]["dataset"]["noise"], plain["training"]["optimizer"]["beta1"] = 0.3, 0.5
    plain["network"] |= {"activation": ["tanh", "relu"], "hidden_layer_sizes": [4, 7]}
    assert cells[-1].experiment == Experiment.of(**plain | {"draw": 4})
    assert cells[0].settings["network.activation"] == {"kind": "leaky_relu", "slope": 0.2}
    assert cells[0].experiment is not None
    assert cells[0].experiment.network.activation == LeakyReLU(slope=0.2)


def at(experiment: Experiment, name: str) -> Any:
    """The value of a setting, in its own form."""
    value: Any = experiment
    for part in name.split("."):
        value = value[int(part) - 1] if part.isdecimal() else getattr(value, part)
    return value


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


def test_a_component_is_set_before_its_parameters_whatever_the_order_of_the_axes() -> None:
    turns, dataset = (
        Axis(name="data.dataset.turns", values=(1.0,)),
        Axis(name="data.dataset", values=("moons", "spiral")),
    )
    for axes in ((turns, dataset), (dataset, turns)):
        moons, spiral = Sweep(axes=axes).cells()
        assert moons.problem == "Unknown setting 'turns' in moons. Known settings: noise."
        assert spiral.experiment is not None
        assert at(spiral.experiment, "data.dataset.turns") == 1.0


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


def test_a_sweep_of_more_than_a_million_runs_is_refused() -> None:
    axes = Axis.linear("draw", 0, 999, 1000), Axis.linear("data.samples", 10, 1009, 1000)
    sweep = Sweep(axes=axes)
    assert sweep.runs == 1_000_000
    assert sweep.cell(999_999).settings == {"draw": 999, "data.samples": 1009}
    with pytest.raises(IndexError):
        sweep.cell(1_000_000)
    for more in ({"axes": axes, "seeds": 2}, {"axes": (axes[0], Axis.linear("data.samples", 10, 1010, 1001))}):
        with pytest.raises(InvalidSetting, match=r"a sweep of \d+ runs is not allowed; it may have 1000000 at most"):
            Sweep(**more)


def test_settings_that_do_not_fit_each_other_say_so_in_their_cell_and_the_rest_has_experiments() -> None:
    loss = Axis(name="training.loss", values=("huber", "binary_cross_entropy"))
    activation = Axis(name="network.activation", values=("tanh", ["tanh", "relu"]))
    rate = Axis(name="training.learning_rate", values=(0.1, 1000))
    problems = [cell.problem for cell in Sweep(axes=(loss, WIDTHS, activation, rate)).cells()]
    assert (
        problems[0]
        == "Loss: 'huber' is not allowed; this data (binary) needs binary_cross_entropy or tanh_squared_error."
    )
    assert problems[8] == ""
    assert "Learning rate: 1000 is not allowed; it must be a number from 1e-06 to 100." in problems[9]
    assert problems[10] == (
        "Activation: a list of 2 activations is not allowed; there must be one for all hidden layers or a list of 1, "
        "one for each."
    )
    assert [place for place, problem in enumerate(problems) if not problem] == [8, 12, 14]


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


def test_a_link_reads_like_its_sweep() -> None:
    sweep = Sweep(base=Experiment.of(data={"dataset": "xor"}), axes=(RATES, ACTIVATION), seeds=3, epochs=50)
    assert sweep.to_query() == {
        "data": "xor",
        "axis.1": "training.learning_rate:0.01,0.1,1.0",
        "axis.2": 'network.activation:"tanh","relu"',
        "sweep.seeds": "3",
        "sweep.epochs": "50",
    }


@pytest.mark.parametrize(
    ("word", "text", "message"),
    [
        ("axis.1", "training.l3:1,2", "Unknown setting 'training.l3' in this sweep; did you mean 'training.l2'"),
        ("axis.1", "training.l2:1,,2", "it must be a setting, a colon and its values"),
        ("axis.1", "training.l2", "an empty list is not allowed"),
        ("axis.x", "", "Name: '' is not allowed"),
        ("axis.1", "training.l2:" + "[" * 9000, "it must be a setting, a colon and its values"),
        ("axis.1", "training.l2:" + "1" * 10_000, "it must be 10000 characters or fewer"),
        ("axis.1", "training.l2:NaN", "nan is not allowed"),
        ("sweep.seeds", "0", "Seeds: '0' is not allowed; it must be a whole number from 1 to 1000000"),
        ("sweep.epochs", "many", "Epochs: 'many' is not allowed"),
        ("sweep.quux", "1", "Unknown setting 'sweep.quux' in this link"),
        ("lerning_rate", "1", "Unknown setting 'lerning_rate' in this link; did you mean 'learning_rate'?"),
    ],
)
def test_a_word_of_a_link_that_cannot_be_read_is_reported_and_the_others_are_kept(
    word: str, text: str, message: str
) -> None:
    sweep, problems = Sweep.from_query({word: text, "activation": "relu", "axis.3": "seed:1,2"})
    assert message in str(problems[0])
    assert len(str(problems[0])) < 1000
    assert sweep == Sweep(base=Experiment.of(network={"activation": "relu"}), axes=(Axis(name="seed", values=(1, 2)),))


@given(st.dictionaries(st.sampled_from(["axis.1", "axis.2", "axis.²", "sweep.seeds", "sweep.draws"]), st.text()))
def test_whatever_a_link_holds_makes_a_sweep_that_has_a_link(query: dict[str, str]) -> None:
    sweep, _ = Sweep.from_query(query)
    assert Sweep.from_query(sweep.to_query()) == (sweep, ())


def test_every_activation_can_be_an_axis() -> None:
    sweep = Sweep(axes=(Axis(name="network.activation", values=tuple(ACTIVATIONS)),))
    assert [at(cell.experiment, "network.activation.kind") for cell in sweep.cells() if cell.experiment] == [
        *ACTIVATIONS
    ]
