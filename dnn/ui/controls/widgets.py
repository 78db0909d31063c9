"""The widgets of settings. All keep their value while they are in a closed fold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, get_args

import numpy as np
import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from dnn.components import limits
from dnn.errors import Problem
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr, translated_names
from dnn.ui.visitor.markdown import problem_markdown

# Hidden controls are not drawn, and locked ones are disabled, as address.shows and address.locks tell.
Marks = dict[str, DeltaGenerator]  # containers by setting, for the messages about invalid values

SESSION: Final = "session"  # how long a hidden widget keeps its value
FORMAT = "%.6g"  # formats 0.999 and 1e-08


def note(model: type[BaseModel], field: str) -> str:
    """Return the description of the setting and its range."""
    low, high = limits(model, field)
    meaning = model.model_fields[field].description or ""
    text = tr(meaning)
    if not np.isfinite([low, high]).all():
        return tr("{text}.").format(text=text)
    return tr("{text} ({low} to {high}).").format(text=text, low=f"{low:.10g}", high=f"{high:.10g}")


def complain(marks: Mapping[str, DeltaGenerator], problems: Iterable[Problem]) -> None:
    """Write each problem at its setting's mark, if there is one."""
    for problem in problems:
        if problem.field in marks:
            marks[problem.field].error(problem_markdown(problem), icon=":material/error:")


def number(label: str, field: str, model: type[BaseModel], marks: Marks, *, key: str = "", step: float = 1) -> None:
    """Draw a number field. The experiment checks its range, so that the message names both limits."""
    if not address.shows(key or field):
        return
    st.number_input(
        label,
        disabled=address.locks(key or field),
        step=step,
        format=None if isinstance(step, int) else FORMAT,
        key=key or field,
        help=note(model, field),
        persist_state=SESSION,
    )
    marks[field] = st.container()


def scale(label: str, key: str, options: Sequence[Any], written: Any, text: str) -> None:
    """Draw a slider over ``options``; another value from a link is inserted.

    So is one that the browser may still send: Streamlit takes what is no option for the first one.
    """
    if not address.shows(key):
        return
    if others := {written, *store.replaced(key)} - set(options):
        options = sorted({*options, *others}, key=lambda each: np.inf if each == "full" else each)
    st.select_slider(
        label,
        options,
        key=key,
        format_func=translated_names({each: _short(each) for each in options}),
        help=text,
        disabled=address.locks(key),
        persist_state=SESSION,
    )


def _short(value: object) -> str:
    return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)


def share(label: str, key: str, text: str) -> None:
    """Draw a slider for a share from 0 to 0.9."""
    if address.shows(key):
        st.slider(
            label,
            0.0,
            0.9,
            0.0,
            step=0.05,
            key=key,
            format="percent",
            help=text,
            disabled=address.locks(key),
            persist_state=SESSION,
        )


def switch(label: str, key: str, text: str, on_change: Callable[[], None] | None = None) -> bool:
    """Draw a switch; return whether it is on."""
    if not address.shows(key):
        return False
    return st.toggle(
        label,
        key=key,
        help=text,
        disabled=address.locks(key),
        on_change=on_change or "rerun",
        persist_state=SESSION,
    )


def either(label: str, field: str, model: type[BaseModel], names: Mapping[str, str]) -> None:
    """Draw the choice between the values of a field of ``model``."""
    if not address.shows(field):
        return
    st.segmented_control(
        label,
        get_args(model.model_fields[field].annotation),
        key=field,
        required=True,
        format_func=translated_names(names),
        help=note(model, field),
        disabled=address.locks(field),
        width="stretch",
        persist_state=SESSION,
    )


def visible(**widgets: Callable[[], None]) -> list[Callable[[], None]]:
    """Return the widgets, by their settings, that pupils may see."""
    return [draw for setting, draw in widgets.items() if address.shows(setting)]


def pairs(widgets: Sequence[Callable[[], None]]) -> None:
    """Draw two widgets side by side, row by row; a single last one has the full width."""
    for place in range(0, len(widgets) - 1, 2):
        for column, widget in zip(st.columns(2), widgets[place : place + 2], strict=True):
            with column:
                widget()
    if len(widgets) % 2:
        widgets[-1]()


def fold(
    label: str, fields: Iterable[str], marks: Marks, draw: Callable[[Marks], None], settings: Sequence[str]
) -> None:
    """Draw rarely used settings in a fold; problems are shown even if it is closed.

    ``fields`` may have problems, ``settings`` are the controls inside: if none of them is shown, there is no fold.
    """
    if not any(map(address.shows, settings)):
        return
    folded = st.expander(tr(label), key=fold_key(label), type="compact", on_change="rerun")
    below = st.container()
    if folded.open:
        with folded:
            draw(marks)
    else:
        marks |= dict.fromkeys(fields, below)


def fold_key(label: str) -> str:
    """Return the key of the fold's state."""
    return f"fold_{label.lower().replace(' ', '_')}"
