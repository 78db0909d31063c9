"""The data of TensorFlow's playground by its rules: noise changes mostly the labels, not the points.

Source: ``dataset.ts`` of tensorflow/playground (Smilkov and Carter, 2016). Class 1 is its positive class.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array, Task
from dnn.data.dataset import Dataset, Sample
from dnn.datasets.patterns import shuffle
from dnn.random_streams import DATA

RADIUS, SQUARE, PADDING = 5.0, 6.0, 0.3
HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])


class Playground(Dataset):
    """Data of TensorFlow's playground."""

    source: ClassVar[str] = "TensorFlow Playground (Smilkov and Carter, 2016)"

    noise: float = Field(
        0.0,
        ge=0.0,
        le=0.5,
        description="Noise, which the playground counts to 50",
        json_schema_extra={"step": 0.05},
    )

    def _moved(self, X: Array, radius: float, rng: np.random.Generator) -> Array:
        """Return the points moved by noise; labels are computed from the moved points."""
        return X + self.noise * rng.uniform(-radius, radius, X.shape)


class PlaygroundCircle(Playground):
    """A disc in a ring of the same number of points, with labels that are noisy where the two are near."""

    kind: Literal["tf_circle"] = "tf_circle"
    label: ClassVar[str] = "Playground: circle"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        inner = np.arange(samples) < samples - samples // 2
        radius = np.where(inner, rng.uniform(0.0, 0.5 * RADIUS, samples), rng.uniform(0.7 * RADIUS, RADIUS, samples))
        angle = rng.uniform(0.0, 2 * np.pi, samples)
        X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        y = np.linalg.norm(self._moved(X, RADIUS, rng), axis=1) < 0.5 * RADIUS
        return shuffle(X, y.astype(np.int64), rng)


class PlaygroundXOR(Playground):
    """Four squares with a gap along the axes, with labels that are noisy near it."""

    kind: Literal["tf_xor"] = "tf_xor"
    label: ClassVar[str] = "Playground: exclusive or"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        X = rng.uniform(-RADIUS, RADIUS, (samples, 2))
        X += np.where(X > 0, PADDING, -PADDING)
        return X, (self._moved(X, RADIUS, rng).prod(axis=1) >= 0).astype(np.int64)


class PlaygroundGauss(Playground):
    """Two round clouds that noise makes wider: one straight border, however many points it must get wrong."""

    kind: Literal["tf_gauss"] = "tf_gauss"
    label: ClassVar[str] = "Playground: Gaussian"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        y = (np.arange(samples) < samples - samples // 2).astype(np.int64)
        variance = 0.5 + 7.0 * self.noise  # from 0.5 to 4
        X = 2.0 * (2 * y[:, None] - 1) + np.sqrt(variance) * rng.standard_normal((samples, 2))
        return shuffle(X, y, rng)


class PlaygroundSpiral(Playground):
    """Two arms of one turn and three quarters, point after point: the playground's hardest."""

    kind: Literal["tf_spiral"] = "tf_spiral"
    label: ClassVar[str] = "Playground: spiral"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        parts, labels = [], []
        for label, m, start in ((1, samples - samples // 2, 0.0), (0, samples // 2, np.pi)):
            part = np.arange(m) / m
            r, t = part * RADIUS, 1.75 * part * 2 * np.pi + start
            parts.append(np.column_stack([r * np.sin(t), r * np.cos(t)]) + self.noise * rng.uniform(-1.0, 1.0, (m, 2)))
            labels.append(np.full(m, label))
        return shuffle(np.vstack(parts), np.concatenate(labels), rng)


class PlaygroundSurface(Playground):
    """Points all over a square of twelve by twelve, and a height for each."""

    @property
    def task(self) -> Task:
        """Regression."""
        return "regression"

    @abstractmethod
    def height(self, X: Array) -> Array:
        """Return the height without noise at points (m, 2): (m,)."""

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        X = rng.uniform(-SQUARE, SQUARE, (samples, 2))
        return X, self.height(self._moved(X, SQUARE, rng))


class PlaygroundPlane(PlaygroundSurface):
    """A slope from -1 to 1 over a square of twelve by twelve."""

    kind: Literal["tf_plane"] = "tf_plane"
    label: ClassVar[str] = "Playground: plane (regression)"

    def height(self, X: Array) -> Array:
        return np.asarray(X.sum(axis=1) / 10.0)


class PlaygroundHills(PlaygroundSurface):
    """Three hills and three valleys in two rows, each a cone: where two overlap, the nearer one counts."""

    kind: Literal["tf_gaussians"] = "tf_gaussians"
    label: ClassVar[str] = "Playground: hills and valleys (regression)"

    def height(self, X: Array) -> Array:
        apart = np.linalg.norm(X[:, None] - HILLS[:, :2], axis=2)
        cones = HILLS[:, 2] * np.clip(1.0 - apart / 2.0, 0.0, 1.0)
        return np.asarray(cones[np.arange(len(X)), np.abs(cones).argmax(axis=1)])
