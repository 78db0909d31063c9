"""What the tests of sweeps have in common."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from dnn import Experiment
from dnn.sweeps import Axis, Result, Sweep, run_sweep

SWEEP = Sweep(
    base=Experiment.of(data={"dataset": "xor", "samples": 60}, training={"batch_size": 5}),  # without scikit-learn
    axes=(
        Axis(name="network.activation", values=("tanh", "relu", "sigmoid")),
        Axis.logarithmic("training.learning_rate", 0.01, 1, 3),
    ),
    seeds=2,
    epochs=12,
)


# four blocks, each of which takes long enough to be killed: large batches take less time than is estimated for blocks
LONG = Sweep(
    base=Experiment.of(data={"dataset": "xor", "samples": 170}, training={"batch_size": 60}),
    axes=(Axis(name="network.activation", values=("tanh", "relu")), Axis.linear("draw", 0, 127, 128)),
    epochs=650,
)


def comparable(results: Iterable[Result]) -> list[Result]:
    """Results in the order of their cells, without what differs from one time to the next."""
    return sorted((replace(result, seconds=0.0) for result in results), key=lambda result: result.index)


@cache
def expected() -> list[Result]:
    """The results of LONG, computed in this process."""
    return comparable(run_sweep(LONG))
