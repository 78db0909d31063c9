"""An axis of a sweep: one setting of an experiment, by its dotted name, with the values that it takes in turn."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from dnn.components import Spec
from dnn.errors import InvalidSetting, Problem, shown
from dnn.messages import Message

MOST_VALUES = 1_000_000
LONGEST_NAME = 200  # characters
PLAIN = (str, int, bool, type(None))


def as_json(value: object) -> Any:
    """Convert ``value`` to what JSON holds: lists for tuples and arrays, mappings for components, plain numbers.

    Raises InvalidSetting for anything that JSON cannot hold, such as NaN.
    """
    if type(value) in PLAIN or (type(value) is float and math.isfinite(value)):
        return value
    if isinstance(value, Spec):
        return value.model_dump(mode="json")
    if isinstance(value, np.ndarray | np.generic):
        return as_json(value.tolist())
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return {str(name): as_json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    allowed = Message("it must be text, a finite number, true, false, null, or a list or an object of these")
    raise InvalidSetting([Problem("values", shown(value), allowed)])


def _all_as_json(values: object) -> tuple[Any, ...]:
    """Convert each of the values; raises InvalidSetting for anything but a list, a tuple or an array of them."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    if isinstance(values, Sequence) and not isinstance(values, str | bytes):
        return tuple(as_json(value) for value in values)
    raise InvalidSetting([Problem("values", shown(values), Message("it must be a list of values"))])


class Axis(Spec):
    """A setting of :class:`~dnn.experiment.Experiment`, ``training.learning_rate`` for instance, and its values.

    ``name`` is the path of the setting with dots between. A component's parameters follow its own name,
    ``data.dataset.noise``; a layer's value follows its number from 1, ``network.hidden_layer_sizes.2``. ``values`` are
    what ``Experiment.of`` takes there: a component is its name or a mapping with its ``kind``.
    Raises InvalidSetting for no values, for a value given twice, and for one that JSON cannot hold.
    """

    name: str = Field(min_length=1, max_length=LONGEST_NAME, description="Dotted name of the setting")
    values: Annotated[tuple[Any, ...], BeforeValidator(_all_as_json)] = Field(
        max_length=MOST_VALUES, description="The values that it takes in turn"
    )

    @model_validator(mode="after")
    def _each_value_once(self) -> Self:
        if not self.values:
            raise InvalidSetting([Problem("values", Message("an empty list"), Message("it must hold one at least"))])
        used = set[object]()
        for value in self.values:
            key = json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else (type(value), value)
            if key in used:
                raise InvalidSetting([Problem("values", shown(value), Message("each value may stand there once"))])
            used.add(key)
        return self

    def __hash__(self) -> int:
        return hash((self.name, json.dumps(self.values, sort_keys=True)))

    @classmethod
    def linear(cls, name: str, start: float, stop: float, count: int) -> Self:
        """Create an axis of ``count`` numbers from ``start`` to ``stop``, equally far apart.

        Whole numbers stay whole where all of them are. Raises InvalidSetting where two of them are the same.
        """
        numbers = np.linspace(start, stop, _checked(count))
        whole = isinstance(start, int) and isinstance(stop, int) and bool((numbers == np.round(numbers)).all())
        return cls(name=name, values=tuple(int(number) if whole else float(number) for number in numbers))

    @classmethod
    def logarithmic(cls, name: str, start: float, stop: float, count: int) -> Self:
        """Create an axis of ``count`` numbers from ``start`` to ``stop``, each the same multiple of the one before.

        Numbers are rounded to 12 digits, so that decades read as 0.001, 0.01, 0.1. Raises InvalidSetting unless both
        ends are above 0.
        """
        for field, end in (("start", start), ("stop", stop)):
            if not (math.isfinite(end) and end > 0):
                raise InvalidSetting([Problem(field, shown(end), Message("it must be a number above 0"))])
        return cls(
            name=name, values=tuple(float(f"{each:.12g}") for each in np.geomspace(start, stop, _checked(count)))
        )


def _checked(count: int) -> int:
    """Return ``count`` if an axis may have this number of values; raises InvalidSetting."""
    if not 1 <= count <= MOST_VALUES:
        allowed = Message("it must be a whole number from {low} to {high}", low=1, high=MOST_VALUES)
        raise InvalidSetting([Problem("count", shown(count), allowed)])
    return count


def is_logarithmic(values: tuple[Any, ...]) -> bool:
    """Whether an axis of these values reads better by their logarithm: positive numbers over a decade or more."""
    return is_numeric(values) and min(values) > 0 and max(values) >= 10 * min(values)


def is_numeric(values: tuple[Any, ...]) -> bool:
    """Whether all values are numbers."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
