"""Cost against epoch, for training and test examples."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dnn.history import History
from dnn.kinds import Array
from dnn.plots.theme import Theme

MOST_POINTS = 600  # points of one curve that are drawn


def cost_figure(theme: Theme) -> go.Figure:
    """The empty chart: a solid line for the training cost and a dotted one for the test cost."""
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 48, "r": 8, "t": 26, "b": 40},
            showlegend=True,
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
            xaxis=theme.axis(title={"text": "epoch", "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(title={"text": "cost", "standoff": 6}, exponentformat="power"),
            hovermode="x unified",
            hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
            uirevision="cost",
        )
    )
    for name, dash, color in (("train", "solid", theme.ink), ("test", "dot", theme.muted)):
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            name=name,
            line={"color": color, "dash": dash, "width": 2},
            hovertemplate="%{y:.4g}",
        )
    return figure


def cost_curves(history: History, most: int = MOST_POINTS) -> Array:
    """Epoch, train cost and test cost, (3, k) with k ≤ ``most``: thinned, but no peak and no valley is lost."""
    curves = np.stack([history["epoch"], history["train_cost"], history["test_cost"]])
    return curves[:, thinned(curves[1:], most)]


def thinned(curves: Array, most: int) -> np.ndarray:
    """Which of n points to draw, at most ``most`` in order: first and last, and every stretch's extremes of each curve.

    ``curves`` is (c, n); NaN counts as no extreme.
    """
    n = curves.shape[1]
    if n <= most:
        return np.arange(n)
    stretches = max(1, (most - 2) // (2 * len(curves)))
    length = -(-n // stretches)  # rounded up; the last stretch is filled up with the last point
    places = np.minimum(np.arange(stretches * length), n - 1)
    keep = [np.array([0, n - 1])]
    starts = np.arange(stretches) * length
    for curve in curves:
        blocks = curve[places].reshape(stretches, length)
        lowest = np.where(np.isnan(blocks), np.inf, blocks).argmin(axis=1)
        highest = np.where(np.isnan(blocks), -np.inf, blocks).argmax(axis=1)
        keep += [np.minimum(starts + lowest, n - 1), np.minimum(starts + highest, n - 1)]
    return np.unique(np.concatenate(keep))
