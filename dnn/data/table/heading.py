"""Detect whether the first row of a table holds column names or the first example."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dnn.data.table.column import GAPS
from dnn.data.table.numbers import number

SAMPLE_ROWS = 200  # rows
YEARS = (1800, 2100)
LONG = 5  # columns: 0, 1, 2, 3, 4 in the first row only is no chance
RARELY = 0.1  # share of the other rows that may look like a heading


def is_heading(rows: Sequence[Sequence[str]], comma: bool) -> bool:
    """Whether the first row holds names.

    It does if it has no numbers, or a word above a column of numbers. Numbers are names too if they are in order like
    column numbers or years and no other row looks alike: 0, 1, 2 as pandas writes them, or 1990, 1991.
    """
    first, below = rows[0], rows[1:SAMPLE_ROWS]
    values = [_number(cell, comma) for cell in first]
    is_name = [value is None and cell.lower() not in GAPS for value, cell in zip(values, first, strict=True)]
    columns = [[row[place] for row in below if row[place].lower() not in GAPS] for place in range(len(first))]
    if all(value is None for value in values):
        return True
    if any(word and _all_numbers(cells, comma) for word, cells in zip(is_name, columns, strict=True)):
        return True
    places = [place for place, value in enumerate(values) if value is not None]
    if not below or any(word and first[place] in columns[place] for place, word in enumerate(is_name)):
        return False  # a name does not occur again in its column
    if not all(first[place].isdecimal() for place in places):
        return False
    numbered = [columns[place] for place in places]
    if all(cells and not any(_number(cell, comma) is not None for cell in cells) for cells in numbered):
        return True  # numbers above columns of words
    steps = [float(first[place]) for place in places]
    similar = float(np.mean([_look_alike([_number(row[place], comma) for place in places], steps) for row in below]))
    distinct_word = any(word and len({*cells}) < len(cells) for word, cells in zip(is_name, columns, strict=True))
    return similar <= RARELY and _is_sequence(steps, _decimal_share(numbered, comma), any(is_name), distinct_word)


def _number(cell: str, comma: bool) -> float | None:
    value = number(cell, comma)
    return None if np.isnan(value) else value


def _all_numbers(cells: Sequence[str], comma: bool) -> bool:
    return bool(cells) and all(_number(cell, comma) is not None for cell in cells)


def _decimal_share(columns: Sequence[Sequence[str]], comma: bool) -> float:
    """Return the share of columns in which nearly all numbers have decimals."""
    sign = "," if comma else "."
    return float(np.mean([bool(c) and np.mean([sign in cell for cell in c]) >= 1.0 - RARELY for c in columns]))


def _are_years(values: Sequence[float]) -> bool:
    low, high = YEARS
    return all(low <= value <= high for value in values)


def _look_alike(row: Sequence[float | None], heading: Sequence[float]) -> bool:
    """Whether ``row`` looks like the heading."""
    whole = [value for value in row if value is not None and value == int(value)]
    if len(whole) < len(heading):
        return False
    return _are_years(whole) if _are_years(heading) else bool(np.array_equal(np.diff(heading), np.diff(whole)))


def _is_sequence(heading: Sequence[float], decimal_share: float, has_words: bool, distinct_word: bool) -> bool:
    """Whether whole numbers are in order as column names are.

    ``decimal_share`` is the share of the columns with decimals; ``distinct_word`` is True if a word stands above
    repeated words. Without any word (not ``has_words``) stronger evidence is needed.
    """
    steps = np.diff(heading)
    if _are_years(heading):
        ordered = bool((steps > 0).all() or (steps < 0).all())  # the newest year may come first
        return ordered and (has_words or len(heading) > 1)
    if len(heading) == 1:
        return heading[0] == 0 and has_words and decimal_share == 1.0
    by_one = bool((steps == 1).all()) and heading[0] in (0, 1)
    if by_one and ((len(heading) > 2 and (has_words or decimal_share >= 0.5)) or (heading[0] == 0 and distinct_word)):
        return True
    if by_one and len(heading) >= LONG:
        return True
    return decimal_share == 1.0 and bool((steps > 0).all()) and (has_words or by_one)
