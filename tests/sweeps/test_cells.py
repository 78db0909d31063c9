"""The cells of a sweep are scikit-learn's grid or draws, each an experiment or the problem with it."""

from itertools import product

import pytest
from hypothesis import given, settings
from sklearn.model_selection import ParameterGrid, ParameterSampler

from dnn import Experiment, InvalidSetting
from dnn.activations import LeakyReLU
from dnn.sweeps import Axis, Sweep
from tests.sweeps.axes import ACTIVATION, RATES, WIDTHS, at, sweeps


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
