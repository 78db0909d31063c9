"""Toy data in the plane, made by scikit-learn's generators where it has one: the same points for the same seed.

Every kind is a frozen value; ``sample(samples, seed)`` gives X (samples, 2) and y (samples,): class numbers, each class
as often as can be, or for a surface the heights. ``noise`` is a standard deviation in the units of the axes; the shapes
are 2 to 3 wide. Adding one is a class here and a line in ``DATASETS``.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.experiment import DATA, Dataset
from dnn.kinds import Array, Task

Sample = tuple[Array, Array]


class Noisy(Dataset):
    """A data set with Gaussian noise on every coordinate."""

    noise: float = Field(
        0.15, ge=0.0, le=1.0, description="Standard deviation of the noise", json_schema_extra={"step": 0.01}
    )

    def _jitter(self, X: Array, seed: int) -> Array:
        return X + self.noise * np.random.default_rng([seed, DATA, 1]).standard_normal(X.shape)


class Moons(Noisy):
    """Two interleaved half circles: a line cannot part them, a bend can."""

    kind: Literal["moons"] = "moons"
    label: ClassVar[str] = "Moons"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_moons

        return _sample(make_moons(samples, noise=self.noise, random_state=seed))


class Circles(Noisy):
    """A ring around a disc: the boundary must close."""

    kind: Literal["circles"] = "circles"
    label: ClassVar[str] = "Circles"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_circles

        return _sample(make_circles(samples, noise=self.noise, factor=0.4, random_state=seed))


class Blobs(Noisy):
    """Round clouds: between two of them a single straight line is enough, and several show what softmax does."""

    kind: Literal["blobs"] = "blobs"
    label: ClassVar[str] = "Blobs"

    classes: int = Field(2, ge=2, le=6, description="Number of clouds, a class each", json_schema_extra={"step": 1})

    @property
    def task(self) -> Task:
        """Two classes, or more."""
        return "binary" if self.classes == 2 else "multiclass"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_blobs

        angle = 2 * np.pi * np.arange(self.classes) / self.classes
        around = np.column_stack([np.sin(angle), np.cos(angle)])
        centers = np.array([[-0.7, -0.5], [0.7, 0.5]]) if self.classes == 2 else around
        return _sample(make_blobs(samples, centers=centers, cluster_std=0.1 + self.noise, random_state=seed))


class XOR(Noisy):
    """Four squares, opposite ones alike: neither input says anything alone."""

    kind: Literal["xor"] = "xor"
    label: ClassVar[str] = "XOR"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        quadrant = rng.permutation(np.arange(samples) % 4)
        signs = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[quadrant]
        return self._jitter(signs * rng.uniform(0.05, 1.0, (samples, 2)), seed), quadrant % 2


class Spiral(Noisy):
    """Two arms wound into each other: hard with two inputs, and what depth is for."""

    kind: Literal["spiral"] = "spiral"
    label: ClassVar[str] = "Spiral"

    turns: float = Field(1.5, ge=0.25, le=3.0, description="Turns of each arm", json_schema_extra={"step": 0.25})

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        arm = rng.permutation(np.arange(samples) % 2)
        radius = np.sqrt(rng.uniform(0.01, 1.0, samples))  # even density along the arms
        angle = 2 * np.pi * self.turns * radius + np.pi * arm
        X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        return X + 0.3 * (self._jitter(X, seed) - X), arm  # the arms lie close: a third of the noise


class Surface(Dataset):
    """Points all over a square, and a height for each: what a network is to predict is a number."""

    noise: float = Field(
        0.05,
        ge=0.0,
        le=1.0,
        description="Standard deviation of the noise on the heights",
        json_schema_extra={"step": 0.01},
    )

    @property
    def task(self) -> Task:
        """Numbers."""
        return "regression"

    @abstractmethod
    def height(self, X: Array) -> Array:
        """The height without noise over points (m, 2): (m,)."""

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        X = rng.uniform(-1.0, 1.0, (samples, 2))
        return X, self.height(X) + self.noise * rng.standard_normal(samples)


class Plane(Surface):
    """A slope: linear regression is enough."""

    kind: Literal["plane"] = "plane"
    label: ClassVar[str] = "Plane (regression)"

    def height(self, X: Array) -> Array:
        return np.asarray(X.mean(axis=1))


class Bumps(Surface):
    """A hill and a valley, which no plane can follow."""

    kind: Literal["bumps"] = "bumps"
    label: ClassVar[str] = "Hill and valley (regression)"

    def height(self, X: Array) -> Array:
        hill, valley = (np.exp(-4.0 * ((X - top) ** 2).sum(axis=1)) for top in (0.45, -0.45))
        return np.asarray(hill - valley)


def _sample(made: tuple[Any, ...]) -> Sample:
    X, y = made[:2]
    return np.asarray(X, np.float64), np.asarray(y, np.int64)


DATASETS: dict[str, type[Dataset]] = {
    "moons": Moons,
    "circles": Circles,
    "blobs": Blobs,
    "xor": XOR,
    "spiral": Spiral,
    "plane": Plane,
    "bumps": Bumps,
}
Dataset.known.update(DATASETS)
