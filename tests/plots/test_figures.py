"""The public figures: what they draw is what the run says, number by number."""

from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dnn import Experiment, Run, advance, plots, start
from dnn.analysis.landscape import landscape
from dnn.data.plane import Plane
from dnn.params import Params, strongest_weights
from dnn.plots.curves import cost_curves
from dnn.plots.diagram import LEVELS, MOST_EDGES, WIDEST
from dnn.plots.examples import heights
from dnn.plots.theme import DARK, LIGHT
from dnn.sweeps import Axis
from tests.sweeps.results import ACTIVATION, RATE, grid, results_of

TASKS = {
    "binary": {"dataset": "moons"},
    "multiclass": {"dataset": {"kind": "blobs", "classes": 3}},
    "four inputs": {"dataset": "iris"},
    "regression": {"dataset": "bumps"},
}


def trained(data: dict[str, Any], **more: Any) -> Run:
    return advance(start(Experiment.of(data={"samples": 60, **data}, **more)), 12)


def traces(figure: go.Figure, kind: str) -> list[Any]:
    return [trace for trace in figure.data if trace.type == kind]


def places_of(field: Any) -> np.ndarray:
    return np.stack(np.meshgrid(field.x, field.y), axis=-1).reshape(-1, 2)


@pytest.mark.parametrize("data", TASKS.values(), ids=TASKS)
def test_the_field_holds_the_answers_of_the_run_at_its_places(data: dict[str, Any]) -> None:
    run = trained(data)
    (field,) = traces(plots.boundary(run), "heatmap")
    answers = run.predict_proba(Plane.of(run.data).points(places_of(field)))
    if run.data.task == "multiclass":
        expected = answers.argmax(axis=1)
        assert (field.zmin, field.zmax) == (-0.5, answers.shape[1] - 0.5)
    else:
        expected = answers[:, -1].round(4)
        assert (field.zmin, field.zmax) == (heights(run.data) if run.data.task == "regression" else (0.0, 1.0))
    np.testing.assert_array_equal(field.z.ravel(), expected)


def test_the_line_lies_where_two_classes_are_equally_likely() -> None:
    run = trained(TASKS["binary"], training={"learning_rate": 0.5})
    (line,) = traces(plots.boundary(run), "contour")
    np.testing.assert_allclose(line.z.ravel(), run.predict_proba(places_of(line))[:, 1] - 0.5)
    assert (line.contours.start, line.contours.end) == (0.0, 0.0)


def test_a_line_surrounds_each_of_several_classes() -> None:
    run = trained(TASKS["multiclass"])
    lines = traces(plots.boundary(run), "contour")
    field = traces(plots.boundary(run), "heatmap")[0].z
    assert len(lines) == len(np.unique(field)) > 1
    for label, line in zip(np.unique(field), lines, strict=True):
        assert ((line.z > 0) <= (field == label)).all()


def test_the_answers_of_a_single_input_are_a_curve() -> None:
    X = np.linspace(-1.0, 1.0, 40)
    run = trained({"dataset": {"kind": "own", "rows": np.column_stack([X, 3.0 * X**2]), "classes": []}})
    (line,) = traces(plots.boundary(run), "contour")
    places = places_of(line)
    np.testing.assert_allclose(line.z.ravel(), run.predict(places[:, :1])[:, 0] - places[:, 1])


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ({}, ["train", "test"]),
        ({"validation_share": 0.2}, ["train", "test", "validation"]),
        ({"test_share": 0.0}, ["train"]),
    ],
)
def test_the_costs_are_those_of_the_history(data: dict[str, Any], names: list[str]) -> None:
    run = trained(data)
    figure = plots.cost(run)
    assert [trace.name for trace in figure.data] == names
    for trace in figure.data:
        np.testing.assert_array_equal(trace.x, np.arange(13))
        np.testing.assert_array_equal(trace.y, run.history[f"{trace.name}_cost"])
    assert len(cost_curves(run.history)[0]) == 13


def named(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


def test_the_network_shows_each_weight_between_its_units_and_each_bias() -> None:
    run = start(Experiment.of(network={"hidden_layer_sizes": [2]}))
    W1, b1, W2, b2 = (np.array(part) for part in ([[1.0, -2.0], [3.0, 4.0]], [5.0, -6.0], [[-8.0], [0.5]], [7.0]))
    run = replace(run, params=Params.of([(W1, b1), (W2, b2)]))
    figure = plots.network(run)
    weights, units = named(figure)["weights"], named(figure)["units"]
    assert dict(zip(weights.text, np.ravel(weights.customdata), strict=True)) == {
        "x₁ → unit 1 of layer 1": 1.0,
        "x₁ → unit 2 of layer 1": -2.0,
        "x₂ → unit 1 of layer 1": 3.0,
        "x₂ → unit 2 of layer 1": 4.0,
        "unit 1 of layer 1 → output": -8.0,
        "unit 2 of layer 1 → output": 0.5,
    }
    np.testing.assert_array_equal(np.ravel(units.customdata), [np.nan, np.nan, 5.0, -6.0, 7.0])
    assert units.text[3] == "unit 2 of layer 1<br>bias -6"
    assert list(zip(units.x, units.y, strict=True)) == [(0, 0.5), (0, -0.5), (1, 0.5), (1, -0.5), (2, 0.0)]
    lines = {trace.line.width: trace for trace in figure.data if trace.mode == "lines" and trace.line.dash == "dash"}
    assert {width: (*trace.x[:2], *trace.y[:2]) for width, trace in lines.items()} == {
        2 * WIDEST / LEVELS: (0, 1, 0.5, -0.5),
        WIDEST: (1, 2, 0.5, 0.0),
    }
    assert {trace.line.color for trace in lines.values()} == {LIGHT.classes[0]}
    assert figure.layout.xaxis.ticktext == ("inputs", "Tanh", "Sigmoid")


def test_of_very_many_weights_the_strongest_are_drawn() -> None:
    run = start(Experiment.of(network={"hidden_layer_sizes": [60, 60]}))
    sizes = np.sort(np.abs(np.concatenate([W.ravel() for W, _ in run.params])))
    drawn = np.ravel(named(plots.network(run))["weights"].customdata)
    np.testing.assert_array_equal(np.sort(np.abs(drawn)), sizes[-MOST_EDGES:])


def test_the_strongest_weights_are_no_biases() -> None:
    params = Params.of([([[1.0, -3.0]], [9.0, 9.0]), ([[2.0], [-0.5]], [9.0])])
    assert strongest_weights(params, 2).tolist() == [1, 4]
    assert strongest_weights(params, 9).tolist() == [0, 1, 4, 5]


def test_the_network_names_the_classes_as_outputs() -> None:
    assert named(plots.network(trained(TASKS["four inputs"])))["units"].text[-3].startswith("setosa<br>bias")


@pytest.mark.parametrize("form", ["contours", "surface"])
def test_the_landscape_is_that_of_the_run(form: Any) -> None:
    run = trained(TASKS["binary"])
    found = landscape(run)
    for figure in (plots.landscape(run, form=form, cost="test"), plots.landscape(found, form=form, cost="test")):
        np.testing.assert_array_equal(figure.data[0].customdata, found.costs.test)
        assert figure.data[0].type == {"contours": "contour", "surface": "surface"}[form]


@pytest.mark.parametrize("order", [1, -1])
def test_the_results_of_a_sweep_are_a_map_whatever_their_order(order: int) -> None:
    plan = grid((0.1, 1.0, 0.01), seeds=2)
    accuracies = {0.01: 0.5, 0.1: 0.7, 1.0: 0.9}
    results = results_of(plan, lambda cell: accuracies[cell.settings[RATE]] - 0.01 * (cell.index % 2))
    figure = plots.sweep(results[::order])
    (field,) = traces(figure, "heatmap")
    assert figure.layout.title.text == "Test accuracy"
    assert figure.layout.yaxis.ticktext == ("0.01", "0.1", "1")
    assert figure.layout.xaxis.ticktext == ("Tanh", "ReLU")
    np.testing.assert_allclose(field.z, np.array([[0.495] * 2, [0.695] * 2, [0.895] * 2]))
    (costs,) = traces(plots.sweep(results, measure="test_cost"), "heatmap")
    np.testing.assert_allclose(costs.z, np.log10(1.2 - np.array([[0.495] * 2, [0.695] * 2, [0.895] * 2])))


def test_of_more_than_two_axes_the_others_keep_their_best_values() -> None:
    axes = (
        Axis(name=ACTIVATION, values=("tanh", "relu")),
        Axis(name=RATE, values=(0.1, 1.0)),
        Axis(name="seed", values=(3, 4)),
    )
    results = results_of(grid(axes=axes), lambda cell: 0.6 + 0.01 * cell.index)
    figure = plots.sweep(results)
    assert figure.layout.title.text == "Test accuracy, Seed 4"
    np.testing.assert_allclose(traces(figure, "heatmap")[0].z, [[0.61, 0.65], [0.63, 0.67]])


def test_one_axis_is_a_row() -> None:
    results = results_of(grid(axes=(Axis(name=RATE, values=(0.1, 1.0)),)), lambda cell: 0.6 + 0.1 * cell.index)
    np.testing.assert_allclose(traces(plots.sweep(results), "heatmap")[0].z, [[0.6, 0.7]])


def test_what_is_no_sweep_and_what_no_run_was_measured_by_is_refused() -> None:
    with pytest.raises(ValueError, match="an axis"):
        plots.sweep([])
    with pytest.raises(ValueError, match="an axis"):
        plots.sweep(results_of(grid(axes=()), lambda cell: 0.5))
    with pytest.raises(ValueError, match="no result has validation_cost; known are test_accuracy, "):
        plots.sweep(results_of(grid(), lambda cell: 0.5), measure="validation_cost")
    with pytest.raises(ValueError, match="no result has a measure"):
        plots.sweep(results_of(grid(), lambda cell: "It does not fit."))


@pytest.mark.parametrize("figure_of", [plots.boundary, plots.cost, plots.network, plots.landscape])
def test_a_figure_has_the_colours_of_its_theme(figure_of: Any) -> None:
    run = trained({})
    assert figure_of(run).layout.font.color == LIGHT.ink
    assert figure_of(run, theme="dark").layout.font.color == DARK.ink


def test_the_package_names_its_figures_alone() -> None:
    assert {*plots.__all__} == {"boundary", "cost", "landscape", "network", "sweep"}
    assert not hasattr(plots, "boundry")
