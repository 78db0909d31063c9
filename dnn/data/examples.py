"""A data set as the network sees it: examples in rows, targets beside them, and a part kept back for testing."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dnn.components import Array, Task
from dnn.data.features import expand
from dnn.data.names import Names


@dataclass(frozen=True, eq=False)
class Examples:
    """Examples ``X`` (m, n) and targets ``y`` (m, K) as float64; the first ``n_train`` rows train, the rest test.

    For two classes K = 1 and y is 0 or 1; for more, y is one-hot; for regression y holds the numbers themselves.
    ``weights`` (m,) say how much each example counts, as if it were there so many times; None: all alike. Where
    ``features`` are named, X holds those formulas (``dnn.data.features``) of the ``points`` (m, inputs). ``order``
    (m,) says which row of what was given each example is, ``names`` what inputs and classes are called. Standardised
    data have the ``mean`` (n,) that was taken from every column and the ``std`` (n,) that it was then divided by.
    Where targets are standardised, ``y`` stays in the data's units, and the network learns ``targets``, from which
    ``target_mean`` (K,) was taken and which were divided by ``target_std`` (K,), the same for all of them.
    ``notes`` are what a person should know of how the data were read and split.
    """

    X: Array
    y: Array
    n_train: int
    task: Task
    weights: Array | None = None
    features: tuple[str, ...] = ()
    inputs: Array | None = None
    order: npt.NDArray[np.intp] | None = None
    given_names: Names | None = None
    mean: Array | None = None
    std: Array | None = None
    target_mean: Array | None = None
    target_std: Array | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # views, so that the arrays which were given stay writeable for whoever gave them
        for name in ("X", "y", "weights", "inputs", "order", "mean", "std", "target_mean", "target_std"):
            if (array := getattr(self, name)) is not None:
                view = array.view()
                view.flags.writeable = False
                object.__setattr__(self, name, view)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """From pickle, which forgets that arrays are read-only."""
        self.__dict__.update(state)
        self.__post_init__()

    @property
    def targets(self) -> Array:
        """What the network learns, (m, K): ``y``, or the standardised targets."""
        if self.target_mean is None or self.target_std is None:
            return self.y
        scaled: Array = (self.y - self.target_mean) / self.target_std
        return scaled

    def in_units(self, outputs: Array) -> Array:
        """A network's ``outputs`` (…, K) in the units of ``y``: of standardised targets back to the targets."""
        if self.target_mean is None or self.target_std is None:
            return outputs
        answers: Array = outputs * self.target_std.astype(outputs.dtype) + self.target_mean.astype(outputs.dtype)
        return answers

    @property
    def cost_scale(self) -> float:
        """What a cost of the network's outputs is multiplied by to be one in the units of ``y``, squared."""
        return 1.0 if self.target_std is None else float(self.target_std[0]) ** 2

    @property
    def points(self) -> Array:
        """The inputs as they were given, (m, inputs): ``X`` itself where it is neither features nor standardised."""
        return self.X if self.inputs is None else self.inputs

    @property
    def names(self) -> Names:
        """What inputs and classes are called: as was given, or by numbers."""
        classes = {"binary": 2, "multiclass": self.y.shape[1], "regression": 0}[self.task]
        return self.given_names or Names.plain(self.points.shape[1], classes)

    def transform(self, points: Array, *, finite: bool = False) -> Array:
        """What the network sees of other ``points`` (k, inputs): their features, standardised as these data are."""
        seen = expand(self.features, points, finite=finite) if self.features else points
        if self.mean is None or self.std is None:
            return seen
        scaled: Array = (seen - self.mean.astype(seen.dtype)) / self.std.astype(seen.dtype)
        return scaled

    def seen(self, points: Array, *, finite: bool = False) -> Array:
        """The old name of :meth:`transform`."""
        warnings.warn("Data.seen is now called Data.transform", DeprecationWarning, stacklevel=2)
        return self.transform(points, finite=finite)

    @property
    def X_train(self) -> Array:
        """Training examples, (n_train, n)."""
        return self.X[: self.n_train]

    @property
    def y_train(self) -> Array:
        """Training targets, (n_train, K)."""
        return self.y[: self.n_train]

    @property
    def X_test(self) -> Array:
        """Test examples, (m - n_train, n); may be empty."""
        return self.X[self.n_train :]

    @property
    def y_test(self) -> Array:
        """Test targets, (m - n_train, K); may be empty."""
        return self.y[self.n_train :]

    @property
    def labels(self) -> Array:
        """The class number of every example, (m,); for regression the first target."""
        return self.y.argmax(axis=1) if self.task == "multiclass" else self.y[:, 0]
