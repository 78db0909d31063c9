"""A step of the walk-through as a component: matrices whose cells highlight their operands, and a map of the network.

This module builds the component's data, declared in ``matrices.d.ts``; the scripts in ``dnn/ui/live/static`` draw them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from dnn import web
from dnn.analysis.walkthrough import Matrix, Step
from dnn.data.plane import translate_name
from dnn.messages import Message
from dnn.plots.theme import Theme
from dnn.ui.visitor.language import tr

MOST = 24  # rows and columns of a matrix that are drawn

# The signs between the operands, by the form of the result: the first sign and the others.
SIGNS = {"product": ("×", "+"), "mean": ("+", "+"), "{0} + {1} = {r}": ("+", ","), "{0} × {1} = {r}": ("⊙", ",")}

# The layer of a result's cells if it is not the step's layer.
ABOUT = {"dw": "weight", "penalty": "weight", "new_w": "weight", "da": "before", "loss": "", "cost": "", "clip": ""}

HTML = '<div class="dnn-matrices" data-testid="matrices"></div>'

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.matrices", html=HTML, js=JS, isolate_styles=False)


def draw(stop: Step, sizes: tuple[int, ...], theme: Theme, *, columns: bool) -> None:
    """Draw ``stop`` of a network with these layer sizes, with examples in rows or in ``columns``."""
    _component(key="matrices", data=component_data(stop, sizes, theme, columns=columns), height="content")


def component_data(stop: Step, sizes: tuple[int, ...], theme: Theme, *, columns: bool) -> dict[str, Any]:
    """Return the data that the browser draws, as plain values."""
    shown = stop.in_columns() if columns else stop
    first, others = SIGNS.get(shown.written, (",", ","))
    signs = [first, *[others] * len(shown.operands)][: max(0, len(shown.operands) - 1)]
    negative, _, positive = theme.ramp
    label = Message(
        "The network, layers of {sizes} units. Now: {title}.", sizes=", ".join(map(str, sizes)), title=stop.title
    )
    return {
        "id": f"{shown.id}{'-columns' if columns else ''}",
        "operands": [_matrix(operand) for operand in shown.operands],
        "result": _matrix(shown.result),
        "signs": signs,
        "written": shown.written,
        "hint": tr(
            "Point at a cell of the last matrix, or go there with Tab and the arrow keys: what made it lights up."
        ),
        "more": tr("… {count} more"),
        "negative": negative,
        "positive": positive,
        "map": {
            "sizes": list(sizes),
            "names": _names(len(sizes)),
            "layer": stop.layer,
            "part": stop.part,
            "label": tr(label),
            "axes": _axes(stop, columns=columns),
        },
    }


def _names(layers: int) -> list[str]:
    hidden = (tr(Message("layer {number}", number=number)) for number in range(1, layers - 1))
    return [tr("inputs"), *hidden, tr("output")]


def _axes(stop: Step, *, columns: bool) -> dict[str, str]:
    """Return which of the row and the column of a result's cell is the layer's unit, and which its source unit."""
    row, column = ("column", "row") if columns else ("row", "column")
    kinds = {"weight": (column, row), "before": ("", column), "unit": (column, ""), "": ("", "")}
    unit, before = kinds[ABOUT.get(stop.id.rstrip("0123456789"), "unit")]
    return {"unit": unit, "from": before}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    values = matrix.values[:MOST, :MOST]
    finite = np.abs(values[np.isfinite(values)])
    return {
        "name": localized(matrix.plain),
        "values": [[_number(value) for value in row] for row in values.tolist()],
        "rows": [localized(name) for name in matrix.rows[:MOST]],
        "columns": [localized(name) for name in matrix.columns[:MOST]],
        "shape": list(matrix.values.shape),
        "largest": float(finite.max()) if finite.size else 0.0,
        "lights": matrix.lights,
    }


def localized(name: str) -> str:
    """Return a name in the visitor's language."""
    return translate_name(name, tr)


def _number(value: float) -> float | str:
    """Replace non-finite numbers by texts, because JSON has none."""
    return value if np.isfinite(value) else "nan" if np.isnan(value) else "∞" if value > 0 else "-∞"
