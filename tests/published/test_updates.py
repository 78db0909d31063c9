"""Published figures of one update: optimisers, the decay of the learning rate, and mini-batches."""

import numpy as np

from dnn import Data, Network, init_params
from dnn.components import Array
from dnn.optimizers import SGD, Adam, Momentum, Optimizer
from dnn.schedules import InverseTime
from dnn.training.trainer import Trainer
from tests.published.cases import Case, cases


@cases("c1w3_update_gd", "c2w2_gd_update")
def test_one_step_of_gradient_descent(case: Case) -> None:
    def updated(name: str) -> Array:
        step, _ = SGD().update(case[f"d{name}"], (), case.params["learning_rate"])
        return case[name] + step

    case.agrees_in_all((name, updated(name)) for name in case.expected)


def stepped(case: Case, optimizer: Optimizer, name: str, t: int = 1) -> tuple[Array, dict[str, Array]]:
    """The step number ``t`` of a weight matrix or bias vector from a state of zeros, and the state after it."""
    optimizer_state = optimizer.init(case[name].ravel())
    for array, holds in zip(optimizer_state, optimizer.state_names, strict=True):
        array += t - 1 if holds == "steps" else 0
    step, after = optimizer.update(case[f"d{name}"].ravel(), optimizer_state, case.params["learning_rate"])
    return step.reshape(case[name].shape), {
        holds: array.reshape(case[name].shape)
        for holds, array in zip(optimizer.state_names, after, strict=True)
        if holds != "steps"
    }


@cases("c2w2_momentum_update")
def test_one_step_of_dampened_momentum(case: Case) -> None:
    optimizer = Momentum(beta=case.params["beta"], dampening=True)

    def figure(name: str) -> Array:
        """W1 after the step, or its velocity vW1."""
        step, state = stepped(case, optimizer, name.removeprefix("v"))
        return state["v"] if name.startswith("v") else case[name] + step

    case.agrees_in_all((name, figure(name)) for name in case.expected)


@cases("c2w2_adam_update_t2")
def test_the_second_step_of_adam_from_means_of_zero(case: Case) -> None:
    """Theirs divides by √(v̂ + ε), ours by √v̂ + ε. It shows in one figure, that of the smallest gradient."""
    optimizer, t = Adam(**{name: case.params[name] for name in ("beta1", "beta2", "epsilon")}), case.params["t"]

    def figure(name: str) -> Array:
        """W1 after the step, or its mean square, there called sW1."""
        step, state = stepped(case, optimizer, name.removeprefix("s"), t)
        if name.startswith("s"):
            return state["v"]
        corrected = state["v"] / (1 - optimizer.beta2**t)
        theirs = step * (np.sqrt(corrected) + optimizer.epsilon) / np.sqrt(corrected + optimizer.epsilon)
        assert np.abs(theirs - step).max() < 5e-7
        return case[name] + theirs

    case.agrees_in_all((name, figure(name)) for name in case.expected)


@cases("c2w2_lr_decay_0", "c2w2_lr_decay_1", "c2w2_lr_decay_2", "c2w2_lr_decay_3")
def test_the_learning_rate_decays_as_published(case: Case) -> None:
    given = case.case["inputs"]
    schedule = InverseTime(decay=given["decay_rate"], interval=given["time_interval"] or 1)
    case.agrees_in_all([("lr", schedule.rate(given["learning_rate0"], given["epoch"]))])


@cases("c2w2_minibatches")
def test_minibatches_are_cut_from_the_shuffled_examples_the_last_one_smaller(case: Case) -> None:
    """The published order comes out of NumPy's legacy generator; ours is put in its place, the cutting is our own."""
    X, Y = case["X"], case["Y"]
    data, size = Data(X, Y, len(X), "binary"), case.params["mini_batch_size"]
    space = Trainer(init_params((X.shape[1], 1)), Network(), [data], size, [0])
    space.batches.shuffle(0)
    space.batches.orders[:] = np.random.RandomState(case.params["seed"]).permutation(len(X))
    space.batches.shuffle(0)
    batches = {
        f"mb{k}_{name}": array
        for k, batch in enumerate(space.batches)
        for name, array in (("X", batch.X_ones[:, :-1]), ("Y", batch.y))
    }
    case.agrees_in_all((name, batches[name]) for name in case.expected)
