"""One example on its way through the network, for the diagram to show step by step.

What the browser gets are the numbers of ``dnn.analysis.walkthrough``: forward, back, and the update with this example
alone. The run itself stays as it is. "steps 12" asks for training example 12, "steps worst" for the one that it is
most wrong about, "steps off" for none.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from dnn.analysis.walkthrough import Update
from dnn.components import Array
from dnn.network import forward
from dnn.training.run import Run
from dnn.ui.catalogue import translated

REQUEST = re.compile(r"steps (?:(?P<row>\d{1,9})|(?P<worst>worst)|off)", re.ASCII)

MOST_LOOKED_AT = 1000  # training examples

Numbers = tuple[dict[str, Any], dict[str, np.ndarray]]  # what a header says, and arrays


class DiagramSteps:
    """It stores which training example is followed. A run that plays is paused for it, and play ends it."""

    def __init__(self) -> None:
        self._row: int | None = None
        self._worst = False  # whether the row is still to be found
        self._asked = False
        self._last: tuple[Run, int, Update] | None = None

    def request(self, words: str) -> bool:
        """Follow an example or none, as the browser asks for it; False where it asks nothing such. Takes no lock."""
        found = REQUEST.fullmatch(words)
        if found is None:
            return False
        self._row = None if found["row"] is None else int(found["row"])
        self._worst = found["worst"] is not None
        self._asked = self._worst or self._row is not None
        return True

    def end(self) -> None:
        """Follow no example any more."""
        self._row, self._last, self._asked, self._worst = None, None, False, False

    def pauses(self) -> bool:
        """Whether an example was asked for since the last call: what plays is to be paused."""
        asked, self._asked = self._asked, False
        return asked

    def of(self, run: Run, edges: np.ndarray, language: str) -> Numbers | None:
        """Return the part of a header about the example, and its arrays; None where none is followed.

        See :func:`numbers`. ``edges`` (k,) are the places in the parameter vector of the weights that are drawn.
        """
        if self._worst and run.data.n_train:
            self._row, self._worst = worst(run), False
        row = self._row
        if row is None or not run.data.n_train:
            return None
        row = min(row, run.data.n_train - 1)
        if self._last is None or self._last[0] is not run or self._last[1] != row:
            with np.errstate(all="ignore"):  # a run about to diverge may overflow
                self._last = run, row, Update(run, (row,))
        header, parts = numbers(self._last[2], edges)
        header["optimizer"] = translated(run.experiment.training.optimizer.label, language)
        return header, parts


def numbers(update: Update, edges: np.ndarray) -> Numbers:
    """The update of one example, ready for JSON, and its arrays, all float32.

    ``row`` is the training example, ``target`` what is right for each output, ``loss`` that of the example and
    ``loss_after`` that with the new weights: None where it is not finite. ``rate`` is the learning rate, ``plain``
    whether each weight moves by just the rate times its gradient, ``batch`` how many examples an update of the run has.
    The arrays: ``example_a`` (units) with the inputs first, ``example_z`` and ``example_dz`` (units after the inputs),
    ``example_dw`` and ``new_weights`` (k,) of the weights at ``edges``, and ``new_biases`` (units after the inputs).
    """
    run, trace = update.run, update.trace
    with np.errstate(all="ignore"):
        loss_after = run.network.loss.per_example(forward(update.after, update.X, run.network).logits, update.y)
        loss = run.network.loss.per_example(trace.logits, update.y)
        plain = np.allclose(update.step.vector, -update.rate * update.plain.vector, rtol=1e-6, atol=0.0)
        parts = {
            "example_a": _line(update.X, *trace.a),
            "example_z": _line(*trace.z),
            "example_dz": _line(*update.plain.dz),
            "example_dw": update.plain.vector[edges].astype(np.float32),
            "new_weights": update.after.vector[edges].astype(np.float32),
            "new_biases": _line(*(b for _, b in update.after)),
        }
    header = {
        "row": update.rows[0],
        "target": [float(value) for value in update.y[0]],
        "loss": _plain(loss),
        "loss_after": _plain(loss_after),
        "rate": float(update.rate),
        "plain": plain,
        "batch": run.batch_size,
    }
    return header, parts


def worst(run: Run) -> int:
    """The row of the training example with the largest loss; of many examples the first thousand are looked at."""
    rows = slice(min(run.data.n_train, MOST_LOOKED_AT))
    with np.errstate(all="ignore"):
        logits = forward(run.params, run.data.X[rows], run.network).logits
        return int(np.nan_to_num(run.network.loss.per_example(logits, run.data.targets[rows])).argmax())


def _line(*arrays: Array) -> np.ndarray:
    line: np.ndarray = np.concatenate([np.ravel(array) for array in arrays]).astype(np.float32)
    return line


def _plain(values: Array) -> float | None:
    value = float(values[0])
    return value if np.isfinite(value) else None
