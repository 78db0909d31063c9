"""How examples are drawn in every picture of the plane: which of them, with which marks, and under which names."""

from __future__ import annotations

import numpy as np

from dnn.data import Data
from dnn.data.plane import Bounds, Plane, translate_name
from dnn.messages import Translate
from dnn.plots.theme import verbatim

MOST_POINTS = 2000  # drawn examples; more would hide one another and slow down the figure
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon", "pentagon", "triangle-down")


def bounds_of(data: Data) -> Bounds:
    """Return the initial bounds (left, right, low, high) of the plane: all examples and a margin."""
    return Plane.of(data).bounds


def heights(data: Data) -> tuple[float, float]:
    """Return the limits of the field's colour scale: the range of all targets, at least 1e-6 wide."""
    if not len(data.y):
        return -1.0, 1.0
    low, high = float(data.y[:, 0].min()), float(data.y[:, 0].max())
    half = max((high - low) / 2, 5e-7)
    return (low + high) / 2 - half, (low + high) / 2 + half


def rows_drawn(data: Data) -> np.ndarray:
    """Return the rows of the examples to draw: all, or an evenly spaced selection."""
    return np.unique(np.linspace(0, len(data.X) - 1, min(MOST_POINTS, len(data.X))).astype(int))


def class_names(data: Data, say: Translate = str) -> tuple[str, ...]:
    """Return the names of the classes on the page: "class 0" if they only have numbers."""
    return tuple(
        say("class {name}").format(name=name) if name.isdecimal() else translate_name(name, say)
        for name in data.names.classes
    )


def chances(data: Data, say: Translate = str) -> tuple[str, ...]:
    """Return the text before the probability of each class in a hover text."""
    return tuple(f"P({verbatim(name)})" for name in class_names(data, say))
