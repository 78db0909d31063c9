"""Real tables that scikit-learn brings along: flowers, wines, tumours and digits. Nothing is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from dnn.components import Array, Task
from dnn.data.data import Standardize
from dnn.data.dataset import Dataset, Sample
from dnn.data.names import Names
from dnn.datasets.rows import BETWEEN_ROWS
from dnn.errors import InvalidSetting, Problem, shown
from dnn.messages import Message
from dnn.random_streams import DATA

Columns = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda given: tuple(given.split(BETWEEN_ROWS)) if isinstance(given, str) else given),
    Field(max_length=12),
]


@dataclass(frozen=True)
class Loaded:
    """All of a table: numbers X (m, n) and classes y (m,), and the columns with their units."""

    X: Array
    y: Any
    columns: dict[str, str]


class RealTable(Dataset):
    """A real table, of which some columns are used, or the two directions in which it spreads most."""

    given: ClassVar[bool] = True
    suggests: ClassVar[Standardize] = "each"

    components: bool = Field(False, description="The first two principal components of all columns, instead of columns")

    @classmethod
    def known_columns(cls) -> dict[str, str]:
        """All its columns, with their units."""
        return loaded(str(cls.model_fields["kind"].default)).columns

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that are used."""
        found: tuple[str, ...] = getattr(self, "columns", ())
        return found

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.chosen == type(self).model_fields["columns"].default:
            return self  # without the wait for scikit-learn
        if not self.chosen:
            raise InvalidSetting([Problem("columns", Message("none at all"), Message("choose 1 to 12"))])
        for name in self.chosen:
            if name not in self.known_columns():
                allowed = Message("choose from {names}", names=", ".join(self.known_columns()))
                raise InvalidSetting([Problem("columns", shown(name), allowed)])
        if len(set(self.chosen)) < len(self.chosen):
            once = Message("each column can be chosen once")
            raise InvalidSetting([Problem("columns", shown(self.chosen), once)])
        return self

    @property
    def task(self) -> Task:
        """Two classes, or more."""
        return "binary" if len(CLASSES[self.kind]) == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """As scikit-learn calls them."""
        if self.components:
            return Names(("component 1", "component 2"), ("", ""), CLASSES[self.kind], "class")
        units = tuple(loaded(self.kind).columns[name] for name in self.chosen)
        return Names(self.chosen, units, CLASSES[self.kind], "class")

    def sample(self, samples: int = 20_000, seed: int = 0) -> Sample:
        """All rows in the table's order, or so many drawn at random where there are more."""
        table = loaded(self.kind)
        places = [list(table.columns).index(name) for name in self.chosen]
        X = principal(self.kind) if self.components else table.X[:, places]
        if samples >= len(X):
            return X, table.y
        rows = np.sort(np.random.default_rng([seed, DATA, 0]).permutation(len(X))[:samples])
        return X[rows], table.y[rows]


class Iris(RealTable):
    """150 irises of three species, measured in 1936: one species stands apart, the other two meet."""

    kind: Literal["iris"] = "iris"
    label: ClassVar[str] = "Iris (150 flowers)"
    source: ClassVar[str] = "Fisher (1936), from scikit-learn"

    columns: Columns = Field(("petal length", "petal width"), description="The columns that the network sees")


class Wine(RealTable):
    """178 wines from three growers by their chemistry: two columns are good, a dozen nearly perfect."""

    kind: Literal["wine"] = "wine"
    label: ClassVar[str] = "Wine (178 bottles)"
    source: ClassVar[str] = "Aeberhard and Forina (1991), from scikit-learn"

    columns: Columns = Field(("alcohol", "flavanoids"), description="The columns that the network sees")


class BreastCancer(RealTable):
    """569 tumours, malignant or benign: which error is the worse one is a question that accuracy does not ask."""

    kind: Literal["breast_cancer"] = "breast_cancer"
    label: ClassVar[str] = "Breast cancer (569 tumours)"
    source: ClassVar[str] = "Wolberg, Street and Mangasarian (1995), from scikit-learn"

    columns: Columns = Field(("worst radius", "worst texture"), description="The columns that the network sees")


class Digits(RealTable):
    """1 797 handwritten digits of 8 × 8 pixels: seen along two directions ten classes overlap."""

    kind: Literal["digits"] = "digits"
    label: ClassVar[str] = "Digits (1 797 pictures)"
    source: ClassVar[str] = "Alpaydin and Kaynak (1998), from scikit-learn"
    suggests: ClassVar[Standardize] = "each"

    components: bool = Field(True, description="The first two principal components of all pixels, instead of some")
    columns: Columns = Field(("pixel 2 3", "pixel 4 4"), description="The pixels (row, column) that the network sees")


CLASSES: dict[str, tuple[str, ...]] = {
    "iris": ("setosa", "versicolor", "virginica"),
    "wine": ("grower 1", "grower 2", "grower 3"),
    "breast_cancer": ("malignant", "benign"),
    "digits": tuple("0123456789"),
}


@lru_cache
def loaded(kind: str) -> Loaded:
    """The whole table of this kind."""
    from sklearn import datasets  # start-up time: `import dnn` loads no scikit-learn

    found = getattr(datasets, f"load_{kind}")()
    names = Names.headed(str(name).replace("_", " ") for name in found.feature_names)
    X, y = np.array(found.data, np.float64), np.array(found.target)
    X.flags.writeable = y.flags.writeable = False
    return Loaded(X, y, dict(zip(names.inputs, names.units, strict=True)))


@lru_cache
def principal(kind: str) -> Array:
    """The first two principal components of all columns, each with deviation 1 before: (m, 2), to six decimals.

    Their direction is the one in which the column that counts most grows.
    """
    X = loaded(kind).X
    deviation = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    _, _, directions = np.linalg.svd(Z, full_matrices=False)
    axes = directions[:2]
    axes = axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]
    found: Array = (Z @ axes.T).round(6) + 0.0
    found.flags.writeable = False
    return found
