"""A drawing of what starting weights do: the activations of every hidden layer, before any training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from dnn.components import Array
from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.network import forward
from dnn.training import start

STARTS: dict[str, dict[str, Any]] = {
    "zeros": {"kind": "zeros"},
    "small": {"kind": "normal", "scale": 0.01},
    "large": {"kind": "normal", "scale": 1.0},
    "xavier": {"kind": "glorot_normal"},
    "he": {"kind": "he_normal"},
}
RANGES = {"relu": (0.0, 3.0), "tanh": (-1.0, 1.0)}  # of the histograms; what lies beyond is in their last bins
BINS, DIGITS = 15, 4


@dataclass(frozen=True)
class Starts(Drawing):
    """Histograms of the step's hidden layers on its training examples, for each of ``STARTS`` with ReLU or tanh.

    Below them stands the spread of each layer over that of the inputs. The start, the activation function and the
    layer of which the words speak are handles.
    """

    kind: ClassVar[str] = "starts"
    parts: ClassVar[tuple[str, ...]] = ("bars", "zeros", "spread", "start", "activation")

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        cases = [
            [_layers(with_start(experiment, activation, kind), activation) for kind in STARTS] for activation in RANGES
        ]
        last = len(experiment.network.hidden_layer_sizes)
        return {
            "ranges": [list(ends) for ends in RANGES.values()],
            "cases": cases,
            "start": {"start": list(STARTS).index("he"), "activation": 0, "layer": last},
        }


def with_start(experiment: Experiment, activation: str, kind: str) -> Experiment:
    """Return ``experiment`` with another activation function and with one of ``STARTS``."""
    document = experiment.model_dump()
    document["network"] |= {"activation": activation, "initializer": STARTS[kind]}
    return Experiment.model_validate(document)


@lru_cache(maxsize=64)
def _layers(experiment: Experiment, activation: str) -> list[dict[str, Any]]:
    """Return for each hidden layer the histogram of what is not 0, the share of zeros, and the spread."""
    run = start(experiment)
    X = run.data.X_train
    return [
        {
            "bins": _shares(a, RANGES[activation]),
            "zeros": round(float(np.mean(a == 0.0)), DIGITS),
            "spread": float(f"{a.std() / X.std():.{DIGITS}g}"),
        }
        for a in forward(run.params, X, run.network).a[:-1]
    ]


def _shares(a: Array, ends: tuple[float, float]) -> list[float]:
    """Return the share of the activations in each bin, of those that are not 0."""
    found = a[a != 0.0]
    counts, _ = np.histogram(np.clip(found, *ends), BINS, ends)
    shares: list[float] = (counts / max(1, found.size)).round(DIGITS).tolist()
    return shares
