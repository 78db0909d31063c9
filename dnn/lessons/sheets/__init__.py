"""A sheet for the teacher of each lesson. Its questions, answers and goals are those of the lesson itself."""

from __future__ import annotations

from dnn.lessons.sheets import networks, practice
from dnn.lessons.sheets.sheet import Misunderstanding, Sheet

__all__ = ["SHEETS", "Misunderstanding", "Sheet"]

SHEETS: dict[str, Sheet] = {sheet.lesson: sheet for sheet in (*networks.SHEETS, *practice.SHEETS)}
