"""The buffers of a training loop, and one epoch of it: after the first epoch nothing large is allocated again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.data import Data
from dnn.dropout import Masked
from dnn.network import Gradients, Network, Trace, backpropagate, backward, forward, normalized_weights, propagate
from dnn.optimizers import State
from dnn.params import Params, with_ones
from dnn.random_streams import DROPOUT, SHUFFLE
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.metrics import evaluate

SLAB = 512  # examples evaluated at once: few enough that their activations stay in the processor's cache
ORDERS_AT_ONCE = 16  # epochs whose orders come from one generator: making a generator costs more than a shuffle


class Batch(NamedTuple):
    """The examples of one update, as views into an epoch's, and the buffers they are trained in."""

    X_ones: Array
    y: Array
    weights: Array | None  # (m, 1)
    masks: tuple[tuple[Masked, Array], ...]  # where dropout's masks belong, and this batch's own
    trace: Trace
    gradients: Gradients


class Workspace:
    """Arrays for training ``params`` on ``data`` in batches of ``batch_size``.

    For R runs in lockstep ``params.vector`` is (R, P), ``data`` and ``seeds`` have R entries, and every array below has
    a leading runs axis. ``dropped`` are the hidden layers, counted from 0, that have dropout. With ``batch_costs`` the
    cost of each batch, penalties and all, is taken before its update (``epoch_cost``), and ``evaluate`` leaves the
    training examples out. ``frozen``, shaped like the vector, is 1 for numbers that stay as they are and 0 elsewhere.
    """

    def __init__(
        self,
        params: Params,
        network: Network,
        data: Sequence[Data],
        batch_size: int,
        seeds: Sequence[int],
        dropped: Collection[int] = (),
        *,
        batch_costs: bool = False,
        frozen: Array | None = None,
    ) -> None:
        self.params, self.network, self.seeds = params.copy(), network, tuple(seeds)
        self.before = np.empty_like(params.vector)  # the parameters before the epoch, to go back to
        self.m = data[0].n_train
        self.batch_size, self.dropped, self.batch_costs = min(batch_size, self.m), frozenset(dropped), batch_costs
        lead, dtype = params.vector.shape[:-1], params.vector.dtype

        def stacked(arrays: Sequence[Array]) -> Array:
            return np.stack(arrays).reshape(*lead, *arrays[0].shape).astype(dtype)

        self.weighted = data[0].weights is not None
        weights = [np.ones(len(d.X)) if d.weights is None else d.weights for d in data]
        self.everything = with_ones(stacked([d.X for d in data]))
        self.targets = stacked([d.y for d in data])
        self.weights = stacked(weights) if self.weighted else None
        self._lend_slabs(self.m if batch_costs else 0)
        # Columns of all runs' training examples side by side, X with its ones, weights and y: one take() puts each run
        # into its own order. ``shuffled`` holds them so, (columns, m) or (columns, R, m).
        heavy = [w[: self.m, None] for w in weights] if self.weighted else [np.empty((self.m, 0))] * len(data)
        rows = [np.hstack([with_ones(d.X_train), w, d.y_train]) for d, w in zip(data, heavy, strict=True)]
        self.columns = np.concatenate(rows).astype(dtype).T.copy()
        self.shuffled = self.columns.reshape(-1, *lead, self.m).copy()
        self.orders = np.empty((len(data), ORDERS_AT_ONCE, self.m), np.intp)
        self.block = -1
        self.step = np.empty_like(params.vector)
        self.penalty = np.empty_like(params.vector)
        self.weights_only = params.weight_mask()
        self.free = None if frozen is None else (1.0 - frozen).astype(dtype)
        self.masks = {layer: np.empty((len(data), params.sizes[layer + 1], self.m), dtype) for layer in sorted(dropped)}
        self.epoch_cost: Array = np.full(len(data), np.nan)
        self._prepared: tuple[int, bytes] | None = None
        self._lend_batches()

    def _lend_slabs(self, first: int) -> None:
        """Buffers for evaluating the examples from ``first`` on."""
        self.first = first
        self.logits = np.empty_like(self.targets[..., first:, :])
        examples = self.everything[..., first:, :]
        self.slabs = [(..., slice(at, at + SLAB), slice(None)) for at in range(0, examples.shape[-2], SLAB)]
        lengths = {examples[slab].shape[-2] for slab in self.slabs}
        self.slab_traces = {n: Trace(self.params, examples[..., :n, :], self.network) for n in lengths}

    def _lend_batches(self) -> None:
        examples = np.moveaxis(self.shuffled, 0, -1)
        inputs = self.params.sizes[0] + 1
        X_ones, weights, y = np.split(examples, [inputs, inputs + self.weighted], axis=-1)
        lengths = {self.batch_size, self.m % self.batch_size or self.batch_size}
        traces = {n: Trace(self.params, X_ones[..., :n, :], self.network, self.dropped) for n in lengths}
        gradients = {n: Gradients(trace) for n, trace in traces.items()}
        masks = {layer: mask.reshape(*X_ones.shape[:-2], -1, self.m).mT for layer, mask in self.masks.items()}
        self.batches = []
        for start in range(0, self.m, self.batch_size):
            rows = (..., slice(start, start + self.batch_size), slice(None))
            trace = traces[X_ones[rows].shape[-2]]
            mine = tuple((trace.masked[layer], mask[rows]) for layer, mask in masks.items())
            weight = weights[rows] if self.weighted else None
            self.batches.append(Batch(X_ones[rows], y[rows], weight, mine, trace, gradients[trace.logits.shape[-2]]))
        self.gradients = self.batches[-1].gradients

    def shuffle(self, epoch: int) -> None:
        """Put the training examples into the order of ``epoch``. A full batch keeps the data's own order."""
        if self.batch_size == self.m:
            return
        block, place = divmod(epoch, ORDERS_AT_ONCE)
        if block != self.block:
            for run, (orders, seed) in enumerate(zip(self.orders, self.seeds, strict=True)):
                orders[:] = orders_of(seed, block, self.m) + run * self.m
            self.block = block
        order = self.orders[:, place].reshape(self.shuffled.shape[1:])
        np.take(self.columns, order, axis=1, out=self.shuffled, mode="clip")  # "raise" would go through a buffer

    def draw_masks(self, epoch: int, shares: Array) -> None:
        """Draw dropout's masks for all batches of ``epoch``; ``shares`` (R, hidden layers) are left out."""
        for run, seed in enumerate(self.seeds):
            rng = np.random.default_rng([seed, DROPOUT, epoch])
            for layer, masks in self.masks.items():
                mask, share = masks[run], shares[run, layer]
                if share == 0.0:  # another run's layer has dropout, this one's has not and draws nothing
                    mask.fill(1.0)
                else:
                    kept = rng.random(mask.shape, np.float32) >= share
                    np.multiply(kept, 1.0 / (1.0 - share), out=mask)

    def prepare(self, epoch: int, shares: Array) -> None:
        """Order and masks for ``epoch``. They stay for all parts of an epoch that is trained bit by bit."""
        wanted = epoch, shares.tobytes() if self.masks else b""
        if wanted != self._prepared:
            self.shuffle(epoch)
            if self.masks:
                self.draw_masks(epoch, shares)
            self._prepared = wanted

    def train_epoch(
        self, epoch: int, given: Hyperparameters, state: State, first: int = 0, last: int | None = None
    ) -> State:
        """One pass over the training examples; changes ``params`` in place and gives the optimiser's next state.

        With ``first`` and ``last`` only the batches from the one to before the other.
        """
        self.before[...] = vector = self.params.vector
        self.prepare(epoch, given.dropout)
        update, rate, penalised = given.optimizer.update, given.rate(epoch), given.has_l1 or given.has_l2
        cost: float | Array = 0.0
        total: float | Array = 0.0
        for X_ones, y, weights, masks, trace, gradients in self.batches[first:last]:
            for masked, mask in masks:
                masked.mask = mask
            propagate(trace, X_ones)
            size = X_ones.shape[-2] if weights is None else weights.sum(axis=-2)  # a number, or (1,) or (R, 1)
            if self.batch_costs:
                cost = cost + self._cost(trace, y, weights, size, given)
                total = total + size
            backpropagate(gradients, y, None if weights is None else normalized_weights(weights))
            if penalised:
                self._penalise(gradients.vector, size, given)
            if given.clips:
                factor = clipping(gradients.vector, given.clip_norm, self.penalty)
                np.multiply(gradients.vector, factor, out=gradients.vector)
            step, state = update(gradients.vector, state, rate, params=vector, out=self.step)
            if self.free is not None:
                np.multiply(step, self.free, out=step)
            np.add(vector, step, vector)
        if self.batch_costs:
            self.epoch_cost = np.reshape(cost / total, -1)
        return state

    def _penalise(self, gradient: Array, size: float | Array, given: Hyperparameters) -> None:
        """Add d/dW of λ₁/m Σ|W| + λ₂/(2m) ΣW², with m the examples in this batch, or the sum of their weights."""
        vector, penalty = self.params.vector, self.penalty
        if given.has_l1:
            np.sign(vector, out=penalty)
            np.multiply(penalty, given.l1, out=penalty)
            if given.has_l2:
                np.multiply(vector, given.l2, out=self.step)
                np.add(penalty, self.step, out=penalty)
        else:
            np.multiply(vector, given.l2, out=penalty)
        np.multiply(penalty, self.weights_only, out=penalty)
        np.multiply(penalty, _inverse(size), out=penalty)
        np.add(gradient, penalty, out=gradient)

    def _cost(
        self, trace: Trace, y: Array, weights: Array | None, size: float | Array, given: Hyperparameters
    ) -> Array:
        """The batch's total cost, penalties and all: the examples' losses summed up, (1,) or (R, 1)."""
        losses = self.network.loss.per_example(trace.logits, y)
        cost = (losses if weights is None else losses * weights[..., 0]).sum(axis=-1)[..., None]
        W = self.params.vector * self.weights_only
        if given.has_l1:
            cost = cost + given.l1 * np.abs(W).sum(axis=-1, keepdims=True)
        if given.has_l2:
            cost = cost + 0.5 * given.l2 * np.vecdot(W, W)[..., None]
        return np.asarray(cost)

    def evaluate(self) -> list[Array]:
        """Train cost, test cost, train accuracy and test accuracy of the parameters: scalars, or (R,) each."""
        examples, first = self.everything[..., self.first :, :], self.first
        for slab in self.slabs:
            X_ones = examples[slab]
            self.logits[slab] = propagate(self.slab_traces[X_ones.shape[-2]], X_ones).logits
        weights = None if self.weights is None else self.weights[..., first:]
        return evaluate(self.network.loss, self.logits, self.targets[..., first:, :], self.m - first, weights)

    def full_gradient_norms(self) -> Array:
        """Norm of each layer's gradient over all training examples: (L,) or (R, L)."""
        trace = forward(self.params, self.everything[..., : self.m, :-1], self.network)
        weights = None if self.weights is None else self.weights[..., : self.m]
        return backward(self.params, trace, self.targets[..., : self.m, :], weights=weights).layer_norms()


def orders_of(seed: int, block: int, m: int) -> npt.NDArray[np.intp]:
    """The orders of m training examples in the epochs of ``block``, (ORDERS_AT_ONCE, m)."""
    in_order = np.broadcast_to(np.arange(m), (ORDERS_AT_ONCE, m))
    return np.random.default_rng([seed, SHUFFLE, block]).permuted(in_order, axis=1)


def clipping(gradient: Array, longest: float | Array, scaled: Array | None = None) -> Array:
    """What ``gradient`` (P,) or (R, P) is multiplied by to be no longer than ``longest``: (1,) or (R, 1).

    ``scaled`` is for notes. The norm is taken of the gradient over its largest number, because its square may be
    infinite.
    """
    scaled = np.empty_like(gradient) if scaled is None else scaled
    largest = np.abs(gradient, out=scaled).max(axis=-1, keepdims=True)
    np.divide(gradient, np.where(largest > 0.0, largest, 1.0), out=scaled)
    length = largest * np.sqrt(np.vecdot(scaled, scaled))[..., None]
    return np.where(length > longest, longest / length, 1.0)


def _inverse(size: float | Array) -> float | Array:
    """1 / size; 0 for a batch whose examples all weigh nothing."""
    if isinstance(size, np.ndarray):
        return np.where(size > 0.0, 1.0 / np.where(size > 0.0, size, 1.0), 0.0)
    return 1.0 / size
