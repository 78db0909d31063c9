"""Forward and backward: exact gradients for every activation and loss, and the promises of buffers and runs axis."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, LOSSES, Network, Params, backward, forward, gradient_check, init_params
from dnn.activations import Activation, LeakyReLU, ReLU, Sigmoid, Sin, Tanh
from dnn.components import Array
from dnn.initializers import Constant, Initializer, Normal, Uniform
from dnn.losses import BinaryCrossEntropy, Loss
from dnn.network import Gradients, backpropagate
from tests.networks import network_and_examples
from tests.strategies import components, hidden_sizes, seeds

HIDDEN = [(), (5,), (6, 4), (5, 5, 4, 4)]


@pytest.mark.parametrize(
    ("activation", "loss", "hidden"),
    [
        pytest.param(activation, list(LOSSES)[(i + j) % len(LOSSES)], hidden, id=f"{activation}-{hidden}")
        for i, activation in enumerate(ACTIVATIONS)
        for j, hidden in enumerate(HIDDEN)
    ],
)
def test_backward_agrees_with_central_differences_at_every_depth(
    activation: str, loss: str, hidden: tuple[int, ...]
) -> None:
    """Every activation with every loss, with penalties, weights and masks: tests/analysis/test_gradient_check.py."""
    params, X, y, network = network_and_examples(
        ACTIVATIONS[activation](kind=activation), LOSSES[loss](kind=loss), hidden
    )
    check = gradient_check(params, X, y, network, epsilon=1e-5)
    assert check.kinks == 0
    assert np.linalg.norm(check.analytic.vector) > 1e-3
    assert check.difference < 1e-8
    assert np.max(check.per_layer) < 1e-7


def test_forward_is_the_written_equations_layer_by_layer() -> None:
    params, X, _, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4))
    network = replace(network, hidden=(Tanh(), ReLU()))
    trace = forward(params, X, network)
    a = X
    written = (np.tanh, lambda z: z * (z > 0), lambda z: 1 / (1 + np.exp(-z)))
    for layer, ((W, b), g) in enumerate(zip(params, written, strict=True)):
        z = np.array([[sum(row[i] * W[i, j] for i in range(len(W))) + b[j] for j in range(len(b))] for row in a])
        a = g(z)
        np.testing.assert_allclose(trace.z[layer], z, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(trace.a[layer], a, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(trace.X, X)
    np.testing.assert_array_equal(trace.logits, trace.z[-1])
    np.testing.assert_array_equal(trace.output, trace.a[-1])


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds)
def test_forward_and_backward_leave_what_they_are_given_untouched(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    before = params.vector.copy(), X.copy(), y.copy()
    trace = forward(params, X, network)
    kept = [array.copy() for array in (*trace.z, *trace.a)]
    backward(params, trace, y)
    for array, old in zip((params.vector, X, y, *trace.z, *trace.a), (*before, *kept), strict=True):
        np.testing.assert_array_equal(array, old)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds)
def test_buffers_that_were_used_before_give_the_same_numbers_as_new_ones(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    fresh = forward(params, X, network)
    used = forward(params, X[::-1] * 3 + 1, network)
    gradients = backward(params, used, y[::-1])
    assert forward(params, X, out=used) is used
    assert backward(params, used, y, out=gradients) is gradients
    expected = backward(params, fresh, y)
    np.testing.assert_array_equal(gradients.vector, expected.vector)
    for new, old in zip((*used.z, *used.a, *gradients.dz), (*fresh.z, *fresh.a, *expected.dz), strict=True):
        np.testing.assert_array_equal(new, old)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds, st.booleans())
@settings(max_examples=60)
def test_networks_with_a_runs_axis_equal_the_networks_alone(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int, shared: bool
) -> None:
    each = [network_and_examples(g, loss, hidden, seed + run) for run in range(3)]
    network = each[0][3]
    many = Params(each[0][0].sizes, np.stack([params.vector for params, *_ in each]))
    X = each[0][1] if shared else np.stack([X for _, X, _, _ in each])
    y = np.stack([y for _, _, y, _ in each])
    trace = forward(many, X, network)
    gradients = backward(many, trace, y)
    for run, (params, own_X, own_y, _) in enumerate(each):
        alone = forward(params, X if shared else own_X, network)
        expected = backward(params, alone, own_y)
        np.testing.assert_allclose(trace.logits[run], alone.logits, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(gradients.vector[run], expected.vector, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(gradients.layer_norms()[run], expected.layer_norms(), rtol=1e-12, atol=1e-13)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds)
def test_the_order_of_the_examples_does_not_change_the_gradient(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    order = np.random.default_rng(seed).permutation(len(X))
    gradient = backward(params, forward(params, X, network), y).vector
    shuffled = backward(params, forward(params, X[order], network), y[order]).vector
    np.testing.assert_allclose(shuffled, gradient, rtol=1e-12, atol=1e-12 * np.abs(gradient).max(initial=1.0))


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, st.sampled_from([np.float64, np.float32]))
def test_every_array_keeps_the_precision_of_the_parameters(
    g: Activation, loss: Loss, hidden: tuple[int, ...], dtype: type
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden)
    params = Params(params.sizes, params.vector.astype(dtype))
    trace = forward(params, X.astype(dtype), network)
    gradients = backward(params, trace, y.astype(dtype))
    assert {array.dtype for array in (*trace.z, *trace.a, *gradients.dz, gradients.vector)} == {np.dtype(dtype)}


def test_layers_as_plain_pairs_do_as_well_as_params() -> None:
    params, X, y, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4))
    pairs = [(W.tolist(), b.tolist()) for W, b in params]
    trace = forward(pairs, X.tolist(), network)
    np.testing.assert_array_equal(trace.output, forward(params, X, network).output)
    np.testing.assert_array_equal(backpropagate(Gradients(trace), y).vector, backward(pairs, trace, y).vector)


def test_the_network_is_tanh_with_a_sigmoid_output_unless_told_otherwise() -> None:
    assert forward(init_params((2, 3, 1)), np.zeros((1, 2))).activations == (Tanh(), Sigmoid())


@pytest.mark.parametrize("X", [np.zeros(3), np.zeros((4, 2)), np.zeros((4, 0))], ids=lambda X: str(X.shape))
def test_inputs_of_the_wrong_shape_are_refused_with_the_shape_that_fits(X: Array) -> None:
    with pytest.raises(ValueError, match=r"takes \(examples, 3\)"):
        forward(init_params((3, 2, 1)), X)


def test_a_list_of_activations_must_have_one_for_each_hidden_layer() -> None:
    with pytest.raises(ValueError, match="1 hidden activations were given for 2 hidden layers"):
        forward(init_params((2, 3, 3, 1)), np.zeros((1, 2)), Network((Tanh(),)))


def test_each_hidden_layer_may_have_an_activation_of_its_own() -> None:
    params, X, y, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4, 3))
    mixed = replace(network, hidden=(LeakyReLU(slope=0.3), Sin(), Tanh()))
    written = (lambda z: np.where(z > 0, z, 0.3 * z), np.sin, np.tanh, lambda z: 1 / (1 + np.exp(-z)))
    trace = forward(params, X, mixed)
    for z, a, g in zip(trace.z, trace.a, written, strict=True):
        np.testing.assert_allclose(a, g(z), rtol=1e-13)
    assert gradient_check(params, X, y, mixed, epsilon=1e-5).difference < 1e-8
    alike = forward(params, X, replace(network, hidden=(Tanh(),) * 3))
    np.testing.assert_array_equal(alike.output, forward(params, X, network).output)


# Examples that count more than others


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds)
def test_whole_weights_give_the_gradient_of_the_rows_repeated(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    times = np.array([0, 1, 2, 3, 1, 0, 5, 1, 2])
    weighted = backward(params, forward(params, X, network), y, weights=times).vector
    X, y = np.repeat(X, times, axis=0), np.repeat(y, times, axis=0)
    repeated = backward(params, forward(params, X, network), y).vector
    np.testing.assert_allclose(weighted, repeated, rtol=1e-11, atol=1e-12 * np.abs(repeated).max(initial=1.0))


def test_weights_that_are_all_zero_give_a_gradient_of_zeros() -> None:
    params, X, y, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4))
    assert not backward(params, forward(params, X, network), y, weights=np.zeros(9)).vector.any()


# Starting biases


@pytest.mark.parametrize("bias", [Constant(value=0.3), Uniform(), Normal(scale=2.0)], ids=lambda bias: bias.kind)
def test_weights_and_biases_are_drawn_layer_by_layer_from_one_generator(bias: Initializer) -> None:
    sizes = (3, 5, 4, 2)
    rng = np.random.default_rng(8)
    for (W, b), n_in, n_out in zip(init_params(sizes, Normal(scale=0.5), 8, bias=bias), sizes, sizes[1:], strict=False):
        np.testing.assert_array_equal(W, Normal(scale=0.5).draw(rng, n_in, n_out))
        np.testing.assert_array_equal(b, bias.draw(rng, 1, n_out)[0])
        assert b.all()


def test_biases_begin_at_zero_unless_told_otherwise() -> None:
    assert not any(b.any() for _, b in init_params((3, 5, 2)))
