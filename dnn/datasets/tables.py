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
class TableData:
    """A whole table: inputs X (m, n), classes y (m,), and the columns with their units."""

    X: Array
    y: Any
    columns: dict[str, str]


class RealTable(Dataset):
    """A real table: some of its columns, or its first two principal components."""

    is_table: ClassVar[bool] = True
    suggests: ClassVar[Standardize] = "each"

    components: bool = Field(False, description="The first two principal components of all columns, instead of columns")

    @classmethod
    def known_columns(cls) -> dict[str, str]:
        """All columns, with their units."""
        return load_table(str(cls.model_fields["kind"].default)).columns

    @property
    def selected_columns(self) -> tuple[str, ...]:
        """The columns that are used as inputs."""
        columns: tuple[str, ...] = getattr(self, "columns", ())
        return columns

    @model_validator(mode="after")
    def _check_columns(self) -> Self:
        if self.selected_columns == type(self).model_fields["columns"].default:
            return self  # avoids loading scikit-learn
        if not self.selected_columns:
            raise InvalidSetting([Problem("columns", Message("none at all"), Message("choose 1 to 12"))])
        for name in self.selected_columns:
            if name not in self.known_columns():
                allowed = Message("choose from {names}", names=", ".join(self.known_columns()))
                raise InvalidSetting([Problem("columns", shown(name), allowed)])
        if len(set(self.selected_columns)) < len(self.selected_columns):
            once = Message("each column can be chosen once")
            raise InvalidSetting([Problem("columns", shown(self.selected_columns), once)])
        return self

    @property
    def task(self) -> Task:
        """Binary, or multiclass for more than two classes."""
        return "binary" if len(CLASSES[self.kind]) == 2 else "multiclass"

    @property
    def names(self) -> Names:
        """Names as in scikit-learn."""
        if self.components:
            return Names(("component 1", "component 2"), ("", ""), CLASSES[self.kind], "class")
        units = tuple(load_table(self.kind).columns[name] for name in self.selected_columns)
        return Names(self.selected_columns, units, CLASSES[self.kind], "class")

    def sample(self, samples: int = 20_000, seed: int = 0) -> Sample:
        """Return all rows in order, or ``samples`` rows drawn at random if there are more."""
        table = load_table(self.kind)
        places = [list(table.columns).index(name) for name in self.selected_columns]
        X = principal_components(self.kind) if self.components else table.X[:, places]
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
def load_table(kind: str) -> TableData:
    """Load the whole table called ``kind``."""
    from sklearn import datasets  # start-up time: `import dnn` loads no scikit-learn

    raw = getattr(datasets, f"load_{kind}")()
    names = Names.from_headings(str(name).replace("_", " ") for name in raw.feature_names)
    X, y = np.array(raw.data, np.float64), np.array(raw.target)
    X.flags.writeable = y.flags.writeable = False
    return TableData(X, y, dict(zip(names.inputs, names.units, strict=True)))


@lru_cache
def principal_components(kind: str) -> Array:
    """Return the first two principal components of all columns, scaled to deviation 1: (m, 2), to six decimals.

    The sign is chosen so that the column with the largest weight increases.
    """
    X = load_table(kind).X
    deviation = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    _, _, directions = np.linalg.svd(Z, full_matrices=False)
    axes = directions[:2]
    axes = axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]
    components: Array = (Z @ axes.T).round(6) + 0.0
    components.flags.writeable = False
    return components
