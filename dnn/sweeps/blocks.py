"""Cut a sweep into blocks: runs of one shape, which learn in lockstep, in portions worth sending to another process.

How a sweep is cut depends on the sweep alone, never on the engine or on how many processes there are, so that every
engine computes the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from dnn.experiment import Experiment
from dnn.sweeps.cells import Cell
from dnn.sweeps.sweep import Sweep

WINDOW = 4096  # cells that are looked at together
SHORTEST, LONGEST = 0.5, 2.0  # seconds that a block should take, by the estimate below
PARTS = 16  # blocks that a window should make, unless they become too short


class Block(NamedTuple):
    """Runs that are trained together: a ``number`` of its own and the numbers of its cells, in order."""

    number: int
    indices: tuple[int, ...]


def blocks_of(sweep: Sweep) -> Iterator[Block]:
    """Yield the blocks of ``sweep``. Every cell is in exactly one."""
    number = 0
    cells = sweep.cells()
    for start in range(0, sweep.runs, WINDOW):
        window = [next(cells) for _ in range(min(WINDOW, sweep.runs - start))]
        for indices in _portions(window, sweep.epochs):
            yield Block(number, tuple(sorted(indices)))
            number += 1


def _portions(cells: list[Cell], epochs: int) -> Iterator[list[int]]:
    """Yield the numbers of the cells of each block; a portion that is too small for a block joins the next one."""
    groups: dict[object, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.experiment and _shape(cell.experiment), []).append(cell)
    costs = {shape: Cost.of(group[0].experiment, epochs) for shape, group in groups.items()}
    total = sum(costs[shape].seconds(len(group)) for shape, group in groups.items())
    target = min(max(total / PARTS, SHORTEST), LONGEST)
    collected, collected_seconds = list[int](), 0.0
    for shape, group in groups.items():
        parts = min(len(group), _shared_out(len(group) / costs[shape].runs(target)))
        for part in np.array_split(np.array([cell.index for cell in group]), parts):
            collected += part.tolist()
            collected_seconds += costs[shape].seconds(len(part))
            if collected_seconds > 0.75 * target:
                yield collected
                collected, collected_seconds = [], 0.0
    if collected:
        yield collected


def _shared_out(parts: float) -> int:
    """Return a number near ``parts`` that two, four or eight processes can share evenly."""
    if parts < 1.5:
        return 1
    return 2 if parts < 3 else 4 * max(1, round(parts / 4))


def _shape(experiment: Experiment) -> tuple[object, ...]:
    """Return the settings that experiments must have in common to be trained in lockstep."""
    data, network, training = experiment.data, experiment.network, experiment.training
    shares = data.test_share, data.validation_share
    examples = data.dataset.kind, data.samples, shares, data.class_balance, len(data.features), data.weights
    kinds = network.activation, training.loss, type(training.optimizer), training.dtype, training.patience is None
    return examples, network.hidden_layer_sizes, kinds, training.batch_size


class Cost(NamedTuple):
    """An estimate of the seconds that runs take in lockstep: ``together`` for all of them and ``each`` for every one.

    From measurements on one core, right within a factor of 3. An update takes a little time for every layer, for every
    unit and for every weight; large matrices are multiplied several times as fast as small ones.
    """

    together: float = 0.0
    each: float = 0.0

    @classmethod
    def of(cls, experiment: Experiment | None, epochs: int) -> Cost:
        """Return the cost of runs like that of ``experiment``; no experiment costs nothing."""
        if experiment is None:
            return cls()
        data, widths = experiment.data, experiment.network.hidden_layer_sizes
        inputs = len(data.features) or len(data.dataset.names.inputs)
        sizes = (inputs, *widths, max(1, len(data.dataset.names.classes) - 1))
        weights = float(sum((before + 1) * after for before, after in pairwise(sizes)))
        examples = max(1, round(data.samples * (1 - data.test_share) * (1 - data.validation_share)))
        batch = min(experiment.training.batch_size or examples, examples)
        updates = epochs * -(-examples // batch)
        each = 0.5e-6 + batch * (5e-9 * weights**0.75 + 2e-9 * sum(sizes[1:]))
        return cls(updates * 5e-6 * len(sizes[1:]), updates * each)

    def seconds(self, runs: int) -> float:
        """Return how long ``runs`` runs take."""
        return self.together + runs * self.each

    def runs(self, seconds: float) -> float:
        """Return how many runs take ``seconds``, or more: at least as many as make lockstep worth while."""
        return max(1.0, self.together / self.each, (seconds - self.together) / self.each) if self.each else np.inf
