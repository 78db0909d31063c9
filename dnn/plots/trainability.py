"""The picture of a trainability map: blue where networks converge, orange where they diverge, dark where quickly.

In the dark theme it is bright where quickly; towards the border between the two, colours fade into the paper. Colours
are spread evenly over the networks on screen, so that a picture shows its structure at any depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dnn.components import Array
from dnn.messages import Message, Translate
from dnn.plots.theme import Theme
from dnn.plots.ticks import LogAxis
from dnn.sweeps.trainability import TrainabilityMap, at

UNKNOWN, BORDER, HIGHEST = 0, 128, 255  # shades: not computed, between the two, diverged at once
STRONGEST = {"light": ("#5a1400", "#081e46"), "dark": ("#ffe9cf", "#d8ecff")}  # diverged and converged at once


@dataclass(frozen=True)
class Shading:
    """Shades, 1 to 255, by rank among the values of a picture, as ``convergence`` returns them.

    1 to 127 are networks that converged, the quickest first; 129 to 255 those that diverged, the quickest last.
    """

    converged: Array  # sorted
    diverged: Array

    @classmethod
    def of(cls, values: Array) -> Shading:
        """The shading for a picture with these ``values``; NaN, not computed, is left out."""
        known = np.sort(values[np.isfinite(values)])
        return cls(known[known <= 0.0], known[known > 0.0])

    def shades(self, values: Array) -> npt.NDArray[np.uint8]:
        """The shade of each of ``values``; 0 where there is none."""
        shades = np.full(values.shape, UNKNOWN, np.uint8)
        for ranked, chosen, first in (
            (self.converged, values <= 0.0, 1),
            (self.diverged, values > 0.0, BORDER + 1),
        ):
            # from quick to slow where they converged, from slow to quick where they diverged: downwards in both
            above = len(ranked) - np.searchsorted(ranked, values[chosen], side="right")
            share = above / max(1, len(ranked) - 1)
            shades[chosen] = first + np.rint(np.minimum(share, 1.0) * (BORDER - 2)).astype(np.uint8)
        return shades


def palette(theme: Theme) -> npt.NDArray[np.uint8]:
    """The colour of each shade, (256, 3)."""
    orange, blue = STRONGEST[theme.name]
    stops = [blue, theme.classes[1], theme.ramp[2], theme.ramp[1], theme.ramp[0], theme.classes[0], orange]
    numbers = np.array([[int(stop[place : place + 2], 16) for place in (1, 3, 5)] for stop in stops], float)
    places = [1.0, 43.0, 85.0, BORDER, 171.0, 213.0, HIGHEST]
    colors = np.column_stack([np.interp(np.arange(256.0), places, channel) for channel in numbers.T])
    colors[UNKNOWN] = [int(theme.paper[place : place + 2], 16) for place in (1, 3, 5)]
    rounded: npt.NDArray[np.uint8] = np.rint(colors).astype(np.uint8)
    return rounded


def trainability_figure(window: TrainabilityMap, values: Array, theme: Theme, say: Translate = str) -> go.Figure:
    """Draw the map with ``values`` (side, side), as ``picture`` returns them, over two logarithmic axes."""
    side = len(values)
    rates, scales = (at(ends, np.arange(side + 1) / side) for ends in (window.learning_rates, window.scales))
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 68 * theme.scale, "r": 24, "t": 26 * theme.scale, "b": 50 * theme.scale},
            xaxis=theme.axis(**_axis(window.learning_rates, say("learning rate"))),
            yaxis=theme.axis(**_axis(window.scales, say("scale of the starting weights"))),
        )
    )
    figure.add_heatmap(
        x=rates,
        y=scales,
        z=Shading.of(values).shades(values),
        zmin=0,
        zmax=255,
        colorscale=[[shade / 255, f"rgb({r},{g},{b})"] for shade, (r, g, b) in enumerate(palette(theme).tolist())],
        text=np.where(values <= 0.0, say("converges"), say("diverges")),
        hovertemplate="%{x:.4g}, %{y:.4g}: %{text}<extra></extra>",
        colorbar={
            "tickvals": [1, BORDER, HIGHEST],
            "ticktext": [say("converges quickly"), say("slowly"), say("diverges quickly")],
            "thickness": 12,
            "outlinewidth": 0,
        },
    )
    return figure


def _axis(ends: tuple[float, float], name: str) -> dict[str, Any]:
    axis = LogAxis.of(ends)
    places = [float(at(ends, share)) for share, _ in axis.ticks]
    texts = [text for _, text in axis.ticks]
    return {"title": {"text": axis.titled(name)}, "type": "log", "tickvals": places, "ticktext": texts}


def trainability_words(window: TrainabilityMap, values: Array) -> Message:
    """Describe the picture in numbers; ``values`` that are NaN are not computed yet."""
    known = values[np.isfinite(values)]
    (slow, fast), (small, large) = window.learning_rates, window.scales
    return Message(
        "Map of {networks} networks: learning rates from {slow} to {fast} across, scales of the starting weights from "
        "{small} to {large} up. {share} of them converge, the others diverge.",
        networks=len(known),
        slow=f"{slow:.6g}",
        fast=f"{fast:.6g}",
        small=f"{small:.6g}",
        large=f"{large:.6g}",
        share=f"{(known <= 0.0).mean() if len(known) else 0.0:.0%}",
    )
