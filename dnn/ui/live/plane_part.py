"""The plane of a scene as the browser knows it: its axes, and where the inputs that are not drawn are held."""

from __future__ import annotations

from typing import Any

from dnn.data import Data
from dnn.data.plane import Plane, titles
from dnn.messages import Translate


def plane_part(plane: Plane, data: Data, say: Translate) -> dict[str, Any]:
    """Which plane it is, and for each input what it is called, its range, and where it is held."""
    points, view, mean = data.points, plane.view, plane.mean
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (mean - 1.0, mean + 1.0)
    held = [value if kept is None else kept for value, kept in zip(mean.tolist(), view.held, strict=True)]
    columns = zip(titles(data, say), low.tolist(), high.tolist(), held, strict=True)
    return {
        "across": view.across,
        "up": view.up,
        "components": view.components,
        "axes": plane.axis_names(data, say),
        "inputs": [dict(zip(("title", "low", "high", "held"), column, strict=True)) for column in columns],
    }
