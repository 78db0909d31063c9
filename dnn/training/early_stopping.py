"""Early stopping: the best weights so far of each run, and the runs whose patience is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.data import Data
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS, as_dict

TRAIN_COST = COLUMNS.index("train_cost")
Watched = Literal["validation_cost", "test_cost", "train_cost"]


def watched_cost(data: Data) -> Watched:
    """The cost that early stopping watches: that of the validation examples, else the test, else the train cost."""
    if data.n_validation:
        return "validation_cost"
    return "test_cost" if data.first_test < len(data.X) else "train_cost"


@dataclass(frozen=True, eq=False)
class Best:
    """The state to which early stopping returns: the epoch of the lowest cost, its weights and its history row."""

    cost: float
    epoch: int
    vector: Array
    latest: dict[str, float]

    @classmethod
    def at(cls, epoch: int, latest: dict[str, float], vector: Array, watched: Watched) -> Best:
        """The state of one epoch; ``watched`` is the cost that counts."""
        cost = latest.get(watched, np.nan)
        return cls(np.inf if np.isnan(cost) else cost, epoch, vector.copy(), latest)


class EarlyStopping:
    """The best states of R runs, as columns; a run whose entry of ``bests`` is None never stops early."""

    def __init__(
        self,
        bests: Sequence[Best | None],
        patience: Sequence[int | None],
        min_improvement: Sequence[float],
        watched: Watched,
        has_validation: bool,
    ) -> None:
        self.patience = np.array([np.inf if each is None else each for each in patience])
        self.min_improvement = np.array(min_improvement)
        self.watches = np.isfinite(self.patience)
        self.cost = np.array([np.inf if best is None else best.cost for best in bests])
        self.epoch = np.array([0 if best is None else best.epoch for best in bests])
        self._has_validation = has_validation
        of_validation = watched == "validation_cost"
        self._column = -len(VALIDATION_COLUMNS) if of_validation else COLUMNS.index(watched)
        self._vectors = [None if best is None else best.vector for best in bests]
        self._latest = [None if best is None else best.latest for best in bests]

    def look(
        self, numbers: npt.NDArray[np.intp], rows: Array, vectors: Array, judged: npt.NDArray[np.bool], until: Array
    ) -> npt.NDArray[np.intp]:
        """Follow some epochs; returns the place (R,) at which each run's patience was over, K where it was not.

        ``numbers`` (K,) are the epochs, ``rows`` (K, R, columns) and ``vectors`` (K, R, P) what belongs to them,
        ``judged`` (K,) the epochs that count. From place ``until`` (R,) on a run is not looked at.
        """
        over = np.full(len(self.cost), len(numbers))
        if not self.watches.any():
            return over
        costs = rows[:, :, self._column]
        costs = np.where(np.isnan(costs), np.inf, costs)
        for place in np.flatnonzero(judged):
            going = self.watches & (place < until) & (over == len(numbers))
            better = going & (costs[place] < self.cost - self.min_improvement)
            if better.any():
                self.cost[better], self.epoch[better] = costs[place, better], numbers[place]
                for run in np.flatnonzero(better):
                    self._vectors[run] = vectors[place, run].copy()
                    self._latest[run] = as_dict(rows[place, run], has_validation=self._has_validation)
            over[going & (numbers[place] - self.epoch >= self.patience)] = place
        return over

    def best(self, run: int) -> Best | None:
        """The best state of a run, None if it never stops early."""
        vector, latest = self._vectors[run], self._latest[run]
        if vector is None or latest is None:
            return None
        return Best(float(self.cost[run]), int(self.epoch[run]), vector, latest)
