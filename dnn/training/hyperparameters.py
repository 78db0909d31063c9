"""The training settings of one run as plain numbers, or of R runs in lockstep as columns with one row for each run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.experiment import TrainingSpec
from dnn.optimizers import Optimizer
from dnn.schedules import Schedule


class Hyperparameters:
    """The settings ``trainings``, one for each run, in the form in which an update uses them.

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
        self.learning_rates = np.array([each.learning_rate for each in trainings])
        self.schedules: dict[Schedule, list[int]] = {}
        for run, each in enumerate(trainings):
            self.schedules.setdefault(each.schedule, []).append(run)

    def rates(self, epochs: int | range) -> Array:
        """The learning rate of each run in an epoch, (R,), or in each of ``epochs``, (epochs, R)."""
        numbers = np.array(epochs, np.float64)
        rates = np.empty((*numbers.shape, len(self.trainings)))
        for schedule, runs in self.schedules.items():
            rates[..., runs] = self.learning_rates[runs] * schedule.share(numbers)[..., None]
        return rates

    def rates_of(self, epochs: range) -> Sequence[Any]:
        """The same for each of ``epochs`` as a factor for gradients: floats, or arrays (R, 1)."""
        rates = self.rates(epochs)
        if len(self.trainings) == 1:
            return [float(rate) for rate in rates[:, 0]]
        return list(rates.astype(self._dtype)[:, :, None])

    def _column(self, values: Sequence[float]) -> float | Array:
        if len(values) == 1:
            return float(values[0])
        return np.array(values, self._dtype)[:, None]
