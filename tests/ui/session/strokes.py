"""What the panel sends when examples are drawn or erased, and the experiment after it."""

from typing import Any

import numpy as np

from dnn import Data, Experiment
from dnn.data.plane import Plane, View
from dnn.ui.session import panel_actions
from dnn.ui.session.drawing import with_drawing

FLAT = {"across": 0, "up": 1, "components": False, "held": [0.0, 0.0]}
MOONS = Experiment.of(data={"samples": 60, "test_share": 0.2}, network={"hidden_layer_sizes": [3]})


def points(*at: tuple[float, float], target: float = 1, stroke: int = 1, plane: Any = FLAT) -> dict[str, Any]:
    places = [list(map(float, each)) for each in at]
    return {"do": "points", "at": places, "target": target, "stroke": stroke, "plane": plane}


def erase(*at: tuple[float, float], radius: float = 0.3, stroke: int = 2) -> dict[str, Any]:
    places = [list(map(float, each)) for each in at]
    return {"do": "erase", "at": places, "radius": [radius, radius], "stroke": stroke, "plane": FLAT}


CLEAR = {"do": "clear", "stroke": 3, "plane": FLAT}


def done(experiment: Experiment, sent: dict[str, Any], view: View | None = None) -> Experiment:
    (action,) = panel_actions.read([{"number": 1, **sent}])
    assert isinstance(action, panel_actions.Drawing)
    data = experiment.make_data()
    return with_drawing(experiment, data, action, Plane.of(data, view))


def rows(data: Data) -> set[tuple[float, ...]]:
    return {tuple(row) for row in np.column_stack([data.points, data.labels]).round(3).tolist()}


def own(X: object, y: object, **names: object) -> Experiment:
    inputs = np.shape(X)[1]
    kept = {"rows": np.column_stack([X, y]), "inputs": [f"x{k + 1}" for k in range(inputs)], **names}  # type: ignore[arg-type]
    return Experiment.of(data={"dataset": {"kind": "own", **kept}}, network={"hidden_layer_sizes": [3]})
