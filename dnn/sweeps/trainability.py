"""The trainability map: learning rate across, scale of the starting weights up, and every pixel a network.

The border between the networks that learn and those that diverge is a fractal: zoom in, and it is as rugged as before.
Source: Sohl-Dickstein 2024, The boundary of neural network trainability is fractal, arXiv:2402.06184.

>>> from dnn.sweeps.trainability import MAPS, picture
>>> values = picture(MAPS["tanh"], 16)
>>> values.shape, bool((values > 0).any())  # some diverge
((16, 16), True)

A picture of 2N × 2N pixels holds the one of N × N: pixel (i, j) of the smaller is pixel (2i, 2j) of the larger. So a
picture is refined without computing anything twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.sweeps.blocks import Block
from dnn.sweeps.convergence import Networks, convergence
from dnn.sweeps.run import engine_of
from dnn.sweeps.window import FINEST, TrainabilityMap, at

__all__ = ["COARSEST", "FINEST", "MAPS", "Tile", "TrainabilityMap", "at", "picture", "refine"]

COARSEST = 16  # pixels on a side of the picture that comes first
AT_ONCE = 1024  # networks trained in lockstep
IN_BLOCK = 4096  # networks in a block, which one process trains: about half a second


class Tile(NamedTuple):
    """Pixels of a picture ``side`` pixels wide: ``rows`` and ``columns`` (n,), counted from the lower left corner, and
    ``values`` (n,) as ``convergence`` returns them.
    """

    side: int
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    values: Array


def refine(window: TrainabilityMap, side: int = FINEST, *, known: int = 0) -> Iterator[Tile | None]:
    """Compute the map from 16 × 16 pixels up to ``side`` × ``side``, each pixel once.

    A finer picture keeps the pixels of the one before. Those of pictures up to ``known`` pixels wide are left out.
    Yields tiles as they are done, and None after each epoch on the way: the caller may pause there for as long as it
    likes, or stop.
    """
    start = window.start()
    for level in levels(side):
        if level <= known:
            continue
        rows, columns = fresh(level)
        rates, scales = (at(ends, np.arange(level) / level) for ends in (window.learning_rates, window.scales))
        for part in _parts(len(rows), AT_ONCE):
            networks = Networks(start, rates[columns[part]], scales[rows[part]], window.epochs)
            while not networks.done:
                networks.step()
                yield None
            yield Tile(level, rows[part], columns[part], convergence(networks.costs))


def picture(window: TrainabilityMap, side: int = 64, *, jobs: int = 1, cluster: str | None = None) -> Array:
    """The values of a whole picture, (side, side): rows from the smallest scale up. See ``convergence``.

    ``jobs`` is the number of processes on this machine, ``cluster`` the address of a Dask scheduler to use instead; the
    values are the same to the last bit. Those of a block whose processes were killed again and again are NaN. Raises
    InvalidSetting for another side than 16, 32, … 512, ValueError and CannotSweep as ``run_sweep`` does.
    """
    levels(side)
    values = np.full(side * side, np.nan)
    blocks = (Block(number, tuple(part.tolist())) for number, part in enumerate(_parts(side * side, IN_BLOCK)))
    for outcome in engine_of(jobs, cluster)(_values, (window, side), blocks):
        if not outcome.failure:
            values[list(outcome.block.indices)] = outcome.results
    return values.reshape(side, side)


def _values(job: tuple[TrainabilityMap, int], block: Block) -> list[Any]:
    """The values of the pixels of a block, which are numbered row by row."""
    window, side = job
    start, pixels, values = window.start(), np.array(block.indices), list[float]()
    rates, scales = (at(ends, np.arange(side) / side) for ends in (window.learning_rates, window.scales))
    for part in _parts(len(pixels), AT_ONCE):
        rows, columns = np.divmod(pixels[part], side)
        networks = Networks(start, rates[columns], scales[rows], window.epochs)
        while not networks.done:
            networks.step()
        values += convergence(networks.costs).tolist()
    return values


def _parts(count: int, most: int) -> list[npt.NDArray[np.intp]]:
    """The numbers below ``count`` in parts of about equal length."""
    return np.array_split(np.arange(count), -(-count // most))


def levels(side: int) -> list[int]:
    """The sides of the pictures on the way to one of ``side`` pixels: 16, 32, … Raises InvalidSetting."""
    sides = [COARSEST << power for power in range((FINEST // COARSEST).bit_length())]
    if side not in sides:
        allowed = Message("it must be one of {names}", names=", ".join(map(str, sides)))
        raise InvalidSetting([Problem("side", str(side), allowed)])
    return sides[: sides.index(side) + 1]


def fresh(side: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns (n,) of the pixels that a picture has and the one half as wide has not."""
    rows, columns = (places.ravel() for places in np.indices((side, side)))
    if side == COARSEST:
        return rows, columns
    new = (rows % 2 > 0) | (columns % 2 > 0)
    return rows[new], columns[new]


def _small(activation: str) -> Experiment:
    return Experiment.of(
        data={"dataset": "bumps", "samples": 16, "test_share": 0.0},
        network={"hidden_layer_sizes": (8,), "activation": activation},
        training={"batch_size": "full"},
    )


MAPS: dict[str, TrainabilityMap] = {
    activation: TrainabilityMap(base=_small(activation)) for activation in ("tanh", "relu")
}
