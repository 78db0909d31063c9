"""All mistakes that can be planted, by name.

A gradient check compares the slopes that a program computes with slopes of the cost that the same program computes. So
it finds differences between the two, but no mistake before them, after them, or in both. Adding one is a class in
``rules`` or ``forum_rules`` and an entry in the table of tutorials or of forums.
"""

from __future__ import annotations

from dnn.mistakes.from_forums import FORUM_MISTAKES
from dnn.mistakes.from_tutorials import TUTORIAL_MISTAKES
from dnn.mistakes.mistake import Mistake

MISTAKES: dict[str, Mistake] = {mistake.id: mistake for mistake in (*TUTORIAL_MISTAKES, *FORUM_MISTAKES)}
