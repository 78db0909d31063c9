"""The plane of the two inputs: axes and examples. The field of the network's answers lies under it, drawn apart.

Training examples are filled, test examples are rings. Each class has a colour and a shape of its own; for regression
the colour says the number, on the same ramp as the field, and test examples are diamonds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dnn.data import Data
from dnn.kinds import Array
from dnn.plots.theme import Theme

MOST_POINTS = 1500  # examples drawn; more would only hide one another and slow the picture down
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon", "pentagon", "triangle-down")
PARTS = (("train", True, ""), ("test", False, "-open"))


def plane(data: Data) -> tuple[float, float, float, float]:
    """(x1 low, x1 high, x2 low, x2 high) of a square that holds all examples with a margin of a tenth."""
    low, high = data.points[:, :2].min(axis=0), data.points[:, :2].max(axis=0)
    x, y = map(float, (low + high) / 2)
    half = 0.55 * max(float((high - low).max()), 1e-6)
    return x - half, x + half, y - half, y + half


def heights(data: Data) -> tuple[float, float]:
    """The numbers between which a field of answers is coloured: all targets, and at least 1e-6 between them."""
    low, high = float(data.y[:, 0].min()), float(data.y[:, 0].max())
    half = max((high - low) / 2, 5e-7)
    return (low + high) / 2 - half, (low + high) / 2 + half


def rows_drawn(data: Data) -> np.ndarray:
    """Which examples are drawn, by row: all, or an even choice of very many."""
    return np.unique(np.linspace(0, len(data.X) - 1, min(MOST_POINTS, len(data.X))).astype(int))


def boundary_figure(data: Data, theme: Theme) -> go.Figure:
    """Axes and examples for ``data``; the last trace is an unseen heat map that carries hover values."""
    x_low, x_high, y_low, y_high = plane(data)
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 42 * theme.scale, "r": 8, "t": 26 * theme.scale, "b": 38 * theme.scale},
            showlegend=True,
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemclick": False},
            xaxis=theme.axis(
                range=[x_low, x_high], showgrid=False, fixedrange=True, title={"text": "x₁", "standoff": 4}
            ),
            yaxis=theme.axis(
                range=[y_low, y_high], showgrid=False, fixedrange=True, title={"text": "x₂", "standoff": 2}
            ),
            hovermode="closest",
        )
    )
    shown, training = np.zeros(len(data.X), bool), np.arange(len(data.X)) < data.n_train
    shown[rows_drawn(data)] = True
    if data.task == "regression":
        for part, filled, _ in PARTS:
            rows = shown & (training == filled)
            values = data.y[rows, 0]
            marker = {"symbol": "circle" if filled else "diamond", "color": values.round(4), **_scale(data, theme)}
            _points(figure, theme, data.points[rows], part, f"target %{{marker.color:.3f}}, {part}", filled, marker)
    else:
        count = max(2, data.y.shape[1])
        for label, (color, symbol) in enumerate(zip(theme.of_classes(count), SYMBOLS, strict=False)):
            for part, filled, style in PARTS:
                rows = shown & (training == filled) & (data.labels == label)
                name = f"class {label}" if filled else "test"
                marker = {"symbol": symbol + style, "color": color}
                _points(figure, theme, data.points[rows], name, f"class {label}, {part}", filled, marker)
                figure.data[-1].showlegend = filled or count == 2
    figure.add_heatmap(
        z=[[0.5]],
        opacity=0,
        showscale=False,
        visible=False,
        name="answer",
        hovertemplate=f"x₁ %{{x:.3f}}, x₂ %{{y:.3f}}<br>{_answer(data)}<extra></extra>",
    )
    return figure


def _answer(data: Data) -> str:
    """What the network says at a place, as a hover text."""
    return {"binary": "P(class 1) %{z:.3f}", "multiclass": "%{text}", "regression": "prediction %{z:.3f}"}[data.task]


def _scale(data: Data, theme: Theme) -> dict[str, Any]:
    low, high = heights(data)
    first, last = theme.classes
    return {"cmin": low, "cmax": high, "colorscale": [[0, first], [0.5, theme.ramp[1]], [1, last]]}


def _points(
    figure: go.Figure, theme: Theme, X: Array, name: str, hover: str, filled: bool, marker: dict[str, Any]
) -> None:
    if not isinstance(marker["color"], str):  # a number may have the colour of paper
        line = {"width": 1.0, "color": theme.muted}
    else:
        line = {"width": 0.8, "color": theme.paper} if filled else {"width": 1.6}
    figure.add_scatter(
        x=X[:, 0].round(4),
        y=X[:, 1].round(4),
        mode="markers",
        name=name,
        marker={"size": 7 * theme.scale, "line": line, **marker},
        hovertemplate=f"{hover}<br>x₁ %{{x:.3f}}, x₂ %{{y:.3f}}<extra></extra>",
    )
