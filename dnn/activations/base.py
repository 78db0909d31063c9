"""The base class of activations: a function and its slope."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import numpy as np

from dnn.components import Array, Component


class Activation(Component):
    """A function applied to every unit's z. ``bounds`` are the limits of its values, infinite if it has none."""

    slope_formula: ClassVar[str] = ""  # LaTeX; a is g(z)
    bounds: ClassVar[tuple[float, float]] = (-np.inf, np.inf)
    kinks: ClassVar[tuple[float, ...]] = ()  # where the slope may jump; a numeric gradient is wrong across them

    @abstractmethod
    def value(self, z: Array, out: Array | None = None) -> Array:
        """a = g(z), shaped like ``z``."""

    @abstractmethod
    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        """g'(z), shaped like ``z``; ``a`` is ``value(z)``, which most slopes can be written in."""
