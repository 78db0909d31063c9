"""Copies of an experiment with one setting changed, to be compared with it: the questions one asks most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dnn.activations import ACTIVATIONS
from dnn.errors import InvalidSetting
from dnn.experiment.experiment import Experiment
from dnn.initializers import INITIALIZERS
from dnn.optimizers import OPTIMIZERS

FACTORS = (0.1, 0.3, 3.0, 10.0)  # of the learning rate
L2, DROPOUT, BATCH = 0.1, 0.2, 10  # where there is none


def variants(experiment: Experiment) -> tuple[Experiment, ...]:
    """Return the copies in the order of the page: learning rate, network, regularisation, other starting weights."""
    found = []
    for path, value in _changes(experiment):
        try:
            found.append(with_setting(experiment, path, value))
        except InvalidSetting:  # beyond what the setting allows
            continue
    return tuple(each for each in dict.fromkeys(found) if each != experiment)


def with_setting(experiment: Experiment, path: tuple[str, ...], value: Any) -> Experiment:
    """Return ``experiment`` with another value of the setting at ``path``; raises InvalidSetting."""
    plain = experiment.model_dump()
    section: dict[str, Any] = plain
    for name in path[:-1]:
        section = section[name]
    section[path[-1]] = value
    return Experiment.of(**plain)


def _changes(experiment: Experiment) -> Iterator[tuple[tuple[str, ...], Any]]:
    network, training = experiment.network, experiment.training
    for factor in FACTORS:
        yield ("training", "learning_rate"), float(f"{training.learning_rate * factor:.2g}")
    for kind in OPTIMIZERS:
        if kind != training.optimizer.kind:
            yield ("training", "optimizer"), kind
    yield ("training", "batch_size"), None if training.batch_size else BATCH
    sizes = network.hidden_layer_sizes
    if sizes:
        for kind in ACTIVATIONS:
            yield ("network", "activation"), kind
        yield ("network", "hidden_layer_sizes"), sizes[:-1]
        yield ("network", "hidden_layer_sizes"), tuple(max(1, width // 2) for width in sizes)
        yield ("network", "hidden_layer_sizes"), tuple(2 * width for width in sizes)
    yield ("network", "hidden_layer_sizes"), (*sizes, sizes[-1] if sizes else 4)
    for kind in INITIALIZERS:
        if kind != network.initializer.kind:
            yield ("network", "initializer"), kind
    yield ("training", "l2"), 0.0 if training.l2 else L2
    yield ("training", "dropout"), 0.0 if training.dropout else DROPOUT
    yield ("draw",), experiment.draw + 1
    yield ("seed",), experiment.seed + 1
