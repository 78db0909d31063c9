"""Clouds in many dimensions, by scikit-learn's generators: informative inputs, and inputs without information."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Task
from dnn.data.dataset import Dataset, Sample
from dnn.data.names import Names
from dnn.datasets.patterns import shuffle
from dnn.random_streams import DATA


class Classification(Dataset):
    """Clouds at the corners of a cube, some inputs redundant or without meaning: which ones does the network use?"""

    kind: Literal["classification"] = "classification"
    label: ClassVar[str] = "Classification (n inputs)"

    classes: int = Field(2, ge=2, le=4, description="Number of classes", json_schema_extra={"step": 1})
    informative: int = Field(2, ge=2, le=6, description="Inputs that tell classes apart", json_schema_extra={"step": 1})
    redundant: int = Field(
        0, ge=0, le=3, description="Inputs that are sums of the informative ones", json_schema_extra={"step": 1}
    )
    useless: int = Field(0, ge=0, le=3, description="Inputs that say nothing", json_schema_extra={"step": 1})
    separation: float = Field(
        1.0, ge=0.1, le=3.0, description="How far apart the clouds are", json_schema_extra={"step": 0.1}
    )

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if self.classes == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """Names that tell informative, redundant and useless inputs apart."""
        counts = {"informative": self.informative, "redundant": self.redundant, "useless": self.useless}
        inputs = tuple(f"{name} {n}" for name, count in counts.items() for n in range(1, count + 1))
        return Names(inputs, ("",) * len(inputs), Names.plain(0, self.classes).classes)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_classification  # start-up time: `import dnn` loads no scikit-learn

        X, y = make_classification(
            samples,
            n_features=self.informative + self.redundant + self.useless,
            n_informative=self.informative,
            n_redundant=self.redundant,
            n_classes=self.classes,
            n_clusters_per_class=1,
            class_sep=self.separation,
            flip_y=0.0,
            shuffle=False,  # scikit-learn's own shuffling would also mix the columns
            random_state=seed,
        )
        return shuffle(X, y.astype(np.int64), np.random.default_rng([seed, DATA, 1]))


class Quantiles(Dataset):
    """One round cloud cut into shells, a class each: only the distance from the middle counts, in any dimension."""

    kind: Literal["quantiles"] = "quantiles"
    label: ClassVar[str] = "Gaussian quantiles"

    classes: int = Field(3, ge=2, le=6, description="Number of shells, a class each", json_schema_extra={"step": 1})
    inputs: int = Field(2, ge=2, le=6, description="Number of inputs", json_schema_extra={"step": 1})

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if self.classes == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """One class for each shell."""
        return Names.plain(self.inputs, self.classes)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        from sklearn.datasets import make_gaussian_quantiles  # start-up time: `import dnn` loads no scikit-learn

        X, y = make_gaussian_quantiles(
            n_samples=samples, n_features=self.inputs, n_classes=self.classes, shuffle=True, random_state=seed
        )
        return np.asarray(X, np.float64), np.asarray(y, np.int64)
