"""A run with fewer examples, for numbers that would take too long with all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.training.run import Run


def with_fewer_examples(run: Run, most: int) -> Run:
    """Return ``run`` with at most ``most`` training examples, evenly spaced, and the same share of the test examples.

    It is for measuring only: its history is that of all examples. ``run`` itself where it has no more than ``most``.
    """
    m = run.data.n_train
    if m <= most:
        return run
    tested = len(run.data.X) - m
    kept = -(-tested * most // m)  # rounded up: where there are test examples one is left
    rows = np.concatenate([_spaced(m, most), m + _spaced(tested, kept)])
    return replace(run, data=_only(run.data, rows, most))


def _spaced(count: int, kept: int) -> Array:
    places: Array = (np.arange(kept) * count // max(1, kept)).astype(np.intp)
    return places


def _only(data: Data, rows: Array, n_train: int) -> Data:
    """The examples in ``rows``, of which the first ``n_train`` train."""

    def part(values: Array | None) -> Array | None:
        return None if values is None else values[rows]

    order = None if data.order is None else data.order[rows]
    return replace(
        data,
        X=data.X[rows],
        y=data.y[rows],
        n_train=n_train,
        weights=part(data.weights),
        inputs=part(data.inputs),
        order=order,
    )
