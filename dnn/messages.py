"""A message: a text with values in it that keeps its template, so that it can be translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

Translate = Callable[[str], str]  # returns a text in the reader's language; `str` leaves it in English


class Message(str):
    """``template`` with ``values`` in its places: an English str like any other.

    >>> Message("{count} layers are too many", count=40)
    '40 layers are too many'

    ``template`` is one whole literal, so that it can be looked up in a catalogue; a value may be a Message itself.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        self = super().__new__(cls, template.format(**values))
        self.template, self.values = template, values
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """For pickle and copy."""
        return (self.template,), self.values
