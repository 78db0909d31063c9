"""Find a setting of an experiment by its dotted name, and list the names that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dnn.components import Spec
from dnn.errors import Problem, UnknownSetting
from dnn.experiment import Experiment
from dnn.messages import Message

SECTIONS = ("data", "network", "training")
SINGLE = ("seed", "draw")  # settings that stand in no section
OWNER = Message("this sweep")


def names_of(experiment: Experiment) -> list[str]:
    """Return the dotted names of all settings of ``experiment``, those of its components behind each component."""
    names: list[str] = []
    for section in SECTIONS:
        names += _names(section, getattr(experiment, section))
    return [*names, *SINGLE]


def _names(owner: str, value: object) -> Iterator[str]:
    if isinstance(value, Spec):
        for field in type(value).model_fields:
            if field != "kind":
                name = f"{owner}.{field}"
                yield name
                yield from _names(name, getattr(value, field))
    elif isinstance(value, tuple):
        for place, each in enumerate(value, start=1):
            if isinstance(each, Spec):
                yield from _names(f"{owner}.{place}", each)


def problem_of(name: str, experiment: Experiment, value: object) -> Problem | None:
    """Return the problem of ``name`` if it is not a setting of ``experiment``; ``value`` is what it was to be."""
    head, *path = name.split(".")
    if head in SINGLE and not path:
        return None
    if head not in SECTIONS or not path:
        return UnknownSetting.of(name, value, OWNER, names_of(experiment))
    found: Any = getattr(experiment, head)
    owner = head
    for part in path:
        child = _child(found, part)
        if child is _NOTHING:
            if owner in SECTIONS:
                return UnknownSetting.of(name, value, OWNER, names_of(experiment))
            return UnknownSetting.of(part, value, _shown(found, owner), _children(found))
        found, owner = child, f"{owner}.{part}"
    return None


_NOTHING = object()


def _child(value: object, part: str) -> object:
    if isinstance(value, Spec):
        return getattr(value, part) if part in _children(value) else _NOTHING
    return value[int(part) - 1] if isinstance(value, tuple) and part in _children(value) else _NOTHING


def _children(value: object) -> list[str]:
    if isinstance(value, Spec):
        return [field for field in type(value).model_fields if field != "kind"]
    return [str(place) for place in range(1, len(value) + 1)] if isinstance(value, tuple) else []


def _shown(value: object, owner: str) -> str:
    return str(getattr(value, "kind", owner))


def with_setting(plain: Any, path: list[str], value: object) -> Any:
    """Return a copy of the JSON value ``plain`` with ``value`` at ``path``; what is not on the path is shared.

    A component that is named by a word becomes a mapping, so that its parameters can be set.
    Raises LookupError if the path leads nowhere.
    """
    if not path:
        return value
    first, *rest = path
    if isinstance(plain, str):
        plain = {"kind": plain}
    if isinstance(plain, list):
        if not (first.isascii() and first.isdecimal() and 1 <= int(first[:6]) <= len(plain)):
            raise LookupError(first)
        place = int(first) - 1
        return [*plain[:place], with_setting(plain[place], rest, value), *plain[place + 1 :]]
    if not isinstance(plain, dict) or (rest and first not in plain):
        raise LookupError(first)
    return {**plain, first: with_setting(plain.get(first), rest, value)}
