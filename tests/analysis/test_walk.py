"""The walk through one step: its numbers are the engine's, and every stop's equation holds for the numbers it shows."""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import ACTIVATIONS, LOSSES, OPTIMIZERS, Data, Experiment, Run, advance, edited, start
from dnn.analysis.walkthrough.code import lines_of_code
from dnn.analysis.walkthrough.source import ROOT, statement
from dnn.analysis.walkthrough.steps import Stop
from dnn.analysis.walkthrough.update_step import input_names
from dnn.analysis.walkthrough.walk import MOST_EXAMPLES, Walk, walk
from dnn.losses import Loss
from dnn.network import Trace
from tests.strategies import examples

M = 5
KINDS = list(product(ACTIVATIONS, LOSSES, OPTIMIZERS))


def run_of(loss: str, *, activation: str = "tanh", epochs: int = 2, weights: object = None, **training: object) -> Run:
    """A run of three inputs and two hidden layers, whose full batch is the M examples that are walked with."""
    value: Loss = LOSSES[loss](kind=loss)
    outputs = 1 if "binary" in value.tasks else 3
    X, y = examples(value, M, 3, outputs)
    data = Data.split(X, y, task=value.tasks[0], weights=weights)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": (4, 2), "activation": activation},
        training={"loss": loss, "learning_rate": 0.05, "batch_size": "full", **training},
    )
    return advance(start(experiment, data=data), epochs)


def agrees(run: Run, found: Walk) -> None:
    """The walk ends where the engine's own next update ends."""
    after = advance(run, 1)
    assert not after.diverged
    np.testing.assert_allclose(found.after.vector, after.params.vector, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("activation", "loss", "optimizer"), KINDS)
def test_every_activation_loss_and_optimiser_ends_where_the_engine_does(
    activation: str, loss: str, optimizer: str
) -> None:
    run = run_of(loss, activation=activation, optimizer=optimizer)
    agrees(run, walk(run, range(M)))


@pytest.mark.parametrize(
    "more",
    [
        {"l1": 0.2},
        {"l2": 0.3},
        {"l1": 0.2, "l2": 0.3, "optimizer": "adam"},
        {"clip_norm": 0.01},
        {"clip_norm": 100.0},
        {"schedule": {"kind": "inverse_time", "decay": 0.5}},
        {"weights": [1.0, 2.0, 0.0, 0.5, 3.0], "l2": 0.3},
    ],
    ids=str,
)
@pytest.mark.parametrize("loss", LOSSES)
def test_penalties_clipping_schedules_and_weights_are_the_engines(loss: str, more: dict[str, object]) -> None:
    run = run_of(loss, **more)  # type: ignore[arg-type]
    found = walk(run, range(M))
    agrees(run, found)
    for stop in found.stops:
        holds(stop)
        holds(stop.in_columns())


def test_frozen_numbers_stay() -> None:
    run = run_of("binary_cross_entropy", optimizer="momentum")
    frozen = np.zeros_like(run.params.vector)
    frozen[::3] = 1.0
    run = edited(run, run.params.vector, frozen)
    agrees(run, walk(run, range(M)))


def test_the_cost_is_what_the_history_says() -> None:
    run = run_of("softmax_cross_entropy", epochs=3)
    assert walk(run, range(M)).cost == pytest.approx(run.latest["train_cost"], rel=1e-14)


# every stop's equation


def holds(stop: Stop) -> None:
    """What the stop says of its result is true of its operands, cell by cell."""
    operands, result = [operand.values for operand in stop.operands], stop.result.values
    made = MADE[re.sub(r"(?<![{\d])\d[\d.e-]*", "#", stop.written)]
    if made is not None:
        numbers = [float(number) for number in re.findall(r"(?<![{\d])\d[\d.e-]*", stop.written)]
        rows = stop.operands[0].lights == "column" if stop.written == "sum" else True
        np.testing.assert_allclose(result, made(operands, numbers, rows), rtol=1e-6, atol=1e-12, err_msg=stop.id)


def summed(operands: list[np.ndarray], column: bool) -> np.ndarray:
    return operands[0].sum(axis=0 if column else 1, keepdims=True)


MADE = {
    "product": lambda o, n, r: o[0] @ o[1] + sum(o[2:]),
    "mean": lambda o, n, r: o[0].mean() + sum(o[1:]),
    "sum": lambda o, n, r: summed(o, r),
    "{0} + {1} = {r}": lambda o, n, r: o[0] + o[1],
    "{0} × {1} = {r}": lambda o, n, r: o[0] * o[1],
    "{0} / # = {r}": lambda o, n, r: o[0] / n[0],
    "{0} − # × {1} = {r}": lambda o, n, r: o[0] - n[0] * o[1],
    "min(#, # / {0}) = {r}": lambda o, n, r: np.minimum(1.0, n[1] / o[0]),
    "{r}": None,  # these are given, or are functions of the tables, which the engine's tests know
    "g({0}) = {r}": None,
    "softmax({0}) = {r}": None,
    "L({0}; {1}) = {r}": None,
}


@pytest.mark.parametrize("loss", LOSSES)
def test_every_equation_holds_in_both_layouts(loss: str) -> None:
    run = run_of(loss, activation="sigmoid")
    for stop in walk(run, [3, 0]).stops:
        for shown in (stop, stop.in_columns()):
            holds(shown)
            for matrix in (*shown.operands, shown.result):
                assert matrix.values.shape == (len(matrix.rows), len(matrix.columns))
            assert "@" not in shown.equation + shown.shapes
            assert "}^" not in shown.equation + shown.shapes  # two superscripts, which LaTeX refuses


def test_the_stops_come_in_the_order_of_the_step() -> None:
    stops = [stop.id for stop in walk(run_of("mean_squared_error"), [0]).stops]
    assert stops == [
        "x", "z1", "a1", "z2", "a2", "z3", "a3", "loss", "cost",
        "dz3", "dw3", "db3", "da2", "dz2", "dw2", "db2", "da1", "dz1", "dw1", "db1",
        "new_w1", "new_b1", "new_w2", "new_b2", "new_w3", "new_b3",
    ]  # fmt: skip


def test_the_columns_are_those_of_the_tutorials() -> None:
    """W is (n_out, n_in), b is (n_out, 1), examples are columns: Z = W A + b and dW = dZ Aᵀ."""
    stops = {stop.id: stop.in_columns() for stop in walk(run_of("binary_cross_entropy"), [0, 1]).stops}
    assert [operand.values.shape for operand in stops["z1"].operands] == [(4, 3), (3, 2), (4, 1)]
    assert stops["z1"].equation == "Z^{[1]} = W^{[1]}\\,X + b^{[1]}"
    assert [operand.values.shape for operand in stops["dw2"].operands] == [(2, 2), (2, 4)]
    assert stops["dw2"].equation == r"dW^{[2]} = dZ^{[2]}\,A^{[1]\top}"
    assert stops["da1"].equation == r"dA^{[1]} = W^{[2]\top}\,dZ^{[2]}"


@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 1))
def test_a_cell_of_a_product_is_lit_by_what_made_it(layout: int, i: int, j: int) -> None:
    """Taking only the lit numbers of the operands gives the cell."""
    stops = {stop.id: stop for stop in walk(run_of("binary_cross_entropy", epochs=0), [0, 1, 2, 3]).stops}
    for name in ("z2", "dw2"):
        stop = stops[name] if layout % 2 else stops[name].in_columns()
        i, j = i % len(stop.result.rows), j % len(stop.result.columns)
        lit = [operand.values[i] if operand.lights == "row" else operand.values[:, j] for operand in stop.operands[:2]]
        biases = [
            operand.values[0, j] if operand.lights == "column" else operand.values[i, 0]
            for operand in stop.operands[2:]
        ]
        assert lit[0] @ lit[1] + sum(biases) == pytest.approx(stop.result.values[i, j], rel=1e-12)


@pytest.mark.parametrize("rows", [[], range(MOST_EXAMPLES + 1), [-1], [M], [0, 99]], ids=str)
def test_examples_that_there_are_not_are_named_with_those_that_there_are(rows: object) -> None:
    with pytest.raises(ValueError, match=rf"choose 1 to {MOST_EXAMPLES} of the training examples 0 to {M - 1}"):
        walk(run_of("mean_squared_error"), list(rows))  # type: ignore[call-overload]


# the code that is shown


def test_the_code_shown_stands_where_it_is_said_to_stand() -> None:
    for code in lines_of_code().values():
        lines = (ROOT / code.file).read_text(encoding="utf-8").splitlines()
        assert lines[code.line - 1].strip() == code.text.splitlines()[0]


def test_every_stop_shows_code_of_the_engine() -> None:
    run = run_of("binary_cross_entropy", l2=0.1, clip_norm=0.1)
    shown = {stop.code for stop in walk(run, [0]).stops}
    assert shown == set(lines_of_code().values())
    assert {Path(code.file).name for code in shown} == {"network.py", "losses.py", "workspace.py"}


@pytest.mark.parametrize("wanted", ["nothing()", "A_T = A_next_T; A_T = A_next_T"])
def test_code_that_has_moved_on_is_an_error(wanted: str) -> None:
    with pytest.raises(LookupError, match="propagate"):
        statement(Trace.propagate, wanted)


@pytest.mark.parametrize("kind", [*ACTIVATIONS.values(), *LOSSES.values()])
def test_every_activation_and_loss_names_its_slope(kind: type) -> None:
    assert kind.slope_formula  # type: ignore[attr-defined]


def test_the_inputs_are_called_as_the_data_call_them() -> None:
    weather = start(Experiment.of(data={"dataset": "weather", "samples": 30}, network={"hidden_layer_sizes": (2,)}))
    assert input_names(weather) == ("temperature", "humidity", "pressure")
    assert walk(weather, [0]).stops[0].result.columns == ("temperature", "humidity", "pressure")
    squares = Experiment.of(data={"dataset": "xor", "features": ("x1", "x1*x2")}, network={"hidden_layer_sizes": (2,)})
    assert input_names(start(squares)) == ("x1", "x1*x2")
    assert input_names(run_of("binary_cross_entropy")) == ("x1", "x2", "x3")
