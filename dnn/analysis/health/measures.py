"""What a network looks like inside at this moment: gradients, updates and units, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.network import Gradients, Trace, backward, forward
from dnn.training import Run
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import clip

MOST_EXAMPLES = 1000  # training examples that are looked at; they are in random order
FLAT = 0.05  # |g'| below which a unit hardly answers to its inputs
MOSTLY = 0.95  # share of the examples for which a saturated unit is flat


class Histogram(NamedTuple):
    """``counts`` (bins,) of the numbers between neighbouring ``edges`` (bins + 1,)."""

    counts: npt.NDArray[np.intp]
    edges: Array

    @classmethod
    def of(cls, numbers: Array, bins: int) -> Histogram:
        """Return the histogram of all finite ``numbers``, in any shape; those beyond 10³⁰⁰ count as 10³⁰⁰."""
        finite = np.clip(numbers[np.isfinite(numbers)].astype(np.float64), -1e300, 1e300)
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        least = 1e-9 * max(abs(low), abs(high)) or 1.0  # numbers that are all alike stand in the middle
        if high - low < least:
            low, high = low - 0.5 * least, high + 0.5 * least
        return cls(*np.histogram(finite, bins, (low, high)))


@dataclass(frozen=True, eq=False)
class LayerHealth:
    """The numbers of one layer; ``layer`` counts from 1, the output layer is the last.

    ``gradient_norm`` is the Euclidean norm of ∂J/∂W and ∂J/∂b together, over the training examples. ``update_ratio`` is
    the size of the update that this gradient leads to over the size of the weights and biases; about 10⁻³ is usual.
    ``dead`` (n,) are the hidden units that return 0, with slope 0, for every example; ``saturated`` (n,) those with
    |g'| < 0.05 for 95 % of the examples. ``A`` (m, n) are the activations, ``dWb`` (n_in + 1, n) the gradient.
    """

    layer: int
    gradient_norm: float
    update_ratio: float
    dead: npt.NDArray[np.bool]
    saturated: npt.NDArray[np.bool]
    A: Array
    dWb: Array

    @property
    def gradient_size(self) -> float:
        """The gradient of a typical weight of the layer: the root mean square of its numbers."""
        return self.gradient_norm / float(np.sqrt(self.dWb.size))

    def activations(self, bins: int = 20) -> Histogram:
        """How the activations of all units and examples are distributed."""
        return Histogram.of(self.A, bins)

    def gradients(self, bins: int = 20) -> Histogram:
        """How the gradients of the layer's weights and biases are distributed."""
        return Histogram.of(self.dWb, bins)


@dataclass(frozen=True, eq=False)
class Health:
    """The layers of a run at its present weights, and the ``trace`` of the forward pass, (m, …).

    ``noise`` is the variance of one example's gradient over the square of their mean: with far fewer examples than that
    in a batch, an update is mostly noise (McCandlish et al. 2018, An empirical model of large-batch training).
    """

    layers: tuple[LayerHealth, ...]
    trace: Trace
    noise: float

    @property
    def hidden(self) -> tuple[LayerHealth, ...]:
        """All layers but the last."""
        return self.layers[:-1]


def health(run: Run, examples: int = MOST_EXAMPLES) -> Health:
    """Measure ``run`` as it is now, without dropout, over at most ``examples`` of its training examples.

    Raises ValueError where there are no training examples.
    """
    with np.errstate(all="ignore"):  # before a run diverges its numbers may be huge
        trace, gradients = gradients_now(run, examples)
        noise = _noise(trace, gradients.dz, gradients.vector)
        step = _step(run, gradients.vector)
        norms, ratios = gradients.layer_norms(), _ratios(run, step)
        layers = tuple(
            LayerHealth(number, float(norm), float(ratio), *_flat(trace, number - 1), A=A, dWb=dWb)
            for number, (norm, ratio, A, dWb) in enumerate(
                zip(norms, ratios, trace.a, gradients.Wb, strict=True), start=1
            )
        )
    return Health(layers, trace, noise)


def gradients_now(run: Run, examples: int = MOST_EXAMPLES) -> tuple[Trace, Gradients]:
    """A pass forward and back over at most ``examples`` training examples of ``run``, without dropout and penalties.

    Raises ValueError where there are no training examples.
    """
    m = min(run.data.n_train, examples)
    if not m:
        raise ValueError("the run has no training examples to measure it with")
    weights = None if run.data.weights is None else run.data.weights[:m]
    if weights is not None and not weights.any():
        weights = None
    trace = forward(run.params, run.data.X[:m], run.network)
    targets = run.data.targets[:m].astype(run.params.vector.dtype)
    return trace, backward(run.params, trace, targets, weights=weights)


def _step(run: Run, gradient: Array) -> Array:
    """The update (P,) that a batch with this ``gradient`` would lead to now, penalties and clipping included."""
    training = run.experiment.training
    settings = Hyperparameters([training], len(run.params) - 1, gradient.dtype)
    vector, total = run.params.vector, gradient.copy()
    if settings.has_l1 or settings.has_l2:
        penalty = training.l1 * np.sign(vector) + training.l2 * vector  # λ₁ sign W + λ₂ W
        total += run.params.weight_mask() * penalty / max(1, run.batch_size)
    if settings.clips:
        clip(total, settings.clip_norm, np.empty_like(total))
    rate = float(settings.rates(run.epoch)[0])
    step, _ = training.optimizer.update(total, run.state, rate, params=vector)
    return step if run.frozen is None else step * (1.0 - run.frozen).astype(step.dtype)


def _ratios(run: Run, step: Array) -> Array:
    """The size of the update over the size of the numbers it changes, (L,); NaN where these are 0 and it is not."""
    sizes, steps = run.params.layer_norms(), type(run.params)(run.params.sizes, step).layer_norms()
    return np.where(steps == 0.0, 0.0, steps / np.where(sizes > 0.0, sizes, np.nan))


def _flat(trace: Trace, layer: int) -> tuple[npt.NDArray[np.bool], npt.NDArray[np.bool]]:
    """Which units of a hidden layer are dead, (n,), and which are saturated, (n,); none of the output layer."""
    Z, A = trace.z[layer], trace.a[layer]
    if layer == len(trace.z) - 1:
        return np.zeros(A.shape[1], bool), np.zeros(A.shape[1], bool)
    slope = trace.activations[layer].derivative(Z, A, np.empty_like(Z))
    dead = ~np.any(A, axis=0) & ~np.any(slope, axis=0)
    flat = np.mean(np.abs(slope) < FLAT, axis=0) >= MOSTLY
    return np.asarray(dead), np.asarray(flat & ~dead)


def _noise(trace: Trace, dz: tuple[Array, ...], mean: Array) -> float:
    """The sum of the variances of the examples' gradients over the squared length of their mean.

    The gradient of one example is the outer product of (a, 1) and dz in each layer, so its squared length is
    (‖a‖² + 1) ‖dz‖²; dz includes the factor 1/m of the mean cost.
    """
    inputs = (trace.X, *trace.a[:-1])
    m = len(trace.X)
    squares = sum(float(((A * A).sum(axis=1) + 1.0) @ (dZ * dZ).sum(axis=1)) for A, dZ in zip(inputs, dz, strict=True))
    length = float(mean @ mean)
    return max(0.0, m * squares - length) / length if length > 0.0 else np.inf
