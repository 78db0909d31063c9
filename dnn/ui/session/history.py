"""The undo history: an immutable value that holds the snapshots before and after the state on screen."""

from __future__ import annotations

from dataclasses import dataclass

from dnn.experiment import Experiment
from dnn.training.run import Run
from dnn.ui.session.shelf import Shelf

MOST = 50  # most steps that can be undone


@dataclass(frozen=True)
class Snapshot:
    """An experiment and its run; the run is None if it continues. ``shelf`` is None if the step left it as it is."""

    experiment: Experiment
    run: Run | None = None
    shelf: Shelf | None = None


@dataclass(frozen=True)
class UndoHistory:
    """Snapshots of the past, the latest last, and of the future, the next one last."""

    past: tuple[Snapshot, ...] = ()
    future: tuple[Snapshot, ...] = ()
    stroke: int | None = None  # stroke of the last change, if it was drawn

    def push(self, snapshot: Snapshot, stroke: int | None = None) -> UndoHistory:
        """Return the history after a change from ``snapshot``; the future is dropped.

        The parts of one ``stroke`` of the drawing tool are one step.
        """
        if stroke is not None and stroke == self.stroke:
            return UndoHistory(self.past, stroke=stroke)
        return UndoHistory((*self.past, snapshot)[-MOST:], stroke=stroke)

    def undo(self, current: Snapshot) -> UndoHistory:
        """Return the history after going from ``current`` to the last snapshot of the past."""
        return UndoHistory(self.past[:-1], (*self.future, current))

    def redo(self, current: Snapshot) -> UndoHistory:
        """Return the history after going from ``current`` to the last snapshot of the future."""
        return UndoHistory((*self.past, current), self.future[:-1])
