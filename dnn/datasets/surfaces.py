"""Surfaces over a square: what a network is to predict is a number, the height at a point."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array, Task
from dnn.data.dataset import Dataset, Sample
from dnn.random_streams import DATA


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
        """Regression."""
        return "regression"

    @abstractmethod
    def height(self, X: Array) -> Array:
        """Return the height without noise at points (m, 2): (m,)."""

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


class Sine(Surface):
    """Waves along both axes: smooth, but full of turns, and a few units are too few."""

    kind: Literal["sine"] = "sine"
    label: ClassVar[str] = "Waves (regression)"

    waves: float = Field(1.0, ge=0.25, le=3.0, description="Waves across the square", json_schema_extra={"step": 0.25})

    def height(self, X: Array) -> Array:
        return np.asarray(np.sin(np.pi * self.waves * X).mean(axis=1))


class Saddle(Surface):
    """Up along one diagonal and down along the other: the product of the inputs, which no sum of them is."""

    kind: Literal["saddle"] = "saddle"
    label: ClassVar[str] = "Saddle (regression)"

    def height(self, X: Array) -> Array:
        return np.asarray(X[:, 0] * X[:, 1])
