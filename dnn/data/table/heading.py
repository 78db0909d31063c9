"""The first row of a table: does it hold the names of the columns, or the first example?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.data.table.column import GAPS
from dnn.data.table.numbers import number

LOOKED_AT = 200  # rows
YEARS = (1800, 2100)
RARELY = 0.1  # so large a share of the other rows may look like a heading


def is_heading(rows: Sequence[Sequence[str]], comma: bool) -> bool:
    """Whether the first row holds names.

    It does where it has no number at all, or a word above a column of numbers. Numbers are names too where they go up
    as those of columns or years do, and no other row looks like that: 0, 1, 2 as pandas writes them, or 1990, 1991.
    """
    first, below = rows[0], rows[1:LOOKED_AT]
    values = [_number(cell, comma) for cell in first]
    named = [value is None and cell.lower() not in GAPS for value, cell in zip(values, first, strict=True)]
    columns = [[row[place] for row in below if row[place].lower() not in GAPS] for place in range(len(first))]
    if all(value is None for value in values):
        return True
    if any(word and _all_numbers(cells, comma) for word, cells in zip(named, columns, strict=True)):
        return True
    places = [place for place, value in enumerate(values) if value is not None]
    if not below or any(word and first[place] in columns[place] for place, word in enumerate(named)):
        return False  # a name does not come again below itself
    if not all(first[place].isdecimal() for place in places):
        return False
    beneath = [columns[place] for place in places]
    if all(cells and not any(_number(cell, comma) is not None for cell in cells) for cells in beneath):
        return True  # numbers above columns of words
    steps = [float(first[place]) for place in places]
    alike = float(np.mean([_look_alike([_number(row[place], comma) for place in places], steps) for row in below]))
    unusual = any(word and len({*cells}) < len(cells) for word, cells in zip(named, columns, strict=True))
    return alike <= RARELY and _counts(steps, _broken(beneath, comma), any(named), unusual)


def _number(cell: str, comma: bool) -> float | None:
    value = number(cell, comma)
    return None if np.isnan(value) else value


def _all_numbers(cells: Sequence[str], comma: bool) -> bool:
    return bool(cells) and all(_number(cell, comma) is not None for cell in cells)


def _broken(columns: Sequence[Sequence[str]], comma: bool) -> float:
    """The share of the columns whose numbers are written with decimals nearly everywhere."""
    sign = "," if comma else "."
    return float(np.mean([bool(c) and np.mean([sign in cell for cell in c]) >= 1.0 - RARELY for c in columns]))


def _are_years(values: Sequence[float]) -> bool:
    low, high = YEARS
    return all(low <= value <= high for value in values)


def _look_alike(row: Sequence[float | None], heading: Sequence[float]) -> bool:
    """Whether ``row`` could be the heading as well."""
    known = [value for value in row if value is not None and value == int(value)]
    if len(known) < len(heading):
        return False
    return _are_years(known) if _are_years(heading) else bool(np.array_equal(np.diff(heading), np.diff(known)))


def _counts(heading: Sequence[float], broken: float, named: bool, unusual: bool) -> bool:
    """Whether whole numbers go up as the names of columns do.

    For it speak a share of columns beneath them that are ``broken``, so have decimals, and an ``unusual`` word beside
    them, above others that repeat. Where not even a word is (not ``named``) more is asked for.
    """
    steps = np.diff(heading)
    if _are_years(heading):
        return bool((steps > 0).all()) and (named or len(heading) > 1)
    if len(heading) == 1:
        return heading[0] == 0 and named and broken == 1.0
    by_one = bool((steps == 1).all()) and heading[0] in (0, 1)
    if by_one and ((len(heading) > 2 and (named or broken >= 0.5)) or (heading[0] == 0 and unusual)):
        return True
    return broken == 1.0 and bool((steps > 0).all()) and (named or by_one)
