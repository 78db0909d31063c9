"""Goals at which a run pauses by itself: an epoch, a cost, or an accuracy."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from dnn.messages import Message
from dnn.training.run import Run


@dataclass(frozen=True)
class Goals:
    """Any of them may be None. ``accuracy`` is a share, of the test examples or, without any, of all.

    ``of_step`` says that a step of a lesson set them, not the visitor.
    """

    epoch: int | None = None
    cost: float | None = None
    accuracy: float | None = None
    reached: Callable[[Run], bool] | None = None  # a lesson's checkpoint
    of_step: bool = False

    def met(self, run: Run) -> dict[str, str]:
        """Return the goals that ``run`` meets at this very epoch, each with its message."""
        found: dict[str, str] = {}
        latest = run.latest
        if self.epoch == run.epoch:
            found["epoch"] = ""
        if self.cost is not None and latest["train_cost"] < self.cost:
            found["cost"] = Message(
                "train cost {cost} is below {goal}", cost=f"{latest['train_cost']:.4g}", goal=f"{self.cost:g}"
            )
        untested = math.isnan(latest["test_accuracy"])
        reached = latest["train_accuracy" if untested else "test_accuracy"]
        if self.accuracy is not None and reached >= self.accuracy:
            share = f"{100 * reached:.4g} %"
            test, train = (
                Message("test accuracy is {share}", share=share),
                Message("train accuracy is {share}", share=share),
            )
            found["accuracy"] = train if untested else test
        if self.reached is not None and self.reached(run):
            found["reached"] = Message("the goal is reached")
        return found

    def most(self, run: Run, epochs: int) -> int:
        """How many of ``epochs`` may be trained before the goals must be checked."""
        if (self.cost, self.accuracy, self.reached) != (None, None, None):
            return min(epochs, 1)
        return epochs if self.epoch is None or self.epoch <= run.epoch else min(epochs, self.epoch - run.epoch)


def message_of(epoch: int, epochs: dict[str, str], *, of_step: bool = False) -> str:
    """Return the message about the goals that were met."""
    reasons = [reason for reason in epochs.values() if reason]
    if of_step:
        if reasons:
            return Message("Paused at epoch {epoch}: the goal is reached.", epoch=epoch)
        return Message("Paused at epoch {epoch}, where this step ends.", epoch=epoch)
    if not reasons:
        return Message("Paused at epoch {epoch}, as asked.", epoch=epoch)
    why = reduce(lambda first, other: Message("{first} and {other}", first=first, other=other), reasons)
    return Message("Paused at epoch {epoch}, as asked: {why}.", epoch=epoch, why=why)


class GoalWatch:
    """Checks whether a run has reached a goal. Each goal counts once, until the run begins again."""

    def __init__(self) -> None:
        self.goals = Goals()
        self._done = frozenset[str]()  # which of them are over and done with
        self._paused: tuple[Run, str] | None = None  # the run that reached one, and the message about it

    def set(self, goals: Goals) -> bool:
        """Watch for these goals; return whether they differ from those before."""
        if changed := goals != self.goals:
            self.goals, self._done = goals, frozenset()
        return changed

    def begin(self) -> None:
        """Let all goals count again."""
        self._done = frozenset()

    def pass_over(self, run: Run) -> None:
        """Let the goals that ``run`` meets already not count any more."""
        self._done |= self.goals.met(run).keys()

    def reached(self, run: Run) -> bool:
        """Whether ``run`` meets a goal that counts; it does not count again."""
        epochs = self.goals.met(run)
        if not epochs.keys() - self._done:
            return False
        self._done |= epochs.keys()
        self._paused = run, message_of(run.epoch, epochs, of_step=self.goals.of_step)
        return True

    def why(self, run: Run) -> str:
        """Return the message about the goal that this very run reached, or ""."""
        paused, message = self._paused or (None, "")
        return message if paused is run else ""
