"""What people call the columns of their data, so that axes and answers can say it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

LONGEST_NAME = 40  # characters of the name of a column or a class
TAIL = 15  # of them, from the end, where the beginnings of two names are alike
_HEADING = re.compile(r"(.+?)(?: \(([^()]{1,12})\))?")


@dataclass(frozen=True)
class Names:
    """What people call the columns: the inputs, their units ("" where there is none), the classes and the target.

    For regression there are no ``classes``.
    """

    inputs: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...] = ()
    target: str = "y"

    @classmethod
    def plain(cls, inputs: int, classes: int = 0) -> Names:
        """x1, x2, … and the classes 0, 1, …"""
        return cls(
            tuple(f"x{n}" for n in range(1, inputs + 1)), ("",) * inputs, tuple(str(label) for label in range(classes))
        )

    @classmethod
    def headed(cls, headings: Iterable[str], classes: tuple[str, ...] = (), target: str = "y") -> Names:
        """From headings, of which some may end in a unit: ``temperature (°C)``."""
        parts = [_HEADING.fullmatch(heading) for heading in headings]
        inputs, units = zip(*(part.groups("") if part else ("", "") for part in parts), strict=True)
        return cls(inputs, units, classes, target)

    @property
    def headings(self) -> tuple[str, ...]:
        """The inputs with their units behind them."""
        return tuple(f"{n} ({u})" if u else n for n, u in zip(self.inputs, self.units, strict=True))


def distinct(given: Iterable[str], mark: str = "…") -> list[str]:
    """Names of one line and 40 characters at most, and no two of them alike.

    ``mark`` stands where a long one is cut. Of those that would become alike long ones keep their ends, and what that
    does not tell apart gets a number. Names that are different and short enough stay as they are.
    """
    lines = [" ".join(name.split()) for name in given]
    short = [shortened(line, mark) for line in lines]
    counts, taken, names = Counter(short), set(short), []
    for line, name in zip(lines, short, strict=True):
        if counts[name] > 1 and len(line) > LONGEST_NAME:
            name = f"{line[: LONGEST_NAME - TAIL - 1].strip()}…{line[-TAIL:].strip()}"
        if name in names or (name in taken and name != shortened(line, mark)):
            name = _numbered(name, taken)
        names.append(name)
        taken.add(name)
    return names


def shortened(name: str, mark: str = "…") -> str:
    """``name``, cut where it is too long."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - len(mark)]}{mark}".strip()


def _numbered(name: str, taken: Container[str]) -> str:
    """``name`` with the first number behind it that makes it another than those ``taken``."""
    numbered = (f"{name[: LONGEST_NAME - len(str(again)) - 1]} {again}" for again in itertools.count(2))
    return next(name for name in numbered if name not in taken)
