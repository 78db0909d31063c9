"""A data set as the network sees it: examples in rows, targets beside them, and a part kept back for testing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from dnn.errors import InvalidData, shown
from dnn.features import expand
from dnn.kinds import Array, Task


@dataclass(frozen=True)
class Names:
    """What people call the columns: the inputs, their units ("" where there is none), the classes and the target.

    For regression there are no ``classes``.
    """

    inputs: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...] = ()
    target: str = "y"

    @classmethod
    def plain(cls, inputs: int, classes: int = 0) -> Names:
        """x1, x2, … and the classes 0, 1, …"""
        return cls(
            tuple(f"x{n}" for n in range(1, inputs + 1)), ("",) * inputs, tuple(str(label) for label in range(classes))
        )


@dataclass(frozen=True, eq=False)
class Data:
    """Examples ``X`` (m, n) and targets ``y`` (m, K) as float64; the first ``n_train`` rows train, the rest test.

    For two classes K = 1 and y is 0 or 1; for more, y is one-hot; for regression y holds the numbers themselves.
    ``weights`` (m,) say how much each example counts, as if it were there so many times; None: all alike. Where
    ``features`` are named, X holds those formulas (``dnn.features``) of the ``points`` (m, inputs). ``order`` (m,) says
    which row of what was given each example is, and ``names`` what inputs and classes are called.
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

    @classmethod
    def split(
        cls,
        X: object,
        y: object,
        *,
        test_share: float = 0.0,
        rng: np.random.Generator | None = None,
        task: Task | None = None,
        weights: object = None,
        names: Names | None = None,
        together: bool = False,
    ) -> Data:
        """Data from ``X`` (m, n) and ``y``: class numbers 0 … K-1 or real targets, (m,) or (m, K).

        ``rng`` shuffles the rows before the last ``test_share`` of them are put aside; without it the order is kept.
        ``together`` lets what a row holds decide, not its place: rows with the same inputs are all training or all test
        examples, and nearly all stay what they are when a row is added or taken away. A class of ``names`` may have no
        example.
        Raises InvalidData for wrong shapes, numbers that are not finite, fewer than one training example, or
        ``weights`` that are negative or all zero.
        """
        try:
            points, targets = np.array(X, np.float64), np.array(y)
            numbers = targets.astype(np.float64)
        except (TypeError, ValueError):
            raise InvalidData("X and y must be tables of numbers, with as many in every row") from None
        if points.ndim != 2 or 0 in points.shape:
            raise InvalidData(f"X has shape {points.shape}; it must be (examples, inputs) with one of each at least")
        if targets.shape[:1] != points.shape[:1]:
            raise InvalidData(f"X has {points.shape[0]} examples and y has {targets.shape[:1]}; they must agree")
        if not np.isfinite(points).all() or not np.isfinite(numbers).all():
            raise InvalidData("X and y must hold finite numbers only")
        if not 0.0 <= test_share < 1.0:
            raise InvalidData(f"the test share is {shown(test_share)}; it must be from 0 to less than 1")
        if targets.ndim > 2 or 0 in targets.shape:
            raise InvalidData(f"y has shape {targets.shape}; it must be (examples,) or (examples, outputs)")
        task = task or _task_of(targets)
        if task != "regression":
            _check_classes(targets, task)
        columns = _as_columns(targets, task, len(names.classes) if names else 0)
        m = len(points)
        n_train = max(1, m - round(m * test_share))
        if rng is None:
            order = np.arange(m)
        elif together:
            order, n_train = _by_content(points, int(rng.integers(2**63)), n_train)
        else:
            order = rng.permutation(m)
        heavy = None if weights is None else _checked_weights(weights, m)[order]
        if heavy is not None and not heavy[:n_train].any():
            raise InvalidData("the weights of all training examples are 0; one of them at least must count")
        X, y = np.ascontiguousarray(points[order]), np.ascontiguousarray(columns[order])
        return cls(X, y, n_train, task, heavy, order=order, given_names=names)

    def __post_init__(self) -> None:
        # views, so that the arrays which were given stay writeable for whoever gave them
        for name in ("X", "y", "weights", "inputs", "order"):
            if (array := getattr(self, name)) is not None:
                view = array.view()
                view.flags.writeable = False
                object.__setattr__(self, name, view)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """From pickle, which forgets that arrays are read-only."""
        self.__dict__.update(state)
        self.__post_init__()

    def expanded(self, features: Sequence[str]) -> Data:
        """These data with formulas of the points for the network to see: X becomes (m, features).

        Raises InvalidSetting for a formula that cannot be read or has no finite value at one of the points.
        """
        return replace(self, X=expand(features, self.points), features=tuple(features), inputs=self.points)

    @property
    def points(self) -> Array:
        """The inputs as they were given, (m, inputs): what ``X`` holds where there are no ``features``."""
        return self.X if self.inputs is None else self.inputs

    @property
    def names(self) -> Names:
        """What inputs and classes are called: as was given, or by numbers."""
        classes = {"binary": 2, "multiclass": self.y.shape[1], "regression": 0}[self.task]
        return self.given_names or Names.plain(self.points.shape[1], classes)

    def seen(self, points: Array, *, finite: bool = False) -> Array:
        """What the network sees of other ``points`` (k, inputs): (k, features), or the points themselves."""
        return expand(self.features, points, finite=finite) if self.features else points

    def balanced(self) -> Data:
        """These data with weights that let every class count alike, and 1 on average (scikit-learn's "balanced")."""
        if self.task == "regression":
            raise InvalidData("only classes can be balanced, and these targets are numbers")
        labels = self.labels.astype(int)
        counts = np.bincount(labels)
        return replace(self, weights=(len(labels) / (np.count_nonzero(counts) * np.maximum(counts, 1)))[labels])

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


def _checked_weights(weights: object, examples: int) -> Array:
    try:
        numbers = np.array(weights, np.float64)
    except (TypeError, ValueError):
        raise InvalidData("weights must be numbers, one for each example") from None
    if numbers.shape != (examples,):
        raise InvalidData(f"weights have shape {numbers.shape}; there must be one for each of {examples} examples")
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise InvalidData("weights must be finite and 0 or more")
    return numbers


def _by_content(points: Array, key: int, n_train: int) -> tuple[npt.NDArray[np.intp], int]:
    """An order in which the place of a row depends on its numbers and ``key``, and how many of the first train.

    Rows are mixed by the steps of SplitMix64 (Steele, Lea and Flood, 2014); equal rows have one number, and where they
    would be parted all of them train.
    """
    mixed = np.full(len(points), key, np.uint64)
    for column in np.ascontiguousarray(points.T + 0.0).view(np.uint64):
        mixed = (mixed ^ column) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    return order, int(np.searchsorted(ordered, ordered[n_train - 1], side="right"))


def _task_of(targets: np.ndarray) -> Task:
    if targets.ndim == 1 and targets.dtype.kind in "iub":  # integers and booleans
        return "binary" if targets.max() <= 1 else "multiclass"
    return "regression"


def _check_classes(targets: np.ndarray, task: Task) -> None:
    """Refuse targets that are not class numbers, and one-hot rows that are not."""
    found = np.unique(targets)
    highest = 1 if task == "binary" or targets.ndim == 2 else np.inf
    wrong = found[(found < 0) | (found > highest) | (found != np.floor(found))]
    if wrong.size or (task == "multiclass" and targets.ndim == 2 and (targets.sum(axis=1) != 1).any()):
        allowed = "0 or 1" if np.isfinite(highest) else "0, 1, 2 and so on"
        named = f"a class is {shown(wrong[0].item())}" if wrong.size else "a row does not sum to 1"
        raise InvalidData(f"in y {named}; classes must be numbered {allowed}")


def _as_columns(targets: np.ndarray, task: Task, classes: int) -> Array:
    if task == "multiclass" and targets.ndim == 1:
        one_hot: Array = np.eye(max(classes, int(targets.max()) + 1))[targets.astype(int)]
        return one_hot
    columns: Array = targets.astype(np.float64).reshape(len(targets), -1)
    return columns
