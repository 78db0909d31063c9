"""Schedules as NumPy code: the learning rate of an epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dnn.export.code.source import Source
from dnn.export.formulas import number
from dnn.schedules import ConstantRate, Cosine, Exponential, InverseTime, Schedule, Step, WarmUp

# The factor of LEARNING_RATE in ``epoch``.
CODE: dict[type[Schedule], Callable[[Any], str]] = {
    ConstantRate: lambda s: "1.0",
    Step: lambda s: f"np.power({number(s.factor)}, float(epoch // {s.every}))",
    Exponential: lambda s: f"np.power({number(s.gamma)}, float(epoch))",
    InverseTime: lambda s: f"1.0 / (1.0 + {number(s.decay)} * (epoch // {s.interval}))",
    Cosine: lambda s: (
        f"{number(s.floor)} + {number(1.0 - s.floor)} * (0.5 * (1.0 + np.cos(np.pi * min(epoch / {s.epochs}, 1.0))))"
    ),
}


def function(schedule: Schedule, source: Source) -> str:
    """Return the code of ``learning_rate(epoch)``, "" for a constant rate; adds the class that it needs to ``source``.

    Raises CannotExport for a schedule that cannot be exported.
    """
    if isinstance(schedule, ConstantRate):
        return ""
    lines = ["def learning_rate(epoch):", f'    """The learning rate of an epoch: {schedule.label.lower()}."""']
    warm_up = schedule if type(schedule) is WarmUp else None
    later = schedule if warm_up is None else warm_up.then
    if type(later) not in CODE:
        instance = source.instance(schedule, "rate")
        return "\n".join([*lines, f"    return {instance}.rate(LEARNING_RATE, epoch)"])
    if warm_up is not None:
        lines += [
            f"    if epoch < {warm_up.epochs}:",
            f"        return LEARNING_RATE * ((epoch + 1.0) / {warm_up.epochs})",
            f"    epoch = epoch - {warm_up.epochs}",
        ]
    return "\n".join([*lines, f"    return float(LEARNING_RATE * ({CODE[type(later)](later)}))"])
