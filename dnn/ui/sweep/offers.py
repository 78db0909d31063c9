"""Which settings the page offers for the axes of a sweep, and with which values to begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from dnn.activations import ACTIVATIONS
from dnn.components import Component, Spec, limits
from dnn.data.features import available_features
from dnn.datasets import DATASETS
from dnn.experiment import Experiment
from dnn.initializers import BIAS_INITIALIZERS, INITIALIZERS
from dnn.losses import LOSSES
from dnn.optimizers import OPTIMIZERS
from dnn.schedules import SCHEDULES
from dnn.sweeps.settings import names_of

Values = tuple[Any, ...]

ACROSS, UP = "training.learning_rate", "network.activation"  # to begin with
STEPS = 5  # values of a component's parameter
TIMES = (0.25, 0.5, 1.0, 2.0, 4.0)  # the same where its range has no end


def _datasets(base: Experiment) -> Values:
    """Return the data sets with two inputs for the same task."""
    task = base.data.dataset.task
    found = (name for name, kind in DATASETS.items() if not kind.is_table and name != "own" and _fits(kind, task))
    return tuple(found)


def _fits(kind: type[Any], task: str) -> bool:
    dataset = kind()
    return dataset.task == task and len(dataset.names.inputs) == 2


def _features(base: Experiment) -> Values:
    """Return feature lists: the inputs alone, with squares, with their product too, and with sines."""
    if len(base.data.dataset.names.inputs) != 2:
        return ([],)
    features = available_features(2)
    plain = [text for text in ("x1", "x2") if text in features]
    more = [["x1^2", "x2^2"], ["x1^2", "x2^2", "x1*x2"], ["x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]]
    return ([], *([*plain, *formulas] for formulas in more))


def _losses(base: Experiment) -> Values:
    return tuple(name for name, loss in LOSSES.items() if base.data.dataset.task in loss.tasks)


RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # decades and thirds
STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)

# The settings in the order in which they are offered; the others follow.
OFFERS: dict[str, Callable[[Experiment], Values]] = {
    ACROSS: lambda _: RATES,
    UP: lambda _: tuple(name for name in ACTIVATIONS if name != "linear"),
    "training.optimizer": lambda _: tuple(OPTIMIZERS),
    "network.hidden_layer_sizes": lambda _: ([2], [4], [8], [16], [4, 2], [4, 4], [8, 8], [8, 8, 8]),
    "network.initializer": lambda _: tuple(INITIALIZERS),
    "training.batch_size": lambda _: (1, 2, 5, 10, 20, 50, 100, None),
    "training.l2": lambda _: STRENGTHS,
    "training.l1": lambda _: STRENGTHS,
    "training.dropout": lambda _: SHARES,
    "data.dataset.noise": lambda _: (0.0, 0.05, 0.1, 0.2, 0.3, 0.4),
    "data.samples": lambda _: (20, 50, 100, 200, 500, 1000),
    "data.dataset": _datasets,
    "data.features": _features,
    "data.label_noise": lambda _: SHARES,
    "data.test_share": lambda _: (0.1, 0.3, 0.5, 0.7, 0.9),
    "data.validation_share": lambda _: (0.0, 0.1, 0.2, 0.3, 0.5),
    "data.class_balance": lambda _: (0.05, 0.1, 0.2, 0.5, 1.0),
    "data.standardize": lambda _: ("none", "each", "whole"),
    "data.weights": lambda _: ("equal", "balanced"),
    "data.standardize_target": lambda _: (False, True),
    "network.bias_initializer": lambda _: tuple(BIAS_INITIALIZERS),
    "training.schedule": lambda _: tuple(SCHEDULES),
    "training.loss": _losses,
    "training.clip_norm": lambda _: (None, 0.01, 0.1, 1.0, 10.0),
    "training.patience": lambda _: (None, 5, 20, 100),
    "training.min_improvement": lambda _: (0.0, 1e-5, 1e-4, 1e-3, 1e-2),
    "training.dtype": lambda _: ("float64", "float32"),
    "draw": lambda _: tuple(range(8)),
    "seed": lambda base: tuple(base.seed + number for number in range(8)),
}


def names(base: Experiment) -> list[str]:
    """Return the names of the settings that can be on an axis: the usual ones first, then parameters of components."""
    names = set(names_of(base))
    numeric = [name for name in names_of(base) if name not in OFFERS and _parameter(name, base) is not None]
    return [*(name for name in OFFERS if name in names), *numeric]


def offered(name: str, base: Experiment) -> Values:
    """Return values for the setting to begin with."""
    if name in OFFERS:
        return OFFERS[name](base)
    found = _parameter(name, base)
    assert found is not None
    return tuple(_spread(*found))


def _parameter(name: str, base: Experiment) -> tuple[type[Component], str, float] | None:
    """Return the component of a numeric parameter, its field and its value; None for any other setting."""
    *path, field = name.split(".")
    owner: Any = base
    for part in path:
        owner = owner[int(part) - 1] if isinstance(owner, tuple) else getattr(owner, part)
    value = getattr(owner, field) if isinstance(owner, Spec) else None
    if isinstance(owner, Component) and isinstance(value, int | float) and not isinstance(value, bool):
        return type(owner), field, value
    return None


def _spread(kind: type[Component], field: str, value: float) -> Iterator[float]:
    """Return values of a parameter around its own: over its range, or shares and multiples if that has no end."""
    low, high = limits(kind, field)
    whole = kind.model_fields[field].annotation is int
    if np.isfinite([low, high]).all() and high - low <= 10:
        values = np.linspace(low, high, STEPS + 1 if kind.model_fields[field].annotation is float else STEPS)
        found = [float(f"{each:.6g}") for each in values[values < high]]
    else:
        found = [each * (value or 1.0) for each in TIMES]
    rounded = {round(each) if whole else each for each in found if low <= each <= high} | {value}
    yield from sorted(rounded)
