"""What an epoch allocates: nothing of the size of a layer's activations that the loop does not own."""

import tracemalloc

import numpy as np
import pytest

from dnn import ACTIVATIONS, LOSSES, OPTIMIZERS, Data, Network, init_params
from dnn.experiment import TrainingSpec
from dnn.losses import BinaryCrossEntropy
from dnn.params import Params
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.trainer import Trainer
from tests.strategies import examples
from tests.training.trainers import plain_steps

BATCH, WIDTH = 32, 32
TEMPORARY = BATCH * WIDTH * 8  # bytes of one array (examples, units) in float64
# Slopes that need an array or two on the way, of one layer of one batch, are written plainly and may make them.
TEMPORARIES = {"elu": 2, "selu": 2, "softplus": 2, "silu": 3, "mish": 4, "gelu": 6}
PARAMETERS = init_params((2, WIDTH, WIDTH, WIDTH, 2))


def allocated(
    activation: str = "tanh",
    loss: str = "mean_squared_error",
    dropped: tuple[int, ...] = (),
    weights: bool = False,
    batch_costs: bool = False,
    **training: object,
) -> tuple[int, int]:
    """Bytes that an epoch of 41 updates leaves behind, and the most that it has at a time beyond the buffers."""
    m, judge = 40 * BATCH + 5, LOSSES[loss](kind=loss)
    X, y = examples(judge, m, 2, 2)
    data = Data(X, y, m, "regression", np.linspace(0, 2, m) if weights else None)
    network = Network(ACTIVATIONS[activation](kind=activation), judge)
    space = Trainer(PARAMETERS, network, [data], BATCH, [0], dropped, batch_costs=batch_costs)
    return traced(space, plain_steps(3, 0.01, **training))


def traced(space: Trainer, hyperparameters: Hyperparameters) -> tuple[int, int]:
    state = hyperparameters.optimizer.init(space.params.vector)
    for epoch in range(2):
        state = space.train_epoch(epoch, hyperparameters, state)
    tracemalloc.start()
    state = space.train_epoch(2, hyperparameters, state)
    left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return left, peak


@pytest.mark.parametrize(
    "settings_",
    [
        *({"activation": name} for name in ACTIVATIONS if name not in TEMPORARIES),
        *({"loss": name} for name in LOSSES),
        *({"optimizer": name} for name in OPTIMIZERS if name not in ("adamw", "nadam")),
        {"l1": 0.1, "l2": 0.1, "clip_norm": 0.5},
        {"weights": True},
    ],
    ids=str,
)
def test_an_epoch_of_many_updates_allocates_less_than_one_layer_of_one_batch(settings_: dict[str, object]) -> None:
    left, peak = allocated(**settings_)
    assert peak < TEMPORARY / 2
    assert left < 2048


@pytest.mark.parametrize("activation", TEMPORARIES)
def test_activations_with_long_formulas_make_a_few_arrays_of_one_layer_of_one_batch(activation: str) -> None:
    left, peak = allocated(activation)
    assert peak < TEMPORARIES[activation] * TEMPORARY
    assert left < 2048


@pytest.mark.parametrize("optimizer", ["adamw", "nadam"])
def test_optimisers_that_look_at_two_things_make_one_array_of_the_parameters_size(optimizer: str) -> None:
    left, peak = allocated(optimizer=optimizer)
    assert peak < 1.2 * PARAMETERS.vector.nbytes
    assert left < 2048


def test_costs_of_batches_make_two_arrays_of_the_parameters_size() -> None:
    left, peak = allocated(batch_costs=True, l1=0.1, l2=0.1)
    assert peak < 2.2 * PARAMETERS.vector.nbytes
    assert left < 2048


def test_dropout_makes_the_random_numbers_of_one_layer_of_all_examples() -> None:
    left, peak = allocated(dropped=(0, 1, 2), dropout=0.3)
    once = 41 * BATCH * WIDTH * (4 + 4)  # float32, and whether each is kept, with some room
    assert peak < once
    assert left < 2048


def test_runs_in_lockstep_allocate_no_array_of_their_own_size() -> None:
    runs, m = 64, 4 * BATCH
    data = [Data(*examples(BinaryCrossEntropy(), m, 2, 1, seed), m, "binary") for seed in range(runs)]
    one = init_params((2, WIDTH, WIDTH, 1))
    params = Params(one.sizes, np.stack([one.vector] * runs))
    space = Trainer(params, Network(), data, BATCH, range(runs))
    trainings = [TrainingSpec(learning_rate=0.01 + 0.001 * run, l1=0.1, l2=0.1) for run in range(runs)]
    left, peak = traced(space, Hyperparameters(trainings, 2, np.float64))
    buffers = 3 * np.getbufsize() * 8  # NumPy's own, of one size whatever the arrays: one for each operand at most
    assert peak < buffers < runs * BATCH * WIDTH * 8 / 2
    assert left < 2048
