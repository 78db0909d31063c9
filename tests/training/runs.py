"""Small runs for the tests of training, and what makes two of them the same."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from dnn import Data, Experiment, Run, start

few = settings(max_examples=30)

measures = st.sampled_from(["examples", "batches"])


def assert_same(first: Run, second: Run) -> None:
    """Equal to the last bit."""
    assert (first.epoch, first.stopped, first.experiment) == (second.epoch, second.stopped, second.experiment)
    assert (first.diverged, first.measure, first.history.stride) == (
        second.diverged,
        second.measure,
        second.history.stride,
    )
    np.testing.assert_array_equal(first.params.vector, second.params.vector, strict=True)
    np.testing.assert_array_equal(first.history.table(), second.history.table(), strict=True)
    np.testing.assert_array_equal([*first.latest.values()], [*second.latest.values()])
    for ours, theirs in zip(first.state, second.state, strict=True):
        np.testing.assert_array_equal(ours, theirs, strict=True)
    assert (first.best is None) == (second.best is None)
    if first.best is not None and second.best is not None:
        assert (first.best.epoch, first.best.cost) == (second.best.epoch, second.best.cost)
        np.testing.assert_array_equal(first.best.vector, second.best.vector)


def moons(**training: object) -> Experiment:
    return Experiment.of(data={"samples": 60}, training=training)


def regression(hidden: tuple[int, ...] = (8, 8), activation: str = "relu", **training: object) -> Run:
    """A run on a made-up regression task, which diverges as soon as the learning rate is large."""
    rng = np.random.default_rng(0)
    data = Data.split(rng.standard_normal((50, 2)), rng.standard_normal(50), test_share=0.2)
    network = {"hidden_layer_sizes": hidden, "activation": activation}
    return start(Experiment.of(network=network, training=training), data=data)
