"""The plane through the inputs: axes and examples. The page draws the network's outputs below it.

Training examples are filled, test examples are rings, and validation examples are rings with a dot. Each class has its
colour and shape. For regression the colour shows the target, on the same scale as the field; test examples are diamonds
and validation examples squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.data import Data
from dnn.data.plane import Plane
from dnn.messages import Translate
from dnn.plots.examples import SYMBOLS, chances, class_names, heights, rows_drawn
from dnn.plots.theme import Theme, verbatim

PARTS = (("train", True, ""), ("validation", False, "-open-dot"), ("test", False, "-open"))  # name, filled, symbol
OF_NUMBERS = {"train": "circle", "validation": "square", "test": "diamond"}  # symbols where the colour is the target
TEST = "test"  # ``meta`` of traces that show test examples


def boundary_figure(data: Data, theme: Theme, plane: Plane | None = None, say: Translate = str) -> go.Figure:
    """Draw axes and examples of ``data`` on ``plane``; the last trace is an invisible heat map for hover values."""
    return go.Figure(boundary_parts(data, theme, plane, say))


def boundary_parts(data: Data, theme: Theme, plane: Plane | None = None, say: Translate = str) -> dict[str, Any]:
    """Return the ``data`` and the ``layout`` of :func:`boundary_figure`, which are made sooner than a figure is."""
    plane = plane or Plane.of(data)
    x_low, x_high, y_low, y_high = plane.bounds
    across, up = map(verbatim, plane.axis_names(data, say))
    margin = 42 if max(abs(y_low), abs(y_high)) < 1000 else 56  # four digits need more space
    layout = theme.layout(
        margin={"l": margin * theme.scale, "r": 8, "t": 26 * theme.scale, "b": 41 * theme.scale},
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemclick": False},
        xaxis=theme.axis(range=[x_low, x_high], showgrid=False, fixedrange=True, title={"text": across, "standoff": 4}),
        yaxis=theme.axis(
            range=[y_low, y_high],
            showgrid=False,
            fixedrange=True,
            title={"text": up, "standoff": 2},
            showticklabels=bool(up),
        ),
        hovermode="closest",
    )
    where = f"{across} %{{x:.4g}}, {up} %{{y:.4g}}" if up else f"{across} %{{x:.4g}}"
    answer = {
        "type": "heatmap",
        "z": [[0.5]],
        "opacity": 0,
        "showscale": False,
        "visible": False,
        "name": "answer",
        "hovertemplate": f"{where}<br>{_answer(data, say)}<extra></extra>",
    }
    return {"data": [*_examples(data, theme, plane, say, (where, up)), answer], "layout": layout}


def _examples(
    data: Data, theme: Theme, plane: Plane, say: Translate, axes: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    """The traces of the examples; ``axes`` are the hover text of a place, and the name of the axis upwards."""
    where, up = axes
    places = plane.places(data)
    drawn = np.zeros(len(data.X), bool)
    drawn[rows_drawn(data)] = True
    parts = [part for part in PARTS if data.n_validation or part[0] != "validation"]
    if data.task == "regression":
        for name, *_ in parts:
            part, rows = say(name), drawn & _is_part(data, name)
            values = data.y[rows, 0]
            marker = {"symbol": OF_NUMBERS[name], "color": values.round(4), **_scale(data, theme)}
            target = verbatim(data.names.target) if up != verbatim(data.names.target) else say("target")
            hover = f"{target} %{{marker.color:.3f}}, {part}"
            yield _points(theme, places[rows], part, f"{hover}<br>{where}", name, marker)
    else:
        names = tuple(map(verbatim, class_names(data, say)))
        for label, (color, symbol) in enumerate(zip(theme.of_classes(len(names)), SYMBOLS, strict=False)):
            for part, filled, style in parts:
                rows = drawn & _is_part(data, part) & (data.labels == label)
                name = names[label] if filled else say(part)
                marker = {"symbol": symbol + style, "color": color}
                points = _points(theme, places[rows], name, f"{names[label]}, {say(part)}<br>{where}", part, marker)
                # of two classes each has an entry for its rings; with a third part they would take the plane's room
                rings = len(names) == 2 and (not data.n_validation or label == 1)
                yield points | {"showlegend": filled or rings}


def _is_part(data: Data, name: str) -> np.ndarray:
    """Return which examples (m,) belong to the part of this name in ``PARTS``."""
    first, last = {
        "train": (0, data.n_train),
        "validation": (data.n_train, data.first_test),
        "test": (data.first_test, len(data.X)),
    }[name]
    rows = np.arange(len(data.X))
    return (first <= rows) & (rows < last)


def _answer(data: Data, say: Translate) -> str:
    """Return the hover text of the network's output."""
    if data.task == "binary":
        return f"{chances(data, say)[1]} %{{z:.3f}}"
    return "%{text}" if data.task == "multiclass" else f"{say('prediction')} %{{z:.3f}}"


def _scale(data: Data, theme: Theme) -> dict[str, Any]:
    low, high = heights(data)
    first, last = theme.classes
    return {"cmin": low, "cmax": high, "colorscale": [[0, first], [0.5, theme.ramp[1]], [1, last]]}


def _points(theme: Theme, X: Array, name: str, hover: str, part: str, marker: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(marker["color"], str):  # the colour of a target may equal the paper
        line = {"width": 1.0, "color": theme.muted}
    else:
        line = {"width": 0.8, "color": theme.paper} if part == "train" else {"width": 1.6}
    return {
        "type": "scatter",
        "x": X[:, 0].round(4),
        "y": X[:, 1].round(4),
        "mode": "markers",
        "name": name,
        "marker": {"size": 7 * theme.scale, "line": line, **marker},
        "hovertemplate": f"{hover}<extra></extra>",
        "meta": TEST if part == TEST else None,
    }
