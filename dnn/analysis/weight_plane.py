"""A plane through the space of all weights and biases, spanned by two directions.

Principal components are the directions in which a path spreads most. Random directions are scaled to the weights of
each unit, because a step of the same length means much to small weights and little to large ones (Li et al. 2018,
Visualizing the loss landscape of neural nets: a "filter" is here the incoming weights of one unit).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dnn.components import Array
from dnn.params import Params


@dataclass(frozen=True, eq=False)
class WeightPlane:
    """The points ``center`` + a ``directions[0]`` + b ``directions[1]``; center is (P,), directions are (2, P).

    (a, b) is called a place.
    """

    center: Array
    directions: Array

    def points(self, places: Array) -> Array:
        """The parameter vectors (k, P) at ``places`` (k, 2)."""
        found: Array = self.center + places @ self.directions
        return found

    def places(self, vectors: Array) -> Array:
        """The places (k, 2) of the plane that lie nearest to ``vectors`` (k, P)."""
        return self._coordinates(vectors - self.center)

    def distances(self, vectors: Array) -> Array:
        """The Euclidean distance (k,) of ``vectors`` (k, P) from the plane."""
        distances: Array = np.linalg.norm(vectors - self.points(self.places(vectors)), axis=1)
        return distances

    def share(self, vectors: Array) -> float:
        """The share, from 0 to 1, of the variance of ``vectors`` (k, P) that lies in the plane; NaN without any.

        The variance is the mean squared distance from the mean.
        """
        offsets = vectors - vectors.mean(axis=0)
        scale = np.abs(offsets).max()  # squares of large numbers may be infinite
        if scale == 0.0:
            return float("nan")
        offsets /= scale
        inside = self._coordinates(offsets) @ self.directions
        return float(np.sum(inside**2) / np.sum(offsets**2))

    def turned_like(self, other: WeightPlane) -> WeightPlane:
        """The same plane with those directions reversed that point away from the directions of ``other``."""
        along = np.sum(self.directions * other.directions, axis=1)
        return WeightPlane(self.center, self.directions * np.where(along < 0.0, -1.0, 1.0)[:, None])

    def _coordinates(self, offsets: Array) -> Array:
        """The places (k, 2) nearest to ``offsets`` (k, P) from the centre: least squares."""
        found: Array = np.linalg.lstsq(self.directions.T, offsets.T)[0].T
        return found


def principal_components(vectors: Array) -> tuple[Array, Array]:
    """The first two principal components of ``vectors`` (k, P), (r, P), and their shares of the variance, (r,).

    r is less than 2 where the vectors do not spread in two directions. The components have length 1, and point away
    from the first vector, towards the last one.
    """
    offsets = vectors - vectors.mean(axis=0)
    scale = np.abs(offsets).max()
    if scale == 0.0:
        return offsets[:0], offsets[:0, 0]
    _, spread, components = np.linalg.svd(offsets / scale, full_matrices=False)
    rounded = max(spread[0], np.abs(vectors).max() / scale) * max(vectors.shape) * np.finfo(np.float64).eps
    rank = min(2, len(vectors) - 1, int(np.sum(spread > rounded)))
    shares = spread**2 / np.sum(spread**2)
    ways = components[:rank] @ (vectors[-1] - vectors[0])
    signs = np.where(ways < 0.0, -1.0, 1.0)
    return components[:rank] * signs[:, None], shares[:rank]


def random_direction(params: Params, rng: np.random.Generator, free: Array | None = None) -> Array:
    """A random direction (P,) with, for each unit, incoming weights as long as those of ``params``, and biases of 0.

    It is 0 where ``free`` (P,) is 0. Where all weights are 0, each unit gets incoming weights of length 1.
    """
    drawn = Params(params.sizes, rng.standard_normal(params.vector.size))
    if free is not None:
        drawn.vector *= free
    at_zero = not any(W.any() for W, _ in params)
    for (W, _), (dW, db) in zip(params, drawn, strict=True):
        length = np.ones(W.shape[1]) if at_zero else np.linalg.norm(W, axis=0)
        of_drawn = np.linalg.norm(dW, axis=0)
        dW *= length / np.where(of_drawn > 0.0, of_drawn, 1.0)
        db[...] = 0.0
    return drawn.vector
