"""The results of a sweep as files: the lines that ``dnn sweep`` writes, and a table for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from dnn.errors import InvalidFile
from dnn.messages import Message
from dnn.sweeps.results import VALIDATION, Result, ResultsFile
from dnn.sweeps.sweep import Sweep

MOST_RESULTS = 100_000  # of a file that is opened
NUMBERS = ("train_cost", "test_cost", "train_accuracy", "test_accuracy")
COLUMNS = ("seed", "epochs", *NUMBERS, "diverged", "stopped", "problem", "seconds", "link")
CURVES = ("epoch", "train_cost", "test_cost", "validation_cost")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet begins a formula


def to_lines(sweep: Sweep, results: Iterable[Result]) -> bytes:
    """Return a results file: the sweep in the first line, then each result as JSON."""
    header = json.dumps({"sweep": sweep.model_dump(mode="json")}, separators=(",", ":"))
    return (f"{header}\n" + "".join(result.line() for result in results)).encode()


def to_csv(sweep: Sweep, results: Iterable[Result]) -> bytes:
    """Return a table with a row for each result: its number, a column for each axis, and ``COLUMNS``.

    A value that is a list or an object is written as JSON; the curves over the epochs are left out. If any result has
    numbers of validation examples, they stand in two more columns at the end.
    """
    results = list(results)
    validated = any(result.validation_cost is not None for result in results)
    names = (*COLUMNS, *VALIDATION) if validated else COLUMNS
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", *(axis.name for axis in sweep.axes), *names])
    for result in results:
        settings = [_cell(result.settings[axis.name]) for axis in sweep.axes]
        writer.writerow([result.index, *settings, *(_cell(getattr(result, name)) for name in names)])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict | bool):
        return json.dumps(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def from_lines(content: bytes, name: str) -> tuple[Sweep, list[Result]]:
    """Return the sweep and the results in the content of the file ``name``, each of them checked.

    The file may still be written: a last line that is not whole is left out.
    Raises InvalidFile if it is no results file, or has more than ``MOST_RESULTS`` results or one that is not of its
    sweep.
    """
    if content.count(b"\n") > MOST_RESULTS + 1:
        raise InvalidFile(Message("{name} has more than {most} results.", name=name, most=MOST_RESULTS))
    found, results = ResultsFile.parse(content, name)
    places = [
        {json.dumps(value, sort_keys=True): place for place, value in enumerate(axis.values)} for axis in found.axes
    ]
    for result in results:
        if any(_mistakes(found, result, places)):
            text = Message("{name}: what it says of run {run} is no result of its sweep.", name=name, run=result.index)
            raise InvalidFile(text)
    return found, results


def _mistakes(sweep: Sweep, result: Result, places: list[dict[str, int]]) -> Iterator[bool]:
    """Yield what would be wrong with ``result``; the checks after a true one may raise."""
    yield not 0 <= result.index < sweep.runs
    yield result.settings.keys() != {axis.name for axis in sweep.axes}
    chosen = [
        known.get(json.dumps(result.settings[axis.name], sort_keys=True))
        for axis, known in zip(sweep.axes, places, strict=True)
    ]
    yield None in chosen
    combination = 0
    for place, axis in zip(chosen, sweep.axes, strict=True):
        combination = combination * len(axis.values) + (place or 0)
    yield sweep.draws is None and combination != result.index // sweep.seeds
    numbers = [getattr(result, name) for name in (*NUMBERS, *VALIDATION, "seconds")]
    yield not all(value is None or math.isfinite(value) for value in numbers)
    yield not result.history.keys() <= set(CURVES)
    yield not all(math.isfinite(value) for curve in result.history.values() for value in curve)
    yield len({len(curve) for curve in result.history.values() if curve}) > 1
