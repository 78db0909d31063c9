"""A data set as the network sees it: examples in rows, targets beside them, and parts kept back to test it."""

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

    Between them stand ``n_validation`` rows, by default none: their cost is measured as that of the test examples is,
    and where there are any, early stopping watches it.
    For two classes K = 1 and y is 0 or 1; for more, y is one-hot; for regression y holds the numbers themselves.
    ``weights`` (m,) are sample weights: a weight of 2 counts like two equal examples; None weights all alike. If
    ``features`` are set, X holds those formulas (``dnn.data.features``) of the ``points`` (m, inputs). ``order`` (m,)
    is the row number of each example in the source. ``names`` holds the names of inputs and classes. For standardised
    data, ``mean`` (n,) was subtracted from every column, which was then divided by ``std`` (n,). If targets are
    standardised, ``y`` stays in the data's units and the network learns ``targets`` = (y - ``target_mean``) /
    ``target_std``, both (K,); all outputs have the same ``target_std``. ``notes`` are messages about how the data were
    read and split.
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
    n_validation: int = 0

    def __post_init__(self) -> None:
        # read-only views; the caller's arrays stay writeable
        for name in ("X", "y", "weights", "inputs", "order", "mean", "std", "target_mean", "target_std"):
            if (array := getattr(self, name)) is not None:
                view = array.view()
                view.flags.writeable = False
                object.__setattr__(self, name, view)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore from pickle, which does not keep arrays read-only."""
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
        """Convert a network's ``outputs`` (…, K) to the units of ``y``, in double precision if they are standardised.

        With 32 bits, targets far from 0 such as time stamps would lose their differences.
        """
        if self.target_mean is None or self.target_std is None:
            return outputs
        answers: Array = outputs * self.target_std + self.target_mean
        return answers

    @property
    def cost_scale(self) -> float:
        """The factor that converts a cost of the network's outputs to the squared units of ``y``."""
        return 1.0 if self.target_std is None else float(self.target_std[0]) ** 2

    @property
    def points(self) -> Array:
        """The original inputs, (m, inputs): ``X`` itself if it is neither features nor standardised."""
        return self.X if self.inputs is None else self.inputs

    @property
    def names(self) -> Names:
        """The names of inputs and classes; numbers by default."""
        classes = {"binary": 2, "multiclass": self.y.shape[1], "regression": 0}[self.task]
        return self.given_names or Names.plain(self.points.shape[1], classes)

    def transform(self, points: Array, *, finite: bool = False) -> Array:
        """Return the network inputs for ``points`` (k, inputs): their features, standardised as these data are."""
        inputs = expand(self.features, points, finite=finite) if self.features else points
        if self.mean is None or self.std is None:
            return inputs
        scaled: Array = (inputs - self.mean.astype(inputs.dtype)) / self.std.astype(inputs.dtype)
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
    def first_test(self) -> int:
        """The row of the first test example, after those for training and for validation."""
        return self.n_train + self.n_validation

    @property
    def X_validation(self) -> Array:
        """Validation examples, (n_validation, n); may be empty."""
        return self.X[self.n_train : self.first_test]

    @property
    def y_validation(self) -> Array:
        """Validation targets, (n_validation, K); may be empty."""
        return self.y[self.n_train : self.first_test]

    @property
    def X_test(self) -> Array:
        """Test examples, (m - first_test, n); may be empty."""
        return self.X[self.first_test :]

    @property
    def y_test(self) -> Array:
        """Test targets, (m - first_test, K); may be empty."""
        return self.y[self.first_test :]

    @property
    def labels(self) -> Array:
        """The class number of every example, (m,); for regression the first target."""
        return self.y.argmax(axis=1) if self.task == "multiclass" else self.y[:, 0]
