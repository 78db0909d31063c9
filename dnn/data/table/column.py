"""One column of a table: its cells, and whether it can be an input, a class or a numeric target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from dnn.components import Array
from dnn.data.table.numbers import number, truths

MOST_CLASSES = 10
MOSTLY = 0.5  # a column with this share of numbers is meant to be numeric
MANY = 10  # examples per class on average; from then on a class may have a single example
GAPS = {"", "na", "n/a", "nan", "null", "none", "-", "–", "?", "#n/a"}  # cells that mean a missing value
LONGEST_GAP = max(map(len, GAPS))

Target = Literal["class", "number"]


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its cells as ``texts``, and as ``numbers`` with NaN for cells that are not numbers."""

    name: str
    texts: tuple[str, ...]
    numbers: Array

    @classmethod
    def of(cls, name: str, texts: Sequence[str], numbers: Array) -> Column:
        """Create a column; yes and no, or true and false, become the numbers 1 and 0."""
        plain = cls(name, tuple(texts), numbers)
        read = truths(plain.texts, numbers, plain.gaps)
        return plain if read is None else cls(name, plain.texts, read)

    @classmethod
    def read(cls, name: str, texts: Sequence[str], comma: bool) -> Column:
        """Create a column from the cells of a file, whose decimal sign is a comma or a point."""
        value_of = {text: number(text, comma) for text in dict.fromkeys(texts)}
        return cls.of(name, texts, np.array([value_of[text] for text in texts], np.float64))

    def with_other_decimal(self, comma: bool) -> Column | None:
        """Read the cells with the decimal sign that the file does not have; None unless all are numbers then."""
        if self.strange is None:
            return None
        other = Column.read(self.name, self.texts, not comma)
        return other if other.numeric else None

    @cached_property
    def gaps(self) -> np.ndarray:
        """A mask of the missing values, (m,)."""
        return np.array([len(text) <= LONGEST_GAP and text.lower() in GAPS for text in self.texts], bool)

    @cached_property
    def strange(self) -> int | None:
        """The first row, counted from 0, that is neither a number nor missing; None if there is none."""
        rows = np.flatnonzero(~self.gaps & np.isnan(self.numbers))
        return int(rows[0]) if len(rows) else None

    @cached_property
    def empty(self) -> bool:
        """Whether all cells are missing."""
        return bool(self.gaps.all())

    @property
    def numeric(self) -> bool:
        """Whether it can be an input: all cells are numbers or missing, and at least one is a number."""
        return self.strange is None and not self.empty

    @cached_property
    def nearly_numeric(self) -> bool:
        """Whether it is meant to be numeric: it has numbers for the most part, but other cells too."""
        return self.strange is not None and bool(np.isfinite(self.numbers[~self.gaps]).mean() >= MOSTLY)

    @cached_property
    def has_stray_cells(self) -> bool:
        """Whether it is nearly numeric, and its numbers differ too much for classes: on average none is repeated."""
        values = self.numbers[np.isfinite(self.numbers)]
        return self.nearly_numeric and len(values) < 2 * len(np.unique(values))

    @cached_property
    def _names(self) -> dict[float | str, str]:
        """The name of each distinct value: equal numbers share the shortest of their texts."""
        names: dict[float | str, str] = {}
        for key, text, gap in zip(self._values, self.texts, self.gaps, strict=True):
            if not gap:
                names[key] = min(names.get(key, text), text, key=lambda name: (len(name), name))
        order = (lambda key: (key, "")) if self.numeric else (lambda key: (0, names[key]))
        return {key: names[key] for key in sorted(names, key=order)}

    @cached_property
    def _values(self) -> list[float | str]:
        """The value of each cell: its number, else its text."""
        pairs = zip(self.numbers.tolist(), self.texts, strict=True)
        return [text if value != value else value for value, text in pairs]

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of the distinct values, in numeric or alphabetical order; 1 and 1.0 are one value."""
        return tuple(self._names.values())

    @property
    def labels(self) -> Array:
        """The category number of each cell, counted from 0, (m,); NaN for missing values."""
        place = {key: float(label) for label, key in enumerate(self._names)}
        cells = zip(self._values, self.gaps, strict=True)
        return np.array([np.nan if gap else place[value] for value, gap in cells], np.float64)

    @property
    def target(self) -> Target:
        """The likely type of this column as a target.

        Texts are classes. Whole numbers are classes if they are few and repeat: each class needs at least two examples.
        Exceptions are 0 and 1, one of two classes, and a rare class among many examples. A column with stray cells is
        numeric, so that they are named.
        """
        if not self.numeric:
            return "number" if self.has_stray_cells else "class"
        return "number" if self.hardly_repeats or not self._few_whole_numbers else "class"

    @cached_property
    def _few_whole_numbers(self) -> bool:
        values = np.unique(self.numbers[~self.gaps])
        return self.numeric and len(values) <= MOST_CLASSES and bool((values == np.floor(values)).all())

    @cached_property
    def hardly_repeats(self) -> bool:
        """Whether it holds few whole numbers that are not classes because some occur only once."""
        if not self._few_whole_numbers:
            return False
        values, counts = np.unique(self.numbers[~self.gaps], return_counts=True)
        two = len(values) <= 2 and (counts.max() > 1 or values.tolist() == [0.0, 1.0])
        return not (two or counts.min() > 1 or counts.sum() >= MANY * len(values))
