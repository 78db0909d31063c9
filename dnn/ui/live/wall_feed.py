"""What this server knows of one class, for all who watch its wall: a tile for each pupil, and its last change."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar
from weakref import WeakValueDictionary

from dnn.classroom import Classroom, ClassStore, Report, Seat, open_store
from dnn.errors import ClassUnreachable

EVERY = 0.4  # seconds between two looks at the store, and between two pictures of a wall
AWAY = 25.0  # seconds of silence after which a pupil is away: an open page reports every ten


@dataclass(frozen=True)
class Tile:
    """A pupil on the wall. ``number`` is the wall's own; ``pupil_id`` is a secret and stays on the server.

    ``version`` is that of the feed when anything changed, ``drawn`` when the boundary did.
    """

    number: int
    pupil_id: str
    name: str
    report: Report | None
    reached: float | None  # seconds after the beginning of the class
    away: bool
    version: int
    drawn: int

    def same(self, other: Tile) -> bool:
        """Whether both show the same."""
        return replace(self, version=other.version, drawn=other.drawn) == other


class WallFeed:
    """The class with this ``code``; ``of`` returns the same feed for everybody while somebody looks.

    ``clock`` returns seconds since 1970. All methods may be called from any thread.
    """

    _all: ClassVar[WeakValueDictionary[str, WallFeed]] = WeakValueDictionary()
    _making: ClassVar = threading.Lock()

    @classmethod
    def of(cls, code: str) -> WallFeed:
        """The feed of a class in this server's store."""
        with cls._making:
            feed = cls._all.get(code)
            if feed is None:
                feed = cls._all[code] = cls(code, open_store())
            return feed

    def __init__(self, code: str, store: ClassStore, clock: Callable[[], float] = time.time) -> None:
        self.code, self._store, self._clock = code, store, clock
        self._lock = threading.Lock()
        self._asked = -EVERY  # when the store was asked last
        self._number = 0  # of the store's last report
        self._seats: dict[str, Seat] = {}
        self._numbers = itertools.count()
        self.version = 0  # grows whenever anything changes
        self.tiles: dict[str, Tile] = {}  # by the pupil's id, in the order in which they came
        self.classroom: Classroom | None = None  # None: it is over
        self.reachable = True

    def poll(self, *, at_once: bool = False) -> None:
        """Ask the store what is new; unless ``at_once``, only if that is EVERY seconds ago."""
        with self._lock:
            now = time.monotonic()
            if not at_once and now - self._asked < EVERY:
                return
            self._asked = now
            try:
                self._ask()
                self.reachable = True
            except ClassUnreachable:
                self.reachable = False  # what was there stays on the wall

    def _ask(self) -> None:
        found = self._store.find(self.code)
        self.classroom = None if found is None or found.ended else found
        reports = self._store.reports(self.code, self._number)
        self._number = reports.number
        self._seats |= {seat.pupil.id: seat for seat in reports.new}
        there = [pupil.id for pupil in reports.pupils if pupil.id in self._seats]
        self._seats = {pupil_id: self._seats[pupil_id] for pupil_id in there}
        tiles = {pupil_id: self._tile(seat) for pupil_id, seat in self._seats.items()}
        if tiles.keys() != self.tiles.keys():
            self.version += 1
        self.tiles = tiles

    def _tile(self, seat: Seat) -> Tile:
        """The tile of a pupil now: the one before if it shows the same."""
        before = self.tiles.get(seat.pupil.id)
        began = self.classroom.began if self.classroom else 0.0
        now = Tile(
            number=before.number if before else next(self._numbers),
            pupil_id=seat.pupil.id,
            name=seat.pupil.name,
            report=seat.report,
            reached=None if seat.reached is None else max(0.0, seat.reached - began),
            away=self._clock() - seat.seen > AWAY,
            version=self.version + 1,
            drawn=self.version + 1,
        )
        if before is not None and before.same(now):
            return before
        self.version += 1
        if before is not None and _boundary(before) == _boundary(now):
            now = replace(now, drawn=before.drawn)
        return now

    def shown(self) -> tuple[int, tuple[Tile, ...]]:
        """The version of the feed, and the tiles as they are in it."""
        with self._lock:
            return self.version, tuple(self.tiles.values())

    def bump(self) -> int:
        """The next version: somebody draws differently from it on."""
        with self._lock:
            self.version += 1
            return self.version

    def tile(self, number: object) -> Tile | None:
        """The tile with this number of the wall; None where there is none (any more)."""
        return next((tile for tile in self.shown()[1] if tile.number == number), None)


def _boundary(tile: Tile) -> object:
    report = tile.report
    return None if report is None else (report.boundary, report.task, report.classes)
