"""Runs for the tests of training in lockstep, and how equal they must be to the same runs alone."""

import numpy as np

from dnn import Data, Experiment, Run, start


def assert_close(together: Run, alone: Run) -> None:
    """The same to 1e-12, relative to the largest number."""
    assert (together.epoch, together.stopped, together.experiment) == (alone.epoch, alone.stopped, alone.experiment)
    assert together.diverged == alone.diverged
    for ours, expected in (
        (together.params.vector, alone.params.vector),
        (together.history.table(), alone.history.table()),
        (np.array([*together.latest.values()]), np.array([*alone.latest.values()])),
        *zip(together.state, alone.state, strict=True),
    ):
        assert ours.shape == expected.shape
        scale = np.nanmax(np.abs(expected), initial=1.0)
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-12 * scale)


def runs_at_rates(
    rates: list[float], hidden: tuple[int, ...] = (), activation: str = "linear", **training: object
) -> list[Run]:
    """Runs of one shape on their own data, one for each learning rate; the large ones diverge."""
    made = []
    for seed, rate in enumerate(rates):
        rng = np.random.default_rng(seed)
        data = Data.split(rng.standard_normal((30, 2)), rng.standard_normal(30), test_share=0.2)
        network = {"hidden_layer_sizes": hidden, "activation": activation}
        experiment = Experiment.of(network=network, training={"learning_rate": rate, **training}, seed=seed)
        made.append(start(experiment, data=data))
    return made
