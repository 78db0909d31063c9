"""The cells of a sweep in a table, the best first; the chosen rows are the marked cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message
from dnn.sweeps import Sweep
from dnn.sweeps.axes import is_numeric
from dnn.sweeps.outcomes import Measure, Outcome
from dnn.ui.sweep.marks import mark, marks_of
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import callback

TABLE = "sweep.table"  # widget
HEIGHT = 320
STATE = "state"  # the column that says what became of a cell's runs


def show(sweep: Sweep, found: Sequence[Outcome], measures: Sequence[Measure], measure: Measure) -> None:
    """Draw the table, sorted by ``measure``; a click on a column's head sorts it by that column."""
    order = ordered(found, measure)
    cells = marks_of(sweep).cells
    rows = [row for row, outcome in enumerate(order) if outcome.combination in cells]
    if _rows() != rows:
        store.put({TABLE: {"selection": {"rows": rows}}})
    st.dataframe(
        columns(sweep, order, measures),
        hide_index=True,
        placeholder="–",
        height=HEIGHT,
        key=TABLE,
        column_config=_config(sweep, measures),
        selection_mode="multi-row",
        on_select=callback(partial(_select, sweep, tuple(outcome.combination for outcome in order))),
        alt=tr("All cells with their settings and numbers, the best first"),
    )


def ordered(found: Sequence[Outcome], measure: Measure) -> list[Outcome]:
    """Return the outcomes from the best to the worst; those without a number come last."""
    sign = -1.0 if measure.largest_is_best else 1.0
    return sorted(found, key=lambda outcome: (np.isnan(outcome.mean), sign * np.nan_to_num(outcome.mean)))


def columns(sweep: Sweep, order: Sequence[Outcome], measures: Sequence[Measure]) -> dict[str, list[Any]]:
    """Return the columns by their keys: one for each axis, mean and spread of each measure, and what became of it."""
    table: dict[str, list[Any]] = {}
    for number, axis in enumerate(sweep.axes):
        plain = is_numeric(axis.values)
        table[f"axis.{number}"] = [
            outcome.settings[axis.name] if plain else value_text(axis.name, outcome.settings[axis.name], tr)
            for outcome in order
        ]
    for measure in measures:
        chosen = [outcome.by(measure) for outcome in order]
        table[measure.name] = [None if np.isnan(outcome.mean) else outcome.mean for outcome in chosen]
        if sweep.seeds > 1:
            table[f"{measure.name}.spread"] = [outcome.spread for outcome in chosen]
    table[STATE] = [tr(state(outcome)) for outcome in order]
    return table


def state(outcome: Outcome) -> str:
    """Return what became of the runs of a cell, in a few words."""
    runs = len(outcome.results)
    if outcome.problem:
        return outcome.problem
    if outcome.diverges:
        return Message("diverged")
    if outcome.diverged:
        return Message("{count} of {all} runs diverged", count=outcome.diverged, all=runs)
    if outcome.stopped_early:
        return Message("{count} of {all} runs stopped early", count=outcome.stopped_early, all=runs)
    return Message("complete")


def _config(sweep: Sweep, measures: Sequence[Measure]) -> dict[str, Any]:
    config: dict[str, Any] = {
        f"axis.{number}": st.column_config.Column(tr(setting_title(axis.name)))
        for number, axis in enumerate(sweep.axes)
    }
    for measure in measures:
        look = "percent" if measure.is_share else "%.4g"
        config[measure.name] = st.column_config.NumberColumn(tr(measure.title), format=look)
        config[f"{measure.name}.spread"] = st.column_config.NumberColumn("±", format=look, help=tr("Spread over seeds"))
    config[STATE] = st.column_config.TextColumn(tr("Runs"))
    return config


def _rows() -> list[int]:
    state = store.value(TABLE)
    return sorted(state["selection"]["rows"]) if state else []


def _select(sweep: Sweep, cells: tuple[int, ...]) -> None:
    chosen = frozenset(cells[row] for row in _rows() if row < len(cells))
    if chosen != marks_of(sweep).cells:  # else the browser only reports the rows that it was told to show
        mark(sweep, chosen)
