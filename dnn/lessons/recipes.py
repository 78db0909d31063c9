"""Data sets, starting weights and a function for experiments that several lessons use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dnn.experiment import Experiment

BLOBS: dict[str, Any] = {"dataset": "blobs", "samples": 200}
CIRCLES: dict[str, Any] = {"dataset": "circles", "samples": 300}
MOONS: dict[str, Any] = {"dataset": "moons", "samples": 300}
FLOWER: dict[str, Any] = {"dataset": "flower", "samples": 400, "test_share": 0.0}

SMALL: dict[str, Any] = {"kind": "normal", "scale": 0.01}
UNSCALED: dict[str, Any] = {"kind": "normal", "scale": 1.0}
HE_RELU: dict[str, Any] = {"activation": "relu", "initializer": "he_normal"}


def experiment_of(
    data: dict[str, Any],
    layers: Sequence[int],
    *,
    network: dict[str, Any] | None = None,
    training: dict[str, Any] | None = None,
    seed: int = 0,
) -> Experiment:
    """Return an experiment of these parts."""
    return Experiment.of(
        data=data, network={"hidden_layer_sizes": layers} | (network or {}), training=training or {}, seed=seed
    )
