"""The range of each input, so that its map has the same colours wherever the plane is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dnn.components import Array


@dataclass(frozen=True, eq=False)
class Spread:
    """Of each input its ``centre`` (n,), 0 where it lies among the values, and the ``reach`` (n,) to the farthest."""

    centre: Array
    reach: Array

    @classmethod
    def of(cls, X: Array) -> Spread:
        """Of the columns of ``X`` (m, n)."""
        low, high = X.min(axis=0), X.max(axis=0)
        centre = np.where((low <= 0.0) & (high >= 0.0), 0.0, (low + high) / 2)
        return cls(centre, np.maximum(np.maximum(high - centre, centre - low), 1e-9))

    def scaled(self, X: Array) -> Array:
        """``X`` (k, n) from -1 to 1: an input that is held in its middle is 0, whatever its unit."""
        scaled: Array = np.clip((X - self.centre) / self.reach, -1.0, 1.0)
        return scaled
