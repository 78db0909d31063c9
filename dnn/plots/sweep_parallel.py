"""The results of a sweep as parallel coordinates: a line for each cell through its settings and its numbers.

They are drawn with Plotly's lines and points. Its own trace for them, ``parcoords``, makes programs out of text, which
the page's Content-Security-Policy forbids, and Streamlit would not report what is brushed there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message, Translate
from dnn.plots.heat_map import cell_text, colored
from dnn.plots.theme import Theme, verbatim
from dnn.sweeps.axes import Axis, is_logarithmic, is_numeric
from dnn.sweeps.outcomes import Measure, Outcome, best
from dnn.sweeps.sweep import Sweep

MOST_LINES = 600  # cells drawn as lines; more would hide one another and slow down the figure
TICKS_APART = 0.07  # between two values that are written on a coordinate
SHADES = 6  # colours of lines, from the worst cells to the best
BRUSH = 0.03  # half the width of a brush, in distances between coordinates
BELOW = -0.12  # where lines without a number end
DIVERGED, NO_NUMBER = Message("diverged"), Message("no number")


Brushes = Mapping[str, tuple[float, float]]  # the brushed heights of a coordinate, by its name


@dataclass(frozen=True)
class Coordinate:
    """One of the parallel axes: the height of each of k cells (k,), from 0 to 1 or ``BELOW``, and its ticks.

    ``name`` is that of a setting or a measure.
    """

    name: str
    title: str
    heights: Array
    ticks: tuple[tuple[float, str], ...]


def coordinates_of(
    sweep: Sweep, found: Sequence[Outcome], measures: Sequence[Measure], say: Translate = str
) -> list[Coordinate]:
    """Return a coordinate for each axis and each measure: logarithmic where the numbers span decades."""
    return [
        *(_of_axis(axis, [outcome.place[k] for outcome in found], say) for k, axis in enumerate(sweep.axes)),
        *(_of_measure(measure, found, say) for measure in measures),
    ]


def with_box(coordinates: Sequence[Coordinate], brushes: Brushes, x: Sequence[float], y: Sequence[float]) -> Brushes:
    """Return ``brushes`` with the heights ``y`` of each coordinate between both ends of ``x``.

    A coordinate loses its brush where there is no cell.
    """
    changed = dict(brushes)
    low, high = min(y), max(y)
    for place, coordinate in enumerate(coordinates):
        if min(x) <= place <= max(x):
            changed.pop(coordinate.name, None)
            if ((low <= coordinate.heights) & (coordinate.heights <= high)).any():
                changed[coordinate.name] = low, high
    return changed


def brushed(coordinates: Sequence[Coordinate], brushes: Brushes, found: Sequence[Outcome]) -> frozenset[int]:
    """Return the combinations whose lines pass through all brushes; none without brushes."""
    inside = np.ones(len(found), bool)
    ranges = [(each.heights, *brushes[each.name]) for each in coordinates if each.name in brushes]
    for heights, low, high in ranges:
        inside &= (low <= heights) & (heights <= high)
    return frozenset(outcome.combination for outcome, is_in in zip(found, inside, strict=True) if is_in and ranges)


def parallel_figure(
    sweep: Sweep,
    found: Sequence[Outcome],
    measures: Sequence[Measure],
    measure: Measure,
    theme: Theme,
    say: Translate = str,
    *,
    marked: Collection[int] = (),
    brushes: Brushes = MappingProxyType({}),
) -> go.Figure:
    """Draw a line for each cell through its values on all axes and its means of ``measures``.

    Lines are coloured by ``measure``, the better the stronger; where cells are ``marked``, the others are grey. The
    last trace has the points where lines cross coordinates, for hover texts.
    """
    drawn = drawn_of(found, marked)
    coordinates = coordinates_of(sweep, drawn, measures, say)
    count = len(coordinates)
    shapes, annotations = list[dict[str, Any]](), list[dict[str, Any]]()
    for place, coordinate in enumerate(coordinates):
        shapes += _axis_shapes(place, theme, brushes.get(coordinate.name))
        annotations += _axis_texts(coordinate, place, count, theme)
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 16, "r": 56 * theme.scale, "t": 56 * theme.scale, "b": 12},
            xaxis={"visible": False, "range": [-0.1, count - 0.9], "fixedrange": True},
            yaxis={"visible": False, "range": [BELOW - 0.05, 1.05], "fixedrange": True},
            hovermode="closest",
            hoverlabel={"bgcolor": theme.paper, "bordercolor": theme.muted, "font": {"color": theme.ink}},
            dragmode="select",
            shapes=shapes,  # all at once: Plotly checks those before again with each that is added
            annotations=annotations,
        )
    )
    heights = np.array([coordinate.heights for coordinate in coordinates]).reshape(count, len(drawn))
    is_marked = np.array([outcome.combination in marked for outcome in drawn], bool)
    shades = _shades(drawn, measure)
    pale = is_marked.any() & ~is_marked
    for shade in range(-1, SHADES):
        chosen = pale if shade < 0 else ~pale & (shades == shade)
        if chosen.any():
            color = theme.grid if shade < 0 else _mixed(theme, 0.25 + 0.75 * shade / (SHADES - 1))
            _lines(figure, heights[:, chosen], color, 1 if shade < 0 else 1.5)
    if (top := best(drawn, measure)) is not None:
        _lines(figure, heights[:, [drawn.index(top)]], theme.ink, 2.5)
    texts = [cell_text(sweep, outcome, measure, say) for outcome in drawn]
    figure.add_scatter(
        x=np.repeat(np.arange(count), len(drawn)),
        y=heights.ravel(),
        mode="markers",
        marker={"size": 6, "color": theme.muted, "opacity": 0.5},
        text=texts * count,
        hovertemplate="%{text}<extra></extra>",
    )
    return figure


def _axis_shapes(place: int, theme: Theme, brush: tuple[float, float] | None) -> list[dict[str, Any]]:
    """The line of an axis, and its brush."""
    line = {"type": "line", "x0": place, "x1": place, "y0": BELOW, "y1": 1, "line": {"color": theme.muted, "width": 1}}
    if not brush:
        return [line]
    low, high = brush
    rectangle = {
        "type": "rect", "x0": place - BRUSH, "x1": place + BRUSH, "y0": max(low, BELOW - 0.04), "y1": min(high, 1.04),
        "line": {"color": theme.classes[0], "width": 2}, "fillcolor": theme.classes[0], "opacity": 0.4,
    }  # fmt: skip
    return [line, rectangle]


def _axis_texts(coordinate: Coordinate, place: int, count: int, theme: Theme) -> list[dict[str, Any]]:
    """The title of an axis, and its ticks."""
    title = {
        "x": place, "y": 1, "yanchor": "bottom", "yshift": 8 * theme.scale, "showarrow": False,
        "xanchor": "left" if place == 0 else "right" if place == count - 1 else "center",
        "text": coordinate.title.replace(" ", "<br>"),  # side by side they have room on a phone, too
    }  # fmt: skip
    font = {"size": round(12 * theme.scale), "color": theme.muted}
    ticks = [
        {
            "x": place, "y": height, "text": text, "showarrow": False, "xanchor": "left", "xshift": 4,
            "bgcolor": theme.paper, "opacity": 0.85, "font": font, "borderpad": 0,
        }
        for height, text in coordinate.ticks
    ]  # fmt: skip
    return [title, *ticks]


def drawn_of(found: Sequence[Outcome], marked: Collection[int]) -> list[Outcome]:
    """Return the outcomes to draw: all, or the marked ones and an evenly spaced selection of the others."""
    if len(found) <= MOST_LINES:
        return list(found)
    chosen = [outcome for outcome in found if outcome.combination in marked][: MOST_LINES // 2]
    others = [outcome for outcome in found if outcome.combination not in marked]
    places = np.unique(np.linspace(0, len(others) - 1, MOST_LINES - len(chosen)).astype(int))
    return sorted([*chosen, *(others[place] for place in places)], key=lambda outcome: outcome.combination)


def _of_axis(axis: Axis, places: list[int], say: Translate) -> Coordinate:
    values = axis.values
    if is_numeric(values) and len(values) > 1:
        scale = np.log10 if is_logarithmic(values) else np.asarray
        numbers = scale(np.array(values, float))
        heights = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    else:
        heights = np.linspace(0, 1, len(values)) if len(values) > 1 else np.array([0.5])
    written: list[int] = []  # from the lowest on, those that have room
    for place in np.argsort(heights, kind="stable"):
        if not written or heights[place] - heights[written[-1]] >= TICKS_APART:
            written.append(int(place))
    ticks = tuple((float(heights[place]), verbatim(value_text(axis.name, values[place], say))) for place in written)
    return Coordinate(axis.name, verbatim(say(setting_title(axis.name))), heights[places], ticks)


def _of_measure(measure: Measure, drawn: Sequence[Outcome], say: Translate) -> Coordinate:
    means = np.array([outcome.by(measure).mean for outcome in drawn], float)
    scaled, ticks = colored(means, measure)
    finite = scaled[np.isfinite(scaled)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    span = high - low or 1.0
    heights = np.where(np.isfinite(scaled), (scaled - low) / span if high > low else 0.5, BELOW)
    if measure.is_share:
        marks = [(each, f"{each:.0%}".replace("%", " %")) for each in sorted({low, (low + high) / 2, high})]
    else:
        places = ticks.get("tickvals", [low, high])
        marks = list(zip(places, ticks.get("ticktext", [f"{place:.3g}" for place in places]), strict=True))
    written = [((place - low) / span if high > low else 0.5, text) for place, text in marks] if len(finite) else []
    if len(finite) < len(drawn):
        diverged = any(outcome.diverged for outcome in drawn)
        written.append((BELOW, say(DIVERGED if diverged else NO_NUMBER)))
    return Coordinate(measure.name, say(measure.title), heights, tuple(written))


def _shades(drawn: Sequence[Outcome], measure: Measure) -> np.ndarray:
    """Return a shade for each cell by its rank, (k,): 0 for the worst and for those without a number."""
    means = np.array([outcome.mean for outcome in drawn], float) * (1.0 if measure.largest_is_best else -1.0)
    ranks = np.zeros(len(means))
    finite = np.flatnonzero(~np.isnan(means))
    _, ranks[finite] = np.unique(means[finite], return_inverse=True)
    most = ranks.max() if len(ranks) else 0.0
    return np.floor(ranks / (most + 1e-9) * (SHADES - 1e-6)).astype(int) if most else np.full(len(ranks), SHADES - 1)


def _mixed(theme: Theme, share: float) -> str:
    """Return a colour between the grid's and that of class 1."""
    ends = [[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in (theme.grid, theme.classes[1])]
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in zip(*ends, strict=True))


def _lines(figure: go.Figure, heights: Array, color: str, width: float) -> None:
    """Draw one trace of lines through ``heights`` (coordinates, cells), with gaps between cells."""
    count, cells = heights.shape
    gap = np.full((1, cells), np.nan)
    x = np.concatenate([np.repeat(np.arange(float(count))[:, None], cells, axis=1), gap])
    y = np.concatenate([heights, gap])
    figure.add_scatter(
        x=x.T.ravel(), y=y.T.ravel(), mode="lines", line={"color": color, "width": width}, hoverinfo="skip"
    )
