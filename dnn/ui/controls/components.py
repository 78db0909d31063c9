"""The choice of a component from a table, and a widget for each of its parameters, created from its bounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo

from dnn.components import Component, limits, pick
from dnn.errors import InvalidSetting
from dnn.ui.controls.widgets import FORMAT, SESSION, Marks, complain, note, number, pairs, switch
from dnn.ui.form import NOTHING, PARAMETER_TYPES, Table, key_of, nested_table
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr, translate_latex, translated_names

FEW, MANY = 10, 1e6  # largest range of a slider; smallest number that is written as a power of ten


def read(name: str, table: Table) -> dict[str, Any] | None:
    """Return the values of the widgets of ``name``, as a mapping for the component."""
    kind = _chosen_component(name, table)
    if kind is None:
        return None
    values: dict[str, Any] = {"kind": store.value(f"{name}.kind")}
    for field, info in _parameters(kind).items():
        if isinstance(info.default, Component):
            values[field] = read(f"{name}.{field}", nested_table(info))
        elif (value := store.value(key_of(name, kind, field))) is not None:
            values[field] = value
    return values


def value(name: str, table: Table) -> Component | None:
    """Return the component of the widgets of ``name``, or None if one of them is invalid."""
    try:
        values = read(name, table)
        return None if values is None else pick(table, name, values)
    except InvalidSetting:
        return None


def fields(name: str, table: Table) -> set[str]:
    """Return the names of the parameters of the chosen component and of components inside it."""
    kind = _chosen_component(name, table)
    parameters = _parameters(kind) if kind else {}
    inner = (
        fields(f"{name}.{field}", nested_table(info))
        for field, info in parameters.items()
        if isinstance(info.default, Component)
    )
    return set(parameters).union(*inner)


def choose(
    label: str,
    name: str,
    table: Table,
    text: str,
    *,
    otherwise: str = "",
    on_change: Callable[[], None] | None = None,
) -> None:
    """Draw the picker; its help shows the formula and the source of the chosen component.

    ``otherwise`` is the label for no choice, if that is allowed.
    """
    chosen = _chosen_component(name, table)
    if not address.shows(name):
        return
    st.selectbox(
        label,
        [NOTHING, *table] if otherwise else list(table),
        key=f"{name}.kind",
        format_func=translated_names({name: kind.label for name, kind in table.items()} | {NOTHING: otherwise}),
        help=text if chosen is None else f"{text}\n\n{formula(chosen)}",
        on_change=on_change,
        disabled=address.locks(name),
        persist_state=SESSION,
    )


def formula(kind: type[Component]) -> str:
    """Return name, formula and source of ``kind`` in Markdown."""
    parts = [f"**{tr(kind.label)}**", f"${translate_latex(kind.formula)}$" if kind.formula else "", kind.source]
    return "  \n".join(part for part in parts if part)


def parameters(name: str, table: Table, *, prefix: str = "", beside: tuple[Callable[[], None], ...] = ()) -> None:
    """Draw the widgets of the chosen component's parameters, then ``beside``, and below them the problems.

    ``prefix`` distinguishes equal parameter names: the scale of the biases from that of the weights.
    """
    kind, marks = _chosen_component(name, table), Marks()
    if kind is None:
        return
    if not address.shows(name):
        pairs(beside)
        return
    inner, drawn = [], []
    for field, info in _visible_parameters(kind).items():
        title = tr(parameter_label(field))
        if prefix:
            title = tr("{prefix}: {title}").format(prefix=prefix, title=title[:1].lower() + title[1:])
        if isinstance(info.default, Component):
            inner.append((title, f"{name}.{field}", nested_table(info), note(kind, field)))
        else:
            drawn.append(partial(_parameter, title, key_of(name, kind, field), kind, field, marks))
    pairs([*drawn, *beside])
    mistakes(name, table, marks)
    for title, place, choices, text in inner:
        choose(title, place, choices, text)
        parameters(place, choices, prefix=title)


def parameter_label(field: str) -> str:
    """Return the label of a parameter, such as Beta 1."""
    return re.sub(r"(\d)", r" \1", field.replace("_", " ")).capitalize()


def mistakes(name: str, table: Table, marks: Marks) -> None:
    """Write the problems of the chosen component's parameters at ``marks``."""
    values = {field: given for field, given in (read(name, table) or {}).items() if not isinstance(given, dict)}
    try:
        pick(table, name, values)
    except InvalidSetting as error:
        complain(marks, error.problems)


def _parameter(title: str, key: str, kind: type[Component], field: str, marks: Marks) -> None:
    info = kind.model_fields[field]
    if store.value(key) is None:
        store.put({key: info.default})
    extra = info.json_schema_extra
    step = float(str(extra.get("step", 0.1))) if isinstance(extra, dict) else 0.1
    if info.annotation is bool:
        switch(title, key, note(kind, field))
    elif "int" in str(info.annotation):
        _slider(title, int(step), key, kind, field, marks)
    else:
        _slider(title, step, key, kind, field, marks)


def _slider(title: str, step: float, key: str, kind: type[Component], field: str, marks: Marks) -> None:
    low, high = limits(kind, field)
    if high - low > FEW or (low > 0 and high / low >= MANY):
        number(title, field, kind, marks, key=key, step=step)
        return
    to_type = type(step)
    st.slider(
        title,
        to_type(low),
        to_type(high),
        to_type(low),  # without a value Streamlit would look it up in a copy of its whole state; the key has one
        step=step,
        key=key,
        format=None if to_type is int else FORMAT,
        help=note(kind, field),
        disabled=address.locks(key),
        persist_state=SESSION,
    )
    marks[field] = st.container()


def _chosen_component(name: str, table: Table) -> type[Component] | None:
    return table.get(store.value(f"{name}.kind"))


def _parameters(kind: type[Component]) -> dict[str, FieldInfo]:
    return {field: info for field, info in kind.model_fields.items() if field != "kind"}


def _visible_parameters(kind: type[Component]) -> dict[str, FieldInfo]:
    """Return the parameters that have a widget here: all but the rows and names of custom data."""
    return {
        field: info for field, info in _parameters(kind).items() if info.annotation in PARAMETER_TYPES or _is_kind(info)
    }


def _is_kind(info: FieldInfo) -> bool:
    return isinstance(info.default, Component)
