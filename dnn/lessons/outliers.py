"""How far outliers turn the line of one neuron."""

from __future__ import annotations

import numpy as np

from dnn.experiment import Experiment
from dnn.training import advance, start
from dnn.training.run import Run


def without_outliers(run: Run) -> Run:
    """The same run on the same data set without its outliers, after as many epochs."""
    document = run.experiment.model_dump()
    document["data"]["dataset"]["outliers"] = 0.0
    return advance(start(Experiment.model_validate(document)), run.epoch)


def turned_by_outliers(run: Run) -> float:
    """The angle in degrees between the line of a run of one neuron and that of the same run without outliers."""
    w, v = (each.params[0][0][:, 0] for each in (run, without_outliers(run)))
    return float(np.degrees(np.arccos(np.clip(w @ v / (np.linalg.norm(w) * np.linalg.norm(v)), -1.0, 1.0))))
