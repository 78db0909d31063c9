"""A lesson is a row of steps: each a short text and an experiment, often with a guess to make or a goal to reach."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from dnn.experiment import Experiment
from dnn.experiment.links import from_query, to_query
from dnn.lessons.drawings import Drawing
from dnn.lessons.equations import Equation
from dnn.lessons.measures import Measure
from dnn.lessons.project import Project
from dnn.lessons.published import PublishedFigures
from dnn.lessons.symptoms import Symptom
from dnn.training import advance, start
from dnn.training.run import Run

WORDS_AT_MOST = 120  # of a step's text
SLOWEST, QUICKEST = 5.0, 1500.0  # epochs a second that a step plays with
SECONDS = 8.0  # that a step is meant to play


@dataclass(frozen=True)
class Prediction:
    """A question that the run itself answers, after so many epochs of the step's own experiment.

    The ``measure`` decides: the first of the ``choices`` is right below ``limits[0]``, the second from there up to
    ``limits[1]``, and so on. Each choice is shown with its range, so what is read and what is compared are the same; a
    choice may be empty, and is then its range alone. ``why`` is shown afterwards.
    """

    question: str
    choices: tuple[str, ...]
    measure: Measure
    limits: tuple[float, ...]
    why: str

    def outcome(self, run: Run) -> int:
        """Which choice ``run`` proves right."""
        return bisect_right(self.limits, self.measure.read(run))

    def ranges(self) -> tuple[str, ...]:
        """The numbers that each choice stands for, as a person reads them; empty where no number is finite."""
        edges = (-math.inf, *self.limits, math.inf)
        return tuple(self.measure.range_written(low, high) for low, high in pairwise(edges))


@dataclass(frozen=True)
class Condition:
    """A measure that has to be ``least`` or more, or ``most`` or less."""

    measure: Measure
    least: float = -float("inf")
    most: float = float("inf")

    def met(self, run: Run) -> bool:
        """Whether the measure of ``run`` is within the limits; False if ``run`` does not have it."""
        return self.least <= self.measure.read(run) <= self.most


@dataclass(frozen=True)
class Checkpoint:
    """Something to reach by changing settings and training: all conditions at one time. ``why`` is shown then."""

    task: str
    conditions: tuple[Condition, ...]
    why: str

    def reached(self, run: Run) -> bool:
        """Whether ``run`` meets them all."""
        return all(condition.met(run) for condition in self.conditions)


@dataclass(frozen=True)
class Mystery:
    """A flawed network of ``dnn.mistakes``, trained beside the correct one, and the mistakes to choose from.

    Two ``symptoms`` are chosen first; the other ones offered cannot be seen. The costs of the first ``epochs_shown``
    are drawn, if not of all.
    """

    mistake: str
    suspects: tuple[str, ...]
    symptoms: tuple[Symptom, ...]
    epochs_shown: int | None = None


@dataclass(frozen=True)
class Option:
    """One value of a setting: its label, and its words in a link."""

    label: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Setting:
    """A setting that a pupil may change in a step; the first choice shown is that of the step's experiment."""

    label: str
    options: tuple[Option, ...]

    def chosen(self, experiment: Experiment) -> int | None:
        """The option that ``experiment`` has, or None."""
        return next((k for k, option in enumerate(self.options) if changed(experiment, option) == experiment), None)


@dataclass(frozen=True)
class Step:
    """A text (Markdown, at most 120 words), an experiment, and how many epochs of it show what the text says.

    ``equations`` are drawn under the text.
    ``settings`` may be changed; with a ``prediction`` they open when it has been made and answered.
    ``beside`` is the same without what the step shows: once the step is over, both can be watched in step.
    With ``shapes`` every shape of one step of its network can be seen.
    ``back_to`` is the epoch of which the text speaks: the picture can go back there once the step is over.
    ``shows`` is what the panel opens: the cost chart, the health of the layers, or the landscape.
    ``logarithmic`` names the axes of the cost chart that begin so.
    ``drawing`` is a picture of the step's idea under its text, whose words point at parts of it.
    With ``published`` figures, those of every option that was tried stand beside the pupil's own.
    A ``mystery`` is not the experiment itself but a flawed rule on its data, and the question what is wrong with it.
    A ``project`` goes on from step to step: the pupil's own examples and choices take the place of those given here.
    """

    title: str
    text: str
    experiment: Experiment
    epochs: int
    equations: tuple[Equation, ...] = ()
    prediction: Prediction | None = None
    settings: tuple[Setting, ...] = ()
    checkpoint: Checkpoint | None = None
    mystery: Mystery | None = None
    beside: Experiment | None = None
    shapes: bool = False
    back_to: int | None = None
    shows: Literal["cost", "health", "landscape"] = "cost"
    logarithmic: tuple[Literal["epochs", "cost"], ...] = ()
    drawing: Drawing | None = None
    project: Project | None = None
    published: PublishedFigures | None = None

    @property
    def only_tells(self) -> bool:
        """Whether it has no question and no goal: it is done as soon as it was seen."""
        return not (self.prediction or self.checkpoint or self.mystery or (self.project and self.project.rubric))

    @property
    def speed(self) -> float:
        """Epochs a second: the step takes some seconds, and no epoch is too quick to be seen."""
        return min(QUICKEST, max(SLOWEST, self.epochs / SECONDS))


@dataclass(frozen=True)
class Recall:
    """A question about the lesson before; ``right`` is the place of its answer, and ``why`` is shown afterwards."""

    question: str
    choices: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True)
class Lesson:
    """``id`` is its word in a link; ``summary`` describes in one sentence what it shows.

    ``learnt`` sums it up in three sentences at its end, and ``recall`` asks about the lesson before at its start.
    """

    id: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    learnt: tuple[str, ...] = ()
    recall: Recall | None = None


def changed(experiment: Experiment, option: Option) -> Experiment:
    """Return ``experiment`` with the option's words in place of those of the same setting.

    Raises ValueError for an option that cannot be read.
    """
    heads = {word for word, _ in option.words}
    kept = {word: text for word, text in to_query(experiment).items() if word.partition(".")[0] not in heads}
    found, problems = from_query(kept | dict(option.words))
    if problems:
        raise ValueError(f"{option.label} is not an option: {' '.join(map(str, problems))}")
    return found


@lru_cache(maxsize=128)
def answer(step: Step) -> tuple[int, float]:
    """Return the number of the right choice of the step's prediction, and the value that decides: the step is run."""
    assert step.prediction is not None
    run = advance(start(step.experiment), step.epochs)
    return step.prediction.outcome(run), step.prediction.measure.read(run)
