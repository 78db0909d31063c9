"""A stop of the walk as a component: matrices whose cells light up what they were made of, and a map of the network.

What the component is given is made here, as ``matrices.d.ts`` lists it; the scripts in ``dnn/ui/live/static`` draw it.
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

# Between the operands, by how the result is written: the first sign, and the others.
SIGNS = {"product": ("×", "+"), "mean": ("+", "+"), "{0} + {1} = {r}": ("+", ","), "{0} × {1} = {r}": ("⊙", ",")}

# What a cell of the result is about, where that is not a unit of the stop's layer.
ABOUT = {"dw": "weight", "penalty": "weight", "new_w": "weight", "da": "before", "loss": "", "cost": "", "clip": ""}

HTML = '<div class="dnn-matrices" data-testid="matrices"></div>'

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.matrices", html=HTML, js=JS, isolate_styles=False)


def draw(stop: Step, sizes: tuple[int, ...], theme: Theme, *, columns: bool) -> None:
    """Draw ``stop`` of a network with these layer sizes, with examples in rows or in ``columns``."""
    _component(key="matrices", data=described(stop, sizes, theme, columns=columns), height="content")


def described(stop: Step, sizes: tuple[int, ...], theme: Theme, *, columns: bool) -> dict[str, Any]:
    """What the browser draws: plain values only."""
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
    """Whether the row or the column of a result's cell says the unit of the layer, and the unit that it comes from."""
    row, column = ("column", "row") if columns else ("row", "column")
    kinds = {"weight": (column, row), "before": ("", column), "unit": (column, ""), "": ("", "")}
    unit, before = kinds[ABOUT.get(stop.id.rstrip("0123456789"), "unit")]
    return {"unit": unit, "from": before}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    values = matrix.values[:MOST, :MOST]
    finite = np.abs(values[np.isfinite(values)])
    return {
        "name": said(matrix.plain),
        "values": [[_number(value) for value in row] for row in values.tolist()],
        "rows": [said(name) for name in matrix.rows[:MOST]],
        "columns": [said(name) for name in matrix.columns[:MOST]],
        "shape": list(matrix.values.shape),
        "largest": float(finite.max()) if finite.size else 0.0,
        "lights": matrix.lights,
    }


def said(name: str) -> str:
    """A name as the visitor reads it."""
    return translate_name(name, tr)


def _number(value: float) -> float | str:
    """JSON has no word for what is not finite."""
    return value if np.isfinite(value) else "nan" if np.isnan(value) else "∞" if value > 0 else "-∞"
