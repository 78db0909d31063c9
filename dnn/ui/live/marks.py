"""Marks on the epochs at which a setting was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from dnn.components import Component
from dnn.experiment import Experiment
from dnn.experiment.links import WORDS
from dnn.messages import Message
from dnn.optimizers import OPTIMIZERS
from dnn.schedules import SCHEDULES

MOST = 50  # marks kept, the newest
FIXED = ("loss", "dtype")  # training settings under which no run goes on


def _settings() -> Iterator[str]:
    yield from (word for word, path in WORDS.items() if path[0] == "training" and path[-1] not in FIXED)
    for table in (OPTIMIZERS, SCHEDULES):
        yield from (name for kind in table.values() for name in kind.model_fields if name != "kind")


SETTINGS = tuple(dict.fromkeys(word.replace("_", " ") for word in _settings()))  # that marks may name


@dataclass(frozen=True)
class Mark:
    """One epoch, the settings before it, and the change as text."""

    epoch: int
    before: Experiment
    text: str


def marked(marks: tuple[Mark, ...], epoch: int, before: Experiment, after: Experiment) -> tuple[Mark, ...]:
    """``marks`` and one more for the change at ``epoch``; changes at one epoch become one, and may undo each other."""
    if marks and marks[-1].epoch == epoch:
        marks, before = marks[:-1], marks[-1].before
    text = changes(before, after)
    return (*marks, Mark(epoch, before, text))[-MOST:] if text else marks


def changes(before: Experiment, after: Experiment) -> str:
    """What differs, in the words of links: "learning rate 0.03 → 0.3, l2 0 → 0.1"; empty if nothing does."""
    found = [text for word, path in WORDS.items() for text in _changes(word, _at(before, path), _at(after, path))]
    return reduce(lambda first, other: Message("{first}, {other}", first=first, other=other), found) if found else ""


def _changes(word: str, old: Any, new: Any) -> list[str]:
    if old == new:
        return []
    if isinstance(new, Component) and type(old) is type(new):
        names = (name for name in type(new).model_fields if name != "kind")
        return [text for name in names for text in _changes(name, getattr(old, name), getattr(new, name))]
    name = word.replace("_", " ")
    return [Message("{setting} {old} → {new}", setting=name, old=_said(word, old), new=_said(word, new))]


def _said(word: str, value: object) -> str:
    if isinstance(value, Component):
        return value.label
    if value is None:
        return Message("full") if word == "batch_size" else Message("none")
    if isinstance(value, tuple):
        return "-".join(_said(word, each) for each in value) or Message("none")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = getattr(value, name)
    return value
