"""The places of a server: how many sessions it has at once, and who has one. For the event loop's thread only."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

ARRIVAL = 60.0  # seconds for which a place is kept for one whose page still loads: thirty load it at once
GRACE = 15.0  # seconds for which a place is kept for one who reloads the page, or loses the network for a moment


@dataclass
class Place:
    """A visitor's place: ``open`` is its number of open sessions; without any, it is kept until the time ``until``."""

    open: int = 0
    until: float = 0.0
    used: bool = False


class Places:
    """The places of a server. A page that loads reserves one, its session takes it, and it outlives a reload."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self._clock = most, clock
        self._places: dict[str, Place] = {}

    @property
    def taken(self) -> int:
        """The number of sessions that are open or on their way."""
        now = self._clock()
        self._places = {name: place for name, place in self._places.items() if place.open or place.until > now}
        return sum(max(1, place.open) for place in self._places.values())

    def reserve(self, name: str) -> str | None:
        """Keep a place for a page that loads, of this ``name`` if known; returns its name, None if all are taken."""
        full = self.taken >= self.most
        if name not in self._places:
            if full:
                return None
            name = secrets.token_urlsafe(12)
            self._places[name] = Place()
        self._places[name].until = self._clock() + ARRIVAL
        return name

    def take(self, name: str) -> str | None:
        """Open a session at the place of this ``name``, else at another; returns its name, None if all are taken."""
        if not self.has_room(name):
            return None
        if name not in self._places:
            reserved = (each for each, place in self._places.items() if not place.used)
            name = next(reserved, "") or secrets.token_urlsafe(12)
        place = self._places.setdefault(name, Place())
        place.open, place.until, place.used = place.open + 1, 0.0, True
        return name

    def has_room(self, name: str) -> bool:
        """Whether a session of this ``name`` could open now.

        One without a name comes from a browser that keeps no cookies: it may have what is reserved for a page.
        """
        if self.taken < self.most:
            return True
        if name in self._places:
            return not self._places[name].open
        return any(not place.used for place in self._places.values())

    def leave(self, name: str) -> None:
        """End a session at this place."""
        place = self._places[name]
        place.open -= 1
        place.until = max(place.until, self._clock() + GRACE)
