"""Runs for the tests of the exports: one of each activation, loss, optimiser and task."""

from typing import Any

import numpy as np

from dnn import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Data,
    Experiment,
    Run,
    advance,
    start,
)

TASKS = {"binary": "moons", "multiclass": {"kind": "blobs", "classes": 4}, "regression": "bumps"}


def trained(epochs: int = 12, seed: int = 1, **sections: Any) -> Run:
    """A run with everything calm, and what ``sections`` say in place of it."""
    usual: dict[str, dict[str, Any]] = {
        "data": {"dataset": "moons", "samples": 50},
        "network": {"hidden_layer_sizes": (5, 3)},
        "training": {"learning_rate": 0.05},
    }
    return advance(
        start(Experiment.of(**{name: {**plain, **sections.get(name, {})} for name, plain in usual.items()}, seed=seed)),
        epochs,
    )


def with_activation(name: str) -> Run:
    return trained(network={"activation": name})


def with_loss(name: str) -> Run:
    return trained(data={"dataset": TASKS[LOSSES[name].tasks[0]]}, training={"loss": name})


EVERY = {
    **{f"activation {name}": {"network": {"activation": name}} for name in ACTIVATIONS},
    **{f"optimiser {name}": {"training": {"optimizer": name}} for name in OPTIMIZERS},
    **{f"schedule {name}": {"training": {"schedule": name}} for name in SCHEDULES},
    **{
        f"loss {name}": {"data": {"dataset": TASKS[loss.tasks[0]]}, "training": {"loss": name}}
        for name, loss in LOSSES.items()
    },
    "ng's momentum": {"training": {"optimizer": {"kind": "momentum", "dampening": True}}},
    "no hidden layer": {"network": {"hidden_layer_sizes": ()}},
    "full batch": {"training": {"batch_size": "full"}},
    "penalties": {"training": {"l1": 0.05, "l2": 0.1}},
    "clipping": {"training": {"clip_norm": 0.1}},
    "early stopping": {"training": {"patience": 2, "min_improvement": 0.05}},
    "validation set": {"data": {"validation_share": 0.2}, "training": {"patience": 2, "min_improvement": 0.05}},
    "class weights": {"data": {"weights": "balanced"}, "training": {"l2": 0.1}},
    "formulas": {"data": {"features": ("x1", "x2^2", "x1*x2", "sin(4*x1) - 2", "3")}},
    "standardised target": {"data": {"dataset": "bumps", "standardize_target": True}},
    "no test examples": {"data": {"test_share": 0.0}},
    "wide": {"network": {"hidden_layer_sizes": (40, 30)}},
}


def frozen(run: Run) -> Run:
    return advance(run.with_params(run.params.vector, np.arange(run.params.vector.size) < 4), 5)


def prices() -> Data:
    """A target far from 1, standardised."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2)) * [30.0, 3.0] + [100.0, 5.0]
    y = X @ [[3000.0], [20000.0]] + 5e4
    return Data.split(X, y, test_share=0.2, rng=rng).standardized().with_standardized_targets()


def same(one: Run, other: Run) -> bool:
    """Whether two runs are alike in everything, bit for bit."""
    assert one.experiment == other.experiment
    assert (one.epoch, one.batch, one.stopped, one.diverged) == (
        other.epoch,
        other.batch,
        other.stopped,
        other.diverged,
    )
    assert one.latest.keys() == other.latest.keys()
    np.testing.assert_array_equal([*one.latest.values()], [*other.latest.values()])
    np.testing.assert_array_equal(one.history.table(), other.history.table())
    np.testing.assert_array_equal(one.params.vector, other.params.vector)
    assert one.params.vector.dtype == other.params.vector.dtype
    for mine, theirs in zip(one.state, other.state, strict=True):
        np.testing.assert_array_equal(mine, theirs)
        assert mine.dtype == theirs.dtype
    return True
