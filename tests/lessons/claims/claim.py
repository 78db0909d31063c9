"""What a claim is: a sentence of a step, and the number, measured on five seeds, that shows it to be true."""

from __future__ import annotations

from dataclasses import dataclass

from dnn import LESSONS
from dnn.mistakes import MISTAKES
from tests.lessons.seeded import Value, step_of


@dataclass(frozen=True)
class Claim:
    """``sentence`` stands in the step; ``value`` lies from ``least`` to ``most``: for each seed, or ``on_average``."""

    step: str
    sentence: str
    value: Value
    least: float = -float("inf")
    most: float = float("inf")
    on_average: bool = False


@dataclass(frozen=True)
class Goal:
    """Options of a step's settings that reach its goal from every seed, and options that reach it from none."""

    step: str
    praised: tuple[tuple[str, ...], ...]
    warned_of: tuple[tuple[str, ...], ...]


def joined(text: str) -> str:
    """Without line breaks."""
    return " ".join(text.split())


def reasons(step: str) -> str:
    """What a step says when its question is answered or its goal reached; of a mystery: its text."""
    found = step_of(step)
    if found.mystery:
        return joined(found.text)
    return " ".join(part.why for part in (found.prediction, found.checkpoint) if part)


def said(step: str) -> str:
    """All that a step says."""
    found = step_of(step)
    texts = [found.text, reasons(step)]
    if found.mystery:
        mistake = MISTAKES[found.mystery.mistake]
        texts += [mistake.wrong, *mistake.symptoms, mistake.why]
    return joined(" ".join(texts))


STEPS = [f"{lesson.id}.{number}" for lesson in LESSONS.values() for number in range(1, len(lesson.steps) + 1)]
