"""The network itself: forward, from inputs to outputs, and backward, from the cost to every weight's gradient.

``dnn.reference`` computes the same and is written to be read. Here a pass allocates nothing, and computes R networks at
once. Examples are rows. For each layer, with A the activations before it (X for the first):

    forward     Z = A W + b,   A' = g(Z)
    backward    dZ = dA' * g'(Z),   dW = Aᵀ dZ,   db = Σ dZ over the examples,   dA = dZ Wᵀ

where dV stands for ∂J/∂V. The loss starts the backward pass with dZ of the last layer. With a leading runs axis the
same lines work on R networks: ``X`` (m, n_in) shared by all or (R, m, n_in), and every Z and A (R, m, n_out).

Names: ``Wb`` is W with b as its last row. ``X_ones`` and ``A_ones`` have a last column of ones: A_ones Wb = A W + b.
``_T`` means transposed: all arrays are stored with the examples of a unit side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy import dot, matmul, multiply

from dnn.activations import Activation, Tanh
from dnn.components import Array
from dnn.dropout import Masked
from dnn.losses import BinaryCrossEntropy, Loss
from dnn.params import Layer, Params, column_major, with_ones


@dataclass(frozen=True)
class Network:
    """The activation of each hidden layer (or one for all), and the loss, which has the output layer's activation."""

    hidden: Activation | tuple[Activation, ...] = Tanh()
    loss: Loss = BinaryCrossEntropy()

    def activations(self, depth: int) -> tuple[Activation, ...]:
        """Return the activation of each of ``depth`` layers, the output's last.

        Raises ValueError where there are not as many hidden activations as hidden layers.
        """
        hidden = self.hidden if isinstance(self.hidden, tuple) else (self.hidden,) * (depth - 1)
        if len(hidden) != depth - 1:
            raise ValueError(f"{len(hidden)} hidden activations were given for {depth - 1} hidden layers")
        return (*hidden, self.loss.output)


@dataclass(frozen=True, slots=True, eq=False)
class ForwardLayer:
    """The arrays of one layer in a forward pass; A_ones_T has the activations, transposed, and a last row of ones."""

    Wb_T: Array
    Z: Array
    Z_T: Array
    g: Callable[[Array, Array], Array]
    A: Array
    A_ones_T: Array


@dataclass(frozen=True, slots=True, eq=False)
class BackwardLayer:
    """The arrays of one layer in a backward pass, and A, dA, dZ, Z and g' of the layer before it."""

    A_ones_T: Array
    dWb: Array
    outer: Callable[[Array, Array, Array], Array]
    W: Array
    dZ_T: Array
    dA: Array
    dA_T: Array
    Z: Array
    A: Array
    g_slope: Callable[[Array, Array, Array], Array]
    slope: Array


def propagate(trace: Trace, X_ones: Array) -> Trace:
    """The forward pass over ``X_ones``, inputs with a column of ones, into the arrays of ``trace``."""
    trace.X_ones = X_ones
    product = trace.product
    A_ones_T = X_ones.mT
    for layer in trace.layers:
        product(layer.Wb_T, A_ones_T, layer.Z_T)  # Z = A W + b
        layer.g(layer.Z, layer.A)  # A = g(Z)
        A_ones_T = layer.A_ones_T
    return trace


def backpropagate(gradients: Gradients, y: Array, sample_weight: Array | None = None) -> Gradients:
    """The backward pass from targets ``y``, into the arrays of ``gradients``.

    ``sample_weight`` (m, 1) are the examples' weights in the mean cost, normalised to a sum of 1; 1/m without it.
    """
    trace = gradients.trace
    product = trace.product
    dZ = trace.network.loss.gradient(trace.output, y, gradients.dz[-1], sample_weight)  # dZ = ∂J/∂Z
    for layer in gradients.backward_layers:
        product(layer.A_ones_T, dZ, layer.dWb)  # dW = Aᵀ dZ, db = Σ dZ
        layer.outer(layer.W, layer.dZ_T, layer.dA_T)  # dA = dZ Wᵀ
        dZ = multiply(layer.dA, layer.g_slope(layer.Z, layer.A, layer.slope), layer.dA)  # dZ = dA * g'(Z)
    product(trace.X_ones.mT, dZ, gradients.dWb_first)  # dW = Xᵀ dZ, db = Σ dZ
    return gradients


class Trace:
    """The result of a forward pass: ``z[l]`` and ``a[l]`` of each layer, (m, n_l), and its input ``X`` (m, n_in)."""

    __slots__ = ("X_ones", "a", "a_ones", "activations", "layers", "masked", "network", "params", "product", "z")

    def __init__(self, params: Params, X_ones: Array, network: Network, dropped: Collection[int] = ()) -> None:
        """Create the arrays for passes of ``params`` over the examples ``X_ones`` (m, n_in + 1), which end in a 1.

        ``dropped`` are the hidden layers, counted from 0, with dropout: set ``masked[l].mask`` before a pass.
        """
        self.params, self.network, self.X_ones = params, network, X_ones
        shape, dtype = (*(params.vector.shape[:-1] or X_ones.shape[:-2]), X_ones.shape[-2]), params.vector.dtype
        self.z = tuple(column_major(*shape, n, dtype=dtype) for n in params.sizes[1:])
        self.product = dot if self.z[0].ndim == 2 else matmul  # dot is quicker, matmul takes R networks
        self.a_ones = tuple(with_ones(z) for z in self.z[:-1])
        self.a = (*(a_ones[..., :-1] for a_ones in self.a_ones), column_major(*self.z[-1].shape, dtype=dtype))
        plain = network.activations(len(params))
        self.masked = {layer: Masked(plain[layer], self.z[layer]) for layer in dropped}
        self.activations = tuple(self.masked.get(layer, g) for layer, g in enumerate(plain))
        self.layers = tuple(
            ForwardLayer(Wb.mT, Z, Z.mT, g.value, A, A_ones.mT)
            for Wb, Z, g, A, A_ones in zip(
                params.Wb, self.z, self.activations, self.a, (*self.a_ones, X_ones), strict=True
            )
        )

    @property
    def X(self) -> Array:
        """The examples, (m, n_in)."""
        return self.X_ones[..., :-1]

    @property
    def logits(self) -> Array:
        """Z of the output layer, (m, n_out)."""
        return self.z[-1]

    @property
    def output(self) -> Array:
        """ŷ: the activations of the output layer, (m, n_out)."""
        return self.a[-1]


class Gradients(Params):
    """∂J/∂W and ∂J/∂b, in the layout of the parameters, and ``dz[l]`` = ∂J/∂Z of each layer, (m, n_l).

    The arrays belong to one trace, whose own arrays they refer to.
    """

    __slots__ = ("backward_layers", "dWb_first", "dz", "trace")

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace.params.sizes, np.empty_like(trace.params.vector))
        self.trace = trace
        self.dWb_first = self.Wb[0]
        self.dz = tuple(column_major(*z.shape, dtype=z.dtype) for z in trace.z)
        self.backward_layers = tuple(
            BackwardLayer(
                A_ones_T=trace.a_ones[layer - 1].mT,
                dWb=self.Wb[layer],
                outer=multiply if trace.product is matmul and trace.params.sizes[layer + 1] == 1 else trace.product,
                W=trace.params.layers[layer][0],
                dZ_T=self.dz[layer].mT,
                dA=self.dz[layer - 1],  # dZ of the layer before takes its place
                dA_T=self.dz[layer - 1].mT,
                Z=trace.z[layer - 1],
                A=trace.a[layer - 1],
                g_slope=trace.activations[layer - 1].derivative,
                slope=column_major(*trace.z[layer - 1].shape, dtype=trace.z[layer - 1].dtype),
            )
            for layer in range(len(trace.z) - 1, 0, -1)
        )


def forward(
    params: Params | Sequence[Layer],
    X: Array,
    network: Network | None = None,
    *,
    masks: Sequence[Array | None] = (),
    out: Trace | None = None,
) -> Trace:
    """Run examples ``X`` (m, n_in) through the layers and return a Trace with every Z and A.

    ``network`` defaults to tanh layers with a sigmoid output. ``masks`` are dropout masks, one for each hidden layer
    from the first: (m, n_l) of 0 and 1/(1-p), or None for a layer without dropout. ``out``, a Trace of the same params
    over as many examples, is overwritten and returned. Raises ValueError for shapes that do not fit.
    """
    layers = {layer: np.asarray(mask) for layer, mask in enumerate(masks) if mask is not None}
    if out is not None:
        if params is not out.params or np.shape(X) != out.X.shape or layers.keys() != out.masked.keys():
            raise ValueError(f"out belongs to other params, other dropout, or examples of shape {out.X.shape}")
        out.X_ones[..., :-1] = X
        X_ones = out.X_ones
    else:
        params = params if isinstance(params, Params) else Params.of(params)
        X = np.asarray(X, params.vector.dtype)
        if X.ndim < 2 or X.shape[-1] != params.sizes[0]:
            raise ValueError(f"X has shape {X.shape}; this network takes (examples, {params.sizes[0]})")
        if len(masks) > len(params) - 1:
            raise ValueError(f"{len(masks)} masks were given for {len(params) - 1} hidden layers")
        X_ones = with_ones(X)
        out = Trace(params, X_ones, network or Network(), layers)
    for layer, mask in layers.items():
        if mask.shape != out.z[layer].shape:
            raise ValueError(f"the mask of hidden layer {layer + 1} has shape {mask.shape}, not {out.z[layer].shape}")
        out.masked[layer].mask = mask.astype(out.z[layer].dtype)
    return propagate(out, X_ones)


def backward(
    params: Params | Sequence[Layer],
    trace: Trace,
    y: Array,
    *,
    weights: Array | None = None,
    out: Gradients | None = None,
) -> Gradients:
    """Return ∂J/∂W and ∂J/∂b of each layer, from a forward pass of ``params`` and targets ``y`` (m, n_out).

    ``weights`` (m,) are sample weights. ``out``, Gradients of the same trace, is overwritten and returned. The gradient
    of penalties on the weights is not included. Raises ValueError where there are not as many weights as examples.
    """
    normalized = None
    if weights is not None:
        sample_weight = np.asarray(weights, trace.logits.dtype)
        if sample_weight.shape not in (trace.logits.shape[:-1], trace.logits.shape[-2:-1]):
            shape, m = sample_weight.shape, len(trace.X)
            raise ValueError(f"weights have shape {shape}; there must be one for each of {m} examples")
        normalized = normalized_weights(sample_weight[..., None])
    return backpropagate(Gradients(trace) if out is None else out, y, normalized)


def normalized_weights(weights: Array) -> Array:
    """Weights (m, 1) or (R, m, 1) over their sum; all zero where they are all zero."""
    total = weights.sum(axis=-2, keepdims=True)
    return weights / np.where(total > 0.0, total, 1.0)
