"""Dropout's masks: they multiply activations and slopes, whatever buffers and runs share."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, LOSSES, Params, backward, forward
from dnn.activations import Activation, Tanh
from dnn.components import Array
from dnn.losses import BinaryCrossEntropy, Loss, MeanSquaredError
from tests.networks import network_and_examples
from tests.strategies import components, hidden_sizes, seeds


def masks_for(hidden: tuple[int, ...], m: int = 9, seed: int = 0) -> list[Array]:
    """A mask for each hidden layer, (m, n) of 0 and 1/(1-p), with another share p in every layer."""
    rng = np.random.default_rng([seed, 7])
    return [(rng.random((m, n)) > 0.2 * layer) / (1 - 0.2 * layer) for layer, n in enumerate(hidden, start=1)]


def test_masks_multiply_the_activations_of_the_hidden_layers_and_their_slopes() -> None:
    params, X, y, network = network_and_examples(Tanh(), MeanSquaredError(), (5, 4))
    (W1, b1), (W2, b2), (W3, b3) = params
    D1, D2 = masks_for((5, 4))
    A1 = np.tanh(X @ W1 + b1) * D1
    A2 = np.tanh(A1 @ W2 + b2) * D2
    output = A2 @ W3 + b3
    trace = forward(params, X, network, masks=[D1, D2])
    for a, expected in zip(trace.a, (A1, A2, output), strict=True):
        np.testing.assert_allclose(a, expected, rtol=1e-12, atol=1e-14)
    dZ3 = (output - y) / len(X)
    dZ2 = dZ3 @ W3.T * D2 * (1 - np.tanh(A1 @ W2 + b2) ** 2)
    dZ1 = dZ2 @ W2.T * D1 * (1 - np.tanh(X @ W1 + b1) ** 2)
    for (dW, db), A, dZ in zip(backward(params, trace, y), (X, A1, A2), (dZ1, dZ2, dZ3), strict=True):
        np.testing.assert_allclose(dW, A.T @ dZ, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(db, dZ.sum(axis=0), rtol=1e-12, atol=1e-14)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds)
def test_masks_of_ones_and_no_masks_give_the_same_bits(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    plain, ones = forward(params, X, network), forward(params, X, network, masks=[np.ones((len(X), n)) for n in hidden])
    np.testing.assert_array_equal(ones.output, plain.output)
    np.testing.assert_array_equal(backward(params, ones, y).vector, backward(params, plain, y).vector)


@pytest.mark.parametrize("kept", [[0], [1], [0, 1], []])
def test_none_stands_for_a_layer_without_dropout(kept: list[int]) -> None:
    params, X, _, network = network_and_examples(Tanh(), MeanSquaredError(), (5, 4))
    masks = masks_for((5, 4))
    some = [mask if layer in kept else None for layer, mask in enumerate(masks)]
    ones = [mask if layer in kept else np.ones_like(mask) for layer, mask in enumerate(masks)]
    np.testing.assert_array_equal(
        forward(params, X, network, masks=some).output, forward(params, X, network, masks=ones).output
    )


def test_a_unit_that_is_left_out_of_every_example_neither_says_nor_learns_anything() -> None:
    params, X, y, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4))
    mask = np.ones((len(X), 5))
    mask[:, 2] = 0.0
    trace = forward(params, X, network, masks=[mask])
    gradients = backward(params, trace, y)
    assert not trace.a[0][:, 2].any()
    assert not gradients[0][0][:, 2].any()
    assert gradients[0][1][2] == 0.0
    assert not gradients[1][0][2].any()
    params[0][0][:, 2] = 99.0
    np.testing.assert_array_equal(forward(params, X, network, masks=[mask]).output, trace.output)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes, seeds, st.booleans())
@settings(max_examples=40)
def test_masked_networks_with_a_runs_axis_equal_the_masked_networks_alone(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int, shared: bool
) -> None:
    each = [network_and_examples(g, loss, hidden, seed + run) for run in range(3)]
    many, network = Params(each[0][0].sizes, np.stack([params.vector for params, *_ in each])), each[0][3]
    masks = [masks_for(hidden, seed=run) for run in range(3)]
    weights = np.random.default_rng(seed).uniform(0.1, 2.0, (3, 9))
    X, y = each[0][1] if shared else np.stack([X for _, X, *_ in each]), np.stack([y for _, _, y, _ in each])
    trace = forward(many, X, network, masks=[np.stack(of_layer) for of_layer in zip(*masks, strict=True)])
    gradients = backward(many, trace, y, weights=weights)
    for run, (params, own_X, own_y, _) in enumerate(each):
        alone = forward(params, X if shared else own_X, network, masks=masks[run])
        expected = backward(params, alone, own_y, weights=weights[run])
        np.testing.assert_allclose(trace.logits[run], alone.logits, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(gradients.vector[run], expected.vector, rtol=1e-12, atol=1e-13)


@given(components(ACTIVATIONS), components(LOSSES), hidden_sizes.filter(bool), seeds)
def test_buffers_that_held_other_masks_give_the_same_numbers_as_new_ones(
    g: Activation, loss: Loss, hidden: tuple[int, ...], seed: int
) -> None:
    params, X, y, network = network_and_examples(g, loss, hidden, seed)
    masks = masks_for(hidden)
    used = forward(params, -X, network, masks=masks_for(hidden, seed=1))
    gradients = backward(params, used, y)
    fresh = forward(params, X, network, masks=masks)
    assert forward(params, X, masks=masks, out=used) is used
    np.testing.assert_array_equal(used.output, fresh.output)
    np.testing.assert_array_equal(backward(params, used, y, out=gradients).vector, backward(params, fresh, y).vector)


@pytest.mark.parametrize("shape", [(9, 4), (8, 5), (5,), (9, 1), (1, 5), (2, 9, 5), ()], ids=str)
def test_a_mask_of_the_wrong_shape_is_refused_with_its_layer_and_the_shape_that_fits(shape: tuple[int, ...]) -> None:
    params, X, _, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (6, 5))
    with pytest.raises(ValueError, match=r"the mask of hidden layer 2 has shape \(.*, not \(9, 5\)"):
        forward(params, X, network, masks=[None, np.ones(shape)])


@pytest.mark.parametrize(
    "masks", [[None, None, None], [np.ones((9, 6)), np.ones((9, 5)), np.ones((9, 2))]], ids=["none", "arrays"]
)
def test_more_masks_than_hidden_layers_are_refused(masks: list[Array | None]) -> None:
    params, X, _, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (6, 5))
    with pytest.raises(ValueError, match="3 masks were given for 2 hidden layers"):
        forward(params, X, network, masks=masks)


def test_buffers_with_dropout_in_other_layers_other_params_or_other_examples_are_refused() -> None:
    params, X, _, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (6, 5))
    first, second = masks_for((6, 5))
    out = forward(params, X, network, masks=[first])
    for args, masks in [((params, X), ()), ((params, X), [None, second]), ((params, X), [first, second])]:
        with pytest.raises(ValueError, match="out belongs to"):
            forward(*args, masks=masks, out=out)
    for args in [(params.copy(), X), (params, X[:-1])]:
        with pytest.raises(ValueError, match="out belongs to"):
            forward(*args, masks=[first], out=out)


def test_masks_keep_single_precision_single() -> None:
    params, X, y, network = network_and_examples(Tanh(), BinaryCrossEntropy(), (5, 4))
    params = Params(params.sizes, params.vector.astype(np.float32))
    trace = forward(params, X, network, masks=masks_for((5, 4)))
    gradients = backward(params, trace, y.astype(np.float32), weights=np.arange(9.0))
    assert {array.dtype for array in (*trace.z, *trace.a, *gradients.dz, gradients.vector)} == {np.dtype(np.float32)}
