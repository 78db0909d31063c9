"""A message: a text that keeps its template and values, so that it can be translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

Translate = Callable[[str], str]  # returns a text in the reader's language; `str` leaves it in English


class Message(str):
    """``template`` formatted with ``values``: an ordinary English str.

    >>> Message("{count} layers are too many", count=40)
    '40 layers are too many'

    ``template`` is one literal, so that it can be looked up in a catalogue. A value may be a Message itself.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        self = super().__new__(cls, template.format(**values))
        self.template, self.values = template, values
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Return the arguments of ``__new__`` for pickle and copy."""
        return (self.template,), self.values
