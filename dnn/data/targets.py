"""The targets of a network: class numbers or real numbers, checked and converted to columns."""

from __future__ import annotations

import numpy as np

from dnn.components import Array, Task
from dnn.errors import InvalidData, shown

TASKS: dict[int, Task] = {0: "regression", 2: "binary", 3: "multiclass"}  # by the number of classes, 3 for more


def task_of(targets: np.ndarray) -> Task:
    """Detect the task: whole numbers are classes, other numbers are regression targets."""
    if targets.ndim == 1 and targets.dtype.kind in "iub":  # integers and booleans
        return "binary" if targets.max() <= 1 else "multiclass"
    return "regression"


def check_classes(targets: np.ndarray, task: Task) -> None:
    """Raise InvalidData for targets that are not class numbers or valid one-hot rows."""
    values = np.unique(targets)
    highest = 1 if task == "binary" or targets.ndim == 2 else np.inf
    invalid = values[(values < 0) | (values > highest) | (values != np.floor(values))]
    if invalid.size or (task == "multiclass" and targets.ndim == 2 and (targets.sum(axis=1) != 1).any()):
        allowed = "0 or 1" if np.isfinite(highest) else "0, 1, 2 and so on"
        reason = f"a class is {shown(invalid[0].item())}" if invalid.size else "a row does not sum to 1"
        raise InvalidData(f"in y {reason}; classes must be numbered {allowed}")


def as_columns(targets: np.ndarray, task: Task, classes: int) -> Array:
    """Convert targets to columns (m, K): one-hot with at least ``classes`` columns for several classes."""
    if task == "multiclass" and targets.ndim == 1:
        one_hot: Array = np.eye(max(classes, int(targets.max()) + 1))[targets.astype(int)]
        return one_hot
    columns: Array = targets.astype(np.float64).reshape(len(targets), -1)
    return columns
