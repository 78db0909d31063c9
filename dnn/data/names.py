"""What people call the columns of their data, so that axes and answers can say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
