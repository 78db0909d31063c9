"""The visible symptoms of a flawed network beside the correct one: each symptom is checked against both runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dnn.components import Array
from dnn.lessons.straightness import misfit_of
from dnn.messages import Message
from dnn.mistakes import Comparison

STRAIGHT_ENOUGH = 0.005  # share of the plane that a straight line colours otherwise
UNCHANGED = 0.01  # of a cost
LEAP = 0.1  # of the cost from one epoch to the next
LEAPS = 2
HIGHER = 1.05  # times the other cost
FIRST_TOO_HIGH = 2.0  # of a cost that should be near ln 2
LESS_RIGHT = 0.02  # of the accuracy
NEAR_HALF = 0.05
SIDE = 41  # points on a side of the plane that is looked at


@dataclass(frozen=True)
class Symptom:
    """A symptom that a flawed network may have: whether it has it, and the numbers that show it."""

    title: str
    seen: Callable[[Comparison], bool]
    numbers: Callable[[Comparison], str]


def _answers(c: Comparison) -> Array:
    """Return the outputs of the flawed network over the plane; 0.5 where one is not a number."""
    low, high = c.data.points.min(axis=0), c.data.points.max(axis=0)
    axes = [np.linspace(low[axis], high[axis], SIDE) for axis in (0, 1)]
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    return np.nan_to_num(c.flawed.predict(grid), nan=0.5)


def _misfit(c: Comparison) -> float:
    """Infinite where there is no boundary at all."""
    answers = _answers(c) > 0.5
    return misfit_of(c.flawed.predict, c.data.points) if answers.any() and not answers.all() else np.inf


def _misfit_written(c: Comparison) -> str:
    share = _misfit(c)
    if not np.isfinite(share):
        return Message("there is no boundary")
    return Message("a straight line would colour {share} of the plane otherwise", share=f"{100 * share:.1f} %")


def _largest_change(c: Comparison) -> float:
    """Of the flawed network's cost from what it was at first, as long as it is a number."""
    costs = c.flawed.costs[np.isfinite(c.flawed.costs)]
    return float(np.abs(costs - costs[0]).max())


def _leaps(c: Comparison) -> int:
    with np.errstate(invalid="ignore"):
        return int(np.sum(np.diff(c.flawed.costs) > LEAP))


def _beside(flawed: float, right: float, form: str = ".3g") -> str:
    if not np.isfinite(flawed):
        return Message("no number, the right one's {right}", right=f"{right:{form}}")
    return Message("{flawed}, the right one's {right}", flawed=f"{flawed:{form}}", right=f"{right:{form}}")


def _first(c: Comparison) -> str:
    return _beside(float(c.flawed.costs[0]), float(c.right.costs[0]))


def _last(c: Comparison) -> str:
    return _beside(float(c.flawed.costs[-1]), float(c.right.costs[-1]))


def _end(c: Comparison) -> str:
    if c.flawed.broke_at is None:
        return Message("a number in every epoch")
    return Message("no number from epoch {epoch} on", epoch=c.flawed.broke_at)


def _range(c: Comparison) -> str:
    answers = _answers(c)
    return Message("answers from {low} to {high}", low=f"{answers.min():.2f}", high=f"{answers.max():.2f}")


STRAIGHT = Symptom("The boundary is a straight line", lambda c: _misfit(c) <= STRAIGHT_ENOUGH, _misfit_written)
STILL = Symptom(
    "The cost hardly changes from beginning to end",
    lambda c: _largest_change(c) <= UNCHANGED,
    lambda c: Message("largest change {number}", number=f"{_largest_change(c):.3g}"),
)
ENDS_HIGHER = Symptom(
    "The cost ends higher than that of the right one",
    lambda c: bool(c.flawed.costs[-1] > HIGHER * c.right.costs[-1]),
    _last,
)
ENDS_LOWER = Symptom(
    "The cost ends lower than that of the right one",
    lambda c: bool(HIGHER * c.flawed.costs[-1] < c.right.costs[-1]),
    _last,
)
LEAPING = Symptom(
    "The cost leaps up more than once",
    lambda c: _leaps(c) >= LEAPS,
    lambda c: Message("{count} leaps of more than 0.1", count=_leaps(c)),
)
STARTS_HIGH = Symptom(
    "The first cost is far above ln 2 ≈ 0.69", lambda c: bool(c.flawed.costs[0] > FIRST_TOO_HIGH), _first
)
SAME_START = Symptom(
    "The first cost is that of the right one",
    lambda c: bool(np.isclose(c.flawed.costs[0], c.right.costs[0])),
    _first,
)
BREAKS_OFF = Symptom("The cost is no number any more at the end", lambda c: c.flawed.broke_at is not None, _end)
TEST_WORSE = Symptom(
    "The test accuracy is lower",
    lambda c: c.flawed.test_accuracy < c.right.test_accuracy - LESS_RIGHT,
    lambda c: _beside(c.flawed.test_accuracy, c.right.test_accuracy, ".1%"),
)
HALVES = Symptom(
    "The answer is nearly one half everywhere", lambda c: bool(np.abs(_answers(c) - 0.5).max() <= NEAR_HALF), _range
)
