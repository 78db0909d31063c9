"""Marked cells: what is marked in one picture of a sweep is marked in all of them, in the table and in the grid.

A cell is one combination of settings, with all its seeds; it is known by its number ``index // sweep.seeds``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from dnn.plots.sweep_parallel import Brushes
from dnn.sweeps import Sweep
from dnn.ui.visitor import store

MARKS, CHANGED = "sweep.marks", "sweep.marks-changed"  # keys in the store


@dataclass(frozen=True)
class Marks:
    """The marked ``cells`` of ``sweep``, the brushes that marked them, if any, and how often marks changed."""

    sweep: Sweep
    cells: frozenset[int] = frozenset()
    brushes: Brushes = field(default_factory=dict)
    turn: int = 0


def marks_of(sweep: Sweep) -> Marks:
    """Return the marks of ``sweep``; none where another one was marked last."""
    marks: Marks | None = store.value(MARKS)
    return marks if marks is not None and marks.sweep == sweep else Marks(sweep)


def mark(sweep: Sweep, cells: Iterable[int], *, brushes: Brushes = MappingProxyType({})) -> None:
    """Mark these cells and no others. For callbacks."""
    marks = Marks(sweep, frozenset(cells), dict(brushes), marks_of(sweep).turn + 1)
    store.put({MARKS: marks, CHANGED: True})


def toggle(sweep: Sweep, cells: Iterable[int]) -> None:
    """Mark those of these cells that are not marked, and take the mark from the others. For callbacks."""
    mark(sweep, marks_of(sweep).cells ^ frozenset(cells))


def have_changed() -> bool:
    """Whether marks have changed since this was asked last."""
    changed = bool(store.value(CHANGED))
    if changed:
        store.put({CHANGED: False})
    return changed


def runs_of(sweep: Sweep) -> list[int]:
    """Return the numbers of all runs in marked cells."""
    return [cell * sweep.seeds + seed for cell in sorted(marks_of(sweep).cells) for seed in range(sweep.seeds)]


def chart_key(sweep: Sweep, name: str) -> str:
    """Return the key of a chart in which cells are marked.

    It is another one after each change. Streamlit keeps what is selected in a chart in the browser, where only the
    visitor can change it; the marks are drawn instead, in a new chart.
    """
    return f"sweep.{name}.{marks_of(sweep).turn}"
