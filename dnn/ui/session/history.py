"""What a visitor did, so that it can be undone and done again: a value that holds the moments left behind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dnn.experiment import Experiment
from dnn.training.run import Run

MOST = 50  # steps that can be undone


@dataclass(frozen=True)
class Moment:
    """An experiment, and the run that would be lost by leaving it: None where the run just goes on."""

    experiment: Experiment
    run: Run | None = None

    def __post_init__(self) -> None:
        if self.run is not None:  # without its buffers, which are large and made again when needed
            object.__setattr__(self, "run", replace(self.run, _spare=[]))


@dataclass(frozen=True)
class Trail:
    """Moments to go back to, the latest last, and moments to go forward to, the next one last."""

    past: tuple[Moment, ...] = ()
    future: tuple[Moment, ...] = ()
    stroke: int | None = None  # of what was done last, if it was drawn

    def left(self, moment: Moment, stroke: int | None = None) -> Trail:
        """The trail after something new was done at ``moment``: what had been undone is given up.

        The parts of one ``stroke`` are one step.
        """
        if stroke is not None and stroke == self.stroke:
            return Trail(self.past, stroke=stroke)
        return Trail((*self.past, moment)[-MOST:], stroke=stroke)

    def back(self, here: Moment) -> Trail:
        """The trail after going from ``here`` to the last moment of the past."""
        return Trail(self.past[:-1], (*self.future, here))

    def forth(self, here: Moment) -> Trail:
        """The trail after going from ``here`` to the last moment of the future."""
        return Trail((*self.past, here), self.future[:-1])
