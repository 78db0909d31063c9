"""What the Health tab shows: each layer's gradient norms, update, activations, gradients, dead and saturated units.

Measured only while the browser says that the tab is open ("health on", "health off"), and twice a second at most.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dnn.analysis.health import LayerHealth, health
from dnn.analysis.health.measures import MOST_EXAMPLES
from dnn.components import Array
from dnn.plots.curves import gradient_curves
from dnn.training.run import Run

EVERY = 0.5  # seconds between two measurements while it plays
WORK = 4e6  # weights times examples of one measurement: it takes 4 milliseconds at most
BINS = 24  # of a histogram
LARGEST = 1e30  # numbers beyond it are drawn as this large
REQUESTS = {"health on": True, "health off": False}

Measured = tuple[dict[str, Any], dict[str, np.ndarray]]  # what a header says, and arrays


class HealthPart:
    """It stores whether the tab is open, and of which run the health was sent."""

    def __init__(self) -> None:
        self.open = False
        self._asked = 0  # how often the browser opened it: each time it needs all of it
        self._sent: tuple[int, Run] | None = None
        self._measured = 0.0  # when

    def request(self, words: str) -> bool:
        """Open or close the tab, as the browser asks for it; False where it asks for nothing such. Takes no lock."""
        if words not in REQUESTS:
            return False
        self.open = REQUESTS[words]
        self._asked += 1
        return True

    def shows_all_of(self, run: Run) -> bool:
        """Whether the tab has what ``run`` is like now, or needs nothing."""
        return not self.open or not run.data.n_train or self._sent_of(self._asked, run)

    def _sent_of(self, asked: int, run: Run) -> bool:
        return self._sent is not None and self._sent[0] == asked and self._sent[1] is run

    def of(self, run: Run, now: float, *, playing: bool, fresh: bool) -> Measured | None:
        """Return the header's part on health, and its arrays; None where the tab is closed or shows it already.

        ``now`` is in seconds, ``fresh``: nothing was sent to the browser yet. See :func:`measured` for what is
        returned.
        """
        asked = self._asked
        if not self.open or not run.data.n_train:
            return None
        again = self._sent is not None and self._sent[0] == asked and not fresh
        if again and (self._sent_of(asked, run) or (playing and now - self._measured < EVERY)):
            return None
        self._sent, self._measured = (asked, run), now
        return measured(run)


def measured(run: Run) -> Measured:
    """The health of ``run``, ready for JSON, and its arrays, all float32.

    ``examples`` is how many were looked at, ``layers`` has the numbers of each: None where one is not finite. ``norms``
    (1 + L, k) are epochs and gradient norms, ``activations`` and ``gradients`` (L, bins) counts.
    """
    examples = examples_for(run)
    seen = health(run, examples)
    histograms = [(layer.activations(BINS), layer.gradients(BINS)) for layer in seen.layers]
    layers = [
        _layer(layer) | {"activations": _ends(activations.edges), "gradients": _ends(gradients.edges)}
        for layer, (activations, gradients) in zip(seen.layers, histograms, strict=True)
    ]
    parts = {
        "norms": np.clip(gradient_curves(run.history), -LARGEST, LARGEST).astype(np.float32),
        "activations": np.array([activations.counts for activations, _ in histograms], np.float32),
        "gradients": np.array([gradients.counts for _, gradients in histograms], np.float32),
    }
    return {"examples": len(seen.trace.X), "layers": layers}, parts


def examples_for(run: Run) -> int:
    """How many training examples are looked at: fewer for larger networks, so that a frame stays quick."""
    return min(MOST_EXAMPLES, max(1, int(WORK / run.params.vector.size)))


def _layer(layer: LayerHealth) -> dict[str, Any]:
    return {
        "ratio": _plain(layer.update_ratio),
        "units": len(layer.dead),
        "dead": int(layer.dead.sum()),
        "saturated": int(layer.saturated.sum()),
    }


def _ends(edges: Array) -> list[float]:
    return [float(edges[0]), float(edges[-1])]


def _plain(number: float) -> float | None:
    return number if np.isfinite(number) else None
