"""Escape untrusted text, such as names of columns and classes, where Streamlit reads Markdown.

Streamlit replaces more than Markdown: ``:material/home:``, ``:red[…]``, ``:smile:``, formulas, and arrows of two
characters. It also turns addresses into links after removing backslashes; there a word joiner helps, a character
without width.
"""

from __future__ import annotations

import re

from dnn.errors import Problem
from dnn.messages import Message
from dnn.ui.visitor.language import tr

MOST_LETTERS = 1000  # characters of one text; the longest names together have fewer
WORD_JOINER = "\u2060"

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # white space and control characters
_DIRECTION = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # characters that change the direction of text
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
# Finds addresses, e-mail addresses, icons, emoji and arrows in the text without backslashes.
_SEAM = re.compile(r"(?<=:)(?=//|[\w+/-]+:)|(?<=@)(?=[-\w])|(?<=www)(?=\.)|(?<=[<>~-])(?=[=>-])", re.IGNORECASE)


def escape_markdown(text: str, most: int = MOST_LETTERS) -> str:
    """Return ``text`` in one line, escaped for Markdown and Streamlit.

    Characters that change the text's direction are removed, and the text is cut after ``most`` characters.
    """
    line = _UNSEEN.sub(" ", _DIRECTION.sub("", text)).strip()
    if len(line) > most:
        line = f"{line[: most - 1]}…"
    return _SIGN.sub(r"\\\1", _SEAM.sub(WORD_JOINER, line))


def tr_markdown(message: str) -> str:
    """Translate ``message``: its template is Markdown, its values are escaped."""
    if not isinstance(message, Message):
        return tr(message)
    values = {
        name: tr_markdown(value) if isinstance(value, Message) else _escape(value)
        for name, value in message.values.items()
    }
    return tr(message.template).format(**values)


def _escape(value: object) -> object:
    return escape_markdown(tr(value)) if isinstance(value, str) else value


def problem_markdown(problem: Problem) -> str:
    """Return the translated message of ``problem``, escaped because it quotes a visitor's value."""
    return escape_markdown(tr(problem.message))
