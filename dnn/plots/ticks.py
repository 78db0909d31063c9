"""Ticks of a logarithmic axis: a readable number of them over any range, with labels."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from dnn.components import Array

MOST = 8  # ticks
DIGITS = ((1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 5), (1,))  # multiples of each power of ten, from narrow to wide ranges
STEPS, LONGEST = 5, 7  # equal steps of an axis without decades at most, and characters of a number beside them
SUPERSCRIPT = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN = (1e-4, 1e5)  # numbers in this range are written out, others as powers of ten


def log_ticks(values: Array) -> dict[str, Any]:
    """Return Plotly's settings of ticks for an axis over ``values``, (k,); empty if Plotly's defaults are better."""
    positive = values[np.isfinite(values) & (values > 0)]
    if not len(positive):
        return {}
    low, high = float(positive.min()), float(positive.max())
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high))
    for digits in DIGITS:
        ticks = [(digit, power) for power in range(first, last + 1) for digit in digits]
        ticks = [tick for tick in ticks if low <= _value(tick) <= high]
        if len(ticks) <= MOST:
            break
    else:
        every = math.ceil(len(ticks) / MOST)
        ticks = [tick for tick in ticks if tick[1] % every == 0]
    if len(ticks) < 2:
        return {}
    plain = PLAIN[0] <= _value(ticks[0]) and _value(ticks[-1]) < PLAIN[1]
    texts = [f"{_value(tick):g}" if plain else _label(*tick) for tick in ticks]
    return {"tickvals": [_value(tick) for tick in ticks], "ticktext": texts}


def _value(tick: tuple[int, int]) -> float:
    digit, power = tick
    return float(f"{digit}e{power}")


def _label(digit: int, power: int) -> str:
    if power == 0:
        return f"{digit}"
    times = "" if digit == 1 else f"{digit}·"
    return f"{times}10<sup>{power}</sup>".replace("-", "−")


@dataclass(frozen=True)
class LogAxis:
    """A logarithmic axis between two ends that may be almost equal: ``ticks`` are (share of the axis, text).

    Where numbers have many digits in common, texts are what comes on top of ``base``.
    """

    ticks: tuple[tuple[float, str], ...]
    base: str = ""

    @classmethod
    def of(cls, ends: tuple[float, float]) -> LogAxis:
        """The ticks between ``ends``."""
        low, high = ends
        settings = log_ticks(np.array(ends))
        if settings:
            values, texts, base = settings["tickvals"], [_plain(text) for text in settings["ticktext"]], ""
        else:
            values, texts, base = _even_ticks(low, high)
        width = np.log1p((high - low) / low)
        shares = [float(np.log1p((value - low) / low) / width) for value in values]
        return cls(tuple(zip(shares, texts, strict=True)), base)

    def titled(self, name: str) -> str:
        """The title of the axis."""
        return f"{name} − {self.base}" if self.base else name


def _even_ticks(low: float, high: float) -> tuple[list[float], list[str], str]:
    """Values, texts and base of ticks in equal steps."""
    least, most = Decimal(low), Decimal(high)
    power = ((most - least) / STEPS).adjusted()
    step = next(
        size
        for size in (Decimal(f"{digit}e{power + more}") for more in (0, 1) for digit in (1, 2, 5))
        if size * STEPS >= most - least
    )
    numbers = [step * count for count in range(math.ceil(least / step), math.floor(most / step) + 1)]
    if len(f"{numbers[-1]:f}") <= LONGEST:
        return [*map(float, numbers)], [f"{number:f}" for number in numbers], ""
    base = step * 10 * math.floor(numbers[0] / (step * 10))
    unit = Decimal(f"1e{power}")
    exponent = str(power).translate(SUPERSCRIPT)
    texts = [f"{int((number - base) / unit)}·10{exponent}" for number in numbers]
    return [*map(float, numbers)], texts, f"{base:f}".rstrip("0")


def _plain(text: str) -> str:
    """A tick's text without markup."""
    return re.sub(r"<sup>(.*?)</sup>", lambda found: found[1].translate(SUPERSCRIPT), text)
