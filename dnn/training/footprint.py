"""How much memory runs hold: their parameters, their histories, and data that were replaced during training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from dnn.data import Data
from dnn.datasets.rows import Rows
from dnn.experiment import Experiment
from dnn.training.run import Run

OBJECTS = 3000  # bytes of a run's own Python objects: fields, the numbers in ``latest``, heads of arrays


def held_bytes(runs: Iterable[Run], beside: Run) -> int:
    """Bytes that ``runs`` hold together, each array counted once, without what ``beside`` holds anyway."""
    sizes: dict[int, int] = {}
    count = 0
    for run in runs:
        if run is not beside:
            count += 1
            sizes.update(_parts(run, sizes))
    for part, _ in _parts(beside, {}):
        sizes.pop(part, None)
    return OBJECTS * count + sum(sizes.values())


def bytes_at_most(runs: Sequence[Run]) -> int:
    """As many bytes as ``runs`` of one shape hold, or more: as if none shared its parameters. Quicker to count.

    Histories, data and custom rows that the last one holds do not count.
    """
    numbers = max((1 + len(run.state)) * run.params.vector.nbytes for run in runs)
    vectors = {id(run.best): run.params.vector.nbytes for run in runs if run.best is not None}
    vectors |= {id(run.frozen): run.frozen.nbytes for run in runs if run.frozen is not None}
    vectors |= {id(run.origin): run.origin.nbytes for run in runs if run.origin is not None}
    storages = {id(run.history.storage): run.history.storage.nbytes for run in runs}
    del storages[id(runs[-1].history.storage)]
    shared: dict[int, Data | Experiment] = {id(run.data): run.data for run in runs}
    shared |= {id(run.experiment): run.experiment for run in runs}
    del shared[id(runs[-1].data)], shared[id(runs[-1].experiment)]
    tables = sum(OBJECTS + sum(_array(table)[1] for table in _tables(each)) for each in shared.values())
    return len(runs) * (OBJECTS + numbers) + sum((*vectors.values(), *storages.values())) + tables


def _parts(run: Run, known: dict[int, int]) -> Iterator[tuple[int, int]]:
    """What ``run`` holds that other runs may hold too, as (identity, bytes); data and experiments once only."""
    best = None if run.best is None else run.best.vector
    for array in (run.params.vector, *run.state, run.frozen, run.origin, best):
        if array is not None:
            yield _array(array)
    yield id(run.history.storage), run.history.storage.nbytes
    for shared in (run.data, run.experiment):
        if id(shared) not in known:
            yield id(shared), OBJECTS
            yield from map(_array, _tables(shared))


def _tables(of: Data | Experiment) -> list[np.ndarray]:
    if isinstance(of, Experiment):  # custom data are a part of their experiment
        rows = getattr(of.data.dataset, "rows", None)
        return [rows.numbers] if isinstance(rows, Rows) else []
    return [value for value in vars(of).values() if isinstance(value, np.ndarray)]


def _array(array: np.ndarray) -> tuple[int, int]:
    """Identity and bytes of the memory that ``array`` is a view of."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return id(array), array.nbytes
