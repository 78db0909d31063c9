"""Activations whose methods use something from outside: what may come along into a script, and what may not."""

from math import sqrt as root
from typing import ClassVar

import numpy as np
from scipy.special import expit

from dnn.activations import LeakyReLU, Sigmoid
from dnn.components import Array
from tests.new_components import GRID, Bump


class WithSciPy(Bump):
    """Its value is another package's."""

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.add(expit(z), 0.0, out)


class WithSuper(Bump):
    """It asks the class that it is made from."""

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.multiply(super().value(z), 2.0, out)


class WithItself(Bump):
    """It hands itself on."""

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.multiply(z, len(repr(self)), out)


class WithFields(Bump):
    """It asks pydantic for its numbers."""

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.multiply(z, self.model_dump()["steepness"], out)


def cost(z: Array) -> Array:
    """A name that every script has for something else."""
    return z * z


class WithCost(Bump):
    """It uses a helper whose name is taken."""

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.add(cost(z), 0.0, out)


class WithMuch(Bump):
    """It uses what may come along: components, their methods, a line of its module, functions of other names."""

    inner: ClassVar[LeakyReLU] = LeakyReLU(slope=0.2)
    shift: ClassVar[tuple[float, ...]] = (0.25,)

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.add(self.inner.value(_sigmoid(z)), self.shift[0] * GRID[1] + twice(root(0.25)), out)

    @property
    def _factor(self) -> float:
        return self.steepness

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.multiply(_sigmoid(z) * (1.0 - _sigmoid(z)), self._factor, out)


def _doubled(value: float) -> float:
    return 2.0 * value


_sigmoid, twice = Sigmoid().value, _doubled
