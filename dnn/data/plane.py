"""The plane that is drawn through the inputs: over two inputs, or over the first two principal components.

Every place (a, b) of the plane represents one point of all n inputs,

    point = centre + scale · (a · axes[0] + b · axes[1])

Over two inputs, the others are held constant, by default at their mean. Principal components (Pearson, 1901) are those
of the inputs divided by their standard deviations, because inputs have units.
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
LOPSIDED = 5.0  # ratio of extents; inputs that differ more, or that have names, get separate scales
LANE = 0.7  # share of a class's height over which examples with a single input are spread

Bounds = tuple[float, float, float, float]  # left, right, low, high


@dataclass(frozen=True)
class View:
    """What the plane shows: inputs ``across`` and ``up``, counted from 0, or the first two ``components``.

    ``held`` has one value for each input, used if the input is not drawn; None means its mean.
    """

    across: int = 0
    up: int = 1
    components: bool = False
    held: tuple[float | None, ...] = ()

    def fitting(self, inputs: int) -> View:
        """Return this view if it fits data with ``inputs`` inputs, else the default view."""
        fits = self.across != self.up and min(self.across, self.up) >= 0 and max(self.across, self.up) < inputs
        held = self.held if len(self.held) == inputs else (None,) * inputs
        if inputs <= 2:
            return View(*((self.across, self.up) if fits else (0, 1)), held=held)
        return replace(self, held=held) if fits or self.components else View(held=held)

    def holding(self, place: int, value: float, inputs: int) -> View:
        """Return this view with input ``place`` held at ``value``; unchanged if there is no such input."""
        view = self.fitting(inputs)
        return replace(view, held=tuple(value if at == place else old for at, old in enumerate(view.held)))

    def same_plane(self, other: View) -> bool:
        """Whether both views use the same plane coordinates; held values may differ."""
        return self == other or replace(self, held=()) == replace(other, held=())


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through the inputs: ``names`` of its two axes, the part that is drawn, and how places become points."""

    view: View
    names: tuple[str, str]
    bounds: Bounds
    centre: Array = field(repr=False)  # (n,)
    scale: Array = field(repr=False)  # (n,)
    axes: Array = field(repr=False)  # (2, n)
    mean: Array = field(repr=False)  # (n,), the values of held inputs
    square: bool = False  # whether both axes have one scale

    @classmethod
    def of(cls, data: Data, view: View | None = None) -> Plane:
        """Create the plane of ``view`` through ``data``, with all examples and a margin inside its bounds."""
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
        names = data.names.inputs
        alike = view.components or (
            inputs > 1 and all(axis_label(names[at]) != names[at] for at in (view.across, view.up))
        )
        bounds = _lane_bounds(places) if inputs == 1 and data.task != "regression" else _bounds_around(places, alike)
        left, right, low, high = bounds
        square = alike and bool(np.isclose(right - left, high - low))
        return replace(plain, bounds=bounds, square=square).holding(view)

    def axis_names(self, data: Data, say: Translate) -> tuple[str, str]:
        """Return the names of the axes, translated by ``say``."""
        across, up = self.names
        return (say(across), say(up)) if self.view.components else _inputs(data, self.view, say)

    def holding(self, view: View) -> Plane:
        """Return the same plane with the held values of ``view``."""
        if view.components:
            return replace(self, view=view)
        held = np.array([mean if value is None else value for mean, value in zip(self.mean, view.held, strict=True)])
        return replace(self, view=view, centre=np.where(self.axes.any(axis=0), 0.0, held))

    def points(self, places: Array) -> Array:
        """Return the points of all inputs, (k, n), for ``places`` (k, 2) on the plane."""
        return self.centre + self.scale * (np.asarray(places) @ self.axes)

    def places(self, data: Data) -> Array:
        """Return the places of the examples of ``data``, (m, 2): each is projected onto the plane.

        With a single input there is no second axis: for regression the height is the target; classes are stacked, with
        a small spread so that examples do not hide one another.
        """
        centre = self.centre if self.view.components else 0.0
        places: Array = ((data.points - centre) / self.scale) @ self.axes.T
        if data.points.shape[1] == 1:
            spread = np.modf(np.abs(places[:, 0]) * 7919.0)[0] - 0.5  # the same at any position in the data
            classes = max(2, data.y.shape[1])
            lane = 2.0 * (data.labels + 0.5 + LANE * spread) / classes - 1.0
            places[:, 1] = data.labels if data.task == "regression" else lane
        return places

    def holds(self, data: Data) -> bool:
        """Whether all examples are within the part that is drawn."""
        left, right, low, high = self.bounds
        places = self.places(data)
        return bool(((places >= [left, low]) & (places <= [right, high])).all())


def titles(data: Data, say: Translate = str) -> tuple[str, ...]:
    """Return the axis title of each input: its name, and its unit if there is one."""
    names = data.names
    inputs = input_labels(data, (), say).values()
    return tuple(f"{name} ({unit})" if unit else name for name, unit in zip(inputs, names.units, strict=True))


def input_labels(data: Data, formulas: Iterable[str], say: Translate = str) -> dict[str, str]:
    """Return the labels of the inputs and ``formulas``: an input's name, or the formula in mathematical notation."""
    inputs = {f"x{n}": axis_label(translate_name(name, say)) for n, name in enumerate(data.names.inputs, start=1)}
    return inputs | {text: inputs.get(text) or feature(text).label for text in formulas}


def translate_name(name: str, say: Translate) -> str:
    """Translate a name if it is a Message of ours; a visitor's own name stays unchanged."""
    return say(name) if isinstance(name, Message) else name


def _inputs(data: Data, view: View, say: Translate = str) -> tuple[str, str]:
    """Return the names of both axes; with a single input the second is the target, or "" for classes."""
    names = titles(data, say)
    if len(names) == 1:
        return names[0], data.names.target if data.task == "regression" else ""
    return names[view.across], names[view.up]


def axis_label(name: str) -> str:
    """Return the label of an axis: x1 becomes x₁, other names stay unchanged."""
    return feature(name).label if re.fullmatch(r"x[1-9]\d?", name) else name


def components(X: Array) -> tuple[Array, Array]:
    """Return the first two principal components of centred ``X`` (m, n): directions (2, n) and their shares of the
    variance.

    The largest entry of each direction is positive, so that results are the same on every platform.
    """
    values, vectors = np.linalg.eigh(X.T @ X)
    axes = vectors.T[::-1][:2]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    total = max(float(values.sum()), 1e-300)
    return axes * np.where(largest < 0.0, -1.0, 1.0), np.clip(values[::-1][:2] / total, 0.0, 1.0)


def _bounds_around(places: Array, alike: bool) -> Bounds:
    """Return bounds around all places with a margin; ``alike`` gives both axes one scale if their extents allow it."""
    if not len(places):
        return -1.1, 1.1, -1.1, 1.1
    low, high = places.min(axis=0), places.max(axis=0)
    extent = high - low
    if extent.max() == 0.0:  # a single place gets the bounds of an empty plane
        extent = np.maximum(2.0, 0.2 * np.abs(low))
        extent = np.full(2, extent.max()) if alike else extent
    elif (alike and extent.max() <= LOPSIDED * extent.min()) or extent.min() == 0.0:
        extent = np.full(2, extent.max())
    halves = (0.5 + MARGIN / 2) * np.maximum(extent, 1e-6)
    (left, below), (right, above) = (low + high) / 2 - halves, (low + high) / 2 + halves
    return float(left), float(right), float(below), float(above)


def _lane_bounds(places: Array) -> Bounds:
    left, right, *_ = _bounds_around(np.column_stack([places[:, 0], places[:, 0]]), True)
    return left, right, -1.0, 1.0
