"""The landscape of a run, as contours seen from above and as a surface, with the paths on it.

Points of a path have the colour, and on the surface the height, of their true cost: where the plane misses them, they
differ from what lies below them. Costs that span a wide range are drawn on a logarithmic scale.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from dnn.analysis.costs_at import Costs
from dnn.analysis.landscape import Landscape, ProjectedPath
from dnn.components import Array
from dnn.messages import Message, Translate
from dnn.plots.theme import Theme
from dnn.plots.ticks import log_ticks

Which = Literal["train", "test", "total"]

WIDE = 10.0  # costs are drawn on a logarithmic scale if the largest is at least this multiple of the smallest
LEVELS = 14  # contour lines: each takes a browser a millisecond
NOW = 2.5  # times as large as those of the path is the mark of the present weights
DASHES = ("solid", "dash", "dot", "dashdot")
DIRECTIONS = {
    "pca": (Message("first principal component"), Message("second principal component")),
    "random": (Message("first random direction"), Message("second random direction")),
    "chosen": (Message("first direction"), Message("second direction")),
}
CAMERA = {"eye": {"x": -0.9, "y": -1.9, "z": 1.1}}  # the first direction goes to the right
NAMES = {"train": Message("cost"), "test": Message("test cost"), "total": Message("cost and penalties")}


def contour_figure(landscape: Landscape, theme: Theme, say: Translate = str, *, cost: Which = "train") -> go.Figure:
    """Draw the ``cost`` of the training or test examples, or with penalties ("total"), as contours with the paths."""
    scale = Scale(landscape, theme, say, cost)
    across, up = _axis_titles(landscape, say)
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 68 * theme.scale, "r": 8, "t": 26 * theme.scale, "b": 48 * theme.scale},
            xaxis=theme.axis(title={"text": across, "standoff": 4}, showgrid=False, range=_ends(landscape.across)),
            yaxis=theme.axis(title={"text": up, "standoff": 4}, showgrid=False, range=_ends(landscape.up)),
            hovermode="closest",
            uirevision="landscape",
        )
    )
    figure.add_contour(
        zmin=scale.low,
        zmax=scale.high,
        contours={"start": scale.low, "end": scale.high, "size": (scale.high - scale.low) / LEVELS},
        line={"width": 0.5, "color": theme.muted},
        **scale.field(landscape),
    )
    for number, path in enumerate(landscape.paths):
        figure.add_scatter(
            x=path.places[:, 0],
            y=path.places[:, 1],
            mode="lines+markers",
            line={"color": theme.ink, "width": 2, "dash": DASHES[number % len(DASHES)]},
            marker=scale.marker(path, ("circle", "star"), 6),
            **_hover(path, scale, say),
        )
    return figure


def surface_figure(landscape: Landscape, theme: Theme, say: Translate = str, *, cost: Which = "train") -> go.Figure:
    """Draw the same as a surface; each point of a path is at the height of its own cost, and not on the surface."""
    scale = Scale(landscape, theme, say, cost)
    small = {"size": round(12 * theme.scale)}
    titles = dict(zip("xy", _axis_titles(landscape, say), strict=True))
    axis = {"color": theme.muted, "gridcolor": theme.grid, "showbackground": False, "zeroline": False}
    axes = {f"{letter}axis": axis | {"title": {"text": text, "font": small}} for letter, text in titles.items()}
    axes["zaxis"] = axis | {"title": {"text": scale.name}, **scale.ticks}
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 0, "r": 8, "t": 8, "b": 0},
            scene=axes | {"aspectmode": "manual", "aspectratio": {"x": 1, "y": 1, "z": 0.6}, "camera": CAMERA},
            uirevision="landscape",
        )
    )
    figure.add_surface(cmin=scale.low, cmax=scale.high, opacity=0.9, **scale.field(landscape))
    for number, path in enumerate(landscape.paths):
        figure.add_scatter3d(
            x=path.places[:, 0],
            y=path.places[:, 1],
            z=scale.heights(path.costs),
            mode="lines+markers",
            line={"color": theme.ink, "width": 4, "dash": DASHES[number % len(DASHES)]},
            marker=scale.marker(path, ("circle", "diamond"), 4),
            **_hover(path, scale, say),
        )
    return figure


class Scale:
    """Costs as heights: the costs themselves, or their logarithms to base 10 where they span a wide range."""

    def __init__(self, landscape: Landscape, theme: Theme, say: Translate, which: Which) -> None:
        self._theme, self._which, self.name = theme, which, say(NAMES[which])
        values = np.concatenate([self.costs(part).ravel() for part in self._parts(landscape)])
        values = values[np.isfinite(values)]
        positive = values[values > 0.0]
        self.least = float(positive.min()) if len(positive) else 1.0  # 0 has no logarithm
        self.log = len(positive) > 0 and float(positive.max()) > WIDE * self.least
        heights = self._heights(values) if len(values) else np.zeros(1)
        self.low, self.high = float(heights.min()), float(heights.max())
        if self.low == self.high:
            self.low, self.high = self.low - 0.5, self.high + 0.5
        ticks = log_ticks(values) if self.log else {}
        self.ticks = ticks | {"tickvals": np.log10(ticks["tickvals"]).tolist()} if ticks else {}
        self.colors = [[0.0, theme.ramp[2]], [0.6, theme.ramp[1]], [1.0, theme.ramp[0]]]
        self.bar = {"title": {"text": self.name}, "outlinewidth": 0, **self.ticks}

    def field(self, landscape: Landscape) -> dict[str, Any]:
        """The heights at all points of the plane, their colours, and the cost that is shown for each."""
        return {
            "x": landscape.across,
            "y": landscape.up,
            "z": self.heights(landscape.costs),
            "customdata": self.costs(landscape.costs),
            "colorscale": self.colors,
            "colorbar": self.bar,
            "hovertemplate": f"{self.name} %{{customdata:.4g}}<extra></extra>",
        }

    def marker(self, path: ProjectedPath, symbols: tuple[str, str], size: int) -> dict[str, Any]:
        """The points of a path in the colours of their costs; the last, the present weights, has its own symbol.

        Plotly has no colour axis for contours and points together.
        """
        earlier = len(path.epochs) - 1
        return {
            "size": [size * self._theme.scale] * earlier + [NOW * size * self._theme.scale],
            "color": self.heights(path.costs),
            "cmin": self.low,
            "cmax": self.high,
            "colorscale": self.colors,
            "line": {"width": 0.8, "color": self._theme.ink},
            "symbol": [symbols[0]] * earlier + [symbols[1]],
        }

    def costs(self, costs: Costs) -> Array:
        """The costs that are drawn."""
        found: Array = getattr(costs, self._which)
        return found

    def heights(self, costs: Costs) -> Array:
        """Their heights; NaN, which is not drawn, where they are not finite."""
        values = self.costs(costs)
        return self._heights(np.where(np.isfinite(values), values, np.nan))

    def _heights(self, values: Array) -> Array:
        return np.log10(np.maximum(values, self.least)) if self.log else values

    def _parts(self, landscape: Landscape) -> list[Costs]:
        return [landscape.costs, *(path.costs for path in landscape.paths)]


def _axis_titles(landscape: Landscape, say: Translate) -> tuple[str, str]:
    """The names of both directions, with their shares of the variance."""
    first, second = (
        say(name)
        if np.isnan(share)
        else say(Message("{direction}, {share} of the variance", direction=name, share=f"{share:.1%}"))
        for name, share in zip(DIRECTIONS[landscape.kind], landscape.shares, strict=True)
    )
    return first, second


def _ends(places: Array) -> list[float]:
    return [float(places[0]), float(places[-1])]


def _hover(path: ProjectedPath, scale: Scale, say: Translate) -> dict[str, Any]:
    text = say(
        "epoch %{customdata[0]:.4~g}<br>true cost %{customdata[1]:.4g}<br>%{customdata[2]:.3~g} away from the plane"
    )
    return {
        "customdata": np.column_stack([path.epochs, scale.costs(path.costs), path.distances]),
        "hovertemplate": f"{text}<extra></extra>",
    }
