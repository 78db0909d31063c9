"""The names of inputs, classes and target, for axes and messages."""

from __future__ import annotations

import itertools
import re
import warnings
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

LONGEST_NAME = 40  # characters of the name of a column or a class
TAIL = 15  # of these characters, those kept from the end where two names begin alike
_HEADING = re.compile(r"(.+?)(?: \(([^()]{1,12})\))?")


@dataclass(frozen=True)
class Names:
    """The names of the inputs, their units ("" if there is none), the classes and the target.

    For regression there are no ``classes``.
    """

    inputs: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...] = ()
    target: str = "y"

    @classmethod
    def plain(cls, inputs: int, classes: int = 0) -> Names:
        """Return the default names x1, x2, … and the classes 0, 1, …"""
        return cls(
            tuple(f"x{n}" for n in range(1, inputs + 1)), ("",) * inputs, tuple(str(label) for label in range(classes))
        )

    @classmethod
    def from_headings(cls, headings: Iterable[str], classes: tuple[str, ...] = (), target: str = "y") -> Names:
        """Create names from headings; a heading may end in a unit: ``temperature (°C)``."""
        parts = [_HEADING.fullmatch(heading) for heading in headings]
        inputs, units = zip(*(part.groups("") if part else ("", "") for part in parts), strict=True)
        return cls(inputs, units, classes, target)

    @classmethod
    def headed(cls, headings: Iterable[str], classes: tuple[str, ...] = (), target: str = "y") -> Names:
        """The old name of :meth:`from_headings`, kept for one version."""
        warnings.warn("Names.headed is called Names.from_headings now", DeprecationWarning, stacklevel=2)
        return cls.from_headings(headings, classes, target)

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the inputs, each followed by its unit."""
        return tuple(f"{n} ({u})" if u else n for n, u in zip(self.inputs, self.units, strict=True))


def distinct(texts: Iterable[str], mark: str = "…") -> list[str]:
    """Return distinct names of one line and at most 40 characters.

    ``mark`` shows where a long name was cut. Long names with equal beginnings keep their ends, and names that are still
    equal get a number. Distinct short names stay unchanged.
    """
    lines = [" ".join(name.split()) for name in texts]
    short = [shorten(line, mark) for line in lines]
    counts, used, names = Counter(short), set(short), []
    for line, name in zip(lines, short, strict=True):
        if counts[name] > 1 and len(line) > LONGEST_NAME:
            name = f"{line[: LONGEST_NAME - TAIL - 1].strip()}…{line[-TAIL:].strip()}"
        if name in names or (name in used and name != shorten(line, mark)):
            name = _with_number(name, used)
        names.append(name)
        used.add(name)
    return names


def shorten(name: str, mark: str = "…") -> str:
    """Return ``name``, cut to LONGEST_NAME characters."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - len(mark)]}{mark}".strip()


def _with_number(name: str, names: Container[str]) -> str:
    """Return ``name`` with the first number appended that makes it different from all ``names``."""
    numbered = (f"{name[: LONGEST_NAME - len(str(number)) - 1]} {number}" for number in itertools.count(2))
    return next(name for name in numbered if name not in names)
