"""The path of the run that is on screen, as far as somebody has looked at it, and before that trained again."""

from __future__ import annotations

import numpy as np

from dnn.analysis.path import POINTS, Path, before_training, epoch_of
from dnn.training.run import Run

SHOWN = 60  # points: each is drawn by itself, which takes a browser some time
MOST_TRAINING = 1.0  # seconds, about, that a run may take to be trained again for its path
UPDATE, MULTIPLICATION = 15e-6, 3e-9  # seconds that an update takes, and each number for each example in it


class SeenPath:
    """The path to the run that was looked at last."""

    def __init__(self) -> None:
        self._path: Path | None = None

    def to(self, run: Run) -> Path:
        """The path to ``run``, thinned: that of before, if ``run`` goes on from there, and one point more."""
        whole = self._whole(run)
        k = len(whole.epochs)
        shown = np.unique(np.linspace(0, k - 1, min(k, SHOWN)).round().astype(int))
        return Path(run, whole.epochs[shown], whole.vectors[shown])

    def _whole(self, run: Run) -> Path:
        before = self._path
        if before is None or not _follows(before.run, run):
            self._path = _from_start(run)
        elif not np.array_equal(before.vectors[-1], run.params.vector):
            kept = slice(None) if len(before.epochs) < 2 * POINTS else slice(0, None, 2)
            epochs = np.append(before.epochs[kept], epoch_of(run))
            self._path = Path(run, epochs, np.vstack([before.vectors[kept], run.params.vector]))
        return self._path or Path.of(run)


def _follows(before: Run, run: Run) -> bool:
    """Whether ``run`` may go on from ``before``."""
    same = run.experiment.continues(before.experiment, other_data=True) and before.params.sizes == run.params.sizes
    return same and (before.epoch, before.batch) <= (run.epoch, run.batch) and run.has_started


def _from_start(run: Run) -> Path:
    """All of its path where it can be trained again in a moment, else its first and its last point."""
    if run.changed:
        return Path.of(run)
    update = UPDATE + MULTIPLICATION * run.params.vector.size * run.batch_size
    if run.epoch * run.updates_per_epoch * update <= MOST_TRAINING:
        return Path.trained_again(run)
    return Path.of(run, [before_training(run)])
