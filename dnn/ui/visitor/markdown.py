"""Text that strangers wrote, shown as it is wherever Streamlit reads Markdown: names of columns and classes, files.

Streamlit reads more than Markdown: ``:material/home:``, ``:red[…]``, ``:smile:``, formulas, and arrows made of two
signs. And it makes links of addresses after it has taken the backslashes away, so these do not help there: a word
joiner does, a character that has no width.
"""

from __future__ import annotations

import re

from dnn.errors import Problem
from dnn.messages import Message
from dnn.ui.visitor.language import tr

MOST_LETTERS = 1000  # of one text; the longest names together have fewer
WORD_JOINER = "\u2060"

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # blanks, ends of lines and other signs without a picture
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # signs that turn the text after them round
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
# Where addresses, e-mail addresses, icons, emoji and arrows are found in the text without its backslashes.
_SEAM = re.compile(r"(?<=:)(?=//|[\w+/-]+:)|(?<=@)(?=\w)|(?<=www)(?=\.)|(?<=[<>~-])(?=[=>-])", re.IGNORECASE)


def escape_markdown(text: str, most: int = MOST_LETTERS) -> str:
    """``text`` in one line as it is, whatever Markdown or Streamlit would make of it.

    Signs that turn the direction of the text are left out, and so is what comes after ``most`` letters.
    """
    line = _UNSEEN.sub(" ", _DIRECTION.sub("", text)).strip()
    if len(line) > most:
        line = f"{line[: most - 1]}…"
    return _SIGN.sub(r"\\\1", _SEAM.sub(WORD_JOINER, line))


def tr_markdown(message: str) -> str:
    """``message`` in the visitor's language: its template is Markdown, its values are shown as they are."""
    if not isinstance(message, Message):
        return tr(message)
    values = {
        name: tr_markdown(value) if isinstance(value, Message) else _escaped(value)
        for name, value in message.values.items()
    }
    return tr(message.template).format(**values)


def _escaped(value: object) -> object:
    return escape_markdown(tr(value)) if isinstance(value, str) else value


def problem_markdown(problem: Problem) -> str:
    """The message of ``problem`` in the visitor's language. It quotes what was given, so it is escaped."""
    return escape_markdown(tr(problem.message))
