"""Where learning starts: the weights before the first update.

All equal, and all units of a layer stay equal for ever; too large, and units saturate or explode; too small, and a
deep network's signal dies out. Xavier and He choose the spread so that signals keep their size from layer to layer.

``draw(rng, n_in, n_out)`` gives W of shape (n_in, n_out). Random numbers are drawn unit by unit, that is in the order
of the tutorials' (n_out, n_in) matrix, so their published starting weights come out of the same generator state.
Adding one is a class here and a line in ``INITIALIZERS``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, SerializeAsAny

from dnn.kinds import Array, Kind, chosen_from

Generator = np.random.Generator | np.random.RandomState


class Initializer(Kind):
    """A rule for the weights of one layer. Biases start at zero."""

    @abstractmethod
    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        """W of shape (n_in, n_out)."""


def _normal(rng: Generator, n_in: int, n_out: int, scale: float) -> Array:
    return scale * rng.standard_normal((n_out, n_in)).T


def _uniform(rng: Generator, n_in: int, n_out: int, limit: float) -> Array:
    return rng.uniform(-limit, limit, (n_out, n_in)).T


class Zeros(Initializer):
    """Every weight zero: all units of a layer compute the same and learn the same. A mistake worth seeing once."""

    kind: Literal["zeros"] = "zeros"
    label: ClassVar[str] = "Zeros"
    formula: ClassVar[str] = r"W = 0"

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return np.zeros((n_in, n_out))


class Normal(Initializer):
    """Normal numbers of one spread for every layer, as the first tutorials do (0.01 small, 1 unscaled)."""

    kind: Literal["normal"] = "normal"
    label: ClassVar[str] = "Normal"
    formula: ClassVar[str] = r"W \sim \sigma\,\mathcal{N}(0, 1)"

    scale: float = Field(0.01, ge=0.0, le=100.0, description="standard deviation σ", json_schema_extra={"step": 0.01})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, self.scale)


class HeNormal(Initializer):
    """Spread √(2/n_in): keeps the size of signals through ReLU layers. Source: He et al. 2015."""

    kind: Literal["he_normal"] = "he_normal"
    label: ClassVar[str] = "He (normal)"
    formula: ClassVar[str] = r"W \sim \mathcal{N}(0, 1)\sqrt{2 / n_{in}}"
    source: ClassVar[str] = "He, Zhang, Ren and Sun 2015, Delving deep into rectifiers"

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, np.sqrt(2.0 / n_in))


class HeUniform(Initializer):
    """He's spread from a uniform distribution. Source: He et al. 2015."""

    kind: Literal["he_uniform"] = "he_uniform"
    label: ClassVar[str] = "He (uniform)"
    formula: ClassVar[str] = r"W \sim \mathcal{U}(-r, r),\; r = \sqrt{6 / n_{in}}"
    source: ClassVar[str] = HeNormal.source

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _uniform(rng, n_in, n_out, np.sqrt(6.0 / n_in))


class GlorotNormal(Initializer):
    """Spread √(2/(n_in+n_out)), also called Xavier: for tanh and sigmoid. Source: Glorot and Bengio 2010."""

    kind: Literal["glorot_normal"] = "glorot_normal"
    label: ClassVar[str] = "Xavier / Glorot (normal)"
    formula: ClassVar[str] = r"W \sim \mathcal{N}(0, 1)\sqrt{2 / (n_{in} + n_{out})}"
    source: ClassVar[str] = "Glorot and Bengio 2010, Understanding the difficulty of training deep networks"

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, np.sqrt(2.0 / (n_in + n_out)))


class GlorotUniform(Initializer):
    """Xavier's spread from a uniform distribution: the default. Source: Glorot and Bengio 2010."""

    kind: Literal["glorot_uniform"] = "glorot_uniform"
    label: ClassVar[str] = "Xavier / Glorot (uniform)"
    formula: ClassVar[str] = r"W \sim \mathcal{U}(-r, r),\; r = \sqrt{6 / (n_{in} + n_{out})}"
    source: ClassVar[str] = GlorotNormal.source

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _uniform(rng, n_in, n_out, np.sqrt(6.0 / (n_in + n_out)))


INITIALIZERS: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "normal": Normal,
    "he_normal": HeNormal,
    "he_uniform": HeUniform,
    "glorot_normal": GlorotNormal,
    "glorot_uniform": GlorotUniform,
}

AnyInitializer = Annotated[SerializeAsAny[Initializer], chosen_from(INITIALIZERS, "initialiser")]
