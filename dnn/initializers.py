"""Where learning starts: the weights and biases before the first update.

All equal, and all units of a layer stay equal for ever; too large, and units saturate or explode; too small, and a
deep network's signal dies out. LeCun, Xavier and He choose the spread so that signals keep their size from layer to
layer. Biases need no variety once the weights differ: zero is the usual start.

``draw(rng, n_in, n_out)`` returns W of shape (n_in, n_out). Random numbers are drawn unit by unit, in the order
of the tutorials' (n_out, n_in) matrix. So the same generator state reproduces their published starting weights. Adding
one is a class here and a line in ``INITIALIZERS``, and one in ``BIAS_INITIALIZERS`` if its spread suits biases.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field, SerializeAsAny

from dnn.components import Array, Component, choose_from
from dnn.params import Params

Generator = np.random.Generator | np.random.RandomState


class Initializer(Component):
    """A rule for the weights of one layer. Some also suit its biases, ``draw(rng, 1, n_out)[0]``."""

    @abstractmethod
    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        """Return W of shape (n_in, n_out)."""


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


class Constant(Initializer):
    """Every number the same: for weights no better than zeros. Biases just above zero keep ReLU units active."""

    kind: Literal["constant"] = "constant"
    label: ClassVar[str] = "Constant"
    formula: ClassVar[str] = r"W = c"

    value: float = Field(0.1, ge=-10.0, le=10.0, description="the number c", json_schema_extra={"step": 0.1})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return np.full((n_in, n_out), self.value)


class Normal(Initializer):
    """Normal numbers of one spread for every layer, as the first tutorials do (0.01 small, 1 unscaled)."""

    kind: Literal["normal"] = "normal"
    label: ClassVar[str] = "Normal"
    formula: ClassVar[str] = r"W \sim \sigma\,\mathcal{N}(0, 1)"

    scale: float = Field(0.01, ge=0.0, le=100.0, description="standard deviation σ", json_schema_extra={"step": 0.01})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, self.scale)


class Uniform(Initializer):
    """All numbers from -s to s are equally likely. TensorFlow Playground starts with s = ½."""

    kind: Literal["uniform"] = "uniform"
    label: ClassVar[str] = "Uniform"
    formula: ClassVar[str] = r"W \sim \mathcal{U}(-s, s)"

    scale: float = Field(0.5, ge=0.0, le=100.0, description="largest size s", json_schema_extra={"step": 0.1})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _uniform(rng, n_in, n_out, self.scale)


class HeNormal(Initializer):
    """Spread √(2/n_in): keeps the size of signals through ReLU layers. Source: He et al. 2015."""

    kind: Literal["he_normal"] = "he_normal"
    label: ClassVar[str] = "He (normal)"
    formula: ClassVar[str] = r"W \sim \mathcal{N}(0, 1)\sqrt{2 / n_{in}}"
    source: ClassVar[str] = "He, Zhang, Ren and Sun 2015, Delving deep into rectifiers"

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, np.sqrt(2.0 / n_in))


class HeUniform(Initializer):
    """Spread √(2/n_in) from a uniform distribution. Source: He et al. 2015."""

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
    """Spread √(2/(n_in+n_out)) from a uniform distribution: the default. Source: Glorot and Bengio 2010."""

    kind: Literal["glorot_uniform"] = "glorot_uniform"
    label: ClassVar[str] = "Xavier / Glorot (uniform)"
    formula: ClassVar[str] = r"W \sim \mathcal{U}(-r, r),\; r = \sqrt{6 / (n_{in} + n_{out})}"
    source: ClassVar[str] = GlorotNormal.source

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _uniform(rng, n_in, n_out, np.sqrt(6.0 / (n_in + n_out)))


class LeCunNormal(Initializer):
    """Spread √(1/n_in): a unit's z is as large as its inputs; SELU is made for it. Source: LeCun et al. 1998."""

    kind: Literal["lecun_normal"] = "lecun_normal"
    label: ClassVar[str] = "LeCun (normal)"
    formula: ClassVar[str] = r"W \sim \mathcal{N}(0, 1)\sqrt{1 / n_{in}}"
    source: ClassVar[str] = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp"

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return _normal(rng, n_in, n_out, np.sqrt(1.0 / n_in))


class Orthogonal(Initializer):
    """A random rotation times a gain: a square layer turns signals and gradients but changes no length.

    In other layers the rows or the columns, whichever are fewer, are at right angles. It is the Q of a normal matrix's
    QR decomposition; with R's diagonal made positive every rotation is equally likely. Source: Saxe et al. 2014.
    """

    kind: Literal["orthogonal"] = "orthogonal"
    label: ClassVar[str] = "Orthogonal"
    formula: ClassVar[str] = r"W = g\,Q,\; Q^{\top} Q = I \text{ or } Q Q^{\top} = I"
    source: ClassVar[str] = "Saxe, McClelland and Ganguli 2014, Exact solutions to the nonlinear dynamics of learning"

    gain: float = Field(1.0, ge=0.0, le=10.0, description="gain g", json_schema_extra={"step": 0.1})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        W = _normal(rng, n_in, n_out, 1.0)
        Q, R = np.linalg.qr(W if n_in >= n_out else W.T)  # (more, fewer), (fewer, fewer)
        Q *= self.gain * np.where(np.diag(R) < 0, -1.0, 1.0)
        return Q if n_in >= n_out else Q.T


INITIALIZERS: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "constant": Constant,
    "normal": Normal,
    "uniform": Uniform,
    "he_normal": HeNormal,
    "he_uniform": HeUniform,
    "glorot_normal": GlorotNormal,
    "glorot_uniform": GlorotUniform,
    "lecun_normal": LeCunNormal,
    "orthogonal": Orthogonal,
}

BIAS_INITIALIZERS: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "constant": Constant,
    "normal": Normal,
    "uniform": Uniform,
}

AnyInitializer = Annotated[SerializeAsAny[Initializer], choose_from(INITIALIZERS, "initialiser")]
AnyBiasInitializer = Annotated[SerializeAsAny[Initializer], choose_from(BIAS_INITIALIZERS, "bias initialiser")]


def init_params(
    sizes: Sequence[int],
    initializer: Initializer | None = None,
    rng: Generator | int | None = 0,
    dtype: npt.DTypeLike = np.float64,
    bias: Initializer | None = None,
) -> Params:
    """Starting weights for layer ``sizes`` (n_in, …, n_out): W drawn by ``initializer`` layer by layer, b by ``bias``.

    ``rng`` is a seed or a generator. W is drawn by ``GlorotUniform()`` by default, b is zero.
    """
    rng = rng if isinstance(rng, Generator) else np.random.default_rng(rng)
    initializer = GlorotUniform() if initializer is None else initializer
    params, start = Params.empty(sizes, dtype), 0
    for n_in, n_out in pairwise(params.sizes):  # slices of the vector: thousands of runs need no views of layers yet
        biases = start + n_in * n_out
        params.vector[start:biases] = initializer.draw(rng, n_in, n_out).ravel()
        start = biases + n_out
        if bias is not None:
            params.vector[biases:start] = bias.draw(rng, 1, n_out)[0]
    return params
