"""Schedules as NumPy code: the learning rate of an epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dnn.export.formulas import number
from dnn.schedules import ConstantRate, Schedule

# The rate's share of LEARNING_RATE in ``epoch``.
CODE: dict[str, Callable[[Any], str]] = {
    "constant": lambda s: "1.0",
    "step": lambda s: f"np.power({number(s.factor)}, float(epoch // {s.every}))",
    "exponential": lambda s: f"np.power({number(s.gamma)}, float(epoch))",
    "inverse_time": lambda s: f"1.0 / (1.0 + {number(s.decay)} * (epoch // {s.interval}))",
    "cosine": lambda s: (
        f"{number(s.floor)} + {number(1.0 - s.floor)} * (0.5 * (1.0 + np.cos(np.pi * min(epoch / {s.epochs}, 1.0))))"
    ),
}


def function(schedule: Schedule) -> str:
    """``learning_rate(epoch)``; nothing for a constant one."""
    if isinstance(schedule, ConstantRate):
        return ""
    lines = ["def learning_rate(epoch):", f'    """The learning rate of an epoch: {schedule.label.lower()}."""']
    if schedule.kind == "warm_up":
        warm_up: Any = schedule
        lines += [
            f"    if epoch < {warm_up.epochs}:",
            f"        return LEARNING_RATE * ((epoch + 1.0) / {warm_up.epochs})",
            f"    epoch = epoch - {warm_up.epochs}",
        ]
        schedule = warm_up.then
    return "\n".join([*lines, f"    return float(LEARNING_RATE * ({CODE[schedule.kind](schedule)}))"])
