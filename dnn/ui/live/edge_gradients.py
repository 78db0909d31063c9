"""The gradient of every weight, for edges that show it: as now, or as a moment ago while a run plays."""

from __future__ import annotations

import time

import numpy as np

from dnn.analysis.health.measures import gradients_now
from dnn.components import Array
from dnn.training.run import Run
from dnn.ui.live.health_part import examples_for

EVERY = 0.1  # seconds between two passes back while a run plays


class EdgeGradients:
    """∂J/∂W and ∂J/∂b in the order of the parameter vector, over as many training examples as the tab for health."""

    def __init__(self) -> None:
        self._last: tuple[Run, Array] | None = None
        self._made = 0.0

    def of(self, run: Run, *, playing: bool) -> Array:
        """The gradient of ``run`` (P,) in float32; zeros where there are no training examples."""
        now, last = time.perf_counter(), self._last
        if last is not None and last[0].params.sizes == run.params.sizes and last[0].data is run.data:
            waits = playing and now - self._made < EVERY
            if last[0] is run or waits:
                return last[1]
        gradient: Array = np.zeros(run.params.vector.size, np.float32)
        if run.data.n_train:
            with np.errstate(all="ignore"):  # a run about to diverge may overflow
                gradient = np.nan_to_num(gradients_now(run, examples_for(run))[1].vector.astype(np.float32))
        self._last, self._made = (run, gradient), now
        return gradient
