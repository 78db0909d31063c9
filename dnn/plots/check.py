"""A gradient check as a figure: the relative difference of the two slopes of every weight and bias."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dnn.analysis.gradient_check import GradientCheck
from dnn.components import Array
from dnn.messages import Message, Translate
from dnn.plots.theme import Theme

LOWEST, HIGHEST = -12.0, 0.0  # exponents of ten at the ends of the colour scale


def check_figure(check: GradientCheck, theme: Theme, say: Translate = str) -> go.Figure:
    """Draw a heat map for each layer: W with b as its last row, coloured by |g - n| / (|g| + |n|).

    ``say`` translates its texts.
    """
    layers = len(check.analytic)
    titles = [say(Message("layer {number}", number=number)) for number in range(1, layers + 1)]
    figure = make_subplots(1, layers, subplot_titles=titles)
    hover = say(
        "from %{y} to %{x}<br>analytic %{customdata[0]:.6g}<br>numeric %{customdata[1]:.6g}"
        "<br>relative error %{customdata[2]:.1e}"
    )
    for place, (g, n) in enumerate(zip(check.analytic.Wb, check.numeric.Wb, strict=True), start=1):
        errors = relative_errors(g, n)
        rows = [*(f"{row}" for row in range(1, len(g))), "b"]
        figure.add_heatmap(
            z=np.log10(np.maximum(errors, 10.0**LOWEST)),
            x=[f"{column}" for column in range(1, g.shape[1] + 1)],
            y=rows,
            customdata=np.dstack([g, n, errors]),
            hovertemplate=f"{hover}<extra></extra>",
            zmin=LOWEST,
            zmax=HIGHEST,
            coloraxis="coloraxis",
            xgap=2,
            ygap=2,
            row=1,
            col=place,
        )
    figure.update_layout(
        theme.layout(
            margin={"l": 44, "r": 10, "t": 30, "b": 50},
            height=300,
            font=theme.page_font,
            coloraxis={
                "cmin": LOWEST,
                "cmax": HIGHEST,
                "colorscale": [[0.0, theme.ramp[2]], [0.4, theme.ramp[1]], [1.0, theme.classes[0]]],
                "colorbar": {
                    "title": {"text": say("relative error")},
                    "tickvals": [-12, -9, -7, -5, -3, 0],
                    "ticktext": ["10⁻¹²", "10⁻⁹", "10⁻⁷", "10⁻⁵", "10⁻³", "1"],
                    "outlinewidth": 0,
                },
            },
        )
    )
    figure.update_xaxes(theme.axis(showgrid=False, type="category", title={"text": say("to unit"), "standoff": 8}))
    figure.update_yaxes(theme.axis(showgrid=False, type="category", autorange="reversed"))
    figure.update_yaxes(title={"text": say("from"), "standoff": 8}, col=1)
    return figure


def relative_errors(g: Array, n: Array) -> Array:
    """Return |g - n| / (|g| + |n|) elementwise; 0 where both vanish."""
    size = np.abs(g) + np.abs(n)
    errors: Array = np.abs(g - n) / np.where(size > 0.0, size, 1.0)
    return errors
