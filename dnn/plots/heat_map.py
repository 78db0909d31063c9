"""The results of a sweep as a heat map: a measure over two axes, with its spread over seeds.

Every cell has a mark for what became of its runs: a number, a cross where they diverged, a dash where they could not
start. The best cell has a frame, and marked cells have one in another colour.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message, Translate
from dnn.plots.theme import Theme, verbatim
from dnn.plots.ticks import log_ticks
from dnn.sweeps.axes import Axis
from dnn.sweeps.outcomes import Measure, Outcome, best
from dnn.sweeps.sweep import Sweep

MOST_TEXTS = 12  # cells on a side of a map that has its numbers written in the cells
MOST_TICKS = 40  # values written on an axis; of more every second or third
CORNER = 0.3  # distance of a small mark from the middle of its cell, in cells

# What may have become of a cell's runs: in the legend, the symbol, its size, and whether it stands in a corner.
DIVERGED = (Message("diverged"), "x-thin", 14, False)
PARTLY = (Message("some diverged"), "x-thin", 7, True)
EARLY = (Message("stopped early"), "circle-open", 6, True)
FAILED = (Message("could not start"), "line-ew", 14, False)


def heat_figure(
    sweep: Sweep,
    found: Sequence[Outcome],
    measure: Measure,
    theme: Theme,
    say: Translate = str,
    *,
    across: int = 0,
    up: int | None = 1,
    marked: Collection[int] = (),
) -> go.Figure:
    """Draw the mean of ``measure`` over the axes numbered ``across`` and ``up`` (None: one row).

    ``found`` has one outcome for each cell at most: on other axes all have the same value. ``marked`` are the
    combinations that get a frame. The last trace has a point for each outcome, with its combination as ``customdata``.
    """
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 80 * theme.scale, "r": 8, "t": 34, "b": 56 * theme.scale},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False},
            xaxis=_value_axis(sweep.axes[across], theme, say),
            yaxis=_value_axis(sweep.axes[up], theme, say) if up is not None else theme.axis(showticklabels=False),
            hovermode="closest",
            hoverdistance=-1,  # the nearest cell, wherever in it one points
            hoverlabel={"bgcolor": theme.paper, "bordercolor": theme.muted, "font": {"color": theme.ink}},
        )
    )
    x = np.array([outcome.place[across] for outcome in found], int)
    y = np.array([outcome.place[up] if up is not None else 0 for outcome in found], int)
    shape = (len(sweep.axes[up].values) if up is not None else 1, len(sweep.axes[across].values))
    _field(figure, theme, measure, shape, x, y, found)
    for (name, symbol, size, small), has in _states(found):
        if has.any():
            shift = CORNER if small else 0.0
            figure.add_scatter(
                x=x[has] + shift,
                y=y[has] + shift,
                mode="markers",
                name=say(name),
                marker={"symbol": symbol, "size": size * theme.scale, "line": {"width": 2, "color": theme.muted}},
                hoverinfo="skip",
            )
    top = best(found, measure)
    for outcome, i, j in zip(found, x, y, strict=True):
        if outcome.combination in marked:
            _frame(figure, i, j, theme.classes[0], 3, 0.42)
        if outcome is top:
            _frame(figure, i, j, theme.ink, 2, 0.49)
    invisible = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"symbol": "square", "size": 20, "opacity": 0},
        selected=invisible,
        unselected=invisible,
        customdata=[[outcome.combination] for outcome in found],
        text=[cell_text(sweep, outcome, measure, say) for outcome in found],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
    return figure


def cell_text(sweep: Sweep, outcome: Outcome, measure: Measure, say: Translate = str) -> str:
    """Return the settings and the numbers of a cell, as lines of a hover text."""
    lines = [
        f"{verbatim(say(setting_title(name)))}: {verbatim(value_text(name, outcome.settings[name], say))}"
        for name in (axis.name for axis in sweep.axes)
    ]
    if not np.isnan(outcome.mean):
        lines.append(f"<b>{say(measure.title)}: {measure.text(outcome.mean, outcome.spread)}</b>")
    runs = len(outcome.results)
    if outcome.problem:
        lines.append(verbatim(say(outcome.problem)))
    if outcome.diverged:
        lines.append(say(Message("{count} of {all} runs diverged", count=outcome.diverged, all=runs)))
    if outcome.stopped_early:
        lines.append(say(Message("{count} of {all} runs stopped early", count=outcome.stopped_early, all=runs)))
    return "<br>".join(lines)


def _states(found: Sequence[Outcome]) -> list[tuple[tuple[Message, str, int, bool], np.ndarray]]:
    """Return which outcomes have each of the marks, (k,) each."""
    diverged = np.array([outcome.diverges for outcome in found], bool)
    some = np.array([outcome.diverged > 0 for outcome in found], bool) & ~diverged
    early = np.array([outcome.stopped_early > 0 for outcome in found], bool)
    failed = np.array([not outcome.started for outcome in found], bool)
    return [(DIVERGED, diverged), (PARTLY, some), (EARLY, early & ~some), (FAILED, failed)]


def _value_axis(axis: Axis, theme: Theme, say: Translate) -> dict[str, Any]:
    """Return an axis with a place for each value, and the values written in full."""
    every = -(-len(axis.values) // MOST_TICKS)
    places = list(range(0, len(axis.values), every))
    return theme.axis(
        title={"text": verbatim(say(setting_title(axis.name))), "standoff": 6},
        tickvals=places,
        ticktext=[verbatim(value_text(axis.name, axis.values[place], say)) for place in places],
        range=[-0.5, len(axis.values) - 0.5],
        showgrid=False,
        fixedrange=True,
        automargin=True,
    )


def _field(
    figure: go.Figure, theme: Theme, measure: Measure, shape: tuple[int, int], x: Array, y: Array,
    found: Sequence[Outcome],
) -> None:  # fmt: skip
    """Draw the colours, and the numbers where there is room: costs by their logarithm, the better the stronger."""
    means = np.full(shape, np.nan)
    texts = np.full(shape, "", object)
    for outcome, i, j in zip(found, x, y, strict=True):
        means[j, i] = outcome.mean
        if not np.isnan(outcome.mean) and max(shape) <= MOST_TEXTS:
            texts[j, i] = measure.text(outcome.mean, outcome.spread).removesuffix(" %")
    z, ticks = colored(means, measure)
    weak, strong = theme.ramp[1], theme.classes[1]
    low, high = (float(np.nanmin(z)), float(np.nanmax(z))) if np.isfinite(z).any() else (0.0, 1.0)
    figure.add_heatmap(
        z=z,
        text=texts,
        texttemplate="%{text}",
        zmin=low if high > low else low - 0.5,
        zmax=high if high > low else high + 0.5,
        xgap=1,
        ygap=1,
        hoverinfo="skip",
        colorscale=[[0.0, weak], [1.0, strong]] if measure.largest_is_best else [[0.0, strong], [1.0, weak]],
        colorbar={"outlinewidth": 0, "thickness": 12, **ticks},
        showscale=high > low,
    )


def colored(values: Array, measure: Measure) -> tuple[Array, dict[str, Any]]:
    """Return what colours ``values``, and the ticks of a scale of it: positive costs by their logarithm."""
    finite = values[np.isfinite(values)]
    if measure.is_share:
        return values, {"tickformat": ".0%"}
    if not len(finite) or finite.min() <= 0.0:
        return values, {}
    ticks = log_ticks(finite)
    if not ticks:  # a narrow range: its ends
        ends = sorted({float(finite.min()), float(finite.max())})
        ticks = {"tickvals": ends, "ticktext": [f"{end:.3g}" for end in ends]}
    return np.log10(values), ticks | {"tickvals": list(np.log10(ticks["tickvals"]))}


def _frame(figure: go.Figure, x: float, y: float, color: str, width: int, half: float) -> None:
    figure.add_shape(
        type="rect", x0=x - half, x1=x + half, y0=y - half, y1=y + half, line={"color": color, "width": width}
    )
