"""Classes in the memory of this process: the store of a server that is one process."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dnn.classroom.classroom import Classroom, Goal, Orders, Pupil, new_code, new_secret
from dnn.classroom.report import Report
from dnn.classroom.store import (
    MOST_CLASSES,
    MOST_PUPILS,
    Reports,
    Seat,
    class_is_full,
    folded,
    numbered,
    server_is_full,
    valid_name,
)
from dnn.errors import NoSuchClass


@dataclass
class _Class:
    classroom: Classroom
    key: str
    ordered: float  # when the teacher gave the last order
    seats: dict[str, Seat] = field(default_factory=dict)  # by the pupil's id, in the order in which they came
    number: int = 0  # of the last report

    def free(self, name: str, apart_from: str = "") -> str:
        """``name``, or its first variant that no pupil has but the one with the id ``apart_from``."""
        taken = {folded(seat.pupil.name) for pupil_id, seat in self.seats.items() if pupil_id != apart_from}
        variants = (numbered(name, number) for number in range(1, MOST_PUPILS + 2))
        return next(each for each in variants if folded(each) not in taken)


class MemoryStore:
    """A :class:`~dnn.classroom.store.ClassStore`; ``clock`` returns seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._classes: dict[str, _Class] = {}

    def create(
        self, *, title: str = "", task: str = "", goal: Goal | None = None, query: str = ""
    ) -> tuple[Classroom, str]:
        """See :class:`ClassStore`."""
        with self._lock:
            self._expire()
            if len(self._classes) >= MOST_CLASSES:
                raise server_is_full()
            code = new_code()
            while code in self._classes:
                code = new_code()
            classroom = Classroom(
                code=code, began=self._clock(), title=title, task=task, goal=goal or Goal(), query=query
            )
            self._classes[code] = _Class(classroom, new_secret(), classroom.began)
            return classroom, self._classes[code].key

    def find(self, code: str) -> Classroom | None:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._at(code)
            return found.classroom if found else None

    def join(self, code: str, name: str) -> Pupil:
        """See :class:`ClassStore`."""
        name = valid_name(name)
        with self._lock:
            found = self._going(code)
            if len(found.seats) >= MOST_PUPILS:
                raise class_is_full()
            pupil = Pupil(id=new_secret(), name=found.free(name))
            found.number += 1
            found.seats[pupil.id] = Seat(pupil, self._clock(), found.number)
            return pupil

    def pupil(self, code: str, pupil_id: str) -> Pupil | None:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._at(code)
            seat = found.seats.get(pupil_id) if found else None
            return seat.pupil if seat else None

    def rename(self, code: str, key: str, pupil_id: str, name: str) -> Pupil | None:
        """See :class:`ClassStore`."""
        name = valid_name(name)
        with self._lock:
            found = self._of_teacher(code, key)
            if (seat := found.seats.get(pupil_id)) is None:
                return None
            found.number += 1
            pupil = Pupil(id=pupil_id, name=found.free(name, pupil_id))
            found.seats[pupil_id] = replace(seat, pupil=pupil, number=found.number)
            return pupil

    def leave(self, code: str, pupil_id: str) -> None:
        """See :class:`ClassStore`."""
        with self._lock:
            if found := self._at(code):
                found.seats.pop(pupil_id, None)

    def publish(self, code: str, pupil_id: str, report: Report) -> Pupil | None:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._at(code)
            if found is None or (seat := found.seats.get(pupil_id)) is None:
                return None
            now, reached = self._clock(), seat.reached
            if reached is None and found.classroom.goal.met_by(report):
                reached = now
            found.number += 1
            found.seats[pupil_id] = replace(seat, seen=now, number=found.number, report=report, reached=reached)
            return seat.pupil

    def reports(self, code: str, since: int = 0) -> Reports:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._at(code)
            if found is None:
                return Reports(0, (), ())
            seats = tuple(found.seats.values())
            new = tuple(seat for seat in seats if seat.number > since)
            return Reports(found.number, tuple(seat.pupil for seat in seats), new)

    def order(self, code: str, key: str, change: Callable[[Orders], Orders]) -> Classroom:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._of_teacher(code, key)
            orders = change(found.classroom.orders)
            found.classroom = found.classroom.model_copy(update={"orders": orders})
            found.ordered = self._clock()
            return found.classroom

    def end(self, code: str, key: str) -> None:
        """See :class:`ClassStore`."""
        with self._lock:
            found = self._of_teacher(code, key)
            found.classroom = found.classroom.model_copy(update={"ended": True})
            found.seats = {}

    def _at(self, code: str) -> _Class | None:
        self._expire()
        if found := self._classes.get(code):
            orders = found.classroom.orders.after(self._clock() - found.ordered)
            if orders is not found.classroom.orders:
                found.classroom = found.classroom.model_copy(update={"orders": orders})
        return found

    def _going(self, code: str) -> _Class:
        found = self._at(code)
        if found is None or found.classroom.ended:
            raise NoSuchClass(code)
        return found

    def _of_teacher(self, code: str, key: str) -> _Class:
        found = self._going(code)
        if not secrets.compare_digest(found.key.encode(), key.encode()):
            raise NoSuchClass(code)
        return found

    def _expire(self) -> None:
        now = self._clock()
        for code, each in tuple(self._classes.items()):
            if each.classroom.ends <= now:
                del self._classes[code]
