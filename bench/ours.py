"""Our own training without its bookkeeping: the arrays that `advance` trains in, and its loop over epochs by itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from timing import Job

from dnn import Experiment, Run, start
from dnn.params import Params
from dnn.training.evaluation import Evaluation
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer

EPOCHS = 16  # in one timing: as many as share one generator of orders, so that each timing pays for one
LEARNING_RATE = 0.03


def ours_of(
    hidden: tuple[int, ...],
    batch: int,
    dtype: str,
    networks: int,
    training: dict[str, object] | None = None,
    examples: int | None = None,
) -> tuple[Trainer, Run]:
    """Runs as `start` makes them, each with its own data, seed and weights, in the arrays that `advance` trains in."""
    sections = {
        "data": {"samples": examples or max(500, 20 * batch), "test_share": 0.0},
        "network": {"hidden_layer_sizes": hidden, "activation": "tanh"},
        "training": {"batch_size": batch, "learning_rate": LEARNING_RATE, "dtype": dtype, **(training or {})},
    }
    runs = [start(Experiment.of(**sections, seed=seed)) for seed in range(networks)]
    vectors = np.stack([run.params.vector for run in runs])
    params = Params(runs[0].params.sizes, vectors if networks > 1 else vectors[0])
    dropped = range(len(hidden)) if runs[0].experiment.training.dropout else ()
    return Trainer(params, runs[0].network, [run.data for run in runs], batch, range(networks), dropped), runs[0]


def evaluator(engine: Trainer, runs: Sequence[Run]) -> Callable[[], object]:
    """Costs and accuracies of all examples, as `advance` measures them."""
    evaluation = Evaluation(engine.params.sizes, engine.params.vector.dtype, engine.network, [run.data for run in runs])
    vectors = engine.params.vector.reshape(1, len(runs), -1)
    return lambda: evaluation.columns(vectors)


def trainer(engine: Trainer, runs: Sequence[Run], epochs: int = EPOCHS) -> Job:
    """The loop of `advance` without its bookkeeping, going on to later epochs with every call: shuffle and updates."""
    trainings = [run.experiment.training for run in runs]
    hyperparameters = Hyperparameters(trainings, len(engine.params) - 1, engine.params.vector.dtype)
    state = hyperparameters.optimizer.init(engine.params.vector)
    numbers = itertools.count()

    def train() -> None:
        first = epochs * next(numbers)
        engine.train(range(first, first + epochs), hyperparameters, state)

    return train, epochs * len(engine.batches) * len(runs)
