"""A sweep: a base experiment, axes along which its settings change, and how long each cell is trained."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, model_validator

from dnn.components import Document
from dnn.errors import InvalidSetting, Problem, UnknownSetting, shown
from dnn.experiment import Experiment, links
from dnn.messages import Message
from dnn.sweeps.axes import Axis
from dnn.sweeps.cells import Cell, CellBuilder
from dnn.sweeps.settings import problem_of

MOST_RUNS = 1_000_000
MOST_AXES = 16
LONGEST_AXIS = 10_000  # characters in a link
NUMBERS = ("seeds", "epochs", "draws")  # words of a link, after "sweep."


class Sweep(Document):
    """Experiments that differ from ``base`` in the settings on the ``axes``: every combination, or random ``draws``.

    Each combination is trained ``seeds`` times, with the seeds ``base.seed``, ``base.seed + 1`` and so on.
    Raises InvalidSetting for an axis that is no setting and for more than 1 000 000 runs. A combination of values that
    are not allowed makes a cell with a ``problem``; the others run.
    """

    base: Experiment = Field(default_factory=Experiment, description="The experiment that the cells start from")
    axes: Annotated[tuple[Axis, ...], Field(max_length=MOST_AXES)] = Field((), description="Settings that change")
    seeds: int = Field(1, ge=1, le=MOST_RUNS, description="Runs of each combination, each with a seed of its own")
    epochs: int = Field(100, ge=0, le=100_000_000, description="How long each run is trained")
    draws: Annotated[int, Field(ge=1, le=MOST_RUNS)] | None = Field(
        None, description="Combinations drawn at random; none: all of them"
    )

    @model_validator(mode="after")
    def _checked(self) -> Self:
        names = [axis.name for axis in self.axes]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise InvalidSetting([Problem("axes", shown(name), Message("a setting may be on one axis only"))])
        problems = [problem for axis in self.axes if (problem := self._unknown(axis))]
        if problems:
            raise InvalidSetting(problems)
        grid = math.prod(len(axis.values) for axis in self.axes)
        if self.draws is not None and self.draws > grid:
            allowed = Message("there are {count} combinations to draw from", count=grid)
            raise InvalidSetting([Problem("draws", str(self.draws), allowed)])
        if self.runs > MOST_RUNS:
            count = Message("a sweep of {count} runs", count=self.runs)
            raise InvalidSetting([Problem("axes", count, Message("it may have {most} at most", most=MOST_RUNS))])
        return self

    def _unknown(self, axis: Axis) -> Problem | None:
        """Return the problem of an axis that is a setting neither of the base nor with another axis' component."""
        problem = problem_of(axis.name, self.base, axis.values[0])
        builder = CellBuilder(self.base) if problem else None
        for owner in self.axes if builder else ():
            for value in owner.values if axis.name.startswith(f"{owner.name}.") else ():
                assert builder is not None
                experiment = builder.cell(0, {owner.name: value}, 0).experiment
                if experiment is not None and problem_of(axis.name, experiment, axis.values[0]) is None:
                    return None
        return problem

    @property
    def combinations(self) -> int:
        """How many combinations of values there are, each trained once for every seed."""
        return self.draws if self.draws is not None else math.prod(len(axis.values) for axis in self.axes)

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return self.combinations * self.seeds

    def cells(self) -> Iterator[Cell]:
        """Yield every cell in the order of the grid: the last axis changes fastest, and seeds faster than that."""
        yield from self._cells(range(self.runs))

    def cell(self, index: int) -> Cell:
        """Return the cell with this number, from 0. Raises IndexError."""
        if not 0 <= index < self.runs:
            raise IndexError(f"cell {index} of a sweep of {self.runs} runs")
        (found,) = self._cells([index])
        return found

    def some_cells(self, indices: Sequence[int]) -> list[Cell]:
        """Return the cells with these numbers."""
        return list(self._cells(indices))

    def _cells(self, indices: Iterable[int]) -> Iterator[Cell]:
        builder, lengths = CellBuilder(self.base), tuple(len(axis.values) for axis in self.axes)
        drawn = _drawn(lengths, self.draws, self.base.seed) if self.draws is not None and lengths else None
        for index in indices:
            combination, repetition = divmod(index, self.seeds)
            places: Iterable[Any] = np.unravel_index(combination, lengths) if drawn is None else drawn[combination]
            settings = {axis.name: axis.values[place] for axis, place in zip(self.axes, places, strict=True)}
            yield builder.cell(index, settings, repetition)

    def to_query(self) -> dict[str, str]:
        """Return the words of a link: those of the base, ``axis.1=training.learning_rate:0.01,0.1``, ``sweep.seeds=3``.

        The values of an axis are JSON with commas between.
        """
        query = links.to_query(self.base)
        for number, axis in enumerate(self.axes, start=1):
            query[f"axis.{number}"] = f"{axis.name}:{json.dumps(axis.values, separators=(',', ':'))[1:-1]}"
        for word in NUMBERS:
            value = getattr(self, word)
            if value != type(self).model_fields[word].default:
                query[f"sweep.{word}"] = str(value)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[Problem, ...]]:
        """Return the sweep in ``query`` and a :class:`Problem` for each word that cannot be read; never raises."""
        sweep_words = {word: text for word, text in query.items() if word.startswith(("axis.", "sweep."))}
        base, found = links.from_query({word: text for word, text in query.items() if word not in sweep_words})
        sweep, problems = cls(base=base), list(found)
        axes = sorted((word for word in sweep_words if word.startswith("axis.")), key=_number)
        for word in [*axes, *(word for word in sweep_words if word.startswith("sweep."))]:
            try:
                sweep = sweep._with(word, sweep_words[word])
            except InvalidSetting as error:
                problems += error.problems
        return sweep, tuple(problems)

    def _with(self, word: str, text: str) -> Self:
        values: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        kind, _, name = word.partition(".")
        if kind == "axis":
            values["axes"] = (*self.axes, _axis(word, text))
        elif name in NUMBERS:
            values[name] = text[: links.LONGEST]
        else:
            names = [f"sweep.{name}" for name in NUMBERS]
            raise InvalidSetting([UnknownSetting.of(word, text, links.LINK, names)])
        return type(self)(**values)


@lru_cache(maxsize=4)  # each block asks for them
def _drawn(lengths: tuple[int, ...], draws: int, seed: int) -> list[tuple[int, ...]]:
    """Return scikit-learn's draws of the places of values on the axes; numbers as names keep the axes in order."""
    from sklearn.model_selection import ParameterSampler  # start-up time: each process that trains would load it

    grid = {f"{number:02}": range(length) for number, length in enumerate(lengths)}
    return [tuple(each[name] for name in grid) for each in ParameterSampler(grid, draws, random_state=seed)]


def _number(word: str) -> tuple[int, str]:
    """Sort key of the word of an axis: its number."""
    number = word.removeprefix("axis.")
    return (int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 1000), word


def _axis(word: str, text: str) -> Axis:
    """Return the axis in a link's word; raises InvalidSetting."""
    if len(text) > LONGEST_AXIS:
        allowed = Message("it must be {count} characters or fewer", count=LONGEST_AXIS)
        raise InvalidSetting([Problem(word, shown(text), allowed)])
    name, _, values = text.partition(":")
    try:
        return Axis(name=name, values=tuple(json.loads(f"[{values}]")))
    except (json.JSONDecodeError, RecursionError):
        allowed = Message("it must be a setting, a colon and its values as JSON with commas between")
        raise InvalidSetting([Problem(word, shown(text), allowed)]) from None
