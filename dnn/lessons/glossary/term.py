"""A term of the field: what it means, its formula or picture, and the step of a lesson that shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """``forms`` are the ways in which it stands in a text, separated by bars; a translation has its own.

    ``meaning`` is a sentence or two that needs no formula. ``formula`` is LaTeX, ``picture`` the name of a drawing; a
    term has at least one of them. ``step`` is the step that shows it, such as ``relu-net.6``.
    """

    name: str
    title: str
    forms: str
    meaning: str
    step: str
    formula: str = ""
    picture: str = ""

    @property
    def slug(self) -> str:
        """Its name in an address, ``?term=learning-rate``."""
        return self.name.replace(" ", "-")
