"""Runs of the lessons' steps from five seeds: the step's own and the four after it, trained in lockstep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from dnn import LESSONS, Experiment, Params, Run, start_many
from dnn.components import Array
from dnn.lessons import Step
from dnn.lessons import measures as m
from dnn.lessons.lesson import Condition, changed
from dnn.mistakes import Comparison
from dnn.network import Trace, backward, forward
from dnn.training import advance_many
from tests.mistakes.comparisons import compared

SEEDS = range(5)
LN2 = float(np.log(2))  # the cost of answering 0.5 to everything
COLUMNS = {m.TRAIN_COST: "train_cost", m.TEST_COST: "test_cost"} | {
    m.TRAIN_ACCURACY: "train_accuracy",
    m.TEST_ACCURACY: "test_accuracy",
    m.EPOCHS: "epoch",
    m.VALIDATION_COST: "validation_cost",
}
Parts = tuple[tuple[str, Any], ...]
FIXED = (m.HIDDEN_UNITS, m.HIDDEN_LAYERS, m.FIRST_COST)  # the same in every epoch
LONG = 500  # epochs, from which on a run is kept at these stages, too, for the steps that need a shorter one
STAGES = (100, 300, 1000, 3000)


def step_of(name: str) -> Step:
    """The step called ``weather.4`` and the like."""
    lesson, number = name.rsplit(".", 1)
    return LESSONS[lesson].steps[int(number) - 1]


def experiment_of(name: str, labels: tuple[str, ...] = (), parts: Parts = ()) -> Experiment:
    """The step's experiment with the options called ``labels``, one a setting, and ``("network.activation", …)``."""
    step = step_of(name)
    options = [
        next(option for option in setting.options if option.label == label)
        for setting, label in zip(step.settings, labels, strict=False)
    ]
    document = reduce(changed, options, step.experiment).model_dump()
    for path, value in parts:
        section, field = path.split(".")
        document[section][field] = value
    return Experiment.model_validate(document)


# The five runs of an experiment by the epoch they have reached: steps with the same experiment share them.
_trained: dict[Experiment, dict[int, list[Run]]] = {}


def runs_of(name: str, labels: tuple[str, ...], epochs: int, parts: Parts = ()) -> list[Run]:
    """The five runs after so many epochs, from the latest ones before: a run in pieces is the run at once."""
    trained = _trained_of(experiment_of(name, labels, parts))
    if epochs not in trained:
        before = max(epoch for epoch in trained if epoch < epochs)
        for stage in (*(stage for stage in STAGES if before < stage < epochs and epochs > LONG), epochs):
            trained[stage] = advance_many(trained[before], stage - before)
            before = stage
    return trained[epochs]


def train_together(name: str, choices: Iterable[tuple[str, ...]]) -> None:
    """Have the step's runs ready with each of ``choices``: those of one shape are trained in lockstep."""
    epochs = step_of(name).epochs
    missing = [trained for labels in choices if epochs not in (trained := _trained_of(experiment_of(name, labels)))]
    runs = advance_many([run for trained in missing for run in trained[0]], epochs)
    for place, trained in enumerate(missing):
        trained[epochs] = runs[place * len(SEEDS) : (place + 1) * len(SEEDS)]


def _trained_of(experiment: Experiment) -> dict[int, list[Run]]:
    """The five runs by epoch: at least those before the first."""
    if experiment not in _trained:
        own = experiment.seed
        _trained[experiment] = {0: start_many([experiment.model_copy(update={"seed": own + k}) for k in SEEDS])}
    return _trained[experiment]


@dataclass(frozen=True)
class Seeded:
    """One step with one of the five seeds: what a claim is measured on."""

    name: str
    seed: int

    def run(self, *labels: str, epochs: int | None = None, **parts: Any) -> Run:
        """The step's run, at its end unless ``epochs`` says otherwise; ``network__activation="tanh"`` changes more."""
        named = tuple((key.replace("__", "."), value) for key, value in parts.items())
        length = step_of(self.name).epochs if epochs is None else epochs
        return runs_of(self.name, labels, length, named)[self.seed]

    def shown(self) -> Comparison:
        """What the step itself shows, whatever the seed: the flawed network and the right one."""
        return Seeded(self.name, 0).compared()

    def of(self, name: str) -> Seeded:
        """Another step with the same seed."""
        return Seeded(name, self.seed)

    def compared(self) -> Comparison:
        """The step's flawed network beside the right one."""
        mystery = step_of(self.name).mystery
        assert mystery is not None
        return compared(mystery.mistake, self.seed)

    def reached(self, *labels: str) -> float:
        """1 if the step's goal is reached within its epochs with these options, else 0."""
        return float(reached_in(self.name, labels)[self.seed])

    def reached_by_any(self, *settings: Sequence[str]) -> float:
        """1 if the goal is reached with some combination of these options, those of the first setting first."""
        choices = list(product(*settings))
        train_together(self.name, choices)
        return max(self.reached(*labels) for labels in choices)


@cache
def reached_in(name: str, labels: tuple[str, ...]) -> list[bool]:
    """Whether each of the five runs reaches the step's goal in some epoch."""
    step = step_of(name)
    assert step.checkpoint is not None
    conditions = step.checkpoint.conditions
    known = [condition for condition in conditions if condition.measure in (*COLUMNS, *FIXED)]
    met = [bool(_epochs_that_meet(known, run)[1:].any()) for run in runs_of(name, labels, step.epochs)]
    if len(known) == len(conditions) or not any(met):  # the history tells of every epoch
        return met
    runs = runs_of(name, labels, 0)
    met = [False] * len(runs)
    while runs[0].epoch < step.epochs and not all(met):
        runs = advance_many(runs, 1)
        now = [not run.stopped and step.checkpoint.reached(run) for run in runs]
        met = [any(each) for each in zip(met, now, strict=True)]
    return met


def _epochs_that_meet(conditions: list[Condition], run: Run) -> npt.NDArray[np.bool]:
    """By epoch, whether all conditions on columns of the history, or on the network's shape, are met."""
    met = np.ones(len(run.history["epoch"]), bool)
    for condition in conditions:
        fixed = condition.measure in FIXED
        values = condition.measure.read(run) if fixed else run.history[COLUMNS[condition.measure]]
        met &= (values >= condition.least) & (values <= condition.most)
    return met


# What claims are measured by, beside the lessons' own measures


def answers(run: Run) -> Array:
    """P(class 1) of every example."""
    return run.predict_proba(run.data.points)[:, 1]


def accuracy(run: Run) -> float:
    """On the test examples, or without any on all."""
    return run.latest["test_accuracy"] if run.has_test_data else run.latest["train_accuracy"]


def cost(run: Run) -> float:
    return run.latest["train_cost"]


def trace(run: Run) -> Trace:
    return forward(run.params, run.data.X_train, run.network)


def hidden(run: Run) -> list[Array]:
    """The activations of each hidden layer."""
    return list(trace(run).a[:-1])


def growth(run: Run) -> Array:
    """By how much each hidden layer multiplies the root mean square of its inputs, (hidden layers,)."""
    sizes = [np.sqrt(np.mean(a**2)) for a in (run.data.X_train, *hidden(run))]
    return np.array(sizes[1:]) / np.array(sizes[:-1])


def gradient(run: Run) -> Params:
    """Over all training examples."""
    return backward(run.params, trace(run), run.data.y_train)


def gradients(run: Run) -> list[Array]:
    """dW of each layer over all training examples."""
    return [dW for dW, _ in gradient(run)]


def moved(later: Run, earlier: Run) -> Array:
    """How far the weights of each layer have moved, as a share of their length, (layers,)."""
    pairs = zip(later.params, earlier.params, strict=True)
    return np.array([np.linalg.norm(W - V) / np.linalg.norm(V) for (W, _), (V, _) in pairs])


def best_line(run: Run) -> float:
    """The largest share of the examples that a straight line can have right."""
    points, ones = run.data.points, run.data.y[:, 0] > 0.5
    best = 0.0
    for angle in np.linspace(0.0, np.pi, 360, endpoint=False):
        order = np.argsort(points @ [np.cos(angle), np.sin(angle)])
        near = np.concatenate([[0], np.cumsum(np.where(ones[order], 1, -1))])  # ones less zeros on the near side
        right = (near - near[-1] / 2) + len(ones) / 2  # if the near side is called class 1
        best = max(best, right.max(), len(ones) - right.min())
    return best / len(ones)


def neighbours_of_other_class(run: Run, count: int = 10) -> float:
    """Of the nearest neighbours of the examples that are wrong, the share that has another class."""
    points, truth = run.data.points, run.data.y[:, 0]
    wrong = run.predict(points) != truth
    distances = np.linalg.norm(points[wrong, None] - points[None], axis=-1)
    nearest = np.argsort(distances, axis=1)[:, 1 : count + 1]
    return float(np.mean(truth[nearest] != truth[wrong, None]))


Value = Callable[[Seeded], float]
