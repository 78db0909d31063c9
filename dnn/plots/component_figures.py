"""Small figures of one component: an activation's curve, or a schedule's learning rate."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dnn.activations import Activation
from dnn.components import Array
from dnn.messages import Message, Translate
from dnn.plots.theme import Theme
from dnn.schedules import Schedule

Z = np.linspace(-4.0, 4.0, 201)
POINTS = 301  # of a schedule's curve
LONGEST = 1_000_000  # examined epochs
SHORTEST = 20  # drawn epochs


def activation_figure(activation: Activation, theme: Theme, say: Translate = str) -> go.Figure:
    """Draw g(z) as a solid line and its slope g'(z) as a dotted one, for z from -4 to 4."""
    a, slope = _curves(activation)
    figure = _small(theme, "z")
    figure.update_layout(showlegend=True, legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"})
    figure.update_xaxes(range=[Z[0], Z[-1]], zeroline=True, zerolinecolor=theme.grid)
    figure.update_yaxes(zeroline=True, zerolinecolor=theme.grid)
    figure.add_scatter(x=Z, y=a, mode="lines", name="g(z)", line={"color": theme.ink, "width": 2, "simplify": False})
    figure.add_scatter(
        x=Z,
        y=slope,
        mode="lines",
        name=say("slope g′(z)"),
        line={"color": theme.muted, "dash": "dot", "width": 2, "simplify": False},
    )
    return figure


def activation_words(activation: Activation) -> str:
    """Describe the figure of ``activation`` in numbers."""
    a, slope = _curves(activation)
    return Message(
        "{activation} for z from -4 to 4: values from {least} to {most}, slope from {flattest} to {steepest}, "
        "at z = 0 it is {middle}",
        activation=activation.label,
        least=f"{a.min():.3g}",
        most=f"{a.max():.3g}",
        flattest=f"{slope.min():.3g}",
        steepest=f"{slope.max():.3g}",
        middle=f"{slope[len(Z) // 2]:.3g}",
    )


def schedule_figure(schedule: Schedule, learning_rate: float, theme: Theme, say: Translate = str) -> go.Figure:
    """Draw the learning rate against the epoch, until it hardly changes."""
    epochs = _epochs(schedule)
    figure = _small(theme, say("epoch"))
    figure.update_layout(margin={"t": 8})
    figure.update_yaxes(rangemode="tozero", exponentformat="power")
    figure.add_scatter(
        x=epochs,
        y=schedule.rate(learning_rate, epochs),
        mode="lines",
        name=say("learning rate"),
        line={"color": theme.ink, "width": 2, "simplify": False},
    )
    return figure


def schedule_words(schedule: Schedule, learning_rate: float) -> str:
    """Describe the figure of ``schedule`` in numbers."""
    epochs = _epochs(schedule)
    rates = schedule.rate(learning_rate, epochs)
    return Message(
        "{schedule}: learning rate {first} in epoch 0, {most} at most, {last} in epoch {epoch}",
        schedule=schedule.label,
        first=f"{rates[0]:.3g}",
        most=f"{rates.max():.3g}",
        last=f"{rates[-1]:.3g}",
        epoch=f"{epochs[-1]:.0f}",
    )


def _curves(activation: Activation) -> tuple[Array, Array]:
    a = activation.value(Z)
    return a, activation.derivative(Z, a)


def _epochs(schedule: Schedule) -> Array:
    """Return whole epochs from 0 to slightly beyond the last one that differs much from the schedule's limit."""
    looked_at = np.unique(np.geomspace(1, LONGEST, 601).astype(int) - 1)
    share = schedule.share(looked_at.astype(float))
    restless = np.abs(share - share[-1]) > 0.05 * (share.max() - share.min())
    last = looked_at[restless][-1] if restless.any() else 0
    return np.unique(np.linspace(0, max(SHORTEST, 1.25 * last), POINTS).round())


def _small(theme: Theme, across: str) -> go.Figure:
    """Return an empty chart of the size of a thumbnail."""
    font = {"family": "var(--st-font), sans-serif", "size": 12, "color": theme.ink}
    return go.Figure(
        layout=theme.layout(
            margin={"l": 40, "r": 10, "t": 24, "b": 34},
            font=font,
            xaxis=theme.axis(title={"text": across, "standoff": 2}, nticks=6),
            yaxis=theme.axis(nticks=5),
        )
    )
