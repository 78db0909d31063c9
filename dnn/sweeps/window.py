"""A window of the trainability map: which learning rates and which scales of the starting weights its pixels have."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from dnn.components import Array, Spec, limits
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.experiment.experiment import TrainingSpec
from dnn.initializers import Normal
from dnn.messages import Message
from dnn.sweeps.convergence import Start

FINEST = 512  # pixels on a side of the finest picture
APART = 2  # float64 numbers from one pixel of the finest picture to the next, at least

Range = tuple[float, float]


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
        settings = {"learning_rate": learning_rate, "batch_size": None, "dropout": 0.0, "patience": None}
        network = base.network.model_copy(update={"initializer": Normal(scale=scale)})
        return base.model_copy(update={"network": network, "training": base.training.model_copy(update=settings)})


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
