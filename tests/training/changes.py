"""Changes that a person makes to a run on its way, and steps of training."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dnn import Run, advance
from dnn.training import advance_batch, advance_updates

Change = Callable[[Run], Run]


def faster(run: Run) -> Run:
    training = run.experiment.training
    return run.with_settings(
        run.experiment.model_copy(
            update={"training": training.model_copy(update={"learning_rate": training.learning_rate * 1.5})}
        )
    )


def other_batches(run: Run) -> Run:
    training = run.experiment.training.model_copy(update={"batch_size": 7})
    return run.with_settings(run.experiment.model_copy(update={"training": training}))


def drawn(run: Run) -> Run:
    data = replace(run.data, X=run.data.X + 0.125)
    spec = run.experiment.data.model_copy(update={"samples": run.experiment.data.samples + 1})
    return run.with_data(run.experiment.model_copy(update={"data": spec}), data)


def edited(run: Run) -> Run:
    return run.with_params(run.params.vector * 0.5)


def frozen(run: Run) -> Run:
    return run.with_params(run.params.vector, np.arange(len(run.params.vector)) % 3 == 0)


def an_epoch(run: Run) -> Run:
    return advance(run, 1)


def a_batch(run: Run) -> Run:
    return advance_batch(run)


def some_updates(run: Run) -> Run:
    return advance_updates(run, 5)


STEPS = [faster, other_batches, drawn, edited, frozen, an_epoch, an_epoch, an_epoch, a_batch, some_updates]
