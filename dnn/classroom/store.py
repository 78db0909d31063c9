"""Where classes are kept: what every store does, and its limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dnn.classroom.classroom import LONGEST_NAME, Classroom, Goal, Orders, Pupil
from dnn.classroom.report import Report
from dnn.errors import ClassFull, InvalidSetting, Problem, shown
from dnn.messages import Message

MOST_PUPILS = 100  # in one class
MOST_CLASSES = 200  # at once
JOINERS = "\u200c\u200d"  # the zero-width non-joiner and joiner
REPEATED = re.compile(f"([{JOINERS}])[{JOINERS}]+")


@dataclass(frozen=True)
class Seat:
    """A pupil, and the last report of the pupil's page; None before the first.

    ``seen`` is when the page last published, ``reached`` when a report first met the goal (None: not yet), both in
    seconds since 1970. A page publishes at least every ten seconds while it is open. ``number`` grows with every
    report of the class.
    """

    pupil: Pupil
    seen: float
    number: int
    report: Report | None = None
    reached: float | None = None


@dataclass(frozen=True)
class Reports:
    """``pupils`` are all who are in the class, in the order in which they came; ``new`` the seats that changed.

    ``number`` is to be passed as ``since`` the next time.
    """

    number: int
    pupils: tuple[Pupil, ...]
    new: tuple[Seat, ...]


class ClassStore(Protocol):
    """Classes by code. All methods may be called from any thread.

    Each of them raises ClassUnreachable where the store is elsewhere and does not answer within a second; it may work
    the next time. Codes are those of ``read_code``. Of a class that has ended only its ``Classroom`` is left; after
    eight hours nothing.
    """

    def create(
        self, *, title: str = "", task: str = "", goal: Goal | None = None, query: str = ""
    ) -> tuple[Classroom, str]:
        """Begin a class; returns it and the teacher's secret key, which ``order`` and ``end`` ask for.

        Raises InvalidSetting for texts that are too long, and ClassFull where there are MOST_CLASSES.
        """

    def find(self, code: str) -> Classroom | None:
        """Return the class with this code as it is now, its orders too; None where there is none (any more)."""

    def join(self, code: str, name: str) -> Pupil:
        """Add a pupil. The name is tidied, and gets a number if another pupil has it.

        Raises NoSuchClass, also for a class that has ended; ClassFull for one of MOST_PUPILS; InvalidSetting for a name
        of which nothing is left.
        """

    def pupil(self, code: str, pupil_id: str) -> Pupil | None:
        """Return the pupil with this id, who comes back after a reload; None where there is none."""

    def rename(self, code: str, key: str, pupil_id: str, name: str) -> Pupil | None:
        """Give a pupil another name, for the teacher; returns the pupil, None where there is none.

        Raises NoSuchClass as ``order`` does; InvalidSetting for a name of which nothing is left.
        """

    def leave(self, code: str, pupil_id: str) -> None:
        """Remove a pupil and all that the pupil's page reported."""

    def publish(self, code: str, pupil_id: str, report: Report) -> Pupil | None:
        """Replace the pupil's report, and note when it first meets the goal.

        Returns the pupil, whom the teacher may have given another name; None for one who is not in the class.
        """

    def reports(self, code: str, since: int = 0) -> Reports:
        """Return the pupils of a class, and the seats that changed after ``since``. Empty where there is no class."""

    def order(self, code: str, key: str, change: Callable[[Orders], Orders]) -> Classroom:
        """Change the orders, as ``order(code, key, Orders.freeze)``; returns the class with them.

        ``change`` gets the orders as they are now: of two changes at once neither is lost. It is called again if others
        came first, and must not use the store. A freeze ends FREEZE_LASTS seconds after the last order; one that
        changes nothing, ``lambda orders: orders``, says that the teacher is still there. Raises NoSuchClass, also for a
        class that has ended or another key.
        """

    def end(self, code: str, key: str) -> None:
        """End the class and remove its pupils and their reports. Raises NoSuchClass as ``order`` does."""


def server_is_full() -> ClassFull:
    """Return the error for one class too many."""
    return ClassFull(Message("There are {most} classes already; try again later.", most=MOST_CLASSES))


def class_is_full() -> ClassFull:
    """Return the error for one pupil too many."""
    return ClassFull(Message("This class has {most} pupils already.", most=MOST_PUPILS))


def tidy(name: str) -> str:
    """Return a name in one line without control characters, at most LONGEST_NAME characters; "" if nothing is left.

    Characters that join their neighbours, or keep them apart, are left within a word: names in Persian or Malayalam
    are spelled with them, and emoji of several people.
    """
    plain = unicodedata.normalize("NFKC", name[: 8 * LONGEST_NAME])
    seen = "".join(
        " " if unicodedata.category(each)[0] in "CZ" and each not in JOINERS else each
        for each in REPEATED.sub(r"\1", plain)
    )
    words = (word.strip(JOINERS) for word in seen.split())
    return " ".join(word for word in words if word)[:LONGEST_NAME].strip(f" {JOINERS}")


def valid_name(name: str) -> str:
    """Return the tidied name. Raises InvalidSetting where nothing is left of it."""
    if tidied := tidy(name):
        return tidied
    raise InvalidSetting([Problem("name", shown(name), Message("it needs a letter or a digit"))])


def folded(name: str) -> str:
    """Return what two names have in common that look the same: case and joiners do not matter."""
    return tidy(name).translate(dict.fromkeys(map(ord, JOINERS))).casefold()


def numbered(name: str, number: int) -> str:
    """Return the ``number``-th variant of a name that is taken: Fox, Fox 2, Fox 3, …"""
    if number == 1:
        return name
    end = f" {number}"
    return name[: LONGEST_NAME - len(end)].rstrip() + end
