"""Early stopping: when a run stops, which weights it brings back, and how patience begins anew."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Data, advance, start
from tests.strategies import seeds
from tests.training.early_stopping import noise, settings_of, stopped_early
from tests.training.runs import assert_same


def stop_of(costs: np.ndarray, patience: int, min_improvement: float) -> tuple[int, int]:
    """Where training stops and which epoch was the best, reckoned from the costs of all epochs."""
    best = 0
    for epoch, cost in enumerate(costs):
        if cost < costs[best] - min_improvement:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(costs) - 1, best


@given(
    seeds,
    st.sampled_from([0.0, 0.4]),
    st.integers(1, 6),
    st.sampled_from([0.0, 1e-4, 1e-2, 0.1]),
    st.sampled_from(["sgd", "adam"]),
)
@settings(max_examples=25)
def test_training_stops_so_many_epochs_after_the_best_and_brings_its_weights_back(
    seed: int, test_share: float, patience: int, min_improvement: float, optimizer: str
) -> None:
    data = noise(seed, test_share)
    patient = settings_of(optimizer=optimizer)
    endless = advance(start(patient, data=data), 40)
    watched = "test" if test_share else "train"
    epoch, best = stop_of(endless.history[f"{watched}_cost"], patience, min_improvement)
    impatient = settings_of(optimizer=optimizer, patience=patience, min_improvement=min_improvement)
    run = advance(start(impatient, data=data), 40)
    assert run.epoch == epoch
    assert not run.diverged
    np.testing.assert_array_equal(run.history.table(), endless.history.table()[: epoch + 1])
    if epoch - best < patience:  # it had not run out when the 40 epochs were over
        assert run.stopped == ""
        np.testing.assert_array_equal(run.params.vector, endless.params.vector)
        return
    back = advance(start(patient, data=data), best)
    np.testing.assert_array_equal(run.params.vector, back.params.vector)
    np.testing.assert_array_equal([*run.latest.values()], [*back.latest.values()])
    assert run.stopped == (
        f"Stopped early: for {patience} epochs the {watched} cost was not better than "
        f"{back.latest[f'{watched}_cost']:.4g}, that of epoch {best}. Its weights are back."
    )
    assert all((array == 0.0).all() for array in run.state)
    assert advance(run, 10) is run


def test_patience_that_never_runs_out_changes_nothing() -> None:
    patient, endless = (advance(start(settings_of(patience=patience), data=noise()), 30) for patience in (1000, None))
    np.testing.assert_array_equal(patient.params.vector, endless.params.vector)
    np.testing.assert_array_equal(patient.history.table(), endless.history.table())


@pytest.mark.parametrize("test_share", [0.0, 0.4])
def test_early_stopping_watches_the_test_cost_or_else_the_batches_train_cost(test_share: float) -> None:
    data = noise(3, test_share)
    endless = advance(start(settings_of(), data=data, measure="batches"), 60)
    costs = endless.history["test_cost" if test_share else "train_cost"]
    epoch, _ = stop_of(np.where(np.isnan(costs), np.inf, costs), 2, 0.05)
    run = advance(start(settings_of(patience=2, min_improvement=0.05), data=data, measure="batches"), 60)
    assert run.epoch == epoch < 60


def test_a_run_that_stopped_early_goes_on_from_its_best_weights_when_retuned() -> None:
    stopped = stopped_early()
    experiment = settings_of(batch_size="full")
    later = advance(stopped.with_settings(experiment), 4)
    assert (later.stopped, later.epoch) == ("", stopped.epoch + 4)
    expected = advance(start(experiment, data=stopped.data, params=stopped.params), 4)
    np.testing.assert_array_equal(later.params.vector, expected.params.vector)


def test_patience_begins_anew_for_a_run_that_is_retuned() -> None:
    stopped = stopped_early()
    later = advance(stopped.with_settings(stopped.experiment), 2)
    assert (later.stopped, later.epoch) == ("", stopped.epoch + 2)


def test_patience_is_counted_from_the_epoch_in_which_it_was_given() -> None:
    run = advance(start(settings_of(), data=noise()), 100)
    later = advance(run.with_settings(settings_of(patience=4, min_improvement=1000.0)), 50)
    assert later.epoch == 104
    np.testing.assert_array_equal(later.params.vector, run.params.vector)


def test_on_other_data_early_stopping_forgets_the_cost_of_the_data_before() -> None:
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((30, 2)), rng.standard_normal(30)
    easy, hard = Data.split(X, 0.01 * y), Data.split(X, 100.0 * y)
    patient, endless = (settings_of(patience=patience, optimizer="sgd", learning_rate=1e-3) for patience in (5, None))
    run = advance(start(patient, data=easy), 2)
    going, expected = (advance(run.with_settings(each, data=hard), 12) for each in (patient, endless))
    assert (np.diff(expected.history["train_cost"][3:]) < 0).all()  # it learns, so nothing is there to stop it
    assert going.stopped == ""
    np.testing.assert_array_equal(going.params.vector, expected.params.vector)


def test_a_pickled_run_that_stopped_stays_stopped() -> None:
    again = pickle.loads(pickle.dumps(stopped_early()))
    assert_same(again, stopped_early())
    assert advance(again, 5) is again
