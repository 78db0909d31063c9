"""Training: ``start`` a run of an experiment, ``advance`` it, look at its ``history``."""

from dnn.training.api import (
    advance,
    advance_batch,
    advance_many,
    advance_updates,
    batch_of,
    edited,
    redrawn,
    start,
    train,
)

__all__ = [
    "advance",
    "advance_batch",
    "advance_many",
    "advance_updates",
    "batch_of",
    "edited",
    "redrawn",
    "start",
    "train",
]
