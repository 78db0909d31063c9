"""Results of sweeps that were never run, with numbers as a test wants them."""

from collections.abc import Callable
from typing import Any

from dnn import Experiment
from dnn.sweeps import Axis, Cell, Result, Sweep

RATE, ACTIVATION = "training.learning_rate", "network.activation"


def grid(
    rates: tuple[float, ...] = (0.01, 0.1, 1.0), activations: tuple[str, ...] = ("tanh", "relu"), **more: Any
) -> Sweep:
    """A sweep over activation and learning rate."""
    axes = (Axis(name=ACTIVATION, values=activations), Axis(name=RATE, values=rates))
    return Sweep(**({"base": Experiment.of(data={"samples": 40}), "axes": axes, "epochs": 10} | more))


def results_of(sweep: Sweep, numbers: Callable[[Cell], float | str | None]) -> list[Result]:
    """A result for each cell: its test accuracy, "diverged", another word for a problem, or None for no result yet."""
    return [result for cell in sweep.cells() if (result := result_of(cell, numbers(cell))) is not None]


def result_of(cell: Cell, value: float | str | None) -> Result | None:
    """See :func:`results_of`; costs go down as accuracies go up."""
    which = cell.index, cell.settings, cell.seed
    if value is None:
        return None
    if value == "diverged":
        last = {"train_cost": 9e9, "test_cost": 9e9, "train_accuracy": 0.5, "test_accuracy": 0.5}
        history = {"epoch": [0, 1, 3], "train_cost": [0.7, 80.0, 9e9], "test_cost": [0.8, 90.0, 9e9]}
        return Result(*which, 3, **last, stopped="The cost is no number.", diverged=True, history=history)
    if isinstance(value, str):
        return Result(*which, problem=value)
    train, test = 1.1 - value, 1.2 - value
    history = {"epoch": [0, 5, 10], "train_cost": [0.7, 0.5 + train / 2, train], "test_cost": [0.8, 0.6, test]}
    numbers = {"train_cost": train, "test_cost": test, "train_accuracy": value, "test_accuracy": value}
    return Result(*which, 10, **numbers, history=history)
