"""What a server allows its visitors. ``dnn serve`` sets every limit; a page that one person opens has none.

A limit travels to the server as an environment variable, ``DNN_MOST_SESSIONS=40``, so a container can set it too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A whole number from ``least`` to ``most``, and what it counts; ``default`` is that of `dnn serve`."""

    default: int
    least: int
    most: int
    help: str

    def read(self, text: str) -> int:
        """The number in ``text``. Raises ValueError for what is none or not allowed."""
        if text.isascii() and text.isdigit() and len(text) < 12 and self.least <= int(text) <= self.most:
            return int(text)
        raise ValueError(f"{text[:40]!r} is not allowed; it must be a whole number from {self.least} to {self.most}")


# 500 examples fit with the largest network of the page, at the least limit of work.
LIMITS = {
    "sessions": Limit(40, 1, 1000, "sessions at once, one for each open tab; others get a page that waits"),
    "work": Limit(100_000_000, 20_000_000, 1_000_000_000, "examples times weights of one network"),
    "jobs": Limit(1, 1, 64, "sweeps that train in the background at once; others wait for their turn"),
    "upload": Limit(20, 1, 200, "megabytes of an uploaded file"),
    "seconds": Limit(60, 5, 3600, "seconds that one request may take"),
}


def variable(name: str) -> str:
    """The environment variable of a limit."""
    return f"DNN_MOST_{name.upper()}"


def most(name: str) -> int | None:
    """The limit with this name in ``LIMITS``; None where none is set. Raises ValueError for a value not allowed."""
    text = os.environ.get(variable(name), "").strip()
    if not text:
        return None
    try:
        return LIMITS[name].read(text)
    except ValueError as error:
        raise ValueError(f"{variable(name)}: {error}") from None
