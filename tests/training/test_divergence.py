"""A run that diverges stops at its last finite epoch, on every way there."""

import numpy as np
import pytest

from dnn import Run, advance, start
from dnn.training.run import Measure
from tests.training.runs import moons, regression

WILD = [((8, 8), "relu", 5.0), ((), "linear", 5.0), ((8, 8, 8), "linear", 100.0), ((8,), "leaky_relu", 3.0)]


@pytest.mark.parametrize("limit", [None, 2, 8])
@pytest.mark.parametrize("batch_size", [10, "full"])
@pytest.mark.parametrize(("hidden", "activation", "rate"), WILD)
def test_divergence_stops_at_the_last_finite_epoch_and_says_so(
    hidden: tuple[int, ...], activation: str, rate: float, batch_size: object, limit: int | None
) -> None:
    first = regression(hidden, activation, learning_rate=rate, batch_size=batch_size)
    run = advance(start(first.experiment, data=first.data, history_limit=limit), 3000)
    assert run.epoch < 3000
    assert run.diverged
    assert f"Diverged in epoch {run.epoch + 1}:" in run.stopped
    assert f"learning rate smaller than {rate:g}" in run.stopped
    assert np.isfinite(run.params.vector).all()
    assert run.latest["epoch"] == run.epoch
    assert np.isfinite([*run.latest.values()]).all()
    assert np.isfinite(run.history["train_cost"]).all()
    assert run.history["epoch"][-1] <= run.epoch
    assert advance(run, 10) is run
    assert_same_but_history(run, one_epoch_at_a_time(first))


def one_epoch_at_a_time(run: Run) -> Run:
    """As far as it goes."""
    while not run.stopped and run.epoch < 3000:
        run = advance(run, 1)
    return run


def assert_same_but_history(first: Run, second: Run) -> None:
    assert (first.epoch, first.stopped) == (second.epoch, second.stopped)
    np.testing.assert_array_equal(first.params.vector, second.params.vector)
    np.testing.assert_array_equal([*first.latest.values()], [*second.latest.values()])


@pytest.mark.parametrize("measure", ["examples", "batches"])
def test_the_epoch_before_the_divergence_is_reached_by_every_way(measure: Measure) -> None:
    made = regression(learning_rate=5.0)
    first = start(made.experiment, data=made.data, measure=measure)
    stopped = advance(first, 3000)
    before = advance(first, stopped.epoch)
    assert not before.stopped
    np.testing.assert_array_equal(before.params.vector, stopped.params.vector)
    np.testing.assert_array_equal(before.history.table(), stopped.history.table())
    np.testing.assert_array_equal([*before.latest.values()], [*stopped.latest.values()])


@pytest.mark.parametrize("optimizer", ["momentum", {"kind": "adamw", "weight_decay": 1.0}], ids=str)
def test_a_run_that_diverged_has_forgotten_what_the_optimiser_remembered(optimizer: object) -> None:
    run = advance(regression((), "linear", optimizer=optimizer, learning_rate=100.0), 3000)
    assert run.diverged
    assert not any(array.any() for array in run.state)


def test_a_run_that_goes_well_has_not_diverged() -> None:
    run = advance(start(moons()), 2)
    assert (run.stopped, run.diverged) == ("", False)
