"""A pupil's own network: what a step of it is for, and the rubric that a page checks it by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dnn.data import Data
from dnn.data.data import PER_EXAMPLE
from dnn.datasets.custom_data import CustomData
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.training.run import Run


@dataclass(frozen=True)
class Attempt:
    """A pupil's ``run``, and how often its test examples have been used (``asked``).

    ``test_cost`` and ``test_accuracy`` are None as long as this run has not been tested; ``expected`` is the test
    accuracy that the pupil expected before.
    """

    run: Run
    asked: int = 0
    expected: float | None = None
    test_cost: float | None = None
    test_accuracy: float | None = None


@dataclass(frozen=True)
class Requirement:
    """A line of a rubric: what it requires, whether an attempt meets it, and the present value."""

    title: str
    met: Callable[[Attempt], bool]
    now: Callable[[Attempt], str]


@dataclass(frozen=True)
class Project:
    """What a step of a pupil's own project is for: the data and the choices go on from step to step.

    The examples are drawn, the network is chosen without test examples, it is tested, or its script is read. A step
    with a ``rubric`` is done when all of it is met.
    """

    does: Literal["draw", "choose", "test", "read"]
    rubric: tuple[Requirement, ...] = ()

    @property
    def hides_test(self) -> bool:
        """Whether the page must show nothing about the test examples before the test."""
        return self.does != "draw"


def without_test(data: Data) -> Data:
    """``data`` without their test examples. A run on them trains as on ``data``, to the last bit."""
    kept = slice(None, data.first_test)
    return replace(data, **{name: rows[kept] for name in PER_EXAMPLE if (rows := getattr(data, name)) is not None})


def on_seen_examples(experiment: Experiment) -> Experiment:
    """``experiment`` on a table of its training and validation examples: its test examples are in it no more."""
    seen = CustomData.holding(without_test(experiment.make_data()))
    return experiment.model_copy(
        update={"data": experiment.data.model_copy(update={"dataset": seen, "test_share": 0.0})}
    )


def asked_now(attempt: Attempt) -> Attempt:
    """``attempt`` after its test examples have been asked once more."""
    run = attempt.run.becoming(data=attempt.run.experiment.make_data()).measured()
    return replace(
        attempt,
        asked=attempt.asked + 1,
        test_cost=run.latest["test_cost"],
        test_accuracy=run.latest["test_accuracy"],
    )


FEWEST, FEWEST_OF_CLASS, FEWEST_VALIDATION = 100, 30, 20  # examples
MOST_UNITS = 24
NEARLY_LOWEST = 1.1  # times the lowest validation cost
HOLDS = 0.9  # test accuracy
WELL_EXPECTED = 0.05  # difference of the test accuracy from the expected one


def percent(share: float) -> str:
    """A share as a person reads it."""
    return f"{100 * share:.1f} %"


def _of_each_class(data: Data) -> list[int]:
    classes = max(2, len(data.names.classes))
    return np.bincount(data.labels.astype(int), minlength=classes).tolist() if len(data.X) else [0] * classes


def _counts(attempt: Attempt) -> str:
    return " + ".join(map(str, _of_each_class(attempt.run.data)))


def _lowest(run: Run) -> float:
    costs = run.history["validation_cost"] if run.history.has_validation else np.array([np.nan])
    return float(np.nanmin(costs)) if np.isfinite(costs).any() else np.nan


def _in_time(attempt: Attempt) -> bool:
    run = attempt.run
    return run.has_started and run.latest.get("validation_cost", np.nan) <= NEARLY_LOWEST * _lowest(run)


def _costs(attempt: Attempt) -> str:
    run = attempt.run
    if not run.has_started or not run.history.has_validation:
        return Message("not trained yet")
    now, lowest = (f"{cost:.3g}" for cost in (run.latest["validation_cost"], _lowest(run)))
    return Message("validation cost {now}, lowest {lowest}", now=now, lowest=lowest)


def _hidden_units(attempt: Attempt) -> int:
    return sum(attempt.run.params.sizes[1:-1])


def times_asked(count: int) -> str:
    """How often the test examples were asked, in words."""
    if count < 2:
        return Message("asked once") if count else Message("not asked yet")
    return Message("asked {count} times", count=count)


def _holds(attempt: Attempt) -> bool:
    return attempt.test_accuracy is not None and attempt.test_accuracy >= HOLDS


def _expected(attempt: Attempt) -> bool:
    if attempt.test_accuracy is None or attempt.expected is None:
        return False
    return abs(attempt.test_accuracy - attempt.expected) <= WELL_EXPECTED + 1e-9


def _difference(attempt: Attempt) -> str:
    if attempt.test_accuracy is None or attempt.expected is None:
        return Message("hidden")
    points = f"{100 * abs(attempt.test_accuracy - attempt.expected):.1f}"
    return Message("{points} points off", points=points)


DRAWN: tuple[Requirement, ...] = (
    Requirement("100 examples or more", lambda a: len(a.run.data.X) >= FEWEST, lambda a: str(len(a.run.data.X))),
    Requirement(
        "30 examples or more of each class", lambda a: min(_of_each_class(a.run.data)) >= FEWEST_OF_CLASS, _counts
    ),
)

RUBRIC: tuple[Requirement, ...] = (
    Requirement(
        "A validation set of 20 examples or more",
        lambda a: a.run.data.n_validation >= FEWEST_VALIDATION,
        lambda a: str(a.run.data.n_validation),
    ),
    Requirement("Stopped in time: validation cost at most a tenth above its lowest", _in_time, _costs),
    Requirement("24 hidden units or fewer", lambda a: _hidden_units(a) <= MOST_UNITS, lambda a: str(_hidden_units(a))),
    Requirement("Test examples asked once", lambda a: a.asked == 1, lambda a: times_asked(a.asked)),
    Requirement(
        "Test accuracy of 90 % or more",
        _holds,
        lambda a: Message("hidden") if a.test_accuracy is None else percent(a.test_accuracy),
    ),
    Requirement("Your expectation is off by 5 points or less", _expected, _difference),
)
