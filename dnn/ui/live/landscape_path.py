"""The path of the run that is on screen: from the snapshots of its timeline, and where that is quick trained again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dnn.analysis.path import POINTS, Path, epoch_of
from dnn.components import Array
from dnn.training.run import Run

SHOWN = 60  # points: each is drawn by itself, which takes a browser some time
MOST_BYTES = 4 << 20  # of the points that are kept
MOST_TRAINING = 1.0  # seconds, about, that a run may take to be trained again for its path
UPDATE, MULTIPLICATION = 15e-6, 3e-9  # seconds that an update takes, and each number for each example in it


class KnownPath:
    """The known points of the path to which an experiment leads: snapshots are few where most happens."""

    def __init__(self) -> None:
        self._begins: tuple[object, ...] = ()
        self._points: dict[float, Array] = {}  # weights by epoch

    def to(self, run: Run, snapshots: Sequence[Run]) -> Path:
        """The path to ``run``, thinned; ``snapshots`` are of its timeline, the oldest first."""
        last = epoch_of(run)
        passed = {
            epoch_of(each): each.params.vector
            for each in snapshots
            if epoch_of(each) < last and each.params.sizes == run.params.sizes
        }
        known = passed if run.changed else self._with(run, passed)
        epochs = [epoch for epoch in sorted(known) if epoch < last and np.isfinite(known[epoch]).all()]
        shown = [*_thinned(epochs, SHOWN - 1), last]
        vectors = [*(known[epoch] for epoch in shown[:-1]), run.params.vector]
        return Path(run, np.array(shown), np.stack(vectors).astype(np.float64))

    def _with(self, run: Run, passed: dict[float, Array]) -> dict[float, Array]:
        """Add the known points of an unchanged experiment, whose path is the same each time."""
        begins = run.experiment, _key(run.origin), _key(run.frozen)
        if begins != self._begins:
            update = UPDATE + MULTIPLICATION * run.params.vector.size * run.batch_size
            quick = run.epoch * run.updates_per_epoch * update <= MOST_TRAINING
            again = Path.trained_again(run) if quick and np.isfinite(run.params.vector).all() else Path.of(run)
            self._begins, self._points = begins, dict(zip(again.epochs.tolist(), again.vectors, strict=True))
        most = max(2, min(2 * POINTS, MOST_BYTES // (8 * run.params.vector.size)))
        points = self._points | passed | {epoch_of(run): run.params.vector}
        self._points = {epoch: points[epoch] for epoch in _thinned(sorted(points), most)}
        return self._points


def _thinned(epochs: Sequence[float], most: int) -> Iterable[float]:
    """At most ``most`` of them, with the first and the last one."""
    count = len(epochs)
    return [epochs[place] for place in np.linspace(0, count - 1, min(count, most)).round().astype(int)]


def _key(vector: Array | None) -> bytes | None:
    return None if vector is None else vector.tobytes()
