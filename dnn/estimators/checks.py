"""Checks before an estimator trains: parameters, initial weights and the validation split."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import train_test_split

from dnn.components import Array
from dnn.errors import InvalidParams, InvalidSetting, Problem, shown
from dnn.experiment import Experiment

FIXED = {
    "network": ("hidden_layer_sizes", "activation", "initializer", "bias_initializer"),
    "training": ("loss", "dtype"),
}


def check_parameters(parameters: dict[str, Any]) -> None:
    """Raise InvalidSetting for invalid parameters that :class:`Experiment` does not check, or not always."""
    truths = ("early_stopping", "warm_start", "verbose")
    problems = [
        Problem(name, shown(parameters[name]), "it must be True or False")
        for name in truths
        if not isinstance(parameters[name], bool | np.bool_)
        and not (name == "verbose" and is_whole(parameters[name], 0))
    ]
    if not is_whole(parameters["epochs"], 1):
        problems.append(Problem("epochs", shown(parameters["epochs"]), "it must be a whole number, 1 or more"))
    share = parameters["validation_fraction"]
    if not isinstance(share, Real) or not 0.0 < float(share) < 1.0:
        problems.append(Problem("validation_fraction", shown(share), "it must be a number between 0 and 1"))
    sizes = parameters["hidden_layer_sizes"]
    if any(isinstance(size, str) for size in np.atleast_1d(np.array(sizes, object)).ravel()):
        problems.append(Problem("hidden_layer_sizes", shown(sizes), "it must be a whole number, or a list of them"))
    if problems:
        raise InvalidSetting(problems)
    patience = parameters["patience"]
    Experiment.of(training={"patience": patience.item() if isinstance(patience, np.generic) else patience})


def is_whole(value: Any, least: int) -> bool:
    """Whether ``value`` is a whole number of at least ``least``."""
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least


def check_goes_on(before: Experiment, after: Experiment) -> None:
    """Raise InvalidSetting for each parameter that cannot change while the weights are kept."""
    problems = []
    for section, names in FIXED.items():
        for name in names:
            old, new = (getattr(getattr(each, section), name) for each in (before, after))
            if old != new:
                allowed = (
                    f"the weights were trained with {shown(old, 80)}, so set it back, or fit with warm_start=False"
                )
                problems.append(Problem(name, shown(new, 80), allowed))
    if problems:
        raise InvalidSetting(problems)


def arrays_of(arrays: Any, name: str) -> list[Any]:
    """Convert ``coefs_init`` or ``intercepts_init`` to arrays, one for each layer."""
    try:
        if not isinstance(arrays, str):
            return list(arrays)
    except TypeError:
        pass
    raise InvalidParams(f"{name} is {shown(arrays)}; it must be a list with one array for each layer")


def held_back(share: float, targets: Array, *, classes: bool, seed: int) -> tuple[npt.NDArray[np.intp], int]:
    """Return an order of the examples and the number of training examples; a ``share`` is held back.

    The split is stratified unless a class has too few examples or fewer examples are held back than classes.
    """
    m, labels = len(targets), None
    validation = math.ceil(share * m)
    if validation >= m:
        allowed = f"with n_samples={m} it must leave one example at least to train on"
        raise InvalidSetting([Problem("validation_fraction", shown(share), allowed)])
    if classes:
        labels = targets @ np.arange(1, targets.shape[1] + 1)
        counts = np.unique(labels, return_counts=True)[1]
        labels = labels if counts.min() > 1 and len(counts) <= min(validation, m - validation) else None
    train, test = train_test_split(np.arange(m), test_size=validation, random_state=seed, stratify=labels)
    return np.concatenate([train, test]), len(train)
