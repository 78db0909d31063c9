"""A run, its landscape or the results of a sweep as a figure, from one call: for notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

import plotly.graph_objects as go

from dnn.analysis.landscape import Landscape
from dnn.analysis.landscape import landscape as landscape_of
from dnn.components import Array
from dnn.data.plane import Plane
from dnn.experiment.setting_names import setting_title, value_text
from dnn.plots.comparison import answers_figure
from dnn.plots.contours import Which, contour_figure, surface_figure
from dnn.plots.cost_chart import cost_figure
from dnn.plots.curves import cost_curves
from dnn.plots.diagram import network_figure
from dnn.plots.heat_map import heat_figure
from dnn.plots.theme import THEMES, verbatim
from dnn.sweeps.axes import Axis
from dnn.sweeps.outcomes import best, measures_of, outcomes
from dnn.sweeps.results import Result
from dnn.sweeps.sweep import Sweep
from dnn.training.run import Run

ThemeName = Literal["light", "dark"]
HEIGHT = 480  # pixels of a landscape, so that the name of its second direction fits beside it


def boundary(run: Run, *, theme: ThemeName = "light") -> go.Figure:
    """Draw the answers of ``run`` over its examples: colours for probabilities or numbers, and a line between classes.

    With more than two inputs, the first two are drawn and the others held at their means.
    """
    plane, task = Plane.of(run.data), run.data.task

    def answers(places: Array) -> Array:
        found = run.predict_proba(plane.points(places))
        return found if task == "multiclass" else found[:, 1 if task == "binary" else 0]

    return answers_figure(run.data, answers, THEMES[theme])


def cost(run: Run, *, theme: ThemeName = "light") -> go.Figure:
    """Draw the cost of the training, test and validation examples of ``run`` against the epoch."""
    figure = cost_figure(THEMES[theme], validation=run.has_validation_data)
    figure.update_layout(font=THEMES[theme].page_font, margin_l=64)
    epochs, *curves = cost_curves(run.history, validation=run.has_validation_data)
    for trace, curve in zip(figure.data, curves, strict=True):
        trace.update(x=epochs, y=curve)
    if not run.has_test_data:
        figure.data = [trace for trace in figure.data if trace.name != "test"]
    return figure


def network(run: Run, *, theme: ThemeName = "light") -> go.Figure:
    """Draw the network of ``run``: its units with their biases, its weights as lines; point at one to read it."""
    return network_figure(run, THEMES[theme])


def landscape(
    run: Run | Landscape,
    *,
    form: Literal["contours", "surface"] = "contours",
    cost: Which = "train",
    theme: ThemeName = "light",
) -> go.Figure:
    """Draw the cost over a plane through the weights of ``run``, with the path of its training.

    A run is trained again for its path; a :class:`~dnn.analysis.landscape.Landscape` is drawn as it is. ``cost`` is
    "train", "test" or "total", with penalties. Raises what ``dnn.analysis.landscape.landscape`` does.
    """
    found = run if isinstance(run, Landscape) else landscape_of(run)
    draw = {"contours": contour_figure, "surface": surface_figure}[form]
    return draw(found, THEMES[theme], cost=cost).update_layout(height=HEIGHT)


def sweep(results: Iterable[Result], *, measure: str | None = None, theme: ThemeName = "light") -> go.Figure:
    """Draw the results of a sweep as a heat map over the first two of its axes; other axes keep their best values.

    ``measure`` is "test_accuracy", "train_cost" and so on; by default the first that there is of the validation
    accuracy and cost, the test accuracy and cost, and those of training. Runs that differ only in their seeds are one
    cell with their mean. Raises ValueError for no results, results without settings, and a measure that none has.
    """
    found = sorted(results, key=lambda result: result.index)
    if not found or not found[0].settings:
        raise ValueError("a heat map needs results of a sweep with an axis")
    present = {each.name: each for each in measures_of(found)}
    chosen = next(iter(present.values()), None) if measure is None else present.get(measure)
    if chosen is None:
        known = ", ".join(present) or "none of them"
        raise ValueError(f"no result has {measure or 'a measure'}; known are {known}")
    plan, numbered = _plan(found)
    cells = outcomes(plan, numbered, chosen)
    top = best(cells, chosen) or cells[0]
    shown = [cell for cell in cells if cell.place[2:] == top.place[2:]]
    up = 1 if len(plan.axes) > 1 else None
    figure = heat_figure(plan, shown, chosen, THEMES[theme], up=up)
    held = [f"{setting_title(axis.name)} {value_text(axis.name, top.settings[axis.name])}" for axis in plan.axes[2:]]
    title = verbatim(", ".join([chosen.title, *held]))
    return figure.update_layout(
        margin_t=76, title={"text": title, "x": 0, "xref": "paper", "y": 0.98, "yanchor": "top"}
    )


def _plan(results: Sequence[Result]) -> tuple[Sweep, list[Result]]:
    """Return the axes that ``results`` were on, as a sweep, and the results numbered by their combination.

    Values are in the order in which they come; numbers are in order of size.
    """
    names = list(results[0].settings)
    axes = []
    for name in names:
        values = {json.dumps(result.settings[name], sort_keys=True): result.settings[name] for result in results}
        numbers = all(type(value) in (int, float) for value in values.values())
        axes.append(Axis(name=name, values=tuple(sorted(values.values()) if numbers else values.values())))
    combinations: dict[str, int] = {}
    numbered = [
        replace(result, index=combinations.setdefault(json.dumps(result.settings, sort_keys=True), len(combinations)))
        for result in results
    ]
    return Sweep.model_construct(axes=tuple(axes), seeds=1), numbered  # unchecked: results do not hold their base
