"""The training examples of one epoch: put into the epoch's order, cut into batches, with dropout's masks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.data import Data
from dnn.dropout import Masked, draw_masks
from dnn.network import Gradients, Network, Trace
from dnn.params import Params, with_ones
from dnn.random_streams import DROPOUT, SHUFFLE, generator

ORDERS_PER_BLOCK = 16  # epochs whose orders come from one generator: making a generator costs more than a shuffle


class Batch(NamedTuple):
    """The examples of one update, as views into an epoch's, and the arrays they are trained in."""

    X_ones: Array
    y: Array
    weights: Array | None  # (m, 1)
    masks: tuple[tuple[Masked, Array], ...]  # where dropout's masks belong, and this batch's own
    trace: Trace
    gradients: Gradients


class Batches:
    """The batches of an epoch for ``params`` on ``data``, of ``batch_size`` examples and a smaller last one.

    For R networks in lockstep ``params.vector`` is (R, P), ``data`` and ``seeds`` have R entries, and the examples have
    a leading runs axis, unless all runs share their data and see all of them in each update. ``dropped`` are the hidden
    layers, counted from 0, that have dropout.
    """

    def __init__(
        self,
        params: Params,
        network: Network,
        data: Sequence[Data],
        batch_size: int,
        seeds: Sequence[int],
        dropped: Collection[int] = (),
    ) -> None:
        self.m = data[0].n_train
        self.size, self.dropped, self.seeds = min(batch_size, self.m), frozenset(dropped), tuple(seeds)
        lead, dtype = params.vector.shape[:-1], params.vector.dtype
        shared = all(each is data[0] for each in data)
        distinct = [data[0]] if shared else data
        self.full = self.size == self.m
        self.weighted = data[0].weights is not None
        # Columns of all runs' training examples side by side, X with its ones, weights and y: one take() puts each run
        # into its own order. ``shuffled`` holds them so, (columns, m) or (columns, R, m).
        rows = [np.hstack([with_ones(d.X_train), *_weights(d), d.targets[: d.n_train]]) for d in distinct]
        self.columns = np.concatenate(rows).astype(dtype).T.copy()
        if self.full:
            self.shuffled = self.columns.reshape(-1, *(() if shared else lead), self.m)
        else:
            self.shuffled = np.empty((len(self.columns), *lead, self.m), dtype)
        self.offsets = np.arange(len(data))[:, None] * (0 if shared else self.m)
        self.orders = np.empty((0 if self.full else len(data), ORDERS_PER_BLOCK, self.m), np.intp)
        self.block = -1
        self.masks = {layer: np.empty((len(data), params.sizes[layer + 1], self.m), dtype) for layer in sorted(dropped)}
        self._prepared: tuple[int, bytes] | None = None
        self.items = self._cut(params, network)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Batch]:
        return iter(self.items)

    def _cut(self, params: Params, network: Network) -> list[Batch]:
        examples = np.moveaxis(self.shuffled, 0, -1)
        inputs = params.sizes[0] + 1
        X_ones, weights, y = np.split(examples, [inputs, inputs + self.weighted], axis=-1)
        self.y, self.weights = y, weights if self.weighted else None  # of all examples, in the order of the epoch
        lengths = {self.size, self.m % self.size or self.size}
        traces = {n: Trace(params, X_ones[..., :n, :], network, self.dropped) for n in lengths}
        gradients = {n: Gradients(trace) for n, trace in traces.items()}
        lead = params.vector.shape[:-1]
        masks = {layer: mask.reshape(*lead, -1, self.m).mT for layer, mask in self.masks.items()}
        batches = []
        for start in range(0, self.m, self.size):
            rows = (..., slice(start, start + self.size), slice(None))
            n = X_ones[rows].shape[-2]
            trace = traces[n]
            own_masks = tuple((trace.masked[layer], mask[rows]) for layer, mask in masks.items())
            weight = weights[rows] if self.weighted else None
            batches.append(Batch(X_ones[rows], y[rows], weight, own_masks, trace, gradients[n]))
        return batches

    @property
    def gradients(self) -> Gradients:
        """Those of the epoch's last update."""
        return self.items[-1].gradients

    def prepare(self, epoch: int, dropout: Array) -> None:
        """Order and masks for ``epoch``; ``dropout`` (R, hidden layers) are the shares of units left out.

        They stay for all parts of an epoch that is trained part by part.
        """
        if self.full and not self.masks:
            return
        wanted = epoch, dropout.tobytes() if self.masks else b""
        if wanted != self._prepared:
            self.shuffle(epoch)
            if self.masks:
                self.draw_masks(epoch, dropout)
            self._prepared = wanted

    def shuffle(self, epoch: int) -> None:
        """Put the training examples into the order of ``epoch``. A full batch keeps the data's own order."""
        if self.full:
            return
        block, place = divmod(epoch, ORDERS_PER_BLOCK)
        if block != self.block:
            for orders, seed, offset in zip(self.orders, self.seeds, self.offsets, strict=True):
                np.add(orders_of(seed, block, self.m), offset, out=orders)
            self.block = block
        order = self.orders[:, place].reshape(self.shuffled.shape[1:])
        np.take(self.columns, order, axis=1, out=self.shuffled, mode="clip")  # "raise" would go through a buffer

    def draw_masks(self, epoch: int, dropout: Array) -> None:
        """Draw dropout's masks for all batches of ``epoch``; ``dropout`` (R, hidden layers) are left out."""
        for run, seed in enumerate(self.seeds):
            rng = generator(seed, DROPOUT, epoch)
            draw_masks(
                rng, [masks[run] for masks in self.masks.values()], [dropout[run, layer] for layer in self.masks]
            )


def orders_of(seed: int, block: int, m: int) -> npt.NDArray[np.intp]:
    """The orders of m training examples in the epochs of ``block``, (ORDERS_PER_BLOCK, m)."""
    in_order = np.broadcast_to(np.arange(m), (ORDERS_PER_BLOCK, m))
    return generator(seed, SHUFFLE, block).permuted(in_order, axis=1)


def _weights(data: Data) -> list[Array]:
    return [] if data.weights is None else [data.weights[: data.n_train, None]]
