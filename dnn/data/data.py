"""Data to learn from: made from arrays, files and frames, split, standardised, expanded and weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Unpack

import numpy as np

from dnn.components import Task
from dnn.data.checks import checked_weights, split_notes, validation_notes, variance
from dnn.data.examples import Examples
from dnn.data.features import expand
from dnn.data.names import Names
from dnn.data.sampling import by_content, stratified
from dnn.data.table.numbers import Decimal
from dnn.data.table.selection import Selection
from dnn.data.table.table import Choice, Table
from dnn.data.targets import TASKS, as_columns, check_classes, task_of
from dnn.errors import InvalidData, shown

Standardize = Literal["none", "each", "whole"]
PER_EXAMPLE = ("X", "y", "weights", "inputs", "order")  # the arrays with a row for each example


@dataclass(frozen=True, eq=False)
class Data(Examples):
    """Examples to learn from: created from arrays, a CSV file or a data frame, and transformed."""

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
        """Create data from ``X`` (m, n) and ``y``: class numbers 0 … K-1 or real targets, (m,) or (m, K).

        ``rng`` shuffles the rows before the last ``test_share`` of them become test examples; None keeps the order.
        With ``together`` the split depends on the contents of a row, not on its position: rows with the same inputs are
        all training or all test examples, and nearly all keep their part when a row is added or removed. If few inputs
        differ, the share of test examples is the nearest possible one, and ``notes`` report it. A class in ``names``
        may have no examples. Raises InvalidData for wrong shapes, numbers that are not finite, fewer than one training
        example, or ``weights`` that are negative or all zero.
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
        task = task or task_of(targets)
        if task != "regression":
            check_classes(targets, task)
        columns = as_columns(targets, task, len(names.classes) if names else 0)
        m = len(points)
        requested = n_train = max(1, m - round(m * test_share))
        if rng is None:
            order = np.arange(m)
        elif together:
            order, n_train = by_content(points, int(rng.integers(2**63)), n_train)
        else:
            order = rng.permutation(m)
        sample_weight = None if weights is None else checked_weights(weights, m)[order]
        if sample_weight is not None and not sample_weight[:n_train].any():
            raise InvalidData("the weights of all training examples are 0; one of them at least must count")
        X, y = np.ascontiguousarray(points[order]), np.ascontiguousarray(columns[order])
        notes = split_notes(m - requested, m - n_train, m, test_share) if together else ()
        return cls(X, y, n_train, task, sample_weight, order=order, given_names=names, notes=notes)

    def with_validation(self, share: float, rng: np.random.Generator, *, together: bool = False) -> Data:
        """Return these data with a ``share`` of the training examples held out for validation, chosen by ``rng``.

        As many of every class in proportion, one training example at least stays; ``together`` chooses by content
        instead, as ``split`` does. The other training examples keep their order, and the test examples are the same.
        Raises InvalidData for a share outside 0 to less than 1, or where only examples with weight 0 would train.
        """
        if not 0.0 <= share < 1.0:
            raise InvalidData(f"the validation share is {shown(share)}; it must be from 0 to less than 1")
        n = self.first_test
        count = min(round(share * n), max(0, n - 1))
        if not count:
            places = np.arange(0)
        elif together:
            order, kept = by_content(self.points[:n], int(rng.integers(2**63)), n - count)
            places = np.sort(order[kept:])
        else:
            labels = np.zeros(n) if self.task == "regression" else self.labels[:n]
            places = stratified(labels, count, rng)
        training = np.setdiff1d(np.arange(n), places)
        if self.weights is not None and not self.weights[training].any():
            raise InvalidData("the weights of all examples left to train on are 0; one of them at least must count")
        rows = np.concatenate([training, places, np.arange(n, len(self.X))])
        moved = {name: array[rows] for name in PER_EXAMPLE if (array := getattr(self, name)) is not None}
        notes = (*self.notes, *validation_notes(count, len(places), n, share))
        return replace(self, **moved, n_train=len(training), n_validation=len(places), notes=notes)

    @classmethod
    def empty(cls, names: Names, task: Task) -> Data:
        """Return data without examples; a run on them waits for examples."""
        outputs = len(names.classes) if task == "multiclass" else 1
        order = np.arange(0)
        return cls(np.empty((0, len(names.inputs))), np.empty((0, outputs)), 0, task, order=order, given_names=names)

    @classmethod
    def from_csv(
        cls,
        given: Path | str | bytes,
        *,
        encoding: str | None = None,
        decimal: Decimal | None = None,
        heading: bool | None = None,
        test_share: float = 0.0,
        seed: int = 0,
        standardize_target: bool = True,
        **choice: Unpack[Choice],
    ) -> Data:
        """Create data from a CSV or TSV file: its path, its bytes or its text.

        ``inputs`` names numeric columns, by default all but the ``target``, which is the last column by default.
        ``kind`` sets the target's type to "class" or "number"; by default it is detected. Rows with gaps are dropped;
        ``missing="fill"`` replaces gaps by the mean of the column. The ``encoding`` (such as "cp1252"), the ``decimal``
        sign ("." or ",") and whether the first row is a ``heading`` are detected unless they are passed. ``seed``
        determines the split. Numeric targets are standardised for the network unless ``standardize_target`` is False;
        ``y``, predictions and costs stay in the data's units. ``notes`` list what was left out or guessed. Raises
        InvalidData.
        """
        table = Table.from_csv(given, encoding, decimal=decimal, heading=heading)
        return cls._from_selection(table.pick(seed=seed, **choice), test_share, seed, standardize_target)

    @classmethod
    def from_frame(
        cls,
        frame: object,
        *,
        decimal: Decimal | None = None,
        test_share: float = 0.0,
        seed: int = 0,
        standardize_target: bool = True,
        **choice: Unpack[Choice],
    ) -> Data:
        """Create data from a pandas, polars or pyarrow table; ``decimal`` is the decimal sign in text columns."""
        selection = Table.from_frame(frame, decimal=decimal).pick(seed=seed, **choice)
        return cls._from_selection(selection, test_share, seed, standardize_target)

    @classmethod
    def _from_selection(cls, selection: Selection, test_share: float, seed: int, standardize_target: bool) -> Data:
        task: Task = TASKS[min(len(selection.names.classes), 3)]
        rng = np.random.default_rng(seed)
        data = cls.split(
            selection.X, selection.y, test_share=test_share, rng=rng, task=task, names=selection.names, together=True
        )
        data = data.with_standardized_targets() if standardize_target else data
        return replace(data, notes=(*selection.notes, *data.notes))

    def expanded(self, features: Sequence[str]) -> Data:
        """Return these data with formulas of the points as network inputs: X becomes (m, features).

        Raises InvalidSetting for a formula that cannot be read or has no finite value at one of the points.
        """
        features_of_points = expand(features, self.points)
        return replace(self, X=features_of_points, features=tuple(features), inputs=self.points, mean=None, std=None)

    def standardized(self, how: Standardize = "each") -> Data:
        """Return these data with X standardised: (X - mean) / std, both computed from the training examples.

        "each" computes them per column, so that each has mean 0 and standard deviation 1; a constant column is only
        shifted. "whole" computes one mean and one deviation for the whole array, a mistake in a published tutorial:
        differences in scale between columns remain. "none" returns the data unchanged.
        """
        if how == "none" or not self.n_train:
            return self
        raw = expand(self.features, self.points) if self.features else self.points
        axis = {"each": 0, "whole": None}[how]
        mean, std = raw[: self.n_train].mean(axis=axis), np.sqrt(variance(raw[: self.n_train], axis))
        std = np.where(std > 0.0, std, 1.0)
        mean, std = (np.full(raw.shape[1], value) for value in (mean, std))
        return replace(self, X=(raw - mean) / std, inputs=self.points, mean=mean, std=std)

    def with_standardized_targets(self) -> Data:
        """Return these data with numeric targets standardised for the network; classes stay unchanged.

        Each output has its own mean, but all are divided by one deviation. So the cost of the standardised targets is
        the cost of ``y`` up to the factor ``cost_scale``. Both are computed from the training examples.
        """
        if self.task != "regression" or not self.n_train:
            return self
        mean, std = self.y_train.mean(axis=0), float(np.sqrt(variance(self.y_train, 0).mean()))
        return replace(self, target_mean=mean, target_std=np.full(len(mean), std or 1.0))

    def balanced(self) -> Data:
        """Return these data with weights that give every class the same total, mean 1 (scikit-learn's "balanced").

        Raises InvalidData for numeric targets.
        """
        if self.task == "regression":
            raise InvalidData("only classes can be balanced, and these targets are numbers")
        labels = self.labels.astype(int)
        counts = np.bincount(labels)
        return replace(self, weights=(len(labels) / (np.count_nonzero(counts) * np.maximum(counts, 1)))[labels])
