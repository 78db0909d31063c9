"""Marks on the epochs at which a person changed a setting while the run went on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dnn.experiment import Experiment
from dnn.kinds import Kind
from dnn.links import WORDS

MOST = 50  # marks kept, the newest


@dataclass(frozen=True)
class Mark:
    """One epoch, what the settings were before it, and what changed, in words."""

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
    return ", ".join(
        text for word, path in WORDS.items() for text in _changes(word, _at(before, path), _at(after, path))
    )


def _changes(word: str, old: Any, new: Any) -> list[str]:
    if old == new:
        return []
    if isinstance(new, Kind) and type(old) is type(new):
        names = (name for name in type(new).model_fields if name != "kind")
        return [text for name in names for text in _changes(name, getattr(old, name), getattr(new, name))]
    return [f"{word.replace('_', ' ')} {_said(word, old)} → {_said(word, new)}"]


def _said(word: str, value: object) -> str:
    if isinstance(value, Kind):
        return value.label
    if value is None:
        return "full" if word == "batch_size" else "none"
    if isinstance(value, tuple):
        return "-".join(_said(word, each) for each in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = getattr(value, name)
    return value
