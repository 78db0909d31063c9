"""Reports and runs for the tests of a class."""

from dnn import Experiment, advance, start
from dnn.classroom import Report


def report(**changes: object) -> Report:
    """A report with usual values."""
    usual = {
        "epoch": 3, "state": "playing", "train_cost": 0.5, "accuracy": 0.75, "units": 4, "weights": 17,
        "task": "binary", "classes": 1, "boundary": bytes(range(256)), "experiment": "{}",
    }  # fmt: skip
    return Report.model_validate(usual | changes)


def run(epochs: int = 2, **settings: object):
    """A small run of the default experiment, or with some of its settings changed."""
    return advance(start(Experiment.of(**settings)), epochs=epochs)
