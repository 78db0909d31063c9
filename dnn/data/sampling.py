"""Pure functions that select rows, order them and change labels before training."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dnn.components import Array

Places = npt.NDArray[np.intp]  # row numbers


def select_unbalanced(y: Array, balance: float, classes: int) -> Places:
    """Select all rows in order, but only the first share ``balance`` of the last class, at least one row."""
    last = np.flatnonzero(y == classes - 1)
    dropped = last[max(1, round(balance * len(last))) :]
    return np.setdiff1d(np.arange(len(y)), dropped)


def sample_unbalanced(y: Array, balance: float, classes: int, samples: int) -> Places:
    """Select ``samples`` rows in order: the last class gets ``balance`` times as many as each other class.

    If a class has too few rows, the other classes fill the gap, and finally the last class.
    """
    last = max(1, round(samples * balance / (classes - 1 + balance)))
    rank = np.empty(len(y))  # position of the row within its class
    for label in range(classes):
        rows = np.flatnonzero(y == label)
        rank[rows] = np.arange(len(rows))
    is_last = y == classes - 1
    selected = np.flatnonzero(is_last & (rank < last))
    others = np.flatnonzero(~is_last)
    others = others[np.argsort(rank[others], kind="stable")]  # the first of every class, then the second
    selected = np.concatenate([selected, others[: samples - len(selected)]])
    spare = np.flatnonzero(is_last & (rank >= last))
    return np.sort(np.concatenate([selected, spare[: samples - len(selected)]]))


def flip_labels(y: Array, share: float, classes: int, rng: np.random.Generator) -> Array:
    """Change a random ``share`` of the labels ``y`` (m,) to another class.

    A larger share changes the same rows and more.
    """
    order, shift = rng.random(len(y)).argsort(), rng.integers(1, classes, len(y))
    changed = order[: round(share * len(y))]
    labels = y.copy()
    labels[changed] = (labels[changed] + shift[changed]) % classes
    return labels


def stratified(labels: Array, count: int, rng: np.random.Generator) -> Places:
    """Select ``count`` rows at random, of every class in ``labels`` (m,) about the same share.

    A larger ``count`` with an equal ``rng`` selects the same rows and more. The row numbers are in ascending order.
    """
    shuffled = rng.permutation(len(labels))
    share = np.empty(len(labels))  # how much of its class is selected before the row
    for label in np.unique(labels):
        rows = shuffled[labels[shuffled] == label]
        share[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    return np.sort(shuffled[np.argsort(share[shuffled], kind="stable")[:count]])


def by_content(points: Array, key: int, n_train: int) -> tuple[npt.NDArray[np.intp], int]:
    """Return an order of rows that depends on their contents and ``key`` only, and the number of training rows.

    Rows are hashed by the steps of SplitMix64 (Steele, Lea and Flood, 2014). Equal rows have equal hashes and stay
    together: if the split would separate them, all of them train. If that leaves no test rows although ``n_train`` asks
    for some, the groups of equal rows whose size is nearest to the requested number are tested.
    """
    hashes = np.full(len(points), key, np.uint64)
    for column in np.ascontiguousarray(points.T + 0.0).view(np.uint64):
        hashes = (hashes ^ column) + np.uint64(0x9E3779B97F4A7C15)
        hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        hashes ^= hashes >> np.uint64(31)
    order = np.argsort(hashes, kind="stable")
    sorted_hashes = hashes[order]
    after = int(np.searchsorted(sorted_hashes, sorted_hashes[n_train - 1], side="right"))
    if after < len(points) or n_train == len(points) or sorted_hashes[0] == sorted_hashes[-1]:
        return order, after
    is_test = _nearest(sorted_hashes, len(points) - n_train)
    return np.concatenate([order[~is_test], order[is_test]]), int((~is_test).sum())


def _nearest(sorted_hashes: npt.NDArray[np.uint64], target_count: int) -> npt.NDArray[np.bool]:
    """Return a mask of the rows to test; rows with equal values in ``sorted_hashes`` stay together.

    Candidates are each single group, and each run of groups that ends before the last one; the size nearest to
    ``target_count`` is chosen.
    """
    starts = np.flatnonzero(np.r_[True, sorted_hashes[1:] != sorted_hashes[:-1]])
    ends = np.r_[starts[1:], len(sorted_hashes)]
    spans = [*zip(starts, ends, strict=True), *((start, ends[-2]) for start in starts[:-1])]
    start, end = min(spans, key=lambda span: abs(span[1] - span[0] - target_count))
    places = np.arange(len(sorted_hashes))
    is_test: npt.NDArray[np.bool] = (places >= start) & (places < end)
    return is_test
