"""A class as a value: its code, its task and goal, and what the teacher orders."""

from __future__ import annotations

import secrets
from typing import Annotated

from annotated_types import Ge, Gt, Le, MaxLen
from pydantic import Field

from dnn.classroom.report import LONGEST_EXPERIMENT, Report
from dnn.components import Document
from dnn.messages import Message

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # of a code: without those that look alike, 0 and O, 1 and I and L
LENGTH = 6  # characters of a code
LONGEST_TITLE, LONGEST_TASK, LONGEST_NAME, LONGEST_QUERY = 80, 500, 24, 30_000  # characters
LASTS = 8 * 3600.0  # seconds after which a class ends by itself
FREEZE_LASTS = 600.0  # seconds since the last order after which nothing is frozen any more: the teacher has gone

Share = Annotated[float, Ge(0.0), Le(1.0)]
Name = Annotated[str, MaxLen(LONGEST_NAME)]


class Goal(Document):
    """What the pupils' networks shall reach; what is None does not matter.

    *95 % with at most 4 units* is ``Goal(accuracy=0.95, most_units=4)``. ``accuracy`` is the least one of the
    test examples, or of the training examples where there are none; ``most_units`` counts hidden units; ``cost`` is the
    largest train cost, for tasks without an accuracy.
    """

    accuracy: Share | None = None
    most_units: Annotated[int, Ge(0), Le(10_000)] | None = None
    cost: Annotated[float, Gt(0.0)] | None = None

    @property
    def message(self) -> str:
        """The goal in words; "" where it asks for nothing that can be reached."""
        names = {
            "accuracy": f"{100 * (self.accuracy or 0):g} %",
            "cost": f"{self.cost or 0:g}",
            "units": self.most_units,
        }
        if self.accuracy is None and self.cost is None:
            return ""
        if self.accuracy is None:
            if self.most_units is None:
                return Message("cost at most {cost}", cost=names["cost"])
            return Message("cost at most {cost} with at most {units} units", **names)
        if self.most_units is None:
            return Message("{accuracy} right", accuracy=names["accuracy"])
        return Message("{accuracy} right with at most {units} units", **names)

    def met_by(self, report: Report) -> bool:
        """Whether ``report`` meets all of it. A goal that asks for no accuracy and no cost is never met."""
        if self.accuracy is None and self.cost is None:
            return False
        return (
            (self.accuracy is None or (report.accuracy is not None and report.accuracy >= self.accuracy))
            and (self.cost is None or (report.train_cost is not None and report.train_cost <= self.cost))
            and (self.most_units is None or report.units <= self.most_units)
        )


class Shown(Document):
    """An experiment that is opened on every pupil's page once; ``number`` tells it from the one before.

    ``experiment`` is its JSON (``model_dump_json``), ``of`` the name of the pupil who made it, "" for the teacher.
    """

    number: int
    experiment: Annotated[str, MaxLen(LONGEST_EXPERIMENT)]
    of: Name = ""


class Orders(Document):
    """What the teacher has ordered so far; the methods return the orders after one more.

    ``frozen``: training waits on all pages. ``open_wall``: pupils may see the wall. ``shown``: what was last shown on
    all screens, which each page opens once.
    """

    frozen: bool = False
    open_wall: bool = False
    shown: Shown | None = None

    def freeze(self, frozen: bool = True) -> Orders:
        """Training waits on all pages, or goes on."""
        return self.model_copy(update={"frozen": frozen})

    def after(self, seconds: float) -> Orders:
        """Return what is left of the orders ``seconds`` after the last one was given: no freeze for ever."""
        return self.freeze(False) if self.frozen and seconds >= FREEZE_LASTS else self

    def open_the_wall(self, is_open: bool = True) -> Orders:
        """Pupils may see the wall, or not."""
        return self.model_copy(update={"open_wall": is_open})

    def show(self, experiment: str, of: str = "") -> Orders:
        """Open an experiment, given as JSON, on all pages. Raises InvalidSetting where it is too long."""
        number = self.shown.number + 1 if self.shown else 1
        return self.model_copy(update={"shown": Shown(number=number, experiment=experiment, of=of)})


class Classroom(Document):
    """A class. ``began`` is in seconds since 1970; ``ended`` says that the teacher ended it.

    ``query`` holds the words of the link for pupils, without ``class``: for one who types the code at a plain page.
    """

    code: str
    began: float
    title: Annotated[str, MaxLen(LONGEST_TITLE)] = ""
    task: Annotated[str, MaxLen(LONGEST_TASK)] = ""
    goal: Goal = Field(default_factory=Goal)
    query: Annotated[str, MaxLen(LONGEST_QUERY)] = ""
    orders: Orders = Field(default_factory=Orders)
    ended: bool = False

    @property
    def ends(self) -> float:
        """When it ends by itself, in seconds since 1970."""
        return self.began + LASTS


class Pupil(Document):
    """A pupil of a class: ``name`` is unique there, ``id`` is a secret of the pupil's own page."""

    id: str
    name: Name


def new_code() -> str:
    """Return a random code; the store looks that no other class has it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_secret() -> str:
    """Return a random text that nobody guesses: a teacher's key, or a pupil's id."""
    return secrets.token_urlsafe(18)


def read_code(text: str) -> str:
    """Return the code that somebody typed, in capitals and without blanks or dashes; "" where it is none."""
    code = "".join(text[:40].split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
