"""Visitors' scripts take turns: few run at once, so they and the frames of all get on, however many click.

Streamlit runs each script in a thread of its own. Twenty at once would all be slow, and the frames of a class would
stop meanwhile, because Python computes in one thread at a time. Long computations have turns of their own, so that
others' scripts do not wait for them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_SCRIPTS = 2  # that run at once
PATIENCE = 1.0  # seconds after which a script runs without a turn: those before it may wait for something
MOST_LONG = 1  # long computations at once


class Turns:
    """Turns for at most ``most`` threads at once, about in the order in which they come.

    ``patience`` is in seconds, None for no limit. A thread that has a turn may ask again.
    """

    def __init__(self, most: int, patience: float | None = None) -> None:
        self._free, self._patience = threading.Semaphore(most), patience
        self._own = threading.local()  # ``taken``: whether this thread has a turn; missing where it did not ask

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and hold it for the enclosed code."""
        if self._asked:
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Give this thread's turn to others for the enclosed code, then wait for one again."""
        if not self._asked:
            yield
            return
        self._give_back()
        try:
            yield
        finally:
            self._take()

    @property
    def _asked(self) -> bool:
        return hasattr(self._own, "taken")

    def _take(self) -> None:
        self._own.taken = self._free.acquire(timeout=self._patience)

    def _give_back(self) -> None:
        if self._own.taken:
            self._free.release()
        del self._own.taken


SCRIPTS = Turns(MOST_SCRIPTS, PATIENCE)
LONG = Turns(MOST_LONG)


@contextmanager
def long_computation() -> Iterator[None]:
    """Compute for long: alone, and without a script's turn."""
    with SCRIPTS.left(), LONG.turn():
        yield
