"""One picture of a run as numbers: the field of probabilities, a small map for every unit, the edges, the costs.

A :class:`Scene` is what stays while a run trains: the plane, its grid of points, the figures around them, the colours.
It is made once per experiment and appearance; ``arrays`` then makes one frame from the parameters of the moment. The
grid is computed in float32, which is several times quicker than float64 and looks the same.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np

from dnn.kinds import Array
from dnn.network import Trace, with_ones
from dnn.params import Params
from dnn.plots.boundary import boundary_figure, plane
from dnn.plots.cost import cost_figure
from dnn.plots.theme import Theme
from dnn.run import Run

# Points on a side of the field, fewer for networks of more units, to keep frames quick; a unit's map has a quarter.
FIELDS = ((32, 100), (160, 80), (np.inf, 60))
LARGEST = 1e6  # weights beyond it are drawn as this large
MOST_EDGES = 1600  # edges drawn; of more, the strongest

_numbers = itertools.count(1)


class Scene:
    """The stage for runs of one experiment in one appearance."""

    def __init__(self, run: Run, theme: Theme) -> None:
        self.id = next(_numbers)
        self.theme = theme
        self.sizes = run.params.sizes
        units = sum(self.sizes)
        self.field = next(side for most, side in FIELDS if units <= most)
        self.map = self.field // 4
        self.large = self.field == FIELDS[-1][1]
        self.bounds = plane(run.data)
        x_low, x_high, y_low, y_high = self.bounds
        across, down = np.linspace(x_low, x_high, self.field), np.linspace(y_high, y_low, self.field)
        grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2).astype(np.float32)
        self._params = Params.empty(self.sizes, np.float32)
        self._trace = Trace(self._params, with_ones(grid), run.network)
        self._spans = [activation.bounds for activation in run.network.activations(len(run.params))]
        self._inputs = self._maps(grid, (-np.inf, np.inf))
        self.description = json.dumps(self._describe(run))

    def _describe(self, run: Run) -> dict[str, Any]:
        return {
            "id": self.id,
            "sizes": self.sizes,
            "bounds": self.bounds,
            "threshold": 0.5,
            "ramp": self.theme.ramp_colors.tolist(),
            "colors": {"ink": self.theme.ink, "muted": self.theme.muted, "paper": self.theme.paper,
                       "grid": self.theme.grid, "negative": self.theme.classes[0], "positive": self.theme.classes[1]},
            "hidden": run.network.activations(len(run.params))[0].label,
            "boundary": json.loads(boundary_figure(run.data, self.theme).to_json()),
            "cost": json.loads(cost_figure(self.theme).to_json()),
        }  # fmt: skip

    def arrays(self, params: Params) -> dict[str, np.ndarray]:
        """``field`` (side, side) uint16, ``maps`` (inputs and hidden units, side, side) uint8, ``edges``, ``weights``.

        Rows run from top to bottom. The field is finer than its colours, so that the boundary line runs smooth.
        ``edges`` (k,) are places in the parameter vector, ``weights`` (k,) the numbers there, ``biases`` (units,) those
        of every layer.
        """
        np.clip(params.vector, -LARGEST, LARGEST, out=self._params.vector, casting="same_kind")
        with np.errstate(all="ignore"):  # a run about to diverge may overflow float32: its picture does not matter
            return self._arrays(self._trace.propagate(self._trace.X1))

    def _arrays(self, trace: Trace) -> dict[str, np.ndarray]:
        maps = [self._inputs] + [self._maps(a, span) for a, span in zip(trace.a[:-1], self._spans, strict=False)]
        places = self._edges()
        field = np.clip(trace.network.loss.probability(trace.output[:, 0]), 0.0, 1.0) * 65535.0 + 0.5
        return {
            "field": field.astype(np.uint16).reshape(self.field, self.field),
            "maps": np.concatenate(maps),
            "edges": places,
            "weights": self._params.vector[places],
            "biases": np.concatenate([b for _, b in self._params]),
        }

    def _maps(self, a: Array, span: tuple[float, float]) -> np.ndarray:
        """Small maps of activations ``a`` (grid, units): (units, side, side), 0 … 255 over ``span``, 128 its middle."""
        step = self.field // self.map
        small = a.T.reshape(-1, self.field, self.field)[:, step // 2 :: step, step // 2 :: step]
        if np.isfinite(span).all():
            low, high = span
            scaled = (small - low) * (255.0 / (high - low))
        else:  # no limits: each unit by its own largest value, zero in the middle
            largest = np.maximum(np.abs(small).max(axis=(1, 2), keepdims=True), 1e-9)
            scaled = 127.5 + small * (127.5 / largest)
        return (scaled + 0.5).astype(np.uint8)

    def _edges(self) -> np.ndarray:
        if not hasattr(self, "_all_edges"):
            self._all_edges = np.flatnonzero(self._params.weight_mask()).astype(np.uint32)
        if len(self._all_edges) <= MOST_EDGES:
            return self._all_edges
        sizes = np.abs(self._params.vector[self._all_edges])
        return np.sort(self._all_edges[np.argpartition(sizes, -MOST_EDGES)[-MOST_EDGES:]])
