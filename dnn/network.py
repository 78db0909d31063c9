"""The network itself: forward, from inputs to outputs, and backward, from the cost to every weight's gradient.

Examples are rows. For each layer, with A the activations before it (X for the first):

    forward     Z = A W + b,   A' = g(Z)
    backward    dZ = dA' * g'(Z),   dW = Aᵀ dZ,   db = Σ dZ over the examples,   dA = dZ Wᵀ

where dV stands for ∂J/∂V. The loss starts the way back with dZ of the last layer. With a leading runs axis the same
lines work on R networks at once: ``X`` (m, n_in) shared by all or (R, m, n_in), and every Z and A (R, m, n_out).

Dropout (inverted; Srivastava et al. 2014) multiplies A' by a mask that is 0 for the units left out and 1/(1-p) for the
others, on the way there and, as a factor of g'(Z), on the way back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy import dot, matmul, multiply

from dnn.activations import Activation, Tanh
from dnn.components import Array
from dnn.initializers import Generator, GlorotUniform, Initializer
from dnn.losses import BinaryCrossEntropy, Loss
from dnn.params import Layer, Params


@dataclass(frozen=True)
class Network:
    """How layers are joined: one activation for each hidden layer (or one for all), and the loss with its output."""

    hidden: Activation | tuple[Activation, ...] = Tanh()
    loss: Loss = BinaryCrossEntropy()

    def activations(self, depth: int) -> tuple[Activation, ...]:
        """The activation of each of ``depth`` layers, the output's last."""
        hidden = self.hidden if isinstance(self.hidden, tuple) else (self.hidden,) * (depth - 1)
        if len(hidden) != depth - 1:
            raise ValueError(f"{len(hidden)} hidden activations were given for {depth - 1} hidden layers")
        return (*hidden, self.loss.output)


def init_params(
    sizes: Sequence[int],
    initializer: Initializer | None = None,
    rng: Generator | int | None = 0,
    dtype: npt.DTypeLike = np.float64,
    bias: Initializer | None = None,
) -> Params:
    """Starting weights for layer ``sizes`` (n_in, …, n_out): W drawn by ``initializer`` layer by layer, b by ``bias``.

    ``rng`` is a seed or a generator; the default initialiser is ``GlorotUniform()``, of biases ``Zeros()``.
    """
    rng = rng if isinstance(rng, Generator) else np.random.default_rng(rng)
    initializer = GlorotUniform() if initializer is None else initializer
    params = Params.empty(sizes, dtype)
    for W, b in params.layers:
        W[:] = initializer.draw(rng, *W.shape)
        if bias is not None:
            b[:] = bias.draw(rng, 1, len(b))[0]
    return params


def with_ones(X: Array) -> Array:
    """A copy of examples ``X`` (m, n) with a last column of ones, (m, n + 1), stored column by column."""
    out = _columns(*X.shape[:-1], X.shape[-1] + 1, dtype=X.dtype)
    out[..., :-1], out[..., -1] = X, 1.0
    return out


def _columns(*shape: int, dtype: npt.DTypeLike) -> Array:
    """An array (…, m, n) stored column by column: all examples of a unit lie side by side."""
    return np.empty((*shape[:-2], shape[-1], shape[-2]), dtype).mT


class Masked:
    """An activation with dropout behind it: a = g(z) * mask. ``mask`` is (m, n) like z; set it before every pass."""

    __slots__ = ("activation", "mask", "unmasked")

    def __init__(self, activation: Activation, z: Array) -> None:
        self.activation = activation
        self.unmasked = _columns(*z.shape, dtype=z.dtype)  # g'(z) is written in g(z) as it was before the mask
        self.mask: Array = np.ones((), z.dtype)

    def value(self, z: Array, out: Array) -> Array:
        """g(z) * mask."""
        return multiply(self.activation.value(z, self.unmasked), self.mask, out)

    def derivative(self, z: Array, a: Array, out: Array) -> Array:
        """g'(z) * mask."""
        return multiply(self.activation.derivative(z, self.unmasked, out), self.mask, out)


class Trace:
    """Everything a forward pass computed: ``z[l]`` and ``a[l]`` of each layer, (m, n_l), and ``X`` that came in.

    Inside, every activation but the output's has a last column of ones, which the bias is multiplied by.
    """

    __slots__ = ("X1", "_steps", "a", "a1", "activations", "masked", "network", "params", "z")

    def __init__(self, params: Params, X1: Array, network: Network, dropped: Collection[int] = ()) -> None:
        """Buffers for passes of ``params`` over as many examples as ``X1``, inputs with a column of ones, has.

        ``dropped`` are the hidden layers, counted from 0, with dropout: ``masked[l].mask`` awaits their masks.
        """
        self.params, self.network, self.X1 = params, network, X1
        shape, dtype = (*(params.vector.shape[:-1] or X1.shape[:-2]), X1.shape[-2]), params.vector.dtype
        self.z = tuple(_columns(*shape, n, dtype=dtype) for n in params.sizes[1:])
        self.a1 = tuple(with_ones(z) for z in self.z[:-1])
        self.a = (*(a1[..., :-1] for a1 in self.a1), _columns(*self.z[-1].shape, dtype=dtype))
        plain = network.activations(len(params))
        self.masked = {layer: Masked(plain[layer], self.z[layer]) for layer in dropped}
        self.activations = tuple(self.masked.get(layer, g) for layer, g in enumerate(plain))
        self._steps = tuple(
            (W1.mT, Z.mT, Z, g.value, A, A1.mT)
            for W1, Z, g, A, A1 in zip(params.blocks, self.z, self.activations, self.a, (*self.a1, X1), strict=True)
        )

    @property
    def X(self) -> Array:
        """The examples, (m, n_in)."""
        return self.X1[..., :-1]

    @property
    def logits(self) -> Array:
        """Z of the output layer, (m, n_out)."""
        return self.z[-1]

    @property
    def output(self) -> Array:
        """ŷ: the activations of the output layer, (m, n_out)."""
        return self.a[-1]

    def propagate(self, X1: Array) -> Trace:
        """The forward pass over ``X1``, into these buffers. Z = A W + b is Zᵀ = W₁ᵀ A₁ᵀ, as the arrays are stored."""
        self.X1 = X1
        product = dot if X1.ndim == self.params.vector.ndim + 1 == 2 else matmul  # dot is quicker, matmul takes R runs
        A_T = X1.mT
        for W_T, Z_T, Z, g, A, A_next_T in self._steps:
            product(W_T, A_T, Z_T)
            g(Z, A)
            A_T = A_next_T
        return self


class Gradients(Params):
    """∂J/∂W and ∂J/∂b, laid out exactly as the parameters are, and ``dz[l]`` = ∂J/∂Z of each layer, (m, n_l).

    The buffers belong to one trace, whose arrays they refer to.
    """

    __slots__ = ("_steps", "dz", "trace")

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace.params.sizes, np.empty_like(trace.params.vector))
        self.trace = trace
        self.dz = tuple(_columns(*z.shape, dtype=z.dtype) for z in trace.z)
        self._steps = tuple(
            (
                self.blocks[layer],
                trace.a1[layer - 1].mT,
                trace.params.layers[layer][0],
                self.dz[layer].mT,
                self.dz[layer - 1].mT,
                trace.activations[layer - 1].derivative,
                trace.z[layer - 1],
                trace.a[layer - 1],
                _columns(*trace.z[layer - 1].shape, dtype=trace.z[layer - 1].dtype),
                self.dz[layer - 1],
            )
            for layer in range(len(trace.z) - 1, 0, -1)
        )

    def backpropagate(self, y: Array, shares: Array | None = None) -> Gradients:
        """The backward pass from targets ``y``, into these buffers. A₁ᵀ dZ holds dW and, in its last row, db = Σ dZ.

        ``shares`` (m, 1) are the examples' shares in the mean cost, 1/m without it.
        """
        trace = self.trace
        product = dot if trace.z[0].ndim == 2 else matmul
        dZ = trace.network.loss.gradient(trace.a[-1], y, self.dz[-1], shares)
        for dW1, A_T, W, dZ_T, dA_T, slope_of, Z, A, slope, dA in self._steps:
            product(A_T, dZ, dW1)
            product(W, dZ_T, dA_T)
            dZ = multiply(dA, slope_of(Z, A, slope), dA)
        product(trace.X1.mT, dZ, self.blocks[0])
        return self


def forward(
    params: Params | Sequence[Layer],
    X: Array,
    network: Network | None = None,
    *,
    masks: Sequence[Array | None] = (),
    out: Trace | None = None,
) -> Trace:
    """Run examples ``X`` (m, n_in) through the layers and keep every Z and A on the way.

    ``network`` defaults to tanh layers with a sigmoid output. ``masks`` give hidden layers dropout, the first one's
    first: (m, n_l) of 0 and 1/(1-p), or None for a layer without. ``out``, a Trace of the same params over as many
    examples, lends its buffers, and its old contents are lost.
    """
    layers = {layer: np.asarray(mask) for layer, mask in enumerate(masks) if mask is not None}
    if out is not None:
        if params is not out.params or np.shape(X) != out.X.shape or layers.keys() != out.masked.keys():
            raise ValueError(f"out belongs to other params, other dropout, or examples of shape {out.X.shape}")
        out.X1[..., :-1] = X
        X1 = out.X1
    else:
        params = params if isinstance(params, Params) else Params.of(params)
        X = np.asarray(X, params.vector.dtype)
        if X.ndim < 2 or X.shape[-1] != params.sizes[0]:
            raise ValueError(f"X has shape {X.shape}; this network takes (examples, {params.sizes[0]})")
        if len(masks) > len(params) - 1:
            raise ValueError(f"{len(masks)} masks were given for {len(params) - 1} hidden layers")
        X1 = with_ones(X)
        out = Trace(params, X1, network or Network(), layers)
    for layer, mask in layers.items():
        if mask.shape != out.z[layer].shape:
            raise ValueError(f"the mask of hidden layer {layer + 1} has shape {mask.shape}, not {out.z[layer].shape}")
        out.masked[layer].mask = mask.astype(out.z[layer].dtype)
    return out.propagate(X1)


def backward(
    params: Params | Sequence[Layer],
    trace: Trace,
    y: Array,
    *,
    weights: Array | None = None,
    out: Gradients | None = None,
) -> Gradients:
    """Gradient of the loss for every weight and bias, from a forward pass of ``params`` and targets ``y`` (m, n_out).

    ``weights`` (m,) say how much each example counts. ``out``, Gradients of the same trace, lends its buffers.
    Penalties on the weights are not part of it.
    """
    shares = None
    if weights is not None:
        heavy = np.asarray(weights, trace.logits.dtype)
        if heavy.shape not in (trace.logits.shape[:-1], trace.logits.shape[-2:-1]):
            raise ValueError(f"weights have shape {heavy.shape}; there must be one for each of {len(trace.X)} examples")
        shares = shares_of(heavy[..., None])
    return (Gradients(trace) if out is None else out).backpropagate(y, shares)


def shares_of(weights: Array) -> Array:
    """Weights (m, 1) or (R, m, 1) as shares of their sum; all zero where they are all zero."""
    total = weights.sum(axis=-2, keepdims=True)
    return weights / np.where(total > 0.0, total, 1.0)
