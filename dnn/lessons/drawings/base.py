"""The base class of drawings, and how a text points at their parts."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from dnn.experiment import Experiment

PART = re.compile(r"\[(?P<words>[^\]]+)\]\{\.(?P<part>[a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Drawing(ABC):
    """A picture of one kind; ``parts`` are the names of what a text can point at."""

    kind: ClassVar[str]
    parts: ClassVar[tuple[str, ...]]
    tells_answer: ClassVar[bool] = False  # whether it is drawn only when the step's question has been answered

    @abstractmethod
    def settings(self, experiment: Experiment) -> dict[str, Any]:
        """Return what the script of this kind needs, ready for JSON; ``experiment`` is the step's."""

    def marked(self) -> dict[str, float]:
        """Return the numbers that the text names and the picture marks, by part, computed by the library."""
        return {}


def parts_of(text: str) -> list[tuple[str, str]]:
    """Return the part and the words of each place of ``text`` that points at a drawing."""
    return [(found["part"], found["words"]) for found in PART.finditer(text)]


def without_parts(text: str) -> str:
    """Return ``text`` as it is read: only the words of what points at a drawing."""
    return PART.sub(r"\g<words>", text)
