"""Where a pupil is, as in the address ``?lesson=relu-net&step=3``, and which steps are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dnn.errors import Problem, shown
from dnn.lessons import LESSONS, Lesson, Step
from dnn.messages import Message
from dnn.ui import navigation
from dnn.ui.visitor import address, store

HERE, PROBLEMS, DONE = "lesson.location", "lesson.problems", "lesson.done"  # in the session
WORDS = ("lesson", "step")  # in the address


@dataclass(frozen=True)
class Location:
    """One step of one lesson; steps count from 1."""

    lesson: Lesson
    number: int

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.lesson.steps[self.number - 1]

    @property
    def name(self) -> str:
        """Its name in the session and in the browser's storage."""
        return f"{self.lesson.id}.{self.number}"

    @property
    def before(self) -> Location | None:
        """The step before this one, if it is not the first."""
        return Location(self.lesson, self.number - 1) if self.number > 1 else None

    @property
    def after(self) -> Location | None:
        """The next step, if it is not the last."""
        return Location(self.lesson, self.number + 1) if self.number < len(self.lesson.steps) else None


def read(query: Mapping[str, str]) -> tuple[Location | None, tuple[Problem, ...]]:
    """Return the location in an address, and the problems of what does not exist. None is the list of all lessons."""
    name, step = query.get("lesson"), query.get("step", "1")
    if name is None:
        return None, ()
    if name not in LESSONS:
        return None, (Problem("lesson", shown(name), Message("choose one of {names}", names=", ".join(LESSONS))),)
    lesson = LESSONS[name]
    if step.isascii() and step.isdigit() and 1 <= int(step[:4]) <= len(lesson.steps):
        return Location(lesson, int(step[:4])), ()
    allowed = Message("it must be a whole number from {low} to {high}", low=1, high=len(lesson.steps))
    return Location(lesson, 1), (Problem("step", shown(step), allowed),)


def here() -> Location | None:
    """Return where the pupil is: the address on arrival, later what the buttons chose."""
    query = address.query()
    # from another page the browser's back button comes without words
    back = address.navigated() and not navigation.came_from_another()
    arrived = address.navigated() or store.value(HERE) is None
    if back or (arrived and "lesson" in query):
        location, problems = read(query)
        _turn(location, problems)
    return _shown()


def go(location: Location | None) -> None:
    """Go to another step, or to the list. For callbacks."""
    _turn(location, ())


def _turn(to: Location | None, problems: tuple[Problem, ...]) -> None:
    """Go to another location; a step without a question or a goal is done when it is left."""
    left = _shown()
    if left and left != to and left.step.only_tells:
        finish(left.name)
    store.put({HERE: (to,), PROBLEMS: problems})


def _shown() -> Location | None:
    found = store.value(HERE)
    return found[0] if found else None


def write_address(location: Location | None) -> None:
    """Set the address bar to the pupil's location."""
    address.write({} if location is None else {"lesson": location.lesson.id, "step": str(location.number)})


def done() -> frozenset[str]:
    """The names of the steps that are done."""
    return store.value(DONE) or frozenset()


def finish(*names: str) -> None:
    """Store that these steps are done."""
    if not done().issuperset(names):
        store.put({DONE: done().union(names)})


def finished(lesson: Lesson) -> int:
    """How many steps of a lesson are done."""
    return sum(f"{lesson.id}.{number + 1}" in done() for number in range(len(lesson.steps)))
