"""Networks beside one another: their outputs over the plane and their costs. Streamlit draws the figures of two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.data import Data
from dnn.data.plane import Plane
from dnn.messages import Message, Translate
from dnn.plots.curves import MOST_POINTS, thinned
from dnn.plots.examples import bounds_of, heights
from dnn.plots.plane_figure import boundary_figure
from dnn.plots.theme import Theme, verbatim
from dnn.plots.ticks import log_ticks

SIDE = 81  # points on a side of a field of outputs
DASHES = ("solid", "dash", "dot", "dashdot")
MANY_DASHES = (*DASHES, "longdash", "longdashdot")


def answers_figure(data: Data, predict: Callable[[Array], Array], theme: Theme, say: Translate = str) -> go.Figure:
    """Draw the examples of ``data`` over the answers ``predict`` of places (k, 2) of the plane, with a line between.

    For two classes they are the probabilities of the second, (k,), and the line is at 0.5. For several classes they are
    those of each, (k, K): the likeliest one has its colour. For regression they are numbers, (k,); with a single input
    the line is the curve of the answers.
    """
    x_low, x_high, y_low, y_high = bounds_of(data)
    across, up = np.linspace(x_low, x_high, SIDE), np.linspace(y_low, y_high, SIDE)
    points = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    figure = boundary_figure(data, theme, say=say).update_layout(font=theme.page_font, margin_l=58 * theme.scale)
    if Plane.of(data).square:
        figure.update_xaxes(constrain="domain").update_yaxes(scaleanchor="x", constrain="domain")
    figure.data = figure.data[:-1]  # the heat map for hover texts
    field, (low, high), colors, leads = _field(data, predict(points), points, theme)
    figure.add_heatmap(
        x=across, y=up, z=field.reshape(SIDE, SIDE).round(4), zmin=low, zmax=high, zorder=-2, showscale=False,
        hoverinfo="skip", colorscale=colors,
    )  # fmt: skip
    for lead in leads:
        if np.nanmin(lead) < 0.0 < np.nanmax(lead):
            figure.add_contour(
                x=across, y=up, z=lead.reshape(SIDE, SIDE), zorder=-1, showscale=False, hoverinfo="skip",
                showlegend=False, contours={"coloring": "none", "start": 0.0, "end": 0.0, "size": 1},
                line={"color": theme.ink, "width": 2},
            )  # fmt: skip
    return figure


def _field(
    data: Data, answers: Array, points: Array, theme: Theme
) -> tuple[Array, tuple[float, float], list[list[object]], list[Array]]:
    """Return what is coloured, (k,), its limits, its colours, and what is 0 on each line, (k,) each."""
    ramp: list[list[object]] = [[place, color] for place, color in zip((0.0, 0.5, 1.0), theme.ramp, strict=True)]
    if data.task == "multiclass":
        count = answers.shape[1]
        colors = [theme.soft(color) for color in theme.of_classes(count)]
        steps: list[list[object]] = [[place / count, color] for k, color in enumerate(colors) for place in (k, k + 1)]
        others = [np.delete(answers, k, axis=1).max(axis=1) for k in range(count)]
        leads = [answers[:, k] - other for k, other in enumerate(others)]
        return np.nan_to_num(answers).argmax(axis=1), (-0.5, count - 0.5), steps, leads
    if data.task == "regression":
        curve = data.points.shape[1] == 1
        return answers, heights(data), ramp, [answers - points[:, 1]] if curve else []
    shares = np.nan_to_num(answers, nan=0.5)  # NaN is not drawn
    return shares, (0.0, 1.0), ramp, [shares - 0.5]


def costs_figure(costs: dict[str, Array], theme: Theme, say: Translate = str) -> go.Figure:
    """Draw the cost of each epoch, (epochs + 1,), for each name, on a logarithmic axis.

    The axis is linear if a cost is negative. A curve ends at its last finite value, marked by a cross.
    """
    everything = np.concatenate([*costs.values()])
    negative = bool((everything < 0).any())
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 68 * theme.scale, "r": 24, "t": 26 * theme.scale, "b": 44 * theme.scale},
            showlegend=True,
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemclick": False},
            xaxis=theme.axis(title={"text": say("epoch"), "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(
                title={"text": say("cost"), "standoff": 6},
                type="linear" if negative else "log",
                exponentformat="power",
                **({} if negative else log_ticks(everything)),
            ),
            hovermode="x unified",
        )
    )
    for (name, values), dash in zip(costs.items(), cycle(DASHES), strict=False):
        finite = np.flatnonzero(np.isfinite(values))
        indices = finite[thinned(values[None, finite], MOST_POINTS)]
        color = theme.ink if dash == "solid" else theme.muted
        figure.add_scatter(
            x=indices,
            y=values[indices],
            mode="lines",
            name=name,
            line={"color": color, "dash": dash, "width": 2},
            hovertemplate="%{y:.4g}",
        )
        if len(finite) and (last := int(finite[-1])) + 1 < len(values):
            _add_end(figure, last, values, color, say)
    return figure


def _add_end(figure: go.Figure, last: int, values: Array, color: str, say: Translate) -> None:
    """Mark the ``last`` finite one of ``values`` with a cross and a text."""
    figure.add_scatter(
        x=[last],
        y=[values[last]],
        mode="markers+text",
        marker={"symbol": "x-thin", "size": 14, "line": {"width": 3, "color": color}},
        text=say(Message("no number from epoch {epoch} on", epoch=last + 1)),
        textposition="top right" if 2 * last < len(values) else "top left",
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )


def line_looks(theme: Theme, count: int) -> tuple[tuple[str, str], ...]:
    """Return a colour and a dash for each of up to six runs: none of the two that stand for classes and signs."""
    return tuple(zip(theme.many[2 : 2 + count], MANY_DASHES, strict=False))


def group_costs_figure(names: Sequence[str], theme: Theme, say: Translate = str) -> go.Figure:
    """Return the empty chart of the costs of up to six runs, with one colour and one dash each; the page fills it."""
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 52 * theme.scale, "r": 12, "t": 8 * theme.scale, "b": 38 * theme.scale},
            xaxis=theme.axis(title={"text": say("epoch"), "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(title={"text": say("cost"), "standoff": 6}, exponentformat="power"),
            hovermode="x unified",
            hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
        )
    )
    for name, (color, dash) in zip(names, line_looks(theme, len(names)), strict=True):
        line = {"color": color, "dash": dash, "width": 2.5}
        figure.add_scatter(x=[], y=[], mode="lines", name=verbatim(name), line=line, hovertemplate="%{y:.4g}")
    return figure
