"""What the page of a pupil reports of its run: numbers, a small picture, and the settings."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, MaxLen
from pydantic import ConfigDict

from dnn.components import Document, Task
from dnn.data.table.column import MOST_CLASSES
from dnn.experiment import Experiment
from dnn.plots.boundary_picture import SIDE, levels_of
from dnn.training.run import Run

LONGEST_EXPERIMENT = 20_000  # characters of an experiment's JSON: all settings, and own data of some hundred numbers
MOST_SIZES = 34  # layers of a network, with its inputs and outputs

State = Literal["playing", "paused", "ended", "diverged"]
Number = Annotated[int, Ge(0)]


class Report(Document):
    """One moment of a pupil's run. A number that is unknown or not finite is None.

    ``accuracy`` is the share of the test examples, or without any of the training examples; None for regression.
    ``boundary`` has SIDE × SIDE bytes, or none: ``dnn.plots.boundary_picture.picture(boundary, task, classes, theme)``
    draws them.
    ``experiment`` is the JSON of all settings; "" where own data make it too long to be sent.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    epoch: Number
    state: State
    train_cost: float | None
    accuracy: Annotated[float, Ge(0.0), Le(1.0)] | None
    sizes: Annotated[tuple[Number, ...], MaxLen(MOST_SIZES)] = ()  # units of each layer, the inputs first
    units: Number  # hidden units
    weights: Number  # weights and biases
    task: Task
    classes: Annotated[int, Ge(0), Le(MOST_CLASSES)]
    boundary: Annotated[bytes, MaxLen(SIDE * SIDE)] = b""
    experiment: Annotated[str, MaxLen(LONGEST_EXPERIMENT)] = ""

    @classmethod
    def of(cls, run: Run, state: State) -> Report:
        """Return the report of ``run``, which a page shows in this state. It takes about a millisecond."""
        empty = not len(run.data.X)
        untested = math.isnan(run.latest.get("test_accuracy", math.nan))
        accuracy = run.latest.get("train_accuracy" if untested else "test_accuracy", math.nan)
        return cls(
            epoch=run.epoch,
            state=state,
            train_cost=_finite(run.latest.get("train_cost", math.nan)),
            accuracy=None if run.data.task == "regression" else _finite(accuracy),
            sizes=run.params.sizes,
            units=sum(run.params.sizes[1:-1]),
            weights=len(run.params.vector),
            task=run.data.task,
            classes=run.data.y.shape[1],
            boundary=b"" if empty else _levels(run),
            experiment=document_of(run.experiment),
        )


@lru_cache(maxsize=256)
def document_of(experiment: Experiment) -> str:
    """Return the JSON of ``experiment``; "" where it is longer than LONGEST_EXPERIMENT."""
    text = experiment.model_dump_json()
    return text if len(text) <= LONGEST_EXPERIMENT else ""


def _levels(run: Run) -> bytes:
    with np.errstate(all="ignore"):  # a run about to diverge may overflow
        return levels_of(run)


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None
