"""Which cell of a sweep stands where, and what the axes say."""

import pytest

from dnn import Experiment
from dnn.sweeps import Axis, Sweep
from dnn.ui.sweep.grid import Grid, problem_of, starts

RATES = Axis(name="training.learning_rate", values=(0.01, 0.1, 1.0))
SHAPES = Axis(name="network.activation", values=("tanh", "relu"))
SIZES = Axis(name="network.hidden_layer_sizes", values=([4], [8, 8]))


def test_columns_are_the_first_axis_rows_the_second_from_below_and_layers_the_rest() -> None:
    sweep = Sweep(axes=(RATES, SHAPES, SIZES), seeds=2)
    grid, cells = Grid(sweep), list(sweep.cells())
    layers = grid.layers()
    assert (grid.columns, grid.rows, len(layers)) == (3, 2, 4)
    assert sorted(index for layer in layers for index in layer) == list(range(sweep.runs))
    for third, size in enumerate(SIZES.values):
        for seed in range(2):
            layer = [cells[index] for index in layers[grid.layer(third, seed)]]
            assert [cell.settings["network.activation"] for cell in layer] == ["relu"] * 3 + ["tanh"] * 3
            assert [cell.settings["training.learning_rate"] for cell in layer] == [0.01, 0.1, 1.0] * 2
            assert {str(cell.settings["network.hidden_layer_sizes"]) for cell in layer} == {str(size)}
            assert {cell.seed for cell in layer} == {seed}


def test_the_panel_gets_titles_values_and_a_name_for_every_run() -> None:
    sweep = Sweep(axes=(RATES, SHAPES), seeds=2)
    settings = Grid(sweep).settings("en")
    assert settings["across"] == {"title": "Learning rate", "labels": ["0.01", "0.1", "1"]}
    assert settings["up"] == {"title": "Activation", "labels": ["ReLU", "Tanh"]}
    assert settings["names"][0] == "Learning rate 0.01, Activation Tanh, Seed 0"
    assert settings["names"][-1] == "Learning rate 1, Activation ReLU, Seed 1"
    assert Grid(Sweep(axes=(RATES,))).settings("en")["up"] == {"title": "", "labels": [""]}


@pytest.mark.parametrize(("count", "side"), [(3, 48), (6, 32), (10, 24), (16, 16)])
def test_the_more_cells_the_coarser_their_maps(count: int, side: int) -> None:
    axes = (Axis(name="seed", values=tuple(range(count))), Axis(name="draw", values=tuple(range(count))))
    assert Grid(Sweep(axes=axes)).side == side


def test_cells_that_do_not_fit_or_are_too_large_for_the_page_say_so_and_the_others_start() -> None:
    losses = Axis(name="training.loss", values=(None, "mean_squared_error"))
    sizes = Axis(name="network.hidden_layer_sizes", values=([4], [65]))
    base = Experiment()
    found = starts(Sweep(base=base, axes=(losses, sizes)))
    assert isinstance(found[0], Experiment)
    assert "a layer may have 1 to 64 on this page" in str(found[1])
    assert "mean_squared_error" in str(found[2])
    assert problem_of(base, sizes) == found[1]
    assert problem_of(base, RATES) == ""
