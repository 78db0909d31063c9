"""The plane of the two inputs: axes and examples. The field of probabilities lies under this figure, drawn apart.

Training examples are filled, test examples are rings; class 0 is round and orange, class 1 square and blue.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dnn.data import Data
from dnn.plots.theme import Theme

MOST_POINTS = 1500  # examples drawn; more would only hide one another and slow the picture down
SYMBOLS = (("circle", "circle-open"), ("square", "square-open"))  # by class: training, test


def plane(data: Data) -> tuple[float, float, float, float]:
    """(x1 low, x1 high, x2 low, x2 high) of a square that holds all examples with a margin of a tenth."""
    low, high = data.X[:, :2].min(axis=0), data.X[:, :2].max(axis=0)
    x, y = map(float, (low + high) / 2)
    half = 0.55 * max(float((high - low).max()), 1e-6)
    return x - half, x + half, y - half, y + half


def boundary_figure(data: Data, theme: Theme) -> go.Figure:
    """Axes and examples for ``data`` of two classes; the last trace is an unseen heat map that carries hover values."""
    x_low, x_high, y_low, y_high = plane(data)
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 42, "r": 8, "t": 26, "b": 38},
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
    drawn = np.arange(len(data.X)) < data.n_train
    shown = np.zeros(len(data.X), bool)
    shown[np.linspace(0, len(data.X) - 1, min(MOST_POINTS, len(data.X))).astype(int)] = True
    for label, symbols in enumerate(SYMBOLS):
        for part, training, symbol in zip(("train", "test"), (True, False), symbols, strict=True):
            rows = shown & (drawn == training) & (data.labels == label)
            line = {"width": 0.8, "color": theme.paper} if training else {"width": 1.6}
            figure.add_scatter(
                x=data.X[rows, 0].round(4),
                y=data.X[rows, 1].round(4),
                mode="markers",
                name=f"class {label}" if training else "test",
                marker={"size": 7, "color": theme.classes[label], "symbol": symbol, "line": line},
                hovertemplate=f"class {label}, {part}<br>x₁ %{{x:.3f}}, x₂ %{{y:.3f}}<extra></extra>",
            )
    figure.add_heatmap(
        z=[[0.5]],
        opacity=0,
        showscale=False,
        visible=False,
        name="probability",
        hovertemplate="x₁ %{x:.3f}, x₂ %{y:.3f}<br>P(class 1) %{z:.3f}<extra></extra>",
    )
    return figure
