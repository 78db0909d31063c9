"""The path of a run, trained again from its start."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, advance, advance_updates, start
from dnn.analysis.path import POINTS, Path, epoch_of, thinned_epochs
from tests.strategies import small_experiments


@pytest.mark.parametrize("most", [2, 5, 120])
@pytest.mark.parametrize("last", [0, 1, 5, 119, 120, 121, 1000, 123_456])
def test_thinned_epochs_go_from_the_first_to_the_last(last: int, most: int) -> None:
    epochs = thinned_epochs(last, most)
    assert epochs[0] == 0
    assert epochs[-1] == last
    assert epochs == sorted(set(epochs))
    assert len(epochs) <= most + 10
    assert epochs[: min(10, most)] == list(range(min(10, most, last + 1)))


@settings(max_examples=25)
@given(small_experiments(), st.integers(0, 7))
def test_a_path_has_the_weights_that_the_run_had(experiment: Experiment, epochs: int) -> None:
    run = advance(start(experiment), epochs)
    path = Path.trained_again(run, points=4)
    known = {float(epoch): advance(start(experiment), epoch) for epoch in range(epochs + 1)}
    assert path.epochs[-1] == epoch_of(run)
    np.testing.assert_array_equal(path.vectors[-1], run.params.vector)
    for epoch, vector in zip(path.epochs[:-1], path.vectors, strict=False):
        np.testing.assert_array_equal(vector, known[epoch].params.vector)


def moons(**training: object) -> Run:
    return start(Experiment.of(data={"samples": 60}, training=training))


def test_a_long_path_is_thinned() -> None:
    path = Path.trained_again(advance(moons(batch_size=None), 400))
    assert path.epochs.tolist() == thinned_epochs(400, POINTS)
    assert 100 < len(path.epochs) < 400


def test_a_path_ends_in_the_middle_of_an_epoch_where_the_run_is() -> None:
    run = advance_updates(moons(batch_size=10), 3 * 5 + 2)
    path = Path.trained_again(run)
    assert run.updates_per_epoch == 5
    assert path.epochs.tolist() == [0, 1, 2, 3, 3.4]
    np.testing.assert_array_equal(path.vectors[-1], run.params.vector)


def test_after_early_stopping_a_path_ends_at_the_best_weights() -> None:
    run = advance(moons(learning_rate=3.0, patience=3), 500)
    assert run.stopped
    assert run.best is not None
    path = Path.trained_again(run)
    assert path.epochs[-1] == run.best.epoch < run.epoch
    np.testing.assert_array_equal(path.vectors[-1], run.params.vector)


def test_training_again_does_not_stop_where_the_run_did_not() -> None:
    """Only costs of some epochs are measured again, and the best of those may be older than the patience."""
    run = advance(moons(learning_rate=3.0, patience=3), 6)
    assert not run.stopped
    assert run.latest["test_cost"] > run.history["test_cost"][0]
    assert Path.trained_again(run).epochs.tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_a_path_begins_where_the_run_began() -> None:
    drawn = moons()
    frozen = np.arange(drawn.params.vector.size) < 3
    run = advance(drawn.with_params(drawn.params.vector + 0.3, frozen), 4)
    path = Path.trained_again(run)
    np.testing.assert_array_equal(path.vectors[0], drawn.params.vector + 0.3)
    assert (path.vectors[:, frozen] == path.vectors[0, frozen]).all()


def test_a_run_that_was_changed_on_its_way_has_the_path_that_is_given() -> None:
    early = advance(moons(), 3)
    run = advance(early.with_params(early.params.vector * 2), 3)
    with pytest.raises(ValueError, match="changed on the way"):
        Path.trained_again(run)
    path = Path.of(run, [early, run])
    assert path.epochs.tolist() == [3, 6]
    np.testing.assert_array_equal(path.vectors, [early.params.vector, run.params.vector])


def test_a_run_that_went_on_after_early_stopping_is_not_trained_again() -> None:
    stopped = advance(moons(learning_rate=3.0, patience=3), 500)
    run = advance(stopped.with_settings(stopped.experiment), 1)
    with pytest.raises(ValueError, match="changed on the way"):
        Path.trained_again(run)


def test_a_path_goes_through_one_network() -> None:
    with pytest.raises(ValueError, match=r"one network; layers \(2, 5, 1\) are not"):
        Path.of(moons(), [start(Experiment.of(network={"hidden_layer_sizes": (5,)}))])
