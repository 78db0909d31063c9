"""Ticks of a logarithmic axis: a readable number of them over any range, with labels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from dnn.components import Array

MOST = 8  # ticks
DIGITS = ((1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 5), (1,))  # multiples of each power of ten, from narrow to wide ranges
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
