"""The outcome of each combination of a sweep: mean and spread over its seeds, and how many runs diverged."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from dnn.components import Array
from dnn.messages import Message
from dnn.sweeps.results import Result
from dnn.sweeps.sweep import Sweep


@dataclass(frozen=True)
class Measure:
    """A number by which runs are compared: an attribute of :class:`Result`."""

    name: str
    title: Message
    short: Message  # within a sentence
    largest_is_best: bool

    @property
    def is_share(self) -> bool:
        """Whether it is shown in per cent; other measures are costs."""
        return self.largest_is_best

    def text(self, value: float, spread: float | None = None) -> str:
        """Return *98 ± 1 %* or *0.0123 ± 0.0004*: as many digits as the spread has meaning, else three."""
        scale, unit = (100.0, " %") if self.is_share else (1.0, "")
        value, spread = scale * value, None if spread is None else scale * spread
        if spread is None:
            return f"{value:.3g}{unit}" if not self.is_share or value < 99.95 else f"{value:.0f}{unit}"
        first = max(spread, abs(value) * 1e-3, 0.1 if self.is_share else 1e-300)
        digits = max(0, -math.floor(math.log10(first)))
        if digits > 9 or abs(value) >= 1e6:
            return f"{value:.3g} ± {spread:.1g}{unit}"
        return f"{value:.{digits}f} ± {spread:.{digits}f}{unit}"

    def of(self, result: Result) -> float:
        """Return the measure of ``result``; NaN if it diverged, could not start or has none."""
        value = getattr(result, self.name)
        return math.nan if result.diverged or result.problem or value is None else float(value)


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("validation_accuracy", Message("Validation accuracy"), Message("validation accuracy"), True),
        Measure("validation_cost", Message("Validation cost"), Message("validation cost"), False),
        Measure("test_accuracy", Message("Test accuracy"), Message("test accuracy"), True),
        Measure("test_cost", Message("Test cost"), Message("test cost"), False),
        Measure("train_accuracy", Message("Training accuracy"), Message("training accuracy"), True),
        Measure("train_cost", Message("Training cost"), Message("training cost"), False),
    )
}


def measures_of(results: Iterable[Result]) -> list[Measure]:
    """Return the measures that any of ``results`` has, in the order of ``MEASURES``."""
    present = {name for result in results for name in MEASURES if getattr(result, name) is not None}
    return [measure for name, measure in MEASURES.items() if name in present]


@dataclass(frozen=True)
class Outcome:
    """The runs of one combination, which differ in their seeds; ``place`` (k,) is its level on each axis.

    ``mean`` is NaN and ``spread`` None where no run has the measure; ``spread`` is the standard deviation over seeds,
    None for a single one.
    """

    combination: int
    place: tuple[int, ...]
    settings: Mapping[str, Any]
    results: tuple[Result, ...]
    values: Array  # (len(results),), NaN where a run diverged or could not start

    def by(self, measure: Measure) -> Outcome:
        """Return the same runs with the values of another measure."""
        return replace(self, values=np.array([measure.of(result) for result in self.results]))

    @cached_property
    def mean(self) -> float:
        """The mean over the runs that have a value."""
        return float(self._finite.mean()) if len(self._finite) else math.nan

    @cached_property
    def spread(self) -> float | None:
        """The standard deviation over the runs that have a value."""
        return float(self._finite.std(ddof=1)) if len(self._finite) > 1 else None

    @cached_property
    def diverged(self) -> int:
        """How many runs diverged."""
        return sum(result.diverged for result in self.results)

    @cached_property
    def started(self) -> int:
        """How many runs could start."""
        return sum(not result.problem for result in self.results)

    @property
    def diverges(self) -> bool:
        """Whether every run that could start diverged."""
        return 0 < self.started == self.diverged

    @property
    def problem(self) -> str:
        """Why a run could not start; empty if all could."""
        return next((result.problem for result in self.results if result.problem), "")

    @property
    def stopped_early(self) -> int:
        """How many runs stopped before the last epoch without diverging."""
        return sum(bool(result.stopped) and not result.diverged for result in self.results)

    @property
    def _finite(self) -> Array:
        return self.values[~np.isnan(self.values)]


def outcomes(sweep: Sweep, results: Iterable[Result], measure: Measure) -> list[Outcome]:
    """Return an outcome for each combination of ``sweep`` that has results, in the order of the grid.

    Raises KeyError for results of another sweep.
    """
    levels = [
        {json.dumps(value, sort_keys=True): level for level, value in enumerate(axis.values)} for axis in sweep.axes
    ]
    groups: dict[int, list[Result]] = {}
    for result in results:
        groups.setdefault(result.index // sweep.seeds, []).append(result)
    found = []
    for combination, group in sorted(groups.items()):
        group.sort(key=lambda result: result.index)
        values = np.array([measure.of(result) for result in group])
        settings = group[0].settings
        place = tuple(
            level[json.dumps(settings[axis.name], sort_keys=True)]
            for axis, level in zip(sweep.axes, levels, strict=True)
        )
        found.append(Outcome(combination, place, settings, tuple(group), values))
    return found


def best(found: Iterable[Outcome], measure: Measure) -> Outcome | None:
    """Return the outcome with the best mean among those of which every run has a value; None if there is none."""
    whole = [outcome for outcome in found if not np.isnan(outcome.values).any()]
    sign = -1.0 if measure.largest_is_best else 1.0
    return min(whole, key=lambda outcome: sign * outcome.mean, default=None)


def table_of(sweep: Sweep, found: Iterable[Outcome]) -> Array:
    """Return the values of every run as an array (L1, …, Lk, seeds); NaN where there is none (yet)."""
    values = np.full((*(len(axis.values) for axis in sweep.axes), sweep.seeds), np.nan)
    for outcome in found:
        for result, value in zip(outcome.results, outcome.values, strict=True):
            values[(*outcome.place, result.index % sweep.seeds)] = value
    return values
