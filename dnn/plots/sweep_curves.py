"""The costs of all runs of a sweep over the epochs: grey, but the best cell and the marked ones coloured."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import cycle
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dnn.experiment.setting_names import settings_text
from dnn.messages import Message, Translate
from dnn.plots.comparison import DASHES
from dnn.plots.sweep_parallel import drawn_of
from dnn.plots.theme import Theme, verbatim
from dnn.plots.ticks import log_ticks
from dnn.sweeps.outcomes import Measure, Outcome, best

MOST_NAMED = 8  # marked curves with a colour and a name each


def curves_figure(
    found: Sequence[Outcome],
    measure: Measure,
    theme: Theme,
    say: Translate = str,
    *,
    part: str = "test_cost",
    marked: Collection[int] = (),
) -> go.Figure:
    """Draw the costs of all runs against the epoch: grey, but the best cell and the first ``marked`` ones coloured.

    ``part`` is "test_cost" or "train_cost". A curve that ended because the run diverged ends with a cross.
    """
    drawn = drawn_of(found, marked)
    top = best(found, measure)
    named = [outcome for outcome in drawn if outcome.combination in marked and outcome is not top][:MOST_NAMED]
    figure = go.Figure(
        layout=theme.layout(
            font=theme.page_font,
            margin={"l": 68 * theme.scale, "r": 16, "t": 34, "b": 44 * theme.scale},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False},
            xaxis=theme.axis(title={"text": say("epoch"), "standoff": 4}, rangemode="tozero"),
            yaxis=theme.axis(title={"text": say("cost"), "standoff": 6}, type="log", exponentformat="power"),
            hovermode="closest",
            hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
        )
    )
    rest = [outcome for outcome in drawn if outcome is not top and outcome not in named]
    _curves(figure, rest, part, say("the other cells"), {"color": theme.muted, "width": 1}, hover=False, opacity=0.3)
    for outcome, color, dash in zip(named, cycle(theme.many), cycle(DASHES), strict=False):
        name = verbatim(settings_text(outcome.settings, say))
        _curves(figure, [outcome], part, name, {"color": color, "width": 2, "dash": dash})
    if top is not None:
        name = say("best: {settings}").format(settings=verbatim(settings_text(top.settings, say)))
        _curves(figure, [top], part, name, {"color": theme.ink, "width": 3})
    _crosses(figure, drawn, part, theme, say)
    costs = np.concatenate([np.zeros(0), *(np.array(trace.y, float) for trace in figure.data)])
    figure.update_yaxes(**log_ticks(costs))
    return figure


def _curves(
    figure: go.Figure,
    cells: Sequence[Outcome],
    part: str,
    name: str,
    line: dict[str, Any],
    *,
    hover: bool = True,
    opacity: float = 1.0,
) -> None:
    """Draw one trace of the curves of ``cells``; nothing where none has a history."""
    epochs, costs = [], []
    for outcome in cells:
        for result in outcome.results:
            if len(result.history.get(part) or ()):
                epochs += [*result.history["epoch"], None]
                costs += [*result.history[part], None]
    if epochs:
        figure.add_scatter(
            x=np.array(epochs, float), y=np.array(costs, float), mode="lines", name=name, line=line, opacity=opacity,
            **({"hovertemplate": "%{x}: %{y:.4g}"} if hover else {"hoverinfo": "skip"}),
        )  # fmt: skip


def _crosses(figure: go.Figure, drawn: Sequence[Outcome], part: str, theme: Theme, say: Translate) -> None:
    runs = [result for outcome in drawn for result in outcome.results if result.diverged and result.history.get(part)]
    if runs:
        figure.add_scatter(
            x=[result.history["epoch"][-1] for result in runs],
            y=[result.history[part][-1] for result in runs],
            mode="markers",
            name=say(Message("diverged")),
            marker={"symbol": "x-thin", "size": 10, "line": {"width": 2, "color": theme.muted}},
            hoverinfo="skip",
        )
