"""The cells of a sweep as a grid: their layers, the labels of the axes, and the experiment of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Translate
from dnn.sweeps import Axis, Cell, Sweep
from dnn.ui.catalogue import translated
from dnn.ui.limits import check_limits, estimated_multiplications

# Points on a side of a cell's map, by how many cells a layer has.
SIDES = ((16, 48), (36, 32), (100, 24), (1 << 30, 16))


@dataclass(frozen=True)
class Grid:
    """Columns are the first axis, rows the second from the bottom up; layers are the third axis and the seeds."""

    sweep: Sweep

    @property
    def columns(self) -> int:
        """Cells in a row."""
        return self._length(0)

    @property
    def rows(self) -> int:
        """Rows of a layer."""
        return self._length(1)

    @property
    def side(self) -> int:
        """Points on a side of a cell's map."""
        cells = self.columns * self.rows
        return next(side for most, side in SIDES if cells <= most)

    def _length(self, axis: int) -> int:
        return len(self.sweep.axes[axis].values) if axis < len(self.sweep.axes) else 1

    def layers(self) -> list[list[int]]:
        """The numbers of the runs of each layer, in the order of the grid from its top left."""
        seeds, thirds = self.sweep.seeds, self._length(2)
        return [
            [
                ((across * self.rows + up) * thirds + third) * seeds + seed
                for up in reversed(range(self.rows))
                for across in range(self.columns)
            ]
            for third in range(thirds)
            for seed in range(seeds)
        ]

    def layer(self, third: int, seed: int) -> int:
        """The number of the layer with this value of the third axis and this seed."""
        return third * self.sweep.seeds + seed

    def labels(self, axis: int, say: Translate) -> list[str]:
        """What stands on an axis: its values in full; one empty label where there is no such axis."""
        if axis >= len(self.sweep.axes):
            return [""]
        found = self.sweep.axes[axis]
        return [value_text(found.name, value, say) for value in found.values]

    def title(self, axis: int, say: Translate) -> str:
        """The title of an axis."""
        return say(setting_title(self.sweep.axes[axis].name)) if axis < len(self.sweep.axes) else ""

    def settings(self, language: str) -> dict[str, Any]:
        """What the panel needs to draw the grid, in this language."""
        say = partial(translated, language=language)
        up, ups = self.title(1, say), self.labels(1, say)[::-1]
        return {
            "across": {"title": self.title(0, say), "labels": self.labels(0, say)},
            "up": {"title": up, "labels": ups},
            "names": _names(self.sweep, language),
        }


@lru_cache(maxsize=16)  # the page asks for them in every run
def _names(sweep: Sweep, language: str) -> list[str]:
    say = partial(translated, language=language)
    return [cell_name(sweep, cell, say) for cell in sweep.cells()]


def cell_name(sweep: Sweep, cell: Cell, say: Translate) -> str:
    """The settings of a cell in words: *Learning rate 0.1, Activation Tanh, Seed 3*."""
    parts = [f"{say(setting_title(name))} {value_text(name, value, say)}" for name, value in cell.settings.items()]
    if sweep.seeds > 1:
        parts.append(f"{say(setting_title('seed'))} {cell.seed}")
    return ", ".join(parts)


def starts(sweep: Sweep) -> list[Experiment | str]:
    """The experiment of each cell, or why there is none: settings that do not fit, or are beyond the page's limits."""
    return [_start(cell) for cell in sweep.cells()]


def _start(cell: Cell) -> Experiment | str:
    if cell.experiment is None:
        return cell.problem
    try:
        return check_limits(cell.experiment)
    except InvalidSetting as error:
        return error.message


@lru_cache(maxsize=16)
def work(sweep: Sweep) -> float:
    """Return about how many multiplications all cells take in one pass over their examples."""
    return sum(estimated_multiplications(each) for each in starts(sweep) if isinstance(each, Experiment))


def problem_of(base: Experiment, axis: Axis) -> str:
    """Why a value of the axis is not allowed with the present settings; empty if all are."""
    try:
        found = starts(Sweep(base=base, axes=(axis,)))
    except InvalidSetting:  # a parameter of a component that is on another axis: its cells say what does not fit
        return ""
    return next((each for each in found if isinstance(each, str)), "")
