"""The training settings of one run as plain numbers, or of R runs in lockstep as columns with one row for each run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.experiment import TrainingSpec
from dnn.optimizers import Optimizer


class Hyperparameters:
    """What ``trainings``, one for each run, say, in the form that an update reckons with.

    For one run ``l1``, ``l2``, ``clip_norm`` (infinite: no limit) and the learning rate are floats; for R runs they
    have shape (R, 1). ``dropout`` is (R, hidden layers) for any number of runs.
    """

    def __init__(self, trainings: Sequence[TrainingSpec], hidden_layers: int, dtype: npt.DTypeLike) -> None:
        self.trainings, self._dtype = trainings, dtype
        self.optimizer = Optimizer.stacked([each.optimizer for each in trainings])
        self.l1 = self._column([each.l1 for each in trainings])
        self.l2 = self._column([each.l2 for each in trainings])
        self.clip_norm = self._column([np.inf if each.clip_norm is None else each.clip_norm for each in trainings])
        self.dropout = np.array([each.dropout_of(hidden_layers) for each in trainings]).reshape(len(trainings), -1)
        self.has_l1, self.has_l2 = bool(np.any(self.l1)), bool(np.any(self.l2))
        self.clips = bool(np.any(np.isfinite(self.clip_norm)))

    def rates(self, epoch: int) -> Array:
        """The learning rate of each run in ``epoch``, (R,)."""
        return np.array([each.schedule.rate(each.learning_rate, epoch) for each in self.trainings])

    def rate(self, epoch: int) -> float | Array:
        """The same as a factor for gradients: a float, or (R, 1)."""
        return self._column(self.rates(epoch))

    def _column(self, values: Sequence[float] | Array) -> float | Array:
        if len(values) == 1:
            return float(values[0])
        return np.array(values, self._dtype)[:, None]
