"""Epochs of training: forward, backward, penalties, clipping and the optimiser's step, for every batch.

After the first epoch nothing large is allocated again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy import add, multiply, vecdot

from dnn.components import Array
from dnn.data import Data
from dnn.network import Network, backpropagate, normalized_weights, propagate
from dnn.optimizers import State
from dnn.params import Params
from dnn.training.batch_costs import BatchCosts
from dnn.training.batches import Batches
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.record import Record


class Trainer:
    """Trains ``params``, a copy of those given, on ``data`` in batches of ``batch_size``.

    For R runs in lockstep ``params.vector`` is (R, P), and ``data`` and ``seeds`` have R entries. ``dropped`` are the
    hidden layers, counted from 0, that have dropout. With ``batch_costs`` the cost of each batch, penalties and all, is
    recorded before its update. ``frozen``, shaped like the vector, is 1 for numbers that stay as they are.
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
        self.params, self.network, self.batch_costs = params.copy(), network, batch_costs
        self.batches = Batches(self.params, network, data, batch_size, seeds, dropped)
        self.epoch_cost: Array = np.full(len(data), np.nan)  # the mean of the last epoch's batches
        self.step = np.empty_like(params.vector)
        self.penalty = np.empty_like(params.vector)
        self.weights_only = params.weight_mask()
        self.costs = BatchCosts(self.batches, network.loss, self.weights_only) if batch_costs else None
        self.free = None if frozen is None else (1.0 - frozen).astype(params.vector.dtype)
        # In a full batch without dropout the pass forward before an update is also the evaluation of the epoch before.
        self.evaluates = self.batches.full and not self.batches.dropped and not batch_costs
        self.propagated = False  # whether that pass was made for the parameters as they are now

    def load(self, vectors: Array) -> None:
        """Go on with other parameters, (P,) or (R, P)."""
        self.params.vector[...] = vectors
        self.propagated = False

    def train(
        self,
        epochs: range,
        hyperparameters: Hyperparameters,
        state: State,
        record: Record | None = None,
        batches: slice = slice(None),
    ) -> State:
        """Passes over the training examples; changes ``params`` in place and returns the optimiser's next state.

        ``record`` receives what the history needs of each epoch. ``batches`` are those of an epoch to train with.
        """
        vector, step, free, evaluates = self.params.vector, self.step, self.free, self.evaluates
        update, clips = hyperparameters.optimizer.update, hyperparameters.clips
        penalised = hyperparameters.has_l1 or hyperparameters.has_l2
        gradient, costs = self.batches.gradients.vector, self.costs
        for place, (epoch, rate) in enumerate(zip(epochs, hyperparameters.rates_of(epochs), strict=True)):
            self.batches.prepare(epoch, hyperparameters.dropout)
            if costs is not None:
                costs.begin(batches.start or 0)
            for X_ones, y, weights, masks, trace, gradients in self.batches.items[batches]:
                for masked, mask in masks:
                    masked.mask = mask
                if not evaluates:
                    propagate(trace, X_ones)
                else:
                    logits = self.propagate_full_batch()
                    self.propagated = False
                    if place and record is not None:
                        record.logits[place - 1] = logits
                if costs is not None or penalised:
                    size = X_ones.shape[-2] if weights is None else weights.sum(axis=-2)  # a number, or (1,) or (R, 1)
                if costs is not None:
                    costs.add(trace.logits, size, vector, hyperparameters)
                backpropagate(gradients, y, None if weights is None else normalized_weights(weights))
                if penalised:
                    self._penalise(gradients.vector, size, hyperparameters)
                if clips:
                    clip(gradients.vector, hyperparameters.clip_norm, self.penalty)
                _, state = update(gradients.vector, state, rate, params=vector, out=step)
                if free is not None:
                    multiply(step, free, step)
                add(vector, step, vector)  # W = W + step, b = b + step
            if costs is not None:
                self.epoch_cost = costs.mean()
            if record is not None:
                record.vectors[place] = vector
                record.gradients[place] = gradient
                record.batch_costs[place] = self.epoch_cost
        if evaluates and record is not None:
            record.logits[len(epochs) - 1] = self.propagate_full_batch()
        return state

    def train_epoch(self, epoch: int, hyperparameters: Hyperparameters, state: State) -> State:
        """One pass over the training examples."""
        return self.train(range(epoch, epoch + 1), hyperparameters, state)

    def propagate_full_batch(self) -> Array:
        """Logits of all training examples at the parameters as they are now; the next update needs them again."""
        batch = self.batches.items[0]
        if not self.propagated:
            propagate(batch.trace, batch.X_ones)
            self.propagated = True
        return batch.trace.logits

    def _penalise(self, gradient: Array, size: float | Array, hyperparameters: Hyperparameters) -> None:
        """Add d/dW of λ₁/m Σ|W| + λ₂/(2m) ΣW², with m the examples in this batch, or the sum of their weights."""
        vector, penalty = self.params.vector, self.penalty
        if hyperparameters.has_l1:
            np.sign(vector, out=penalty)
            multiply(penalty, hyperparameters.l1, penalty)  # λ₁ sign W
            if hyperparameters.has_l2:
                multiply(vector, hyperparameters.l2, self.step)
                add(penalty, self.step, penalty)  # λ₁ sign W + λ₂ W
        else:
            multiply(vector, hyperparameters.l2, penalty)  # λ₂ W
        multiply(penalty, self.weights_only, penalty)  # 0 for b
        multiply(penalty, _inverse(size), penalty)  # (λ₁ sign W + λ₂ W) / m
        add(gradient, penalty, gradient)


def clip(gradient: Array, longest: float | Array, scratch: Array) -> None:
    """Shorten ``gradient`` (P,) or (R, P) in place to the length ``longest`` where it is longer."""
    square = vecdot(gradient, gradient)
    if gradient.ndim == 1:
        if not square < 0.99 * longest * longest:  # else it is shorter for sure, whatever the rounding
            multiply(gradient, clipping(gradient, longest, scratch), gradient)
    elif not (square < 0.99 * np.square(np.ravel(longest))).all():
        multiply(gradient, clipping(gradient, longest, scratch), gradient)


def clipping(gradient: Array, longest: float | Array, scratch: Array | None = None) -> Array:
    """What ``gradient`` (P,) or (R, P) is multiplied by to be no longer than ``longest``: a number, or (R, 1).

    ``scratch``, shaped like the gradient, is overwritten. The norm is taken of the gradient over its largest number,
    because its square may be infinite.
    """
    scratch = np.empty_like(gradient) if scratch is None else scratch
    several = gradient.ndim > 1
    largest = np.abs(gradient, scratch).max(axis=-1, keepdims=several)
    divisor = np.where(largest > 0.0, largest, 1.0) if several else largest if largest > 0.0 else 1.0
    np.divide(gradient, divisor, scratch)
    length = largest * np.sqrt(vecdot(scratch, scratch).reshape(largest.shape))
    if not several:
        return longest / length if length > longest else np.ones_like(length)
    return np.where(length > longest, longest / length, 1.0)


def _inverse(size: float | Array) -> float | Array:
    """1 / size; 0 for a batch whose examples all weigh nothing."""
    if isinstance(size, np.ndarray):
        return np.where(size > 0.0, 1.0 / np.where(size > 0.0, size, 1.0), 0.0)
    return 1.0 / size
