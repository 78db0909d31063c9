"""The mean cost of an epoch's batches, each with penalties and before its update, as in scikit-learn's loss curve.

The losses of many batches are computed at once after the epoch: for small batches this saves most of the calls.
"""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.losses import Loss
from dnn.params import column_major
from dnn.training.batches import Batches
from dnn.training.evaluation import TEMPORARIES
from dnn.training.hyperparameters import Hyperparameters


class BatchCosts:
    """Keeps the logits of an epoch's batches, and the penalties before each update.

    ``penalties`` are (batches, 2, 1), or (batches, 2, R, 1) for R runs in lockstep: those of L1, and those of L2.
    """

    def __init__(self, batches: Batches, loss: Loss, weights_only: Array) -> None:
        """``weights_only`` (P,) is 1 where the parameters hold a weight, and 0 where they hold a bias."""
        self.batches, self.loss, self.weights_only = batches, loss, weights_only
        logits = batches.items[0].trace.logits
        lead, outputs = logits.shape[:-2], logits.shape[-1]
        self.logits = column_major(*lead, batches.m, outputs, dtype=logits.dtype)
        starts = range(0, batches.m, batches.size)
        self.of_batches = [self.logits[..., start : start + batches.size, :] for start in starts]
        # Losses make a few arrays like the logits: together they should be no larger than two like the parameters.
        largest = min(TEMPORARIES, batches.gradients.vector.nbytes // 2)
        # NumPy sums over the classes of a single example in another order than over those of several.
        self.at_once = max(1, largest // logits.nbytes) if batches.size > 1 else 1
        self.penalties = np.zeros((len(starts), 2, *lead, 1), logits.dtype)
        self.begin(0)

    def begin(self, batch: int) -> None:
        """Begin an epoch, or what is left of it from number ``batch`` on."""
        self.first = self.last = batch
        self.weight: float | Array = 0.0

    def add(self, logits: Array, size: float | Array, vector: Array, hyperparameters: Hyperparameters) -> None:
        """Keep the next batch's ``logits`` and penalties at parameters ``vector``; its weights sum up to ``size``."""
        self.of_batches[self.last][...] = logits
        penalties = self.penalties[self.last]
        penalties[...] = 0.0
        if hyperparameters.has_l1 or hyperparameters.has_l2:
            W = vector * self.weights_only
            if hyperparameters.has_l1:
                penalties[0] = hyperparameters.l1 * np.abs(W).sum(axis=-1, keepdims=True)  # λ₁ Σ|W|
            if hyperparameters.has_l2:
                penalties[1] = 0.5 * hyperparameters.l2 * np.vecdot(W, W)[..., None]  # λ₂/2 ΣW²
        self.last += 1
        self.weight = self.weight + size

    def mean(self) -> Array:
        """The mean over the examples of the batches since ``begin``, (R,)."""
        penalties = self.penalties[self.first : self.last]
        costs = self._totals() + penalties[:, 0] + penalties[:, 1]
        return np.reshape(costs.cumsum(axis=0)[-1] / self.weight, -1)  # batch by batch; sum() has another order

    def _totals(self) -> Array:
        """The sum of the losses of each batch, (batches, 1) or (batches, R, 1)."""
        size, m = self.batches.size, self.batches.m
        totals = np.empty((self.last - self.first, *self.penalties.shape[2:]), self.penalties.dtype)
        full = min(self.last, m // size)  # a smaller batch at the end goes alone
        for start in range(self.first, full, self.at_once):
            stop = min(start + self.at_once, full)
            losses = self._losses(slice(start * size, stop * size))
            sums = losses.reshape(*losses.shape[:-1], stop - start, size).sum(axis=-1)
            totals[start - self.first : stop - self.first, ..., 0] = np.moveaxis(sums, -1, 0)
        if full < self.last:
            totals[-1, ..., 0] = self._losses(slice(full * size, m)).sum(axis=-1)
        return totals

    def _losses(self, rows: slice) -> Array:
        """The loss of some examples times their weights, (rows,) or (R, rows)."""
        losses = self.loss.per_example(self.logits[..., rows, :], self.batches.y[..., rows, :])
        weights = self.batches.weights
        return losses if weights is None else losses * weights[..., rows, 0]
