"""The buffers of a training loop, and one epoch of it: after the first epoch nothing large is allocated again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.data import Data
from dnn.experiment import SHUFFLE
from dnn.kinds import Array
from dnn.metrics import evaluate
from dnn.network import Gradients, Network, Trace, backward, forward, with_ones
from dnn.optimizers import Optimizer, State
from dnn.params import Params

SLAB = 512  # examples evaluated at once: few enough that their activations stay in the processor's cache
ORDERS_AT_ONCE = 16  # epochs whose orders come from one generator: making a generator costs more than a shuffle


class Workspace:
    """Arrays for training ``params`` on ``data`` in batches of ``batch_size``.

    For R runs in lockstep ``params.vector`` is (R, P), ``data`` and ``seeds`` have R entries, and every array below has
    a leading runs axis.
    """

    def __init__(
        self, params: Params, network: Network, data: Sequence[Data], batch_size: int, seeds: Sequence[int]
    ) -> None:
        self.params, self.network, self.seeds = params.copy(), network, tuple(seeds)
        self.before = np.empty_like(params.vector)  # the parameters before the epoch, to go back to
        self.m = data[0].n_train
        self.batch_size = min(batch_size, self.m)
        lead, dtype = params.vector.shape[:-1], params.vector.dtype

        def stacked(arrays: Sequence[Array]) -> Array:
            return np.stack(arrays).reshape(*lead, *arrays[0].shape).astype(dtype)

        self.everything = with_ones(stacked([d.X for d in data]))
        self.targets = stacked([d.y for d in data])
        self.logits = np.empty_like(self.targets)
        total = self.everything.shape[-2]
        self.slabs = [(..., slice(start, start + SLAB), slice(None)) for start in range(0, total, SLAB)]
        lengths = {self.everything[slab].shape[-2] for slab in self.slabs}
        self.slab_traces = {n: Trace(self.params, self.everything[..., :n, :], network) for n in lengths}
        # Columns of all runs' training examples side by side, X with its ones and y: one take() puts each run into its
        # own order. ``shuffled`` holds them so, (columns, m) or (columns, R, m).
        rows = [np.hstack([with_ones(d.X_train), d.y_train]) for d in data]
        self.columns = np.concatenate(rows).astype(dtype).T.copy()
        self.shuffled = self.columns.reshape(-1, *lead, self.m).copy()
        self.orders = np.empty((len(data), ORDERS_AT_ONCE, self.m), np.intp)
        self.block = -1
        self.step = np.empty_like(params.vector)
        self.penalty = np.empty_like(params.vector)
        self.weights_only = params.weight_mask()
        self._lend_batches()

    def _lend_batches(self) -> None:
        examples = np.moveaxis(self.shuffled, 0, -1)
        X1, y = np.split(examples, [self.params.sizes[0] + 1], axis=-1)
        lengths = {self.batch_size, self.m % self.batch_size or self.batch_size}
        traces = {n: Trace(self.params, X1[..., :n, :], self.network) for n in lengths}
        gradients = {n: Gradients(trace) for n, trace in traces.items()}
        self.batches = []
        for start in range(0, self.m, self.batch_size):
            rows = (..., slice(start, start + self.batch_size), slice(None))
            length = X1[rows].shape[-2]
            self.batches.append((X1[rows], y[rows], traces[length], gradients[length]))
        self.gradients = self.batches[-1][-1]

    def shuffle(self, epoch: int) -> None:
        """Put the training examples into the order of ``epoch``. A full batch keeps the data's own order."""
        if self.batch_size == self.m:
            return
        block, place = divmod(epoch, ORDERS_AT_ONCE)
        if block != self.block:
            for run, (orders, seed) in enumerate(zip(self.orders, self.seeds, strict=True)):
                orders[:] = np.arange(self.m)
                np.random.default_rng([seed, SHUFFLE, block]).permuted(orders, axis=1, out=orders)
                orders += run * self.m
            self.block = block
        order = self.orders[:, place].reshape(self.shuffled.shape[1:])
        np.take(self.columns, order, axis=1, out=self.shuffled, mode="clip")  # "raise" would go through a buffer

    def train_epoch(
        self, epoch: int, optimizer: Optimizer, state: State, learning_rate: float | Array, l2: float | Array
    ) -> State:
        """One pass over the training examples; changes ``params`` in place and gives the optimiser's next state."""
        self.before[...] = vector = self.params.vector
        self.shuffle(epoch)
        penalised = bool(np.any(l2))
        for X1, y, trace, gradients in self.batches:
            trace.propagate(X1)
            gradients.backpropagate(y)
            if penalised:  # d/dW of λ/(2m) ΣW², with m the examples in this batch
                np.multiply(vector, self.weights_only, out=self.penalty)
                np.multiply(self.penalty, l2 / X1.shape[-2], out=self.penalty)
                np.add(gradients.vector, self.penalty, out=gradients.vector)
            step, state = optimizer.update(gradients.vector, state, learning_rate, self.step)
            np.add(vector, step, vector)
        return state

    def evaluate(self) -> list[Array]:
        """Train cost, test cost, train accuracy and test accuracy of the parameters: scalars, or (R,) each."""
        for slab in self.slabs:
            X1 = self.everything[slab]
            self.logits[slab] = self.slab_traces[X1.shape[-2]].propagate(X1).logits
        return evaluate(self.network.loss, self.logits, self.targets, self.m)

    def full_gradient_norms(self) -> Array:
        """Norm of each layer's gradient over all training examples: (L,) or (R, L)."""
        trace = forward(self.params, self.everything[..., : self.m, :-1], self.network)
        return backward(self.params, trace, self.targets[..., : self.m, :]).layer_norms()
