"""The gradient check finds the gradient right where it is, and tells where it is not."""

from dataclasses import replace
from typing import Any, ClassVar, Literal

import numpy as np
import pytest

from dnn import ACTIVATIONS, LOSSES, Network, Params, backward, forward, gradient_check, init_params
from dnn.activations import Activation, ReLU, Tanh
from dnn.analysis.gradient_check import GradientCheck
from dnn.components import Array
from dnn.initializers import Normal
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError
from tests.strategies import examples

M = 7
HIDDEN = [(4,), (4, 3), (3, 3, 2)]


def drawn_params(*sizes: int, seed: int = 0) -> Params:
    return init_params(sizes, Normal(scale=0.7), seed, bias=Normal(scale=0.4))


def drawn_masks(*widths: int, m: int = M) -> list[Array]:
    rng = np.random.default_rng(1)
    return [(rng.random((m, n)) > 0.4) / 0.6 for n in widths]


WEIGHTS = np.array([0.0, 0.3, 1.0, 2.5, 1.0, 0.1, 4.0])
ALL = {"l1": 0.4, "l2": 0.8, "weights": WEIGHTS, "masks": True}
EXTRAS = [{name: ALL[name]} for name in ALL] + [ALL]

# Five extras for five losses in turn: in every row, and in every column, each is there.
CASES = [
    pytest.param(
        activation, loss, EXTRAS[(i + j) % len(EXTRAS)], HIDDEN[(i + j) % len(HIDDEN)], id=f"{activation}-{loss}"
    )
    for i, activation in enumerate(ACTIVATIONS)
    for j, loss in enumerate(LOSSES)
]


def test_the_cases_below_bring_every_extra_together_with_every_activation_and_every_loss() -> None:
    met = {(name, extra) for case in CASES for name in case.values[:2] for extra in case.values[2]}
    assert met == {(name, extra) for name in (*ACTIVATIONS, *LOSSES) for extra in ALL}


@pytest.mark.parametrize(("activation", "loss", "extras", "hidden"), CASES)
def test_every_activation_with_every_loss_has_the_right_gradient(
    activation: str, loss: str, extras: dict[str, Any], hidden: tuple[int, ...]
) -> None:
    network = Network(ACTIVATIONS[activation](kind=activation), LOSSES[loss](kind=loss))
    X, y = examples(network.loss, M, inputs=3, outputs=2)
    given = extras | ({"masks": drawn_masks(*hidden)} if "masks" in extras else {})
    check = gradient_check(drawn_params(3, *hidden, 2), X, y, network, epsilon=1e-5, **given)
    assert check.kinks == 0
    assert np.linalg.norm(check.numeric.vector) > 1e-3
    assert check.difference < 1e-7
    assert np.max(check.per_layer) < 1e-6
    assert check.passed


@pytest.mark.parametrize("extra", ALL)
def test_what_an_extra_adds_to_the_gradient_is_not_small(extra: str) -> None:
    """Or else the checks above would not notice it missing."""
    params, network = drawn_params(3, 4, 3, 2), Network(Tanh(), MeanSquaredError())
    X, y = examples(network.loss, M, inputs=3, outputs=2)
    given = {extra: drawn_masks(4, 3) if extra == "masks" else ALL[extra]}
    plain, other = gradient_check(params, X, y, network), gradient_check(params, X, y, network, **given)
    assert np.linalg.norm(other.numeric.vector - plain.numeric.vector) > 0.05 * np.linalg.norm(plain.numeric.vector)


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["alike", "weighted"])
def test_the_penalties_are_those_of_the_weights_over_the_number_of_examples(weights: Array | None) -> None:
    params, network = drawn_params(3, 4, 2), Network(Tanh(), BinaryCrossEntropy())
    X, y = examples(network.loss, M, inputs=3, outputs=2)
    m = M if weights is None else sum(weights)
    check = gradient_check(params, X, y, network, l1=0.4, l2=0.8, weights=weights)
    plain = backward(params, forward(params, X, network), y, weights=weights)
    for (W, _), (dW, db), (dW_plain, db_plain) in zip(params, check.analytic, plain, strict=True):
        np.testing.assert_allclose(dW, dW_plain + (0.4 * np.sign(W) + 0.8 * W) / m, rtol=1e-13, atol=1e-15)
        np.testing.assert_array_equal(db, db_plain)  # biases are not penalised


def test_a_check_leaves_the_parameters_as_they_were() -> None:
    params, network = drawn_params(3, 4, 2), Network()
    before = params.vector.copy()
    gradient_check(params, *examples(network.loss, M, 3, 2), network, l1=0.1, weights=WEIGHTS, masks=drawn_masks(4))
    np.testing.assert_array_equal(params.vector, before)


# Kinks


def one_relu_unit(b: float, w: float = 1.0) -> tuple[Params, Array, Array, Network]:
    """One input, one ReLU unit, one output: at the first example z is w + b, at the second far above zero."""
    X, y = np.array([[1.0], [3.0]]), np.array([[2.0], [0.5]])
    return Params.of([([[w]], [b]), ([[0.8]], [0.3])]), X, y, Network(ReLU(), MeanSquaredError())


def naive_slope(params: Params, X: Array, y: Array, network: Network, index: int, step: float) -> float:
    ends = []
    for sign in (1, -1):
        vector = params.vector.copy()
        vector[index] += sign * step
        ends.append(float(network.loss.cost(forward(Params(params.sizes, vector), X, network).logits, y)))
    return (ends[0] - ends[1]) / (2 * step)


def test_a_nudge_that_would_push_a_unit_over_its_kink_is_made_smaller() -> None:
    params, X, y, network = one_relu_unit(b=-1 + 4e-6)
    check = gradient_check(params, X, y, network, epsilon=1e-5)
    b1 = float(check.analytic[0][1][0])
    assert abs(naive_slope(params, X, y, network, index=1, step=1e-5) - b1) > 0.05 * abs(b1)
    assert check.numeric[0][1][0] == pytest.approx(b1, rel=1e-7)
    assert check.kinks == 0
    assert check.difference < 1e-7


@pytest.mark.parametrize("z", [0.0, 1e-9, -1e-9])
def test_a_number_whose_every_nudge_crosses_the_kink_is_left_out_and_counted(z: float) -> None:
    check = gradient_check(*one_relu_unit(b=-1 + z), epsilon=1e-6)
    assert check.kinks == 2  # weight and bias of the unit; those of the output push nobody
    assert not check.analytic[0][0].any()
    assert not check.numeric[0][1].any()
    assert check.numeric[1][0].all()
    assert check.difference < 1e-7
    assert "Left out for a kink within reach: 2 of 4." in str(check)


def test_a_unit_that_was_dropped_has_no_kink_that_matters_in_the_layers_after_it() -> None:
    params, X, y, network = one_relu_unit(b=-1 + 4e-6)
    check = gradient_check(params, X, y, network, epsilon=1e-5, masks=[np.zeros((2, 1))])
    assert not check.analytic[0][0].any()
    assert check.analytic[1][1].all()
    assert check.difference < 1e-7


@pytest.mark.parametrize(("w", "kinks"), [(4e-7, 0), (4e-9, 1), (-4e-9, 1), (0.0, 0)])
def test_a_weight_closer_to_zero_than_the_nudge_has_the_kink_of_the_l1_penalty(w: float, kinks: int) -> None:
    check = gradient_check(*one_relu_unit(b=2.0, w=w), epsilon=1e-6, l1=0.5)
    assert check.kinks == kinks
    assert check.difference < 1e-7


def test_without_an_l1_penalty_a_small_weight_has_no_kink() -> None:
    assert gradient_check(*one_relu_unit(b=2.0, w=4e-9)).kinks == 0


def test_nothing_is_said_of_kinks_where_there_are_none() -> None:
    assert "kink" not in str(gradient_check(*one_relu_unit(b=2.0)))


# Planted mistakes


class WrongTanh(Tanh):
    """Tanh whose slope forgets the square: 1 - a instead of 1 - a²."""

    label: ClassVar[str] = "Wrong"

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.subtract(1.0, a, out)


class AlmostTanh(Tanh):
    """Tanh whose slope is a millionth too steep."""

    label: ClassVar[str] = "Almost"

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        out = super().derivative(z, a, out)
        return np.multiply(out, 1.000002, out)


class WrongLoss(BinaryCrossEntropy):
    """Cross-entropy whose gradient is a sum over the examples where the cost is a mean."""

    kind: Literal["binary_cross_entropy"] = "binary_cross_entropy"

    def gradient(self, a: Array, y: Array, out: Array | None = None, shares: Array | None = None) -> Array:
        return np.subtract(a, y, out)


def checked(hidden: Activation | tuple[Activation, ...], loss: Loss | None = None) -> GradientCheck:
    network = Network(hidden, loss or MeanSquaredError())
    return gradient_check(drawn_params(3, 5, 4, 4, 2), *examples(network.loss, M, 3, 2), network)


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_a_wrong_slope_is_caught_in_its_layer_and_those_before_it_and_only_there(wrong: int) -> None:
    check = checked(tuple(WrongTanh() if layer == wrong else Tanh() for layer in (1, 2, 3)))
    assert check.difference > 1e-3
    assert np.min(check.per_layer[:wrong]) > 1e-4
    assert np.max(check.per_layer[wrong:]) < 1e-7
    assert check.worst.layer <= wrong


@pytest.mark.parametrize("wrong", [WrongTanh(), AlmostTanh()], ids=["much", "little"])
def test_the_worst_number_is_the_one_whose_slopes_lie_farthest_apart(wrong: Activation) -> None:
    check = checked((wrong, Tanh(), Tanh()))
    gaps = [
        [np.abs(a - n) for a, n in zip(*pair, strict=True)] for pair in zip(check.analytic, check.numeric, strict=True)
    ]
    worst = check.worst
    gap = gaps[worst.layer - 1]["Wb".index(worst.array)][worst.index]
    assert gap == max(array.max() for layer in gaps for array in layer) == abs(worst.analytic - worst.numeric)
    assert worst.layer == 1
    place = ", ".join(map(str, worst.index))
    assert f"Worst: {worst.array}1[{place}]: analytic {worst.analytic:.6g}, numeric {worst.numeric:.6g}." in str(check)


def test_a_wrong_loss_gradient_is_caught_in_every_layer() -> None:
    assert np.min(checked(Tanh(), WrongLoss()).per_layer) > 0.5


@pytest.mark.parametrize(("g", "word"), [(Tanh(), "right"), (AlmostTanh(), "doubtful"), (WrongTanh(), "wrong")])
def test_the_verdict_is_one_word(g: Activation, word: str) -> None:
    check = checked(g)
    assert str(check).startswith(f"The gradient is {word}: relative difference {check.difference:.2g}.")
    assert check.passed == (word == "right")


@pytest.mark.parametrize(
    ("difference", "word"),
    [(0.0, "right"), (1e-7, "right"), (1.1e-7, "doubtful"), (1e-5, "doubtful"), (1.1e-5, "wrong"), (np.nan, "wrong")],
)
def test_the_verdict_changes_at_one_in_ten_million_and_at_a_hundred_times_that(difference: float, word: str) -> None:
    assert f"is {word}:" in str(replace(checked(Tanh()), difference=difference))
