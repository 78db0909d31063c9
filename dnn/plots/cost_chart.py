"""Cost against epoch for training, test and validation examples, and accuracy, error, rate and gradient norms."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dnn.messages import Translate
from dnn.plots.theme import Theme
from dnn.training.run import Run

# The differences between views: the name of the tab, the axis and the format of numbers.
VIEWS = {
    "cost": {"label": "Cost", "axis": "cost", "format": ".4g", "ticks": ""},
    "accuracy": {"label": "Accuracy", "axis": "accuracy", "format": ".1%", "ticks": ".0%"},
    "error": {"label": "Error", "axis": "RMSE", "format": ".4g", "ticks": ""},
    "rate": {"label": "Rate", "axis": "learning rate", "format": ".4g", "ticks": ""},
    "numbers": {"label": "Numbers"},
    "health": {"label": "Health"},
}
SAID = ("label", "axis")  # their texts


def cost_figure(theme: Theme, say: Translate = str, *, validation: bool = False) -> go.Figure:
    """Return the empty chart: a solid line for the training cost and a dotted one for the test cost.

    With ``validation`` a dashed line follows for the validation cost.
    ``layout.meta`` holds ``VIEWS``, from which the page builds the other charts.
    """
    return go.Figure(cost_parts(theme, say, validation=validation))


def cost_parts(theme: Theme, say: Translate = str, *, validation: bool = False) -> dict[str, Any]:
    """Return the ``data`` and the ``layout`` of :func:`cost_figure`, which are made sooner than a figure is."""
    translated = {name: view | {part: say(view[part]) for part in SAID if part in view} for name, view in VIEWS.items()}
    layout = theme.layout(
        margin={"l": 48, "r": 16, "t": 22 * theme.scale, "b": 46 * theme.scale},  # b: ticks, and below them the title
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemclick": False},
        xaxis=theme.axis(
            title={"text": say("epoch"), "standoff": 4, "font": {"size": round(13 * theme.scale)}},
            rangemode="tozero",
        ),
        yaxis=theme.axis(title={"text": say("cost"), "standoff": 6}, exponentformat="power"),
        minreducedheight=36,  # Plotly would keep 64 pixels at the cost of the margins, where the labels are
        hovermode="x unified",
        hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
        uirevision="cost",
        meta={"views": translated},
    )
    lines = [(say("train"), "solid", theme.ink), (say("test"), "dot", theme.muted)]
    lines += [(say("validation"), "dash", theme.ink)] if validation else []
    data = [
        {
            "type": "scatter",
            "x": [],
            "y": [],
            "mode": "lines",
            "name": name,
            "line": {"color": color, "dash": dash, "width": 2},
            "hovertemplate": "%{y:.4g}",
        }
        for name, dash, color in lines
    ]
    return {"data": data, "layout": layout}


def views(run: Run) -> list[str]:
    """Return those of ``VIEWS`` that apply to ``run``, in order."""
    has_squared_error = run.network.loss.kind == "mean_squared_error"  # only then the error follows from the cost
    applies = {
        "cost": True,
        "accuracy": run.data.task != "regression",
        "error": run.data.task == "regression" and has_squared_error,
        "rate": run.experiment.training.schedule.kind != "constant",
        "numbers": True,
        "health": run.data.n_train > 0,
    }
    return [name for name in VIEWS if applies[name]]
