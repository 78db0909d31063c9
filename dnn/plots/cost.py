"""Cost against epoch for training, test and validation examples, and accuracy, error, rate and gradient norms."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dnn.components import Array
from dnn.messages import Translate
from dnn.plots.theme import Theme
from dnn.training.history import History
from dnn.training.run import Run

MOST_POINTS = 600  # drawn points of one curve

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
    translated = {name: view | {part: say(view[part]) for part in SAID if part in view} for name, view in VIEWS.items()}
    figure = go.Figure(
        layout=theme.layout(
            margin={"l": 48, "r": 16, "t": 22 * theme.scale, "b": 38 * theme.scale},
            showlegend=True,
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemclick": False},
            xaxis=theme.axis(title={"text": say("epoch"), "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(title={"text": say("cost"), "standoff": 6}, exponentformat="power"),
            hovermode="x unified",
            hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
            uirevision="cost",
            meta={"views": translated},
        )
    )
    lines = [(say("train"), "solid", theme.ink), (say("test"), "dot", theme.muted)]
    lines += [(say("validation"), "dash", theme.ink)] if validation else []
    for name, dash, color in lines:
        figure.add_scatter(
            x=[],
            y=[],
            mode="lines",
            name=name,
            line={"color": color, "dash": dash, "width": 2},
            hovertemplate="%{y:.4g}",
        )
    return figure


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


def cost_curves(history: History, most: int = MOST_POINTS, *, validation: bool = False) -> Array:
    """Return epoch, train cost and test cost, (3, k) with k ≤ ``most``: thinned, but with all peaks and valleys.

    With ``validation`` the validation cost follows, (4, k); NaN where there was none.
    """
    return _curves(history, ("train_cost", "test_cost", *(("validation_cost",) if validation else ())), most)


def accuracy_curves(history: History, most: int = MOST_POINTS, *, validation: bool = False) -> Array:
    """Return epoch, train accuracy and test accuracy, and validation accuracy too, thinned like the costs."""
    names = ("train_accuracy", "test_accuracy", *(("validation_accuracy",) if validation else ()))
    return _curves(history, names, most)


def rate_curve(history: History, most: int = MOST_POINTS) -> Array:
    """Return epoch and the learning rate of the following epoch, (2, k), thinned like the costs."""
    return _curves(history, ("learning_rate",), most)


def gradient_curves(history: History, most: int = MOST_POINTS) -> Array:
    """Return epoch and the gradient norm of each layer, (1 + L, k), thinned like the costs."""
    norms = history["gradient_norm"].T
    keep = thinned(norms, most)
    return np.vstack([history["epoch"][keep], norms[:, keep]])


def _curves(history: History, names: tuple[str, ...], most: int) -> Array:
    epochs = history["epoch"]
    missing = np.full(len(epochs), np.nan)  # a history from before there was a validation set
    table = np.stack([epochs, *(history.get(name, missing) for name in names)])
    return table[:, thinned(table[1:], most)]


def thinned(curves: Array, most: int) -> np.ndarray:
    """Return the indices of at most ``most`` of n points: the first, the last, and the extremes of each curve per
    section.

    ``curves`` is (c, n); NaN is never an extreme.
    """
    n = curves.shape[1]
    if n <= most:
        return np.arange(n)
    stretches = max(1, (most - 2) // (2 * len(curves)))
    length = -(-n // stretches)  # rounded up; the last section is padded with the last point
    places = np.minimum(np.arange(stretches * length), n - 1)
    keep = [np.array([0, n - 1])]
    starts = np.arange(stretches) * length
    for curve in curves:
        blocks = curve[places].reshape(stretches, length)
        lowest = np.where(np.isnan(blocks), np.inf, blocks).argmin(axis=1)
        highest = np.where(np.isnan(blocks), -np.inf, blocks).argmax(axis=1)
        keep += [np.minimum(starts + lowest, n - 1), np.minimum(starts + highest, n - 1)]
    return np.unique(np.concatenate(keep))
