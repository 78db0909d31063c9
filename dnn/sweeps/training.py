"""Train the runs of one block together, and return a result for each."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from dnn.components import Array
from dnn.errors import DnnError
from dnn.experiment import Experiment
from dnn.experiment.links import link, needs_file
from dnn.messages import Message
from dnn.sweeps.blocks import Block
from dnn.sweeps.cells import Cell
from dnn.sweeps.results import Result
from dnn.sweeps.sweep import Sweep
from dnn.training import Run, advance_many, start_many

POINTS = 20  # epochs, at most, of which the costs are kept besides the first
ADDRESS = "http://localhost:8501"
NO_EXAMPLES = Message("There are no training examples.")


class Job(NamedTuple):
    """What the blocks of a sweep have in common: it is sent to other processes once, or with each block."""

    sweep: Sweep
    address: str = ADDRESS


def train_block(job: Job, block: Block) -> list[Result]:
    """Return the results of the runs of ``block``, in order."""
    began = perf_counter()
    cells = job.sweep.some_cells(block.indices)
    try:
        with _one_thread:
            outcomes = _trained([cell for cell in cells if cell.experiment is not None], job.sweep.epochs)
    except MemoryError:
        outcomes = {cell.index: Message("There was not enough memory for it.") for cell in cells if cell.experiment}
    seconds = (perf_counter() - began) / len(cells)
    return [result_of(cell, outcomes.get(cell.index, cell.problem), seconds, job) for cell in cells]


class _OneThread:
    """Linear algebra on one thread while any thread is inside: the sums then come out the same everywhere."""

    def __init__(self) -> None:
        self._lock, self._inside = threading.Lock(), 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limits = threadpool_limits(1, user_api="blas")
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


_one_thread = _OneThread()


def _trained(cells: Sequence[Cell], epochs: int) -> dict[int, Run | str]:
    """Return the trained run of each cell by its number, or the message why there is none."""
    outcomes: dict[int, Run | str] = {}
    runs: dict[int, Run] = {}
    for index, run in _started(cells):
        if isinstance(run, str) or not run.data.n_train:
            outcomes[index] = run if isinstance(run, str) else NO_EXAMPLES
        else:
            runs[index] = run
    step = kept_every(epochs)
    for patient in (False, True):  # early stopping looks at every epoch, as on the page
        chosen = [index for index, run in runs.items() if (run.experiment.training.patience is not None) == patient]
        later = advance_many([runs[index] for index in chosen], epochs, every=1 if patient else step)
        outcomes |= dict(zip(chosen, later, strict=True))
    return outcomes


def _started(cells: Sequence[Cell]) -> Iterator[tuple[int, Run | str]]:
    """Yield the run of each cell before its first update, or the message why there is none."""
    indices = [cell.index for cell in cells]
    experiments = [cell.experiment for cell in cells if cell.experiment is not None]
    try:
        yield from zip(indices, start_many(experiments), strict=True)
        return
    except DnnError as error:
        if len(cells) == 1:
            yield indices[0], error.message
            return
    together: dict[object, list[Cell]] = {}  # a formula, say, that has no value at one of the examples
    for cell in cells:
        assert cell.experiment is not None
        together.setdefault((cell.experiment.data, cell.experiment.seed), []).append(cell)
    for group in together.values():
        if len(together) > 1:
            yield from _started(group)
        else:
            for cell in group:
                yield from _started([cell])


def kept_every(epochs: int) -> int:
    """Return how many epochs apart costs are measured: 1, 2, 5, 10 and so on, so that there are 20 at most."""
    power = 1
    while epochs > 10 * power * POINTS:
        power *= 10
    return next(power * digit for digit in (1, 2, 5, 10) if epochs <= power * digit * POINTS)


def result_of(cell: Cell, outcome: Run | str, seconds: float, job: Job) -> Result:
    """Return the result of a run as it is now, or of a cell without one: ``outcome`` is then the message why."""
    if isinstance(outcome, str):
        return Result(cell.index, cell.settings, cell.seed, problem=outcome, link=_link(cell.experiment, job.address))
    run, latest = outcome, outcome.latest
    classes = run.data.task != "regression"
    return Result(
        index=cell.index,
        settings=cell.settings,
        seed=cell.seed,
        epochs=run.epoch,
        train_cost=_number(latest["train_cost"]),
        test_cost=_number(latest["test_cost"]),
        train_accuracy=_number(latest["train_accuracy"]) if classes else None,
        test_accuracy=_number(latest["test_accuracy"]) if classes else None,
        stopped=run.stopped,
        diverged=run.diverged,
        seconds=round(seconds, 6),
        link=_link(cell.experiment, job.address),
        history=_history(run, kept_every(job.sweep.epochs)),
        validation_cost=_number(latest.get("validation_cost", math.nan)),
        validation_accuracy=_number(latest.get("validation_accuracy", math.nan)) if classes else None,
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _link(experiment: Experiment | None, address: str) -> str:
    return "" if experiment is None or needs_file(experiment) else link(experiment, address)


def _history(run: Run, step: int) -> dict[str, Sequence[float]]:
    """Return the costs of every ``step``-th epoch, to six digits; without test examples there are no test costs."""
    validation = ("validation_cost",) if run.has_validation_data else ()
    columns = {name: run.history[name] for name in ("epoch", "train_cost", "test_cost", *validation)}
    wanted = (columns["epoch"] % step == 0) & np.isfinite(columns["train_cost"])
    if not run.has_test_data:
        columns["test_cost"] = columns["test_cost"][:0]
    kept: dict[str, Array] = {name: column[wanted[: len(column)]] for name, column in columns.items()}
    costs = {name: [float(f"{each:.6g}") for each in column] for name, column in kept.items()}
    return {**costs, "epoch": [int(epoch) for epoch in kept["epoch"]]}
