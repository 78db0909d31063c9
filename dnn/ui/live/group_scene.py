"""Frames of many runs: what stays while they train, the scene, and what each frame brings of every run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from dnn.data import Data
from dnn.data.plane import Plane
from dnn.plots.examples import heights
from dnn.plots.theme import Theme
from dnn.training.run import Run
from dnn.ui.catalogue import translated
from dnn.ui.live.group_arrays import numbers_of, states_of
from dnn.ui.live.group_colors import palette, shades
from dnn.ui.live.group_maps import Maps

LARGE = 96  # points on a side of the map of one run that is shown large
POINTS, FEWEST_POINTS, ALL_POINTS = 300, 40, 3000  # examples drawn of one data set at most, and of all together
SHADES = 16  # colours for the targets of regression

_numbers = itertools.count(1)


class Look(NamedTuple):
    """How a scene is drawn; another look is another scene."""

    theme: Theme
    language: str
    layer: int
    generation: int  # of the runs


class GroupScene:
    """The stage for the ``runs`` of one layer of a group; None where the settings of a cell allow no run."""

    def __init__(
        self,
        look: Look,
        places: Sequence[int],
        runs: Sequence[Run | None],
        problems: Sequence[str],
        *,
        layers: int,
        side: int,
    ) -> None:
        self.id, self.look, self.places = next(_numbers), look, list(places)
        self._say = partial(translated, language=look.language)
        self._there = [cell for cell, run in enumerate(runs) if run is not None]
        shown_runs = [run for run in runs if run is not None]
        self._maps = Maps(shown_runs, side)
        self._large: tuple[int, Maps] | None = None  # the cell that was last shown large
        self.description = json.dumps(self._describe(runs, shown_runs, problems, layers))

    def _describe(
        self, runs: Sequence[Run | None], shown_runs: Sequence[Run], problems: Sequence[str], layers: int
    ) -> dict[str, Any]:
        theme, planes = self.look.theme, self._maps.planes
        data = {id(run.data): run.data for run in shown_runs}
        plane_numbers = {key: number for number, key in enumerate(data)}
        classes = list(dict.fromkeys(_classes(run.data) for run in shown_runs))
        points = int(np.clip(ALL_POINTS // max(1, len(data)), FEWEST_POINTS, POINTS))
        cells: list[dict[str, Any]] = []
        for place, run, problem in zip(self.places, runs, problems, strict=True):
            cells.append(
                {
                    "run": place,
                    "ramp": 0 if run is None else classes.index(_classes(run.data)),
                    "plane": -1 if run is None else plane_numbers[id(run.data)],
                    "task": None if run is None else run.data.task,
                    "sizes": [] if run is None else run.params.sizes,
                    "problem": self._say(problem),
                }
            )
        return {
            "id": self.id,
            "side": self._maps.side,
            "large": LARGE,
            "layer": self.look.layer,
            "layers": layers,
            "ramps": [palette(theme, count).tolist() for count in classes],
            "planes": [_plane(each, planes[key], theme, self._say, points) for key, each in data.items()],
            "cells": cells,
            "colors": {"ink": theme.ink, "muted": theme.muted, "paper": theme.paper, "grid": theme.grid,
                       "negative": theme.classes[0], "positive": theme.classes[1]},
        }  # fmt: skip

    def arrays(self, runs: Sequence[Run | None]) -> dict[str, np.ndarray]:
        """``maps`` (cells, side, side), uint8: colours of each cell's ramp; and the numbers and states of the runs."""
        maps = np.zeros((len(runs), self._maps.side, self._maps.side), np.uint8)
        maps[self._there] = self._maps.draw([run for run in runs if run is not None])
        return {"maps": maps, "numbers": numbers_of(runs), "states": states_of(runs)}

    def large(self, runs: Sequence[Run | None], cell: int) -> np.ndarray | None:
        """The map of one cell large, (96, 96) uint8; None where there is no run."""
        run = runs[cell]
        if run is None:
            return None
        if self._large is None or self._large[0] != cell:
            self._large = cell, Maps([run], LARGE)
        (large,) = self._large[1].draw([run])
        return np.asarray(large)


def _classes(data: Data) -> int:
    """How many colours the answers are mixed of: 1 for a ramp."""
    return data.y.shape[1] if data.task == "multiclass" else 1


def _plane(data: Data, plane: Plane, theme: Theme, say: Any, most: int) -> dict[str, Any]:
    """The part of the plane that is drawn, and some examples on it."""
    rows = np.unique(np.linspace(0, len(data.X) - 1, min(most, len(data.X))).astype(int))
    if data.task == "regression":
        low, high = heights(data)
        colors = shades(theme, SHADES)
        shares = np.clip((data.y[rows, 0] - low) / (high - low), 0.0, 1.0)
        labels = np.rint(shares * (SHADES - 1)).astype(int).tolist()
    else:
        colors, labels = list(theme.of_classes(max(2, _classes(data)))), data.labels[rows].astype(int).tolist()
    return {
        "bounds": plane.bounds,
        "square": plane.square,
        "axes": plane.axis_names(data, say),
        "points": plane.places(data)[rows].round(4).tolist(),
        "labels": labels,
        "strong": colors,
        "trained": int(np.searchsorted(rows, data.n_train)),
    }
