"""Which examples the network learns from, and what it sees of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from dnn.datasets import DATASETS
from dnn.experiment import DataSpec, Experiment
from dnn.ui import session
from dnn.ui.controls import features, kinds, training
from dnn.ui.controls.widgets import Marks, either, fold, note, number, pairs, seen, share

WEIGHTS = {"equal": "All alike", "balanced": "Classes alike"}


def values(experiment: Experiment) -> dict[str, Any]:
    """What the widgets hold."""
    data = experiment.data
    return {
        "samples": data.samples,
        "seed": experiment.seed,
        "test_share": data.test_share,
        "weights": data.weights,
        **kinds.values("dataset", DATASETS, data.dataset),
        **features.values(data),
    }


def described() -> dict[str, Any]:
    """What the widgets say."""
    given = {name: session.value(name) for name in ("samples", "test_share", "weights")}
    return given | {"dataset": kinds.described("dataset", DATASETS), "features": features.described()}


def draw(marks: Marks) -> None:
    """What is often changed, and the rest in a fold."""
    kinds.choose("Data set", "dataset", DATASETS, note(DataSpec, "dataset"))
    samples = partial(number, "Samples", "samples", DataSpec, marks, step=50)
    pairs(seen(samples=samples, seed=partial(number, "Seed", "seed", Experiment, marks)))
    test_share = partial(share, "Test share", "test_share", note(DataSpec, "test_share"))
    kinds.parameters("dataset", DATASETS, beside=tuple(seen(test_share=test_share)))
    training.use_fitting_loss()
    fold("Inputs and weights", ("feature", "features", "weights"), marks, _folded, ("features", "weights"))


def _folded(marks: Marks) -> None:
    features.draw(marks)
    either("Weight of the examples", "weights", DataSpec, WEIGHTS)
