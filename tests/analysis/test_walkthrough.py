"""The walkthrough: its numbers are the engine's, and every step's equation holds for the numbers it shows."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment, Run, advance, start
from dnn.activations import Activation
from dnn.analysis.walkthrough import MOST_EXAMPLES, Step, Walkthrough, input_names, walkthrough
from dnn.analysis.walkthrough.code import lines_of_code
from dnn.analysis.walkthrough.source import ROOT, statement
from dnn.losses import Loss
from dnn.network import propagate
from tests.analysis.walked import M, run_of
from tests.pairs import pairs

KINDS = pairs(list(ACTIVATIONS), list(LOSSES), list(OPTIMIZERS))


def agrees(run: Run, found: Walkthrough) -> None:
    """The walk ends where the engine's own next update ends."""
    after = advance(run, 1)
    assert not after.diverged
    np.testing.assert_allclose(found.after.vector, after.params.vector, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("activation", "loss", "optimizer"), KINDS)
def test_every_two_of_activation_loss_and_optimiser_end_where_the_engine_does(
    activation: str, loss: str, optimizer: str
) -> None:
    run = run_of(loss, activation=activation, optimizer=optimizer)
    agrees(run, walkthrough(run, range(M)))


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
def test_penalties_clipping_schedules_and_weights_are_the_engines(loss: str, more: dict[str, Any]) -> None:
    run = run_of(loss, **more)
    found = walkthrough(run, range(M))
    agrees(run, found)
    for step in found.steps:
        holds(step)
        holds(step.in_columns())


def test_frozen_numbers_stay() -> None:
    run = run_of("binary_cross_entropy", optimizer="momentum")
    frozen = np.zeros_like(run.params.vector)
    frozen[::3] = 1.0
    run = run.with_params(run.params.vector, frozen)
    agrees(run, walkthrough(run, range(M)))


def test_the_cost_is_what_the_history_says() -> None:
    run = run_of("softmax_cross_entropy", epochs=3)
    assert walkthrough(run, range(M)).cost == pytest.approx(run.latest["train_cost"], rel=1e-14)


# every step's equation


def holds(step: Step) -> None:
    """What the step says of its result is true of its operands, cell by cell."""
    operands, result = [operand.values for operand in step.operands], step.result.values
    made = MADE[re.sub(r"(?<![{\d])\d[\d.e-]*", "#", step.written)]
    if made is not None:
        numbers = [float(number) for number in re.findall(r"(?<![{\d])\d[\d.e-]*", step.written)]
        rows = step.operands[0].lights == "column" if step.written == "sum" else True
        np.testing.assert_allclose(result, made(operands, numbers, rows), rtol=1e-6, atol=1e-12, err_msg=step.id)


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
    for step in walkthrough(run, [3, 0]).steps:
        for shown in (step, step.in_columns()):
            holds(shown)
            for matrix in (*shown.operands, shown.result):
                assert matrix.values.shape == (len(matrix.rows), len(matrix.columns))
            assert "@" not in shown.equation + shown.shapes
            assert "}^" not in shown.equation + shown.shapes  # two superscripts, which LaTeX refuses


def test_the_stops_come_in_the_order_of_the_step() -> None:
    steps = [step.id for step in walkthrough(run_of("mean_squared_error"), [0]).steps]
    assert steps == [
        "x", "z1", "a1", "z2", "a2", "z3", "a3", "loss", "cost",
        "dz3", "dw3", "db3", "da2", "dz2", "dw2", "db2", "da1", "dz1", "dw1", "db1",
        "new_w1", "new_b1", "new_w2", "new_b2", "new_w3", "new_b3",
    ]  # fmt: skip


def test_the_columns_are_those_of_the_tutorials() -> None:
    """W is (n_out, n_in), b is (n_out, 1), examples are columns: Z = W A + b and dW = dZ Aᵀ."""
    steps = {step.id: step.in_columns() for step in walkthrough(run_of("binary_cross_entropy"), [0, 1]).steps}
    assert [operand.values.shape for operand in steps["z1"].operands] == [(4, 3), (3, 2), (4, 1)]
    assert steps["z1"].equation == "Z^{[1]} = W^{[1]}\\,X + b^{[1]}"
    assert [operand.values.shape for operand in steps["dw2"].operands] == [(2, 2), (2, 4)]
    assert steps["dw2"].equation == r"dW^{[2]} = dZ^{[2]}\,A^{[1]\top}"
    assert steps["da1"].equation == r"dA^{[1]} = W^{[2]\top}\,dZ^{[2]}"


@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 1))
def test_a_cell_of_a_product_is_lit_by_what_made_it(layout: int, i: int, j: int) -> None:
    """Taking only the lit numbers of the operands gives the cell."""
    steps = {step.id: step for step in walkthrough(run_of("binary_cross_entropy", epochs=0), [0, 1, 2, 3]).steps}
    for name in ("z2", "dw2"):
        step = steps[name] if layout % 2 else steps[name].in_columns()
        i, j = i % len(step.result.rows), j % len(step.result.columns)
        lit = [operand.values[i] if operand.lights == "row" else operand.values[:, j] for operand in step.operands[:2]]
        biases = [
            operand.values[0, j] if operand.lights == "column" else operand.values[i, 0]
            for operand in step.operands[2:]
        ]
        assert lit[0] @ lit[1] + sum(biases) == pytest.approx(step.result.values[i, j], rel=1e-12)


@pytest.mark.parametrize("rows", [[], range(MOST_EXAMPLES + 1), [-1], [M], [0, 99]], ids=str)
def test_examples_that_there_are_not_are_named_with_those_that_there_are(rows: Iterable[int]) -> None:
    with pytest.raises(ValueError, match=rf"choose 1 to {MOST_EXAMPLES} of the training examples 0 to {M - 1}"):
        walkthrough(run_of("mean_squared_error"), list(rows))


# the code that is shown


def test_the_code_shown_stands_where_it_is_said_to_stand() -> None:
    for code in (code for lines in lines_of_code().values() for code in lines if code is not None):
        lines = (ROOT / code.file).read_text(encoding="utf-8").splitlines()
        assert lines[code.line - 1].strip() == code.text.splitlines()[0]


def test_every_step_shows_code_of_the_engine_and_of_the_reference_network() -> None:
    run = run_of("binary_cross_entropy", l2=0.1, clip_norm=0.1)
    steps = walkthrough(run, [0]).steps
    assert {step.engine for step in steps} == {engine for _, engine in lines_of_code().values()}
    assert {Path(step.engine.file).name for step in steps} == {"network.py", "losses.py", "trainer.py"}
    without = {step.id.rstrip("123") for step in steps if step.reference is None}
    assert without == {"penalty", "clip", "cost"}  # it has no penalties and clips nothing
    assert {Path(step.reference.file).name for step in steps if step.reference} == {"reference.py"}
    plain = walkthrough(run_of("binary_cross_entropy"), [0]).steps
    shown = {step.id: step.reference.text for step in plain if step.reference}
    assert len(shown) == len(plain)
    assert [shown[step] for step in ("z1", "a1", "a3", "da1", "dw2", "dw1", "new_w1", "new_b3")] == [
        "Z = A @ W + b", "A = g(Z)", "A = g(Z)", "dA = dZ @ W.T", "dW = A.T @ dZ", "dW = A.T @ dZ",
        "W = W - learning_rate * dW", "b = b - learning_rate * db",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("loss", "training", "missing"),
    [
        ("softmax_cross_entropy", {}, {"a3", "loss", "cost", "dz3"}),
        ("mean_squared_error", {}, {"a3", "loss", "cost", "dz3"}),
        ("binary_cross_entropy", {"weights": [1.0, 2.0, 0.5, 1.0, 1.0]}, {"loss", "cost", "dz3"}),
        ("binary_cross_entropy", {"optimizer": "adam"}, {f"new_{name}{layer}" for name in "wb" for layer in "123"}),
    ],
    ids=["softmax", "regression", "weights", "adam"],  # a set has no order of its own, and workers must agree
)
def test_the_reference_networks_line_is_left_out_where_the_engine_does_something_else(
    loss: str, training: dict[str, Any], missing: set[str]
) -> None:
    steps = walkthrough(run_of(loss, **training), [0]).steps
    assert {step.id for step in steps if step.reference is None} == missing


@pytest.mark.parametrize("wanted", ["nothing()", "A_ones_T = A; A_ones_T = A"])
def test_code_that_has_moved_on_is_an_error(wanted: str) -> None:
    with pytest.raises(LookupError, match="propagate"):
        statement(propagate, wanted)


@pytest.mark.parametrize("kind", [*ACTIVATIONS.values(), *LOSSES.values()])
def test_every_activation_and_loss_names_its_slope(kind: type[Activation | Loss]) -> None:
    assert kind.slope_formula


def test_the_inputs_are_called_as_the_data_call_them() -> None:
    weather = start(Experiment.of(data={"dataset": "weather", "samples": 30}, network={"hidden_layer_sizes": (2,)}))
    assert input_names(weather) == ("temperature", "humidity", "pressure")
    assert walkthrough(weather, [0]).steps[0].result.columns == ("temperature", "humidity", "pressure")
    squares = Experiment.of(data={"dataset": "xor", "features": ("x1", "x1*x2")}, network={"hidden_layer_sizes": (2,)})
    assert input_names(start(squares)) == ("x1", "x1*x2")
    assert input_names(run_of("binary_cross_entropy")) == ("x1", "x2", "x3")
