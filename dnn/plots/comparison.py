"""Two ways of training beside each other: what either answers over the plane, and both costs in one chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from dnn.data import Data
from dnn.kinds import Array
from dnn.plots.boundary import boundary_figure, plane
from dnn.plots.cost import MOST_POINTS, thinned
from dnn.plots.theme import Theme

ACROSS = 70  # places of the map, each way


def answer_figure(data: Data, predict: Callable[[Array], Array], theme: Theme) -> go.Figure:
    """Examples over a map of P(class 1), with a line where it is one half; ``predict`` takes points (k, 2)."""
    left, right, low, high = plane(data)
    x, y = np.linspace(left, right, ACROSS), np.linspace(low, high, ACROSS)
    answers = predict(np.dstack(np.meshgrid(x, y)).reshape(-1, 2)).reshape(ACROSS, ACROSS)
    figure = boundary_figure(data, theme)
    figure.data = [trace for trace in figure.data if trace.type == "scatter"]
    first, middle, last = theme.ramp
    figure.add_heatmap(
        x=x,
        y=y,
        z=np.where(np.isfinite(answers), answers, np.nan).round(4),
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, first], [0.5, middle], [1.0, last]],
        showscale=False,
        hovertemplate="P(class 1) %{z:.3f}<extra></extra>",
    )
    if np.isfinite(answers).all() and answers.min() < 0.5 < answers.max():
        figure.add_contour(
            x=x,
            y=y,
            z=answers,
            contours={"start": 0.5, "end": 0.5, "size": 1, "coloring": "none"},
            line={"color": theme.ink, "width": 2},
            showscale=False,
            showlegend=False,
            hoverinfo="skip",
        )
    figure.data = sorted(figure.data, key=lambda trace: trace.type == "scatter")  # examples on top
    figure.update_layout(height=320, font=theme.page_font, margin={"t": 34, "b": 44})
    return figure


def costs_figure(costs: Sequence[tuple[str, Array]], theme: Theme) -> go.Figure:
    """Cost against epoch, one line each; the first is solid, the others dashed. A line ends where its cost does."""
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 58, "r": 24, "t": 30, "b": 44},
            height=300,
            font=theme.page_font,
            showlegend=True,
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
            xaxis=theme.axis(title={"text": "epoch", "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(title={"text": "cost", "standoff": 6}, type="log", dtick="D2", exponentformat="power"),
            hovermode="x unified",
            hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
        )
    )
    styles = [(theme.ink, "solid"), (theme.classes[0], "dash")]
    for (name, values), (color, dash) in zip(costs, styles, strict=False):
        shown = np.where(np.isfinite(values), values, np.nan)
        places = thinned(shown[None], MOST_POINTS)
        figure.add_scatter(
            x=places,
            y=shown[places],
            mode="lines",
            name=name,
            line={"color": color, "dash": dash, "width": 2.5},
            hovertemplate="%{y:.4g}",
        )
    return figure
