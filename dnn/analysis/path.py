"""The path of a run: its weights at some of its epochs, from its start to now.

Runs are deterministic, so a path need not be recorded: the run is trained again from its start. Callers that keep
earlier runs pass them instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dnn.components import Array
from dnn.training import Workspace, advance
from dnn.training.run import Run
from dnn.training.timeline import before_training

POINTS = 120  # of a path
DENSER = 1.7  # power of time: most happens early


@dataclass(frozen=True, eq=False)
class Path:
    """The path to ``run``: its parameter vectors (k, P) in float64 at ``epochs`` (k,).

    The last ones are those of ``run`` itself. In the middle of an epoch its number has a fraction.
    """

    run: Run
    epochs: Array
    vectors: Array

    @classmethod
    def of(cls, run: Run, earlier: Iterable[Run] = ()) -> Path:
        """The path through ``earlier`` runs, in this order, to ``run``; of the last run alone without them.

        Raises ValueError where one of them has other layers.
        """
        runs = list(earlier)
        if runs and np.array_equal(runs[-1].params.vector, run.params.vector):
            runs.pop()  # it is there already
        runs.append(run)
        if wrong := [each.params.sizes for each in runs if each.params.sizes != run.params.sizes]:
            raise ValueError(f"a path goes through one network; layers {wrong[0]} are not {run.params.sizes}")
        vectors = np.stack([each.params.vector for each in runs]).astype(np.float64)
        return cls(run, np.array([epoch_of(each) for each in runs]), vectors)

    @classmethod
    def trained_again(cls, run: Run, points: int = POINTS) -> Path:
        """The path of ``run`` at about ``points`` epochs, denser at the start, by training it again.

        Raises ValueError where that does not lead to ``run``, because settings or weights were changed on the way.
        """
        if run.changed:
            raise ValueError("the run was changed on the way; training again does not lead to it")
        last = int(epoch_of(run))
        training = run.experiment.training.model_copy(update={"patience": None})  # costs need not be measured
        experiment = run.experiment.model_copy(update={"training": training})
        reached, workspace = replace(before_training(run), experiment=experiment), Workspace()
        earlier = []
        for epoch in thinned_epochs(last, points):
            reached = advance(reached, epoch - reached.epoch, every=max(1, last), workspace=workspace)
            earlier.append(reached)
        if not run.batch and not np.array_equal(reached.params.vector, run.params.vector):
            raise ValueError("training the run again leads to other weights; it was changed on the way")
        return cls.of(run, earlier)


def epoch_of(run: Run) -> float:
    """The epoch of the weights of ``run``: the best one after early stopping, with a fraction in the middle of one."""
    if run.stopped and run.best is not None and not run.diverged:
        return float(run.best.epoch)
    return run.epoch + run.batch / run.updates_per_epoch if run.batch else float(run.epoch)


def thinned_epochs(last: int, most: int) -> list[int]:
    """Epochs from 0 to ``last``: all of a short run, else about ``most``, denser at the beginning."""
    if last < most:
        return list(range(last + 1))
    places = last * (np.arange(most) / (most - 1)) ** DENSER
    return sorted({*range(min(10, most)), *places.round().astype(int).tolist()})[: most + 10]
