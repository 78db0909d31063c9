"""Small pictures of many networks: what each answers over its plane, as numbers of colours.

Networks of one shape are computed together, in blocks whose arrays fit the processor's cache, and in float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.data.plane import Plane
from dnn.network import Trace, propagate
from dnn.params import Params, with_ones
from dnn.plots.examples import heights
from dnn.training.run import Run
from dnn.ui.live.frame import LARGEST
from dnn.ui.live.group_colors import COLORS

BLOCK = 1 << 19  # bytes that the arrays of networks computed at once should take


class Maps:
    """Maps of ``side`` × ``side`` points for runs that keep their data and their shape."""

    def __init__(self, runs: Sequence[Run], side: int) -> None:
        self.side = side
        self.planes: dict[int, Plane] = {}  # by the identity of the data, which the runs keep alive
        self._grids: dict[int, Array] = {}
        for run in runs:
            if id(run.data) not in self.planes:
                plane = self.planes[id(run.data)] = Plane.of(run.data)
                self._grids[id(run.data)] = with_ones(_grid(run.data, plane, side))
        self._blocks = [(places, self._trace([runs[place] for place in places])) for places in _blocks(runs, side)]

    def _trace(self, runs: Sequence[Run]) -> Trace:
        """Arrays for networks of one shape; they share the grid where they share the data."""
        sizes, grids = runs[0].params.sizes, [self._grids[id(run.data)] for run in runs]
        shared = all(grid is grids[0] for grid in grids)
        params = Params(sizes, np.zeros((len(runs), runs[0].params.vector.size), np.float32))
        return Trace(params, grids[0] if shared else np.stack(grids), runs[0].network)

    def draw(self, runs: Sequence[Run]) -> np.ndarray:
        """The colours (runs, side, side), uint8, of later stages of the same runs. Rows run from top to bottom."""
        drawn = np.empty((len(runs), self.side, self.side), np.uint8)
        with np.errstate(all="ignore"):  # a run about to diverge may overflow float32: its picture does not matter
            for places, trace in self._blocks:
                block = [runs[place] for place in places]
                for vector, run in zip(trace.params.vector, block, strict=True):
                    np.clip(run.params.vector, -LARGEST, LARGEST, out=vector, casting="same_kind")
                output = propagate(trace, trace.X_ones).output
                drawn[places] = _colors(output, block).reshape(-1, self.side, self.side)
        return drawn


def _grid(data: Data, plane: Plane, side: int) -> Array:
    """What a network sees at each place of the plane, (side · side, inputs or features)."""
    left, right, low, high = plane.bounds
    places = np.meshgrid(np.linspace(left, right, side), np.linspace(high, low, side))
    points = plane.points(np.stack(places, axis=-1).reshape(-1, 2)).astype(np.float32)
    return data.transform(points, finite=True).astype(np.float32)


def _blocks(runs: Sequence[Run], side: int) -> list[list[int]]:
    """The places of runs that are computed together."""
    groups: dict[object, list[int]] = {}
    for place, run in enumerate(runs):
        groups.setdefault((run.params.sizes, run.network, run.data.task), []).append(place)
    blocks = []
    for group in groups.values():
        units = sum(runs[group[0]].params.sizes[1:])
        most = max(1, BLOCK // (8 * units * side * side))
        blocks += [group[start : start + most] for start in range(0, len(group), most)]
    return blocks


def _colors(output: Array, runs: Sequence[Run]) -> np.ndarray:
    """Numbers of colours (R, points) for the outputs (R, points, outputs) of R networks of one shape."""
    classes, task = output.shape[-1], runs[0].data.task
    if task == "multiclass":
        shades = COLORS // classes
        certain = (output.max(axis=-1) * classes - 1.0) / (classes - 1)
        return np.asarray(output.argmax(axis=-1) * shades + np.clip(certain, 0.0, 1.0) * (shades - 1), np.uint8)
    if task == "regression":
        ranges = [heights(run.data) for run in runs]
        answers = np.stack([run.data.in_units(y)[:, 0] for run, y in zip(runs, output, strict=True)])
        low, high = np.array(ranges).T[:, :, None]
        level = (answers - low) / (high - low)
    else:
        level = runs[0].network.loss.probability(output[:, :, 0])
    return np.asarray(np.clip(level, 0.0, 1.0) * 255.0 + 0.5, np.uint8)
