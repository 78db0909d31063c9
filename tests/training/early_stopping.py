"""Runs on classes without a rule, which stop early."""

import numpy as np

from dnn import Data, Experiment, Run, advance, start


def noise(seed: int = 0, test_share: float = 0.4) -> Data:
    """Classes without a rule: what is learnt of them does not help the test examples."""
    rng = np.random.default_rng(seed)
    return Data.split(rng.standard_normal((30, 2)), rng.integers(0, 2, 30), test_share=test_share)


def settings_of(**training: object) -> Experiment:
    calm = {"learning_rate": 0.5, "batch_size": 5, "optimizer": "momentum", "min_improvement": 0.0}
    return Experiment.of(network={"hidden_layer_sizes": [6]}, training=calm | training)


def stopped_early() -> Run:
    run = advance(start(settings_of(patience=3), data=noise()), 200)
    assert "early" in run.stopped
    return run
