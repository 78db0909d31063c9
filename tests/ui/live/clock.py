"""A clock that a test turns by hand, for all that a player does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dnn.ui.live import base_player, camera, pace, player, progress


class Clock:
    """It stands still until a test adds to ``now``, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    @classmethod
    def of_players(cls, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """The clock that players go by for the rest of this test."""
        clock = cls()
        for module in (base_player, camera, pace, player, progress):
            monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=clock, thread_time=lambda: 0.0))
        return clock
