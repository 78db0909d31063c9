"""Drawing of what chance does to a test that chooses among many networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from dnn.experiment import Experiment
from dnn.lessons.drawings.base import Drawing
from dnn.training import advance_many, start

NETWORKS = 100
NEW_EXAMPLES = 2000
ANOTHER_SEED = 1000  # further on: of the new examples


@dataclass(frozen=True)
class BestOf(Drawing):
    """The test accuracy of each of a hundred networks that differ in their starting weights, after ``epochs``.

    Beside it is the accuracy on new examples of the best of the first so many.
    """

    kind: ClassVar[str] = "best_of"
    parts: ClassVar[tuple[str, ...]] = ("best", "new", "half")
    tells_answer: ClassVar[bool] = True

    epochs: int

    def settings(self, experiment: Experiment) -> dict[str, Any]:
        test, new = accuracies(experiment, self.epochs)
        return {"test": list(test), "new": list(new), "start": {"networks": 1}}


@lru_cache(maxsize=8)
def accuracies(experiment: Experiment, epochs: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Of each network, its accuracy on the test examples and on new ones."""
    draws = (experiment.model_copy(update={"draw": draw}) for draw in range(NETWORKS))
    runs = advance_many([start(each) for each in draws], epochs)
    many = experiment.data.model_copy(update={"samples": NEW_EXAMPLES})
    new = experiment.model_copy(update={"data": many, "seed": experiment.seed + ANOTHER_SEED}).make_data()
    right = (float((run.predict(new.points) == new.labels).mean()) for run in runs)
    return tuple(run.latest["test_accuracy"] for run in runs), tuple(right)
