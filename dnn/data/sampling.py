"""Which rows there are, in which order and with which labels, before the network sees any: pure functions of arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dnn.components import Array

Places = npt.NDArray[np.intp]  # rows by number


def unbalanced(y: Array, balance: float, classes: int) -> Places:
    """All rows, in their order, but of the last class only the first ``balance`` of them, one at least."""
    last = np.flatnonzero(y == classes - 1)
    dropped = last[max(1, round(balance * len(last))) :]
    return np.setdiff1d(np.arange(len(y)), dropped)


def drawn_unbalanced(y: Array, balance: float, classes: int, samples: int) -> Places:
    """So many rows, in their order: of the last class ``balance`` times as many as of each other one.

    What a class has too few of is made up for by the others, and by the last one at the very end.
    """
    last = max(1, round(samples * balance / (classes - 1 + balance)))
    rank = np.empty(len(y))  # the how-manieth of its class a row is
    for label in range(classes):
        rows = np.flatnonzero(y == label)
        rank[rows] = np.arange(len(rows))
    is_last = y == classes - 1
    kept = np.flatnonzero(is_last & (rank < last))
    others = np.flatnonzero(~is_last)
    others = others[np.argsort(rank[others], kind="stable")]  # the first of every class, then the second
    kept = np.concatenate([kept, others[: samples - len(kept)]])
    spare = np.flatnonzero(is_last & (rank >= last))
    return np.sort(np.concatenate([kept, spare[: samples - len(kept)]]))


def mislabelled(y: Array, share: float, classes: int, rng: np.random.Generator) -> Array:
    """``y`` (m,) with so large a share of another class each, drawn at random; those of a smaller share among them."""
    turn, other = rng.random(len(y)).argsort(), rng.integers(1, classes, len(y))
    wrong = turn[: round(share * len(y))]
    labels = y.copy()
    labels[wrong] = (labels[wrong] + other[wrong]) % classes
    return labels


def by_content(points: Array, key: int, n_train: int) -> tuple[npt.NDArray[np.intp], int]:
    """An order in which the place of a row depends on its numbers and ``key``, and how many of the first train.

    Rows are mixed by the steps of SplitMix64 (Steele, Lea and Flood, 2014); equal rows have one number, and where they
    would be parted all of them train. Where that would leave no row to test, but ``n_train`` does, those of other
    numbers are tested that come nearest to what was asked for, if there are any.
    """
    mixed = np.full(len(points), key, np.uint64)
    for column in np.ascontiguousarray(points.T + 0.0).view(np.uint64):
        mixed = (mixed ^ column) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    after = int(np.searchsorted(ordered, ordered[n_train - 1], side="right"))
    if after < len(points) or n_train == len(points) or ordered[0] == ordered[-1]:
        return order, after
    tested = _nearest(ordered, len(points) - n_train)
    return np.concatenate([order[~tested], order[tested]]), int((~tested).sum())


def _nearest(ordered: npt.NDArray[np.uint64], wanted: int) -> npt.NDArray[np.bool]:
    """Which rows to test of those that belong together where ``ordered`` has equal numbers, the last with too many.

    The one group, or the groups before the last, whose size is nearest to ``wanted``.
    """
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ends = np.r_[starts[1:], len(ordered)]
    spans = [*zip(starts, ends, strict=True), *((start, ends[-2]) for start in starts[:-1])]
    start, end = min(spans, key=lambda span: abs(span[1] - span[0] - wanted))
    places = np.arange(len(ordered))
    tested: npt.NDArray[np.bool] = (places >= start) & (places < end)
    return tested
