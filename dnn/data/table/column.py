"""One column of a table of somebody's own: is it an input, a class or a number, and what does each cell say?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from dnn.components import Array

MOST_CLASSES = 10
GAPS = {"", "na", "n/a", "nan", "null", "none", "-", "–", "?", "#n/a"}  # cells that say that nothing is known

Target = Literal["class", "number"]

_GAP = " \u00a0\u2009\u202f"  # a space between thousands: plain, or one at which no line breaks


def _written(decimal: str, thousands: str) -> re.Pattern[str]:
    """Numbers with these signs: 1234.5, 1,234.5, 1 234.5, .5, 5., 1e3, 12%."""
    whole = rf"\d+({thousands}\d{{3}})+(?={decimal}|$)|\d{{1,3}}([{_GAP}]\d{{3}})+|\d*"
    pattern = rf"(?=[-+−]?{decimal}?\d)[-+−]?({whole})({decimal}\d*)?(e[-+]?\d+)?%?"
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


_DOT, _COMMA = _written(r"\.", ","), _written(",", r"\.")
_NO_GAP = dict.fromkeys(map(ord, _GAP))


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its cells as texts, and where they are numbers, those; NaN where not."""

    name: str
    texts: tuple[str, ...]
    numbers: Array

    @cached_property
    def gaps(self) -> np.ndarray:
        """Where nothing is known, (m,)."""
        return np.array([text.lower() in GAPS for text in self.texts])

    @cached_property
    def strange(self) -> int | None:
        """The first row, from 0, that is neither a number nor a gap."""
        found = np.flatnonzero(~self.gaps & np.isnan(self.numbers))
        return int(found[0]) if len(found) else None

    @property
    def numeric(self) -> bool:
        """Whether it may be an input: numbers and gaps only, and a number at least."""
        return self.strange is None and not bool(self.gaps.all())

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Its different texts, in the order of the numbers or of the alphabet."""
        found = {text for text, gap in zip(self.texts, self.gaps, strict=True) if not gap}
        if not self.numeric:
            return tuple(sorted(found))
        of = {text: number for text, number in zip(self.texts, self.numbers, strict=True) if text in found}
        return tuple(sorted(found, key=lambda text: (of[text], text)))

    @property
    def target(self) -> Target:
        """What it is likely to be as a target: a class, or a number where there are many different or broken ones."""
        if not self.numeric:
            return "class"
        known = self.numbers[~self.gaps]
        return "class" if len(np.unique(known)) <= MOST_CLASSES and (known == np.floor(known)).all() else "number"


def number(text: str, comma: bool) -> float:
    """The number that a cell says, NaN if none: 1,234.5 or 1 234.5, with ``comma`` 1.234,5 or 1 234,5; 12% is 12."""
    if not (_COMMA if comma else _DOT).fullmatch(text):
        return np.nan
    plain = text.translate(_NO_GAP).replace("−", "-").rstrip("%")
    plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
    value = float(plain)
    return value if np.isfinite(value) else np.nan
