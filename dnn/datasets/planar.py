"""Two or more classes in the plane, by scikit-learn's generators if there is one.

``noise`` is a standard deviation in the units of the axes; the shapes are 2 to 3 wide.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array, Task
from dnn.data.dataset import Dataset, Sample
from dnn.data.names import Names
from dnn.random_streams import DATA


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
        from sklearn.datasets import make_moons  # start-up time: `import dnn` loads no scikit-learn

        return _sample(make_moons(samples, noise=self.noise, random_state=seed))


class Circles(Noisy):
    """A ring around a disc: the boundary must close."""

    kind: Literal["circles"] = "circles"
    label: ClassVar[str] = "Circles"

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_circles  # start-up time: `import dnn` loads no scikit-learn

        return _sample(make_circles(samples, noise=self.noise, factor=0.4, random_state=seed))


class Blobs(Noisy):
    """Round clouds: between two of them a single straight line is enough, and several show what softmax does."""

    kind: Literal["blobs"] = "blobs"
    label: ClassVar[str] = "Blobs"

    classes: int = Field(2, ge=2, le=6, description="Number of clouds, a class each", json_schema_extra={"step": 1})

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if self.classes == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """One class for each cloud."""
        return Names.plain(2, self.classes)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_blobs  # start-up time: `import dnn` loads no scikit-learn

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
    """Arms wound into each other: hard with two inputs, and what depth is for."""

    kind: Literal["spiral"] = "spiral"
    label: ClassVar[str] = "Spiral"

    turns: float = Field(1.5, ge=0.25, le=3.0, description="Turns of each arm", json_schema_extra={"step": 0.25})
    arms: int = Field(2, ge=2, le=6, description="Number of arms, a class each", json_schema_extra={"step": 1})

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if self.arms == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """One class for each arm."""
        return Names.plain(2, self.arms)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        arm = rng.permutation(np.arange(samples) % self.arms)
        radius = np.sqrt(rng.uniform(0.01, 1.0, samples))  # even density along the arms
        angle = 2 * np.pi * self.turns * radius + 2 * np.pi * arm / self.arms
        X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        return X + 0.3 * (self._jitter(X, seed) - X), arm  # the arms lie close: a third of the noise


def _sample(sample: tuple[Any, ...]) -> Sample:
    X, y = sample[:2]
    return np.asarray(X, np.float64), np.asarray(y, np.int64)
