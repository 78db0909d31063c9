"""The shape clinic: its shapes are those of the networks, and its code is the code that runs."""

import numpy as np
import pytest

from dnn import Data, Experiment, start
from dnn.mistakes.shapes import BREAKS, LAYOUTS, Layout, examine
from dnn.mistakes.shapes.formulas import FORMULAS, RATE, Formula, sigmoid, tanh_slope
from dnn.reference import ReferenceNetwork

SIZES = [(2, 4, 1), (3, 1), (2, 5, 4, 1), (4, 3, 3, 2, 1)]
BROKEN = [(layout, name) for name, each in BREAKS.items() for layout in each.formulas]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_shapes_and_numbers_in_rows_are_the_reference_networks(sizes: tuple[int, ...]) -> None:
    lines = examine(sizes, 6).lines
    given = {line.target: line.value for line in lines if line.phase == "given"}
    network = ReferenceNetwork()
    layers = [(given[f"W{number}"], given[f"b{number}"]) for number in range(1, len(sizes))]
    Zs, As = network.forward(layers, given["X"])
    gradients = network.backward(layers, given["X"], given["Y"])
    updated = network.update(layers, gradients, RATE)
    expected = {("forward", f"Z{number}"): Z for number, Z in enumerate(Zs, start=1)}
    expected |= {("forward", f"A{number}"): A for number, A in enumerate(As, start=1)}
    for number, (gradient, new) in enumerate(zip(gradients, updated, strict=True), start=1):
        for phase, names, arrays in (("backward", ("dW", "db"), gradient), ("update", ("W", "b"), new)):
            expected |= {(phase, f"{name}{number}"): array for name, array in zip(names, arrays, strict=True)}
    found = {(line.phase, line.target): line.value for line in lines}
    assert expected.keys() <= found.keys()
    for key, array in expected.items():
        np.testing.assert_allclose(found[key], array, rtol=1e-12, atol=1e-15, err_msg=str(key))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_weights_have_the_shapes_of_the_engines(sizes: tuple[int, ...]) -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": sizes[1:-1]})
    data = Data(np.random.default_rng(0).standard_normal((6, sizes[0])), np.array([[0.0], [1.0]] * 3), 6, "binary")
    found = {line.target: line.shape for line in examine(sizes, 6).lines if line.phase == "given"}
    for number, (W, b) in enumerate(start(experiment, data=data).params, start=1):
        assert (found[f"W{number}"], found[f"b{number}"]) == (W.shape, b.shape)


@pytest.mark.parametrize("sizes", [*SIZES, (2, 4, 3)], ids=str)
def test_columns_hold_the_same_numbers_as_rows_turned(sizes: tuple[int, ...]) -> None:
    rows, columns = (examine(sizes, 6, layout=layout).lines for layout in LAYOUTS)
    assert [line.target for line in rows] == [line.target for line in columns]
    for row, column in zip(rows, columns, strict=True):
        assert row.value is not None
        assert column.value is not None
        np.testing.assert_allclose(np.atleast_2d(row.value).T, column.value, rtol=1e-12, atol=1e-15)


FORMULAS_OF_ALL = [
    *((layout, kind, formula) for layout in LAYOUTS for kind, formula in FORMULAS[layout].items()),
    *((layout, kind, each) for layout, name in BROKEN for kind, each in BREAKS[name].formulas[layout].items()),
]


@pytest.mark.parametrize(("layout", "kind", "formula"), FORMULAS_OF_ALL)
def test_the_code_that_is_shown_computes_what_runs(layout: Layout, kind: str, formula: Formula) -> None:
    """On square arrays, which no wrong formula can fail on."""
    rng = np.random.default_rng(1)
    names = {name.format(l=2, k=1) for name in formula.operands}
    values: dict[str, object] = {name: rng.standard_normal((3, 3)) for name in sorted(names)}
    if "m" in values:
        values["m"] = 3
    names_of_functions = {"np": np, "g": np.tanh, "g_slope": tanh_slope, "sigmoid": sigmoid, "rate": RATE}
    shown = eval(formula.text.format(l=2, k=1), names_of_functions | values)
    computed = formula.compute(*(values[name.format(l=2, k=1)] for name in formula.operands))
    np.testing.assert_array_equal(shown, computed)


@pytest.mark.parametrize(("layout", "name"), BROKEN)
def test_a_break_shows_itself(layout: Layout, name: str) -> None:
    found = examine((2, 4, 3, 1), 5, layout=layout, broken=name)
    assert found.planted is not None
    assert found.planted.state != "right"
    before = found.lines[: found.lines.index(found.planted)]
    assert {line.state for line in before} <= {"right"}
    if found.raised:
        after = found.lines[found.lines.index(found.raised) + 1 :]
        assert {line.state for line in after} <= {"unreached"}
        assert found.raised.message
    right = examine((2, 4, 3, 1), 5, layout=layout)
    assert {line.target: line.expected for line in found.lines if line.phase == "new examples"} == {
        line.target: line.shape for line in right.lines if line.phase == "new examples"
    }


def test_the_wrong_cache_is_stretched_where_shapes_allow_it_and_raises_where_not() -> None:
    silent = examine((2, 4, 1), 5, broken="wrong_cache")
    assert silent.raised is None
    states = {line.target: line.state for line in silent.lines if line.phase in ("backward", "update")}
    assert (states["dW2"], states["W2"], states["dW1"]) == ("shape", "stretched", "right")
    loud = examine((2, 4, 3, 1), 5, broken="wrong_cache").raised
    assert loud is not None
    assert loud.code == "W2 = W2 - rate * dW2"
    assert loud.message == "operands could not be broadcast together with shapes (4,3) (3,3)"


def test_a_bias_without_its_sum_is_noticed_by_new_examples_only() -> None:
    found = examine((2, 4, 1), 5, broken="bias_without_sum")
    assert found.raised is not None
    assert (found.raised.phase, found.raised.target) == ("new examples", "Z1")
    one = examine((2, 4, 1), 5, broken="bias_without_sum", new=1)  # five answers to one example
    assert one.raised is None
    assert (one.lines[-1].shape, one.lines[-1].expected, one.lines[-1].state) == ((5, 1), (1, 1), "shape")


def test_a_missing_slope_leaves_every_shape_right() -> None:
    found = examine((2, 4, 1), 5, broken="slope_left_out")
    assert (found.raised, found.silent) == (None, None)
    assert {line.state for line in found.lines if line.planted} == {"numbers"}


def test_square_layers_hide_exchanged_weights() -> None:
    found = examine((3, 3, 3), 5, broken="transposed_forward")
    assert (found.raised, found.silent) == (None, None)
    assert found.planted is not None
    assert found.planted.state == "numbers"


@pytest.mark.parametrize(
    ("sizes", "m", "broken", "layout", "message"),
    [
        ((2,), 5, None, "rows", "at least two"),
        ((2, 0, 1), 5, None, "rows", "1 or more"),
        ((2, 1), 0, None, "rows", "1 or more"),
        ((2, 1), 5, "no_such", "rows", "no_such"),
        ((2, 1), 5, "keepdims_left_out", "rows", "rows"),
    ],
)
def test_what_cannot_be_examined_is_refused(
    sizes: tuple[int, ...], m: int, broken: str | None, layout: Layout, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        examine(sizes, m, layout=layout, broken=broken)
