"""Mistakes from forums: each shows what its text says, and NumPy's errors are caught with the line that raised them."""

import re

import numpy as np
import pytest

from dnn.mistakes import MISTAKES, ReferenceNetwork, check_rule, compare
from dnn.mistakes.shapes import examine
from tests.mistakes.comparisons import compared

LN2 = np.log(2)
FORUMS = [name for name, mistake in MISTAKES.items() if not mistake.tutorials]
RAISE = {
    "star_for_dot": ("Z = A * W + b", "operands could not be broadcast together with shapes (210,2) (2,6)"),
    "star_in_gradient": ("dW = A.T * dZ", "operands could not be broadcast together with shapes (6,210) (210,1)"),
    "dot_for_star": (
        "dZ: Array = np.dot(dA, self.g_slope(Z, A))",
        "shapes (210,6) and (210,6) not aligned: 6 (dim 1) != 210 (dim 0)",
    ),
    "transposed_forward": ("Z = A @ W.T + b", "(size 6 is different from 2)"),
    "transposed_backward": ("dA = dZ @ W", "(size 6 is different from 1)"),
    "flat_labels": ("dA = dZ @ W.T", "(size 1 is different from 210)"),
}
BEFORE_THE_COST = {"star_for_dot", "transposed_forward"}


def test_what_forums_ask_about_is_here() -> None:
    assert set(FORUMS) == RAISE.keys() | {
        "wrong_cache", "bias_without_sum", "slope_left_out", "updates_a_copy", "uniform_start", "cost_sign",
        "slope_sign",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", MISTAKES)
def test_only_those_that_say_so_raise_an_error_in_training(name: str) -> None:
    raised = compared(name).flawed.raised
    assert MISTAKES[name].raises == (raised is not None) == (name in RAISE)
    assert compared(name).right.raised is None


@pytest.mark.parametrize("name", RAISE)
def test_an_error_has_numpys_words_and_its_line(name: str) -> None:
    flawed, (line, message) = compared(name).flawed, RAISE[name]
    assert flawed.raised is not None
    assert flawed.raised.line == line
    assert message in flawed.raised.message
    assert flawed.check.raised is not None
    assert flawed.check.raised.line == line
    assert np.isfinite(flawed.costs).sum() == (0 if name in BEFORE_THE_COST else 1)
    if name not in BEFORE_THE_COST:
        assert flawed.costs[0] == compared(name).right.costs[0]
    assert np.isnan([flawed.train_accuracy, flawed.test_accuracy]).all()


@pytest.mark.parametrize("name", RAISE)
def test_the_shape_clinic_raises_the_same_error_at_the_same_line(name: str) -> None:
    """The clinic computes lines of its own; the flawed network is trained."""
    comparison = compared(name)
    sizes = (2, *comparison.setting.experiment.network.hidden_layer_sizes, 1)
    found = examine(sizes, comparison.data.n_train, broken=MISTAKES[name].breaks).raised
    assert found is not None
    assert comparison.flawed.raised is not None
    assert found.message == comparison.flawed.raised.message.strip()
    plain = re.sub(r"X|(?<=[ZAWb])\d", lambda match: "A" if match[0] == "X" else "", found.code)
    assert plain == comparison.flawed.raised.line or name == "dot_for_star"


@pytest.mark.parametrize("name", [name for name in FORUMS if MISTAKES[name].breaks and name not in RAISE])
def test_the_shape_clinic_has_the_gradients_shapes_of_the_flawed_network(name: str) -> None:
    comparison, m = compared(name), 15
    sizes = (2, *comparison.setting.experiment.network.hidden_layer_sizes, 1)
    rule = comparison.flawed.rule
    layers = rule.start(sizes, m, np.random.default_rng(0))
    gradients = rule.backward(layers, np.ones((m, 2)), np.ones((m, 1)))
    shapes = {line.target: line.shape for line in examine(sizes, m, broken=MISTAKES[name].breaks).lines}
    for number, (dW, db) in enumerate(gradients, start=1):
        assert (shapes[f"dW{number}"], shapes[f"db{number}"]) == (dW.shape, db.shape)


def test_a_star_passes_in_silence_with_one_example_and_as_many_inputs_as_units() -> None:
    rule = MISTAKES["star_for_dot"].rule()
    assert rule.weighted_sum(np.ones((1, 3)), np.ones((3, 3)), np.zeros(3)).shape == (3, 3)


def test_a_dot_passes_in_silence_with_as_many_examples_as_units() -> None:
    rule, rng = MISTAKES["dot_for_star"].rule(), np.random.default_rng(0)
    dA, A = rng.standard_normal((2, 4, 4))
    wrong, right = (each.through_activation(dA, A, A) for each in (rule, ReferenceNetwork()))
    assert wrong.shape == right.shape
    assert not np.allclose(wrong, right)


@pytest.mark.parametrize("method", ["weighted_sum", "input_gradient"])
def test_exchanged_weights_pass_in_silence_in_a_square_layer(method: str) -> None:
    name = "transposed_forward" if method == "weighted_sum" else "transposed_backward"
    A, W = np.random.default_rng(0).standard_normal((2, 4, 4))
    given = (A, W, np.zeros(4)) if method == "weighted_sum" else (A, W)
    wrong, right = (getattr(rule, method)(*given) for rule in (MISTAKES[name].rule(), ReferenceNetwork()))
    assert wrong.shape == right.shape
    assert not np.allclose(wrong, right)


def test_flat_labels_make_a_square_and_without_a_hidden_layer_backward_raises_nothing() -> None:
    rule, rng = MISTAKES["flat_labels"].rule(), np.random.default_rng(0)
    assert rule.output_slope(np.zeros((7, 1)), np.ones((7, 1))).shape == (7, 7)
    ((dW, _),) = rule.backward(rule.start((2, 1), 7, rng), rng.standard_normal((7, 2)), np.ones((7, 1)))
    assert dW.shape == (2, 7)


def test_the_wrong_cache_gives_all_weights_of_the_output_the_same_step() -> None:
    comparison = compared("wrong_cache")
    start = compared("wrong_cache", epochs=0).flawed.layers[-1][0]
    steps = comparison.flawed.layers[-1][0] - start
    np.testing.assert_allclose(steps, steps[0, 0])
    assert comparison.flawed.check.wrong_shapes == (("dW2", (1, 1), (6, 1)),)
    assert comparison.flawed.costs[-1] > 5 * comparison.right.costs[-1]


def test_a_bias_without_its_sum_grows_rows_and_answers_no_new_example() -> None:
    comparison = compared("bias_without_sum")
    m = comparison.data.n_train
    assert [b.shape for _, b in compare("bias_without_sum", epochs=1).flawed.layers] == [(m, 6), (m, 1)]
    assert comparison.flawed.costs[-1] < 0.2 * comparison.right.costs[-1]
    raised = comparison.flawed.raised_on_new
    assert raised is not None
    assert raised.line == "Z = A @ W + b"
    assert f"({m},6)" in raised.message
    assert np.isnan(comparison.flawed.test_accuracy)
    with pytest.raises(ValueError, match="broadcast"):
        comparison.flawed.predict(np.zeros((3, 2)))
    assert comparison.flawed.check.wrong_shapes == (("db1", (15, 6), (6,)), ("db2", (15, 1), (1,)))
    assert np.isnan(comparison.flawed.check.difference)


def test_without_the_slope_every_hidden_unit_is_pushed_along_one_line() -> None:
    comparison = compared("slope_left_out")
    X, y = comparison.data.X_train, comparison.data.y_train
    ranks = [
        np.linalg.matrix_rank(outcome.rule.backward(comparison.right.layers, X, y)[0][0])
        for outcome in (comparison.flawed, comparison.right)
    ]
    assert ranks == [1, 2]
    assert comparison.flawed.costs[-1] == pytest.approx(LN2, abs=0.01)
    assert comparison.flawed.train_accuracy < 0.6


def test_an_update_of_a_copy_changes_nothing() -> None:
    comparison = compared("updates_a_copy")
    flawed = comparison.flawed
    assert np.ptp(flawed.costs) == 0.0
    gradients = flawed.rule.backward(flawed.layers, comparison.data.X_train, comparison.data.y_train)
    assert all(np.abs(dW).max() > 0.01 for dW, _ in gradients)


@pytest.mark.slow
@pytest.mark.parametrize("draw", range(3))
def test_weights_that_are_all_positive_cost_much_at_first_and_bend_nothing(draw: int) -> None:
    comparison = compared("uniform_start", draw)
    start = compared("uniform_start", draw, epochs=0)
    X = (start.data.X_train - start.flawed.scales[0]) / start.flawed.scales[1]
    Zs, _ = start.flawed.rule.forward(start.flawed.layers, X)
    assert all((Z >= 0).all() for Z in Zs[1:-1])
    assert comparison.flawed.costs[0] > 5 * LN2
    assert comparison.flawed.costs[-1] > 5 * comparison.right.costs[-1]


def test_a_cost_without_its_minus_is_the_other_ones_mirror() -> None:
    comparison = compared("cost_sign")
    np.testing.assert_array_equal(comparison.flawed.costs, -comparison.right.costs)
    assert comparison.flawed.costs[0] < comparison.flawed.costs[-1] < 0
    assert comparison.flawed.test_accuracy == comparison.right.test_accuracy
    assert comparison.flawed.check.difference == pytest.approx(1.0)


def test_a_slope_with_the_wrong_sign_climbs_and_learns_the_opposite() -> None:
    comparison = compared("slope_sign")
    assert np.all(np.diff(comparison.flawed.costs) > 0)
    assert comparison.flawed.costs[-1] > 1000
    assert comparison.flawed.train_accuracy < 0.5
    assert comparison.flawed.check.difference == pytest.approx(1.0)


def test_several_mistakes_may_raise_an_error_together() -> None:
    comparison = compare("updates_a_copy", "flat_labels")
    assert comparison.flawed.raised is not None
    assert comparison.flawed.raised.step == "input_gradient"


@pytest.mark.parametrize(
    ("names", "without_effect"),
    [
        (("star_for_dot", "transposed_forward"), ["transposed_forward"]),
        (("summed_bias", "bias_per_example"), []),  # the first one sums what the second one returns
        (("summed_bias", "bias_per_example", "bias_without_sum"), ["bias_without_sum"]),
        (("flat_labels", "wrong_cache"), []),
    ],
)
def test_a_mistake_whose_step_another_one_replaces_is_named(names: tuple[str, ...], without_effect: list[str]) -> None:
    assert [mistake.id for mistake in compare(*names, epochs=1).without_effect] == without_effect


def test_a_gradient_that_can_be_stretched_is_compared_as_the_update_uses_it() -> None:
    rule, rng = MISTAKES["wrong_cache"].rule(), np.random.default_rng(0)
    check = check_rule(rule, rule.start((2, 3, 1), 7, rng), rng.standard_normal((7, 2)), np.ones((7, 1)))
    assert np.isfinite(check.difference)
    assert check.caught
