"""More patterns in the plane, each to show one thing: many borders, rare classes, outliers, borders that close."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array, Task
from dnn.data.dataset import Dataset, Sample
from dnn.data.names import Names
from dnn.datasets.planar import Noisy
from dnn.random_streams import DATA


class Checkerboard(Noisy):
    """A board of squares in two colours: every further square asks for more units."""

    kind: Literal["checkerboard"] = "checkerboard"
    label: ClassVar[str] = "Checkerboard"

    squares: int = Field(4, ge=2, le=8, description="Squares along each side", json_schema_extra={"step": 1})

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        label = rng.permutation(np.arange(samples) % 2)
        row, half = rng.integers(self.squares, size=samples), rng.integers(self.squares, size=samples)
        column = half // 2 * 2 + (row + label) % 2  # a column with the required colour
        column = np.where(column < self.squares, column, (row + label) % 2)
        inside = rng.uniform(0.04, 0.96, (samples, 2))
        X = 2 * (np.column_stack([column, row]) + inside) / self.squares - 1
        return X + (self._jitter(X, seed) - X) / self.squares, label  # small squares, little noise


class Rings(Noisy):
    """Rings around one another, a class each: one border is not enough, and all of them must close."""

    kind: Literal["rings"] = "rings"
    label: ClassVar[str] = "Rings"

    rings: int = Field(3, ge=2, le=6, description="Number of rings, a class each", json_schema_extra={"step": 1})

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if self.rings == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """One class for each ring."""
        return Names.plain(2, self.rings)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        ring = rng.permutation(np.arange(samples) % self.rings)
        radius, angle = (ring + 0.5) / self.rings * 1.2, rng.uniform(0.0, 2 * np.pi, samples)
        X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        return X + (self._jitter(X, seed) - X) / self.rings, ring


class Separable(Dataset):
    """Two clouds with a gap between them, and a few outliers: a single one far off can turn a straight border."""

    kind: Literal["separable"] = "separable"
    label: ClassVar[str] = "Separable, with outliers"

    gap: float = Field(0.3, ge=0.0, le=1.0, description="Gap between the classes", json_schema_extra={"step": 0.05})
    outliers: float = Field(
        0.04,
        ge=0.0,
        le=0.3,
        description="Share of class 1 far off on the other side",
        json_schema_extra={"step": 0.01},
    )
    distance: float = Field(3.0, ge=0.5, le=9.0, description="How far off", json_schema_extra={"step": 0.5})

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        label = rng.permutation(np.arange(samples) % 2)
        side = 2 * label - 1
        depth, along = rng.uniform(0.0, 1.0, samples) + self.gap / 2, rng.uniform(-1.0, 1.0, samples)
        positives = np.flatnonzero(label)
        far = positives[: round(self.outliers * len(positives))]
        depth[far] = -self.distance - depth[far]
        across = side * depth
        return np.column_stack([across + along, across - along]) / np.sqrt(2), label  # the border is x1 + x2 = 0


class Imbalanced(Noisy):
    """A rare class beside a common one: guessing "common" is nearly always right, and says nothing."""

    kind: Literal["imbalanced"] = "imbalanced"
    label: ClassVar[str] = "Imbalanced"

    rare: float = Field(0.05, ge=0.01, le=0.5, description="Share of class 1", json_schema_extra={"step": 0.01})

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        label: Any = np.zeros(samples, np.int64)
        label[rng.permutation(samples)[: max(1, round(self.rare * samples))]] = 1
        centers = np.array([[-0.5, -0.4], [0.6, 0.5]])
        return centers[label] + (0.2 + self.noise) * rng.standard_normal((samples, 2)), label


class Flower(Dataset):
    """Petals of two colours in turn: no straight border is better than a guess, and four units find the petals."""

    kind: Literal["flower"] = "flower"
    label: ClassVar[str] = "Flower (planar)"
    source: ClassVar[str] = 'The planar data of the course "Neural Networks and Deep Learning" (Ng, 2017)'

    noise: float = Field(
        0.2, ge=0.0, le=1.0, description="Standard deviation of angle and radius", json_schema_extra={"step": 0.05}
    )

    def sample(self, samples: int, seed: int = 0) -> Sample:
        """Of class j: t from 3.12 j to 3.12 (j + 1), r = 4 sin 4t, both with noise; X = (r sin t, r cos t)."""
        rng = np.random.default_rng([seed, DATA, 0])
        parts, labels = [], []
        for j, m in enumerate((samples - samples // 2, samples // 2)):
            t = np.linspace(j * 3.12, (j + 1) * 3.12, m) + self.noise * rng.standard_normal(m)
            r = 4.0 * np.sin(4.0 * t) + self.noise * rng.standard_normal(m)
            parts.append(np.column_stack([r * np.sin(t), r * np.cos(t)]))
            labels.append(np.full(m, j))
        return shuffle(np.vstack(parts), np.concatenate(labels), rng)


def shuffle(X: Array, y: Any, rng: np.random.Generator) -> Sample:
    """Return the examples in random order."""
    order = rng.permutation(len(X))
    return X[order], y[order]
