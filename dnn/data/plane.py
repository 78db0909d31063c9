"""The plane that is drawn through the inputs: over two of them, or over the two ways in which examples differ most.

Every place (a, b) of the plane stands for one point of all n inputs,

    point = centre + scale · (a · axes[0] + b · axes[1])

Over two inputs the others are held, by default at their mean. Principal components (Pearson, 1901) are those of the
inputs divided by their standard deviations, because inputs have units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.data.features import feature
from dnn.messages import Message, Translate

MARGIN = 0.1  # of the examples' extent, half of it on each side
LOPSIDED = 5.0  # times: inputs whose extents differ by more have a scale each, as those with names of their own have
LANE = 0.7  # of the height that a class has: how much of it examples of a single input are strewn over

Bounds = tuple[float, float, float, float]  # left, right, low, high


@dataclass(frozen=True)
class View:
    """What somebody wants to see: inputs ``across`` and ``up``, counted from 0, or the first two ``components``.

    ``held`` are the values at which the inputs stay that are not drawn, one for each input; None: at their mean.
    """

    across: int = 0
    up: int = 1
    components: bool = False
    held: tuple[float | None, ...] = ()

    def fitting(self, inputs: int) -> View:
        """The same where there are so many inputs, else the usual."""
        fits = self.across != self.up and min(self.across, self.up) >= 0 and max(self.across, self.up) < inputs
        held = self.held if len(self.held) == inputs else (None,) * inputs
        if inputs <= 2:
            return View(*((self.across, self.up) if fits else (0, 1)), held=held)
        return replace(self, held=held) if fits or self.components else View(held=held)

    def holding(self, place: int, value: float, inputs: int) -> View:
        """The same with input ``place`` held at ``value``; as it is where there is no such input."""
        view = self.fitting(inputs)
        return replace(view, held=tuple(value if at == place else old for at, old in enumerate(view.held)))

    def same_plane(self, other: View) -> bool:
        """Whether places on it are read alike, whatever the others are held at."""
        return replace(self, held=()) == replace(other, held=())


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through the inputs: ``names`` of its two axes, the part that is drawn, and how places become points."""

    view: View
    names: tuple[str, str]
    bounds: Bounds
    centre: Array = field(repr=False)  # (n,)
    scale: Array = field(repr=False)  # (n,)
    axes: Array = field(repr=False)  # (2, n)
    mean: Array = field(repr=False)  # (n,), where what is held stays
    square: bool = False  # whether both axes have one scale

    @classmethod
    def of(cls, data: Data, view: View | None = None) -> Plane:
        """Through ``data`` as ``view`` says, with room for all its examples and a margin."""
        points = data.points
        inputs = points.shape[1]
        view = (view or View()).fitting(inputs)
        mean = points.mean(axis=0) if len(points) else np.zeros(inputs)
        axes: Array = np.zeros((2, inputs))
        scale: Array = np.ones(inputs)
        if view.components:
            spread = points.std(axis=0) if len(points) else scale
            scale = np.where(spread > 0.0, spread, 1.0)
            axes, shares = components((points - mean) / scale)
            pair: tuple[str, ...] = tuple(
                Message("component {number} ({share})", number=n, share=f"{share:.0%}")
                for n, share in enumerate(shares, start=1)
            )
        else:
            pair = _inputs(data, view)
            axes[0, view.across] = 1.0
            if inputs > 1:
                axes[1, view.up] = 1.0
        plain = cls(view, (pair[0], pair[1]), (0.0, 1.0, 0.0, 1.0), mean, scale, axes, mean)
        places = plain.places(data)
        given = data.names.inputs
        alike = view.components or (
            inputs > 1 and all(labelled(given[at]) != given[at] for at in (view.across, view.up))
        )
        bounds = _lanes(places) if inputs == 1 and data.task != "regression" else _around(places, alike)
        left, right, low, high = bounds
        square = alike and bool(np.isclose(right - left, high - low))
        return replace(plain, bounds=bounds, square=square).holding(view)

    def said(self, data: Data, say: Translate) -> tuple[str, str]:
        """The names as a reader of another language sees them."""
        across, up = self.names
        return (say(across), say(up)) if self.view.components else _inputs(data, self.view, say)

    def holding(self, view: View) -> Plane:
        """The same plane with other values for what is not drawn."""
        if view.components:
            return replace(self, view=view)
        held = np.array([mean if value is None else value for mean, value in zip(self.mean, view.held, strict=True)])
        return replace(self, view=view, centre=np.where(self.axes.any(axis=0), 0.0, held))

    def points(self, places: Array) -> Array:
        """The points of all inputs, (k, n), for ``places`` (k, 2) on the plane."""
        return self.centre + self.scale * (np.asarray(places) @ self.axes)

    def places(self, data: Data) -> Array:
        """Where the examples of ``data`` are drawn, (m, 2): each at its nearest place of the plane.

        With a single input there is no second axis: numbers are drawn at the height of their target, and classes one
        over the other, strewn a little so that they do not hide one another.
        """
        centre = self.centre if self.view.components else 0.0
        places: Array = ((data.points - centre) / self.scale) @ self.axes.T
        if data.points.shape[1] == 1:
            strewn = np.modf(np.abs(places[:, 0]) * 7919.0)[0] - 0.5  # the same wherever the example stands in a list
            classes = max(2, data.y.shape[1])
            lane = 2.0 * (data.labels + 0.5 + LANE * strewn) / classes - 1.0
            places[:, 1] = data.labels if data.task == "regression" else lane
        return places

    def holds(self, data: Data) -> bool:
        """Whether all examples are within the part that is drawn."""
        left, right, low, high = self.bounds
        places = self.places(data)
        return bool(((places >= [left, low]) & (places <= [right, high])).all())


def titles(data: Data, say: Translate = str) -> tuple[str, ...]:
    """What stands beside the axis of each input: its name, and its unit where there is one."""
    names = data.names
    inputs = called(data, (), say).values()
    return tuple(f"{name} ({unit})" if unit else name for name, unit in zip(inputs, names.units, strict=True))


def called(data: Data, formulas: Iterable[str], say: Translate = str) -> dict[str, str]:
    """What its inputs and these formulas of them are called: an input by its name, a formula as people write it."""
    inputs = {f"x{n}": labelled(named(name, say)) for n, name in enumerate(data.names.inputs, start=1)}
    return inputs | {text: inputs.get(text) or feature(text).label for text in formulas}


def named(name: str, say: Translate) -> str:
    """A column or a class as a reader sees it: our own words in his language, and a visitor's as they are."""
    return say(name) if isinstance(name, Message) else name


def _inputs(data: Data, view: View, say: Translate = str) -> tuple[str, str]:
    """The names of the two axes over inputs; a single input has none upwards, or its target."""
    names = titles(data, say)
    if len(names) == 1:
        return names[0], data.names.target if data.task == "regression" else ""
    return names[view.across], names[view.up]


def labelled(name: str) -> str:
    """A name as it is drawn: x1 as x₁, any other as it is."""
    return feature(name).label if re.fullmatch(r"x[1-9]\d?", name) else name


def components(X: Array) -> tuple[Array, Array]:
    """The first two principal components of centred ``X`` (m, n): directions (2, n), and their shares of the variance.

    The largest number in each is positive, so that they are the same everywhere.
    """
    values, vectors = np.linalg.eigh(X.T @ X)
    axes = vectors.T[::-1][:2]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    total = max(float(values.sum()), 1e-300)
    return axes * np.where(largest < 0.0, -1.0, 1.0), np.clip(values[::-1][:2] / total, 0.0, 1.0)


def _around(places: Array, alike: bool) -> Bounds:
    """Room for all places and a margin; one scale for both axes where that suits both."""
    if not len(places):
        return -1.1, 1.1, -1.1, 1.1
    low, high = places.min(axis=0), places.max(axis=0)
    extent = high - low
    if extent.max() == 0.0:  # a single place: as much room around it as an empty plane has
        extent = np.maximum(2.0, 0.2 * np.abs(low))
        extent = np.full(2, extent.max()) if alike else extent
    elif (alike and extent.max() <= LOPSIDED * extent.min()) or extent.min() == 0.0:
        extent = np.full(2, extent.max())
    halves = (0.5 + MARGIN / 2) * np.maximum(extent, 1e-6)
    (left, below), (right, above) = (low + high) / 2 - halves, (low + high) / 2 + halves
    return float(left), float(right), float(below), float(above)


def _lanes(places: Array) -> Bounds:
    left, right, *_ = _around(np.column_stack([places[:, 0], places[:, 0]]), True)
    return left, right, -1.0, 1.0
