"""Costs and accuracies of networks over all examples, many networks and few examples at a time: what fits the cache."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.network import Gradients, Network, Trace, backpropagate, normalized_weights, propagate
from dnn.params import Params, with_ones
from dnn.training.metrics import evaluate

EVAL_CHUNK = 512  # examples evaluated at once: few enough that their activations stay in the processor's cache
CACHE = 1 << 19  # bytes of activations that networks evaluated at once may take
TEMPORARIES = 1 << 16  # bytes of an array that is made on the way to a loss: larger ones cost a page fault each


class Evaluation:
    """Evaluates networks with layer ``sizes`` on the examples of ``data``: of R runs, or shared by all of them."""

    def __init__(self, sizes: Sequence[int], dtype: np.dtype, network: Network, data: Sequence[Data]) -> None:
        self.sizes, self.network, self.m, self.dtype = tuple(sizes), network, data[0].n_train, dtype
        self.n_validation = data[0].n_validation
        self.shared = all(each is data[0] for each in data)
        distinct = [data[0]] if self.shared else data

        def stacked(arrays: Sequence[Array]) -> Array:
            return (arrays[0] if self.shared else np.stack(arrays)).astype(dtype)

        self.X_ones = with_ones(stacked([d.X for d in distinct]))
        self.y = stacked([d.targets for d in distinct])
        self.cost_scale = np.array([d.cost_scale for d in distinct])  # (R,) or (1,); brings costs to the data's units
        weights = [d.weights for d in distinct if d.weights is not None]
        self.weights = stacked(weights) if weights else None
        self._traces: dict[tuple[int, ...], Trace] = {}

    @property
    def has_other_data(self) -> bool:
        """Whether there are examples that are not trained on, for validation or for testing."""
        return bool(self.m < self.y.shape[-2])

    @property
    def has_validation(self) -> bool:
        """Whether some of them are for validation."""
        return self.n_validation > 0

    def columns(self, vectors: Array, *, train: bool = True) -> Array:
        """Train cost, test cost, train accuracy and test accuracy of networks, (4, K, R).

        Validation cost and validation accuracy follow, (6, K, R), where there are examples for validation.
        ``vectors`` (K, R, P) are their parameters, those of run r in column r. Without ``train`` the training examples
        are left out. Numbers of what is left out, or not there, are NaN.
        """
        first = 0 if train else self.m
        found = np.full((6 if self.n_validation else 4, *vectors.shape[:2]), np.nan)
        if first == self.y.shape[-2]:
            return found
        flat = vectors.reshape(1, -1, vectors.shape[-1]) if self.shared else vectors
        filled = found.reshape(len(found), *flat.shape[:2])
        per_network = 16 * min(EVAL_CHUNK, self.y.shape[-2] - first) * sum(self.sizes[1:])
        at_once = max(1, CACHE // per_network)
        for row in range(len(flat)):
            for start in range(0, flat.shape[1], at_once):
                block = slice(start, start + at_once)
                filled[:, row, block] = self._evaluated(flat[row, block], first, block)
        found[:2] *= self.cost_scale
        if self.n_validation:
            found[4] *= self.cost_scale
        return found

    def of_logits(self, logits: Array) -> tuple[Array, Array]:
        """Train cost and train accuracy, (K, R) each, from training logits (K, R, m, outputs)."""
        y, weights = self.y[..., : self.m, :], None if self.weights is None else self.weights[..., : self.m]
        at_once = max(1, TEMPORARIES // (logits[0].size * logits.itemsize))
        found = np.empty((2, *logits.shape[:-2]), np.float64)
        for start in range(0, len(logits), at_once):
            block = slice(start, start + at_once)
            found[0, block], _, found[1, block], _ = evaluate(self.network.loss, logits[block], y, self.m, weights)
        return found[0] * self.cost_scale, found[1]

    def of_full_batch(self, vectors: Array) -> Array:
        """Train cost, train accuracy and the norm of each layer's gradient of networks ``vectors`` (R, P): (R, 2 + L).

        The gradient is that over all training examples.
        """
        m, runs = self.m, len(vectors)
        found = np.empty((runs, 1 + len(self.sizes)))
        at_once = max(1, CACHE // (16 * m * sum(self.sizes[1:])))
        gradients: Gradients | None = None
        for start in range(0, runs, at_once):
            block = slice(start, start + at_once)
            own = vectors[block] if runs > 1 else vectors[0]
            rows = ... if self.shared else block
            y, weights = self.y[rows][..., :m, :], None if self.weights is None else self.weights[rows][..., :m]
            X_ones = self.X_ones[rows][..., :m, :]
            if gradients is None or gradients.vector.shape != own.shape:
                gradients = Gradients(Trace(Params(self.sizes, np.empty_like(own)), X_ones, self.network))
            trace = gradients.trace
            trace.params.vector[...] = own
            propagate(trace, X_ones)
            logits = np.ascontiguousarray(trace.logits)  # in rows, as above
            cost, _, accuracy, _ = evaluate(self.network.loss, logits, y, m, weights)
            found[block, 0], found[block, 1] = cost, accuracy
            normalized = None if weights is None else normalized_weights(weights[..., None])
            found[block, 2:] = backpropagate(gradients, y, normalized).layer_norms()
        found[:, 0] *= self.cost_scale
        return found

    def _evaluated(self, vectors: Array, first: int, block: slice) -> list[Array]:
        """The numbers of some networks (N, P), of runs ``block`` unless the data are shared."""
        runs = slice(None) if self.shared else block
        X_ones, y, weights = self.X_ones, self.y, self.weights
        if not self.shared:
            X_ones, y, weights = X_ones[runs], y[runs], None if weights is None else weights[runs]
        total = y.shape[-2]
        logits = np.empty((len(vectors), total - first, self.sizes[-1]), self.dtype)  # in rows, as sums over classes go
        for start in range(first, total, EVAL_CHUNK):
            chunk = X_ones[..., start : start + EVAL_CHUNK, :]
            trace = self._trace(len(vectors), chunk)
            trace.params.vector[...] = vectors
            logits[:, start - first : start - first + chunk.shape[-2]] = propagate(trace, chunk).logits
        kept = None if weights is None else weights[..., first:]
        return evaluate(self.network.loss, logits, y[..., first:, :], self.m - first, kept, self.n_validation)

    def _trace(self, networks: int, X_ones: Array) -> Trace:
        key = networks, X_ones.shape[-2]
        if key not in self._traces:
            params = Params(self.sizes, np.empty((networks, Params.count(self.sizes)), self.dtype))
            self._traces[key] = Trace(params, X_ones, self.network)
        return self._traces[key]
