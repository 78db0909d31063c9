"""Training: ``start`` a run of an experiment, ``advance`` it, look at its ``history``."""

from dnn.training.api import (
    advance,
    advance_batch,
    advance_many,
    advance_updates,
    batch_of,
    edited,
    start,
    start_many,
    train,
)
from dnn.training.run import Run
from dnn.training.timeline import Timeline
from dnn.training.workspace import Workspace

__all__ = [
    "Run",
    "Timeline",
    "Workspace",
    "advance",
    "advance_batch",
    "advance_many",
    "advance_updates",
    "batch_of",
    "edited",
    "start",
    "start_many",
    "train",
]
