"""What a teacher's sheet has beyond its lesson: aims, minutes, something to try, and common misunderstandings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misunderstanding:
    """What pupils often believe, what is true, and the step of the lesson that shows it."""

    belief: str
    truth: str
    step: int


@dataclass(frozen=True)
class Sheet:
    """``lesson`` is the lesson's id; ``minutes`` include the talk about every question."""

    lesson: str
    minutes: int
    aims: tuple[str, ...]
    further: str
    misunderstandings: tuple[Misunderstanding, ...]
