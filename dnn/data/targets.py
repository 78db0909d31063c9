"""What a network is to answer: class numbers or numbers, checked and put into columns."""

from __future__ import annotations

import numpy as np

from dnn.components import Array, Task
from dnn.errors import InvalidData, shown

TASKS: dict[int, Task] = {0: "regression", 2: "binary", 3: "multiclass"}  # by the number of classes, 3 for more


def task_of(targets: np.ndarray) -> Task:
    """Whole numbers are classes, others are numbers."""
    if targets.ndim == 1 and targets.dtype.kind in "iub":  # integers and booleans
        return "binary" if targets.max() <= 1 else "multiclass"
    return "regression"


def check_classes(targets: np.ndarray, task: Task) -> None:
    """Refuse targets that are not class numbers, and one-hot rows that are not."""
    found = np.unique(targets)
    highest = 1 if task == "binary" or targets.ndim == 2 else np.inf
    wrong = found[(found < 0) | (found > highest) | (found != np.floor(found))]
    if wrong.size or (task == "multiclass" and targets.ndim == 2 and (targets.sum(axis=1) != 1).any()):
        allowed = "0 or 1" if np.isfinite(highest) else "0, 1, 2 and so on"
        named = f"a class is {shown(wrong[0].item())}" if wrong.size else "a row does not sum to 1"
        raise InvalidData(f"in y {named}; classes must be numbered {allowed}")


def as_columns(targets: np.ndarray, task: Task, classes: int) -> Array:
    """(m, K): one-hot for several classes, of which there are so many at least."""
    if task == "multiclass" and targets.ndim == 1:
        one_hot: Array = np.eye(max(classes, int(targets.max()) + 1))[targets.astype(int)]
        return one_hot
    columns: Array = targets.astype(np.float64).reshape(len(targets), -1)
    return columns
