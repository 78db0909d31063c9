"""A ghost: the run that was just replaced, drawn pale and dashed beside the new one.

Its curves and its boundary do not change any more, so they are part of the scene, which is sent once. Only what can be
compared is drawn: its boundary where both runs have the same examples, and its cost where both have the same loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dnn.components import Array
from dnn.data.plane import Plane
from dnn.messages import Message, Translate
from dnn.plots.curves import accuracy_curves, cost_curves
from dnn.plots.examples import heights
from dnn.plots.theme import verbatim
from dnn.training.run import Run

MOST_POINTS = 200  # of one curve
DIGITS = 5  # significant ones of a cost
MOST_SIDE = 80  # points on a side of its field: a line needs fewer than colours do


@dataclass(frozen=True)
class Ghost:
    """``run`` as it was when it was replaced; ``label`` names the settings that the new run does not have."""

    run: Run
    label: str

    def described(self, run: Run, plane: Plane, side: int, say: Translate) -> dict[str, Any]:
        """What is drawn of it beside ``run`` on ``plane``, in the words of ``say``.

        ``costs`` and ``accuracies`` are (3, k): epoch, train and test, None where a number is not finite. ``field`` has
        at most ``side`` · ``side`` numbers for each output, as a frame has. Each is None where nothing can be compared.
        """
        same_task = run.data.task == self.run.data.task
        scored = same_task and run.data.task != "regression"
        history = self.run.history
        return {
            "label": verbatim(say(Message("before: {label}", label=self.label))),
            "words": self._words(say, scored=scored),
            "costs": _rounded(cost_curves(history, MOST_POINTS)) if self._has_cost_of(run) else None,
            "accuracies": _rounded(accuracy_curves(history, MOST_POINTS)) if scored else None,
            "field": self._field(plane, min(side, MOST_SIDE)) if self._has_examples_of(run) else None,
        }

    def _words(self, say: Translate, *, scored: bool) -> str:
        """Its last numbers for those who do not see the pictures."""
        found = self.run.latest
        words = Message(
            "before, with {label}: epoch {epoch}, train cost {train}",
            label=self.label,
            epoch=self.run.epoch,
            train=f"{found['train_cost']:.3g}",
        )
        if scored and np.isfinite(found["test_accuracy"]):
            accuracy = f"{100 * found['test_accuracy']:.1f} %"
            words = Message("{words}, test accuracy {accuracy}", words=words, accuracy=accuracy)
        return say(words)

    def _has_cost_of(self, run: Run) -> bool:
        return run.data.task == self.run.data.task and run.network.loss == self.run.network.loss

    def _has_examples_of(self, run: Run) -> bool:
        mine, others = self.run.data, run.data
        same_task = mine.task == others.task and mine.y.shape == others.y.shape
        return same_task and np.array_equal(mine.points, others.points) and np.array_equal(mine.y, others.y)

    def _field(self, plane: Plane, side: int) -> list[int]:
        """Its answers on the plane, row by row from the top: from 0 to 65 535, or of several outputs to 255."""
        x_low, x_high, y_low, y_high = plane.bounds
        across, up = np.linspace(x_low, x_high, side), np.linspace(y_high, y_low, side)
        answers = self.run.predict_proba(plane.points(np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)))
        data, most = self.run.data, 65535.0
        if data.task == "regression":
            low, high = heights(data)
            answers = (answers[:, :1] - low) / (high - low)
        elif data.task == "binary":
            answers = answers[:, 1:]
        else:
            most = 255.0
        levels = np.nan_to_num(np.clip(answers.T, 0.0, 1.0)) * most + 0.5
        return [int(level) for level in levels.ravel()]


def _rounded(table: Array) -> list[list[float | None]]:
    """The rows of ``table`` with few digits, which keeps the message short."""
    return [[float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None for value in row] for row in table.tolist()]
