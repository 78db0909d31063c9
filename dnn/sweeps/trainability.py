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
from typing import Annotated, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from dnn.components import Array, Spec, limits
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.experiment.experiment import TrainingSpec
from dnn.initializers import Normal
from dnn.messages import Message
from dnn.sweeps.convergence import Networks, Start, convergence

COARSEST, FINEST = 16, 512  # pixels on a side
AT_ONCE = 1024  # networks trained in lockstep
APART = 2  # float64 numbers from one pixel of the finest picture to the next, at least

Number = Annotated[float, Field(allow_inf_nan=True)]  # refused with a better message than pydantic's
Range = tuple[Number, Number]


class TrainabilityMap(Spec):
    """A window of the map: networks like ``base`` with learning rates and scales between these ends.

    Both axes are logarithmic, and their upper ends lie just outside. Networks train ``epochs`` epochs on all examples
    at once, without dropout and early stopping, whatever ``base`` says. Raises InvalidSetting.
    """

    base: Experiment
    learning_rates: Range = Field((0.01, 100.0), description="Smallest and largest learning rate")
    scales: Range = Field((0.01, 30.0), description="Smallest and largest standard deviation of the starting weights")
    epochs: Annotated[int, Field(ge=1, le=1000)] = Field(100, description="Epochs that each network trains")

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        for name, ends, (least, most) in (
            ("learning_rates", self.learning_rates, limits(TrainingSpec, "learning_rate")),
            ("scales", self.scales, (np.finfo(float).tiny, limits(Normal, "scale")[1])),
        ):
            if not least <= ends[0] < ends[1] <= most:
                allowed = Message(
                    "it must be two numbers from {low} to {high}, the smaller one first",
                    low=f"{least:.10g}", high=f"{most:.10g}",
                )  # fmt: skip
                raise InvalidSetting([Problem(name, f"{ends[0]!r}, {ends[1]!r}", allowed)])
        return self

    def experiment(self, column: int, row: int, side: int) -> Experiment:
        """The experiment of one pixel of a picture ``side`` pixels wide; row 0 is the one with the smallest scale."""
        rate, scale = at(self.learning_rates, column / side), at(self.scales, row / side)
        return self._with(float(rate), float(scale))

    def start(self) -> Start:
        """What all networks of the map have in common."""
        return Start(self._with(self.learning_rates[0], self.scales[0]))

    def zoomed(self, left: float, right: float, bottom: float, top: float) -> Self:
        """The part of this window between these shares of its width and height, from 0 to 1.

        It is larger where float64 has too few numbers for the pixels of the finest picture: see ``is_deepest``.
        """
        across, up = narrowed(self.learning_rates, left, right), narrowed(self.scales, bottom, top)
        return self.model_copy(update={"learning_rates": across, "scales": up})

    @property
    def is_deepest(self) -> bool:
        """Whether one axis cannot be zoomed any further: float64 has no numbers between its pixels."""
        return any(high - low < 1.5 * narrowest(high) for low, high in (self.learning_rates, self.scales))

    def _with(self, learning_rate: float, scale: float) -> Experiment:
        base = self.base
        own = {"learning_rate": learning_rate, "batch_size": None, "dropout": 0.0, "patience": None}
        network = base.network.model_copy(update={"initializer": Normal(scale=scale)})
        return base.model_copy(update={"network": network, "training": base.training.model_copy(update=own)})


def at(ends: Range, share: float | Array) -> Array:
    """The numbers at ``share`` (0 to 1) of the way from one end to the other, in equal ratios.

    low · (high/low)^share, as low + low · expm1(share · log1p((high - low)/low)): right to a rounding also where the
    ends are almost equal.
    """
    low, high = ends
    values: Array = low + low * np.expm1(np.asarray(share) * np.log1p((high - low) / low))
    return values


def narrowest(high: float) -> float:
    """The smallest width that an axis with this upper end can have."""
    return float(APART * FINEST * np.spacing(high))


def narrowed(ends: Range, start: float, stop: float) -> Range:
    """The part of an axis between two shares of it; around its middle if that is too narrow."""
    if not 0.0 <= start < stop <= 1.0:
        allowed = Message("it must be two numbers from {low} to {high}, the smaller one first", low="0", high="1")
        raise InvalidSetting([Problem("zoom", f"{start!r}, {stop!r}", allowed)])
    low, high = float(at(ends, start)), float(at(ends, stop))
    low, high = max(low, ends[0]), ends[1] if stop == 1.0 else min(high, ends[1])
    width = narrowest(high)
    if high - low >= width:
        return low, high
    middle = float(at(ends, 0.5 * (start + stop)))
    low = min(max(middle - 0.5 * width, ends[0]), max(ends[1] - width, ends[0]))
    return low, min(low + width, ends[1])


class Tile(NamedTuple):
    """Pixels of a picture ``side`` pixels wide: ``rows`` and ``columns`` (n,), counted from the lower left corner, and
    ``values`` (n,) as ``convergence`` returns them.
    """

    side: int
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    values: Array


def refine(window: TrainabilityMap, side: int = FINEST) -> Iterator[Tile | None]:
    """Compute the map from 16 × 16 pixels up to ``side`` × ``side``, each pixel once.

    A finer picture keeps the pixels of the one before. Yields tiles as they are done, and None after each epoch on the
    way: the caller may pause there for as long as it likes, or stop.
    """
    start = window.start()
    for level in levels(side):
        rows, columns = fresh(level)
        rates, scales = (at(ends, np.arange(level) / level) for ends in (window.learning_rates, window.scales))
        for part in np.array_split(np.arange(len(rows)), -(-len(rows) // AT_ONCE)):
            networks = Networks(start, rates[columns[part]], scales[rows[part]], window.epochs)
            while not networks.done:
                networks.step()
                yield None
            yield Tile(level, rows[part], columns[part], convergence(networks.costs))


def picture(window: TrainabilityMap, side: int = 64) -> Array:
    """The values of a whole picture, (side, side): rows from the smallest scale up. See ``convergence``."""
    values = np.full((side, side), np.nan)
    for tile in refine(window, side):
        if tile is not None:
            step = side // tile.side
            values[tile.rows * step, tile.columns * step] = tile.values
    return values


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
