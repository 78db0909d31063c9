"""The speeds at which runs play."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dnn.messages import Message
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.visitor.language import translated_names

SPEEDS = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, UNLIMITED)  # epochs a second


def speed_names() -> Callable[[Any], str]:
    """Return a slider's ``format_func`` for ``SPEEDS``."""
    return translated_names({speed: _name(speed) for speed in SPEEDS})


def _name(speed: float) -> str:
    return Message("as fast as it can") if speed == UNLIMITED else Message("{speed} epochs/s", speed=f"{speed:g}")
