"""The values of an axis as text that a visitor writes: ``0.01, 0.1``, ``0.001:10:9:log``, ``tanh, relu``, ``4, 8-8``.

A comma parts the values; what stands in brackets is one value, as JSON has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dnn.components import Component
from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment.setting_names import TABLES
from dnn.messages import Message
from dnn.sweeps import Axis

MOST_VALUES = 10_000  # on one axis of the page: as many as a sweep in the background may have
LONGEST = 20_000  # characters of the text: an axis of a link always fits

WORDS = {"none": None, "full": None, "true": True, "yes": True, "false": False, "no": False}
LISTS = {"hidden_layer_sizes": "-", "features": " "}  # what parts the members of a value that is a list
NAMED = ("standardize",)  # settings that have a value called none
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
RANGE = re.compile(r"\s*:\s*")


def text_of(name: str, values: tuple[Any, ...]) -> str:
    """Return ``values`` as text that :func:`axis` reads."""
    return ", ".join(_text(_field(name), value) for value in values)


def _text(field: str, value: Any) -> str:
    if field in LISTS and isinstance(value, list | tuple) and value:
        return LISTS[field].join(map(str, value))
    if value is None or value == []:
        return "full" if field == "batch_size" else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else value if isinstance(value, str) else json.dumps(value)


def axis(name: str, text: str) -> Axis:
    """Return the axis that the text describes. Raises InvalidSetting for what cannot be read, and for none or many."""
    if len(text) > LONGEST:
        raise InvalidSetting([Problem("values", shown(text), Message("it must be shorter"))])
    values = tuple(value for part in _parts(text) for value in _values(name, part))
    if len(values) > MOST_VALUES:
        count = Message("{count} values", count=len(values))
        raise InvalidSetting([Problem("values", count, Message("there may be up to {most}", most=MOST_VALUES))])
    return Axis(name=name, values=values)


def _field(name: str) -> str:
    return next(part for part in reversed(name.split(".")) if not part.isdecimal())


def _parts(text: str) -> Iterator[str]:
    """Return the text of each value."""
    depth, part = 0, ""
    for letter in f"{text.replace('，', ',').replace('−', '-')},":
        depth += (letter in "[{(") - (letter in "]})")
        if letter == "," and depth <= 0:
            if part.strip():
                yield part.strip()
            depth, part = 0, ""
        else:
            part += letter
    if part.strip():
        yield part.strip()


def _values(name: str, part: str) -> list[Any]:
    """Return the values of a part: one, or those of a range."""
    if (ends := RANGE.split(part)) and len(ends) in (3, 4) and part[0] not in "[{":
        return _range(name, part, ends)
    return [_value(name, part)]


def _range(name: str, part: str, ends: list[str]) -> list[Any]:
    way = ends[3].lower() if len(ends) == 4 else "linear"
    if way not in ("linear", "log") or not all(map(NUMBER.fullmatch, ends[:3])) or not ends[2].isdecimal():
        allowed = Message("a range is 0:1:5, five numbers from 0 to 1, or 0.001:10:5:log, the same by factors")
        raise InvalidSetting([Problem("values", shown(part), allowed)])
    count = int(ends[2][:9])
    if not 1 <= count <= MOST_VALUES:
        raise InvalidSetting([Problem("values", shown(part), Message("there may be up to {most}", most=MOST_VALUES))])
    build = Axis.logarithmic if way == "log" else Axis.linear
    numbers = build(name, _number(ends[0]), _number(ends[1]), count).values
    return [float(f"{number:.12g}") if isinstance(number, float) else number for number in numbers]


def _value(name: str, part: str) -> Any:
    field, word = _field(name), part.lower()
    if part[0] in '[{"':
        try:
            return json.loads(part)
        except (json.JSONDecodeError, RecursionError):
            raise InvalidSetting([Problem("values", shown(part), Message("its brackets hold no JSON"))]) from None
    if field in LISTS and not name.endswith(tuple("0123456789")):  # else it is one layer's value
        return _list(field, part)
    table: Mapping[str, type[Component]] = TABLES.get(field, {})
    if word in WORDS and field not in NAMED and word not in table:
        return WORDS[word]
    if NUMBER.fullmatch(part):
        return _number(part)
    if "-" in word and field == "activation":
        return [_name(each, table) for each in word.split("-")]
    return _name(word, table)


def _name(word: str, table: Mapping[str, type[Component]]) -> str:
    """Return a name as settings have it: a visitor may write *Leaky ReLU*."""
    labels = {kind.label.lower(): name for name, kind in table.items()}
    return labels.get(word.strip(), re.sub(r"\s+", "_", word.strip()))


def _list(field: str, part: str) -> list[Any]:
    if part.lower() in ("none", "0"):
        return []
    members = part.split(None if LISTS[field] == " " else LISTS[field])
    if field == "features":
        return members
    if not all(member.strip().isdecimal() and member.isascii() for member in members):
        allowed = Message("layers are written 8-8: the units of each, or none")
        raise InvalidSetting([Problem("values", shown(part), allowed)])
    return [int(member[:9]) for member in members]


def _number(text: str) -> int | float:
    return float(text) if not text.lstrip("+-").isdecimal() or len(text) > 18 else int(text)
