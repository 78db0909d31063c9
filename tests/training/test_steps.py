"""Going on by less than an epoch, and from parameters that a person has changed."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, Run, advance, advance_many, start
from dnn.errors import InvalidParams
from dnn.training import Workspace, advance_batch, advance_updates, batch_of
from tests.strategies import small_experiments


def moons(**training: object) -> Run:
    return start(Experiment.of(data={"samples": 50, "test_share": 0.2}, training={"batch_size": 12} | training))


def assert_same(one: Run, other: Run) -> None:
    assert (one.epoch, one.batch, one.stopped) == (other.epoch, other.batch, other.stopped)
    np.testing.assert_array_equal(one.params.vector, other.params.vector)
    np.testing.assert_array_equal(one.history.table(), other.history.table())
    for ours, theirs in zip(one.state, other.state, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@given(small_experiments(batch_size=st.sampled_from([3, 10, None])), st.integers(0, 14))
@settings(max_examples=25)
def test_batch_by_batch_comes_to_the_same_as_epoch_by_epoch(experiment: Experiment, batches: int) -> None:
    run = start(experiment)
    for _ in range(batches):
        run = advance_batch(run)
    expected = advance(start(experiment), run.epoch + 2)
    assume(not expected.stopped)
    assert_same(advance(run, 2), expected)


@given(
    small_experiments(batch_size=st.sampled_from([3, 10, None])),
    st.lists(st.integers(0, 9), min_size=1, max_size=5),
    st.sampled_from([0.0, 0.3]),
)
@settings(max_examples=25)
def test_however_updates_are_portioned_out_they_come_to_the_same(
    experiment: Experiment, portions: list[int], dropout: float
) -> None:
    training = experiment.training.model_copy(update={"dropout": dropout})
    run = start(experiment.model_copy(update={"training": training}))
    expected = run
    for _ in range(sum(portions)):
        expected = advance_batch(expected)
    assume(not expected.stopped)
    for portion in portions:
        run = advance_updates(run, portion)
    assert_same(run, expected)
    later = advance(start(run.experiment), run.epoch + 2)
    assume(not later.stopped)  # what is shown of a run that broke is its last finite state: within an epoch another one
    assert_same(advance(run, 2), later)


def test_buffers_prepared_for_one_epoch_are_not_taken_for_those_of_another() -> None:
    workspace = Workspace()
    early = advance_updates(moons(dropout=0.5), 1, workspace=workspace)
    late = advance_updates(early, 4, workspace=workspace)  # over the end of its epoch
    other = start(early.experiment.model_copy(update={"training": early.experiment.training}))
    assert_same(advance_updates(early, 4, workspace=workspace), late)
    assert_same(advance_updates(early, 4), late)
    assert_same(advance_updates(advance_updates(other, 1), 4), late)
    tuned = early.experiment.training.model_copy(update={"dropout": 0.1})
    again = early.with_settings(early.experiment.model_copy(update={"training": tuned}))
    assert (
        advance_updates(again, 1, workspace=workspace).params.vector != advance_updates(early, 1).params.vector
    ).any()


def test_costs_are_measured_where_an_epoch_ends() -> None:
    run = moons()
    within, over = advance_updates(run, 2), advance_updates(run, 5)
    assert within.latest == run.latest
    assert over.latest == advance(run, 1).latest
    assert (over.epoch, over.batch) == (1, 1)


def test_an_update_that_breaks_a_run_stops_it_at_the_last_finite_weights() -> None:
    data = Data.split([[1e200], [-1e200], [1.0]], [1e200, 0.0, 0.0])
    run = start(Experiment.of(network={"hidden_layer_sizes": []}, training={"batch_size": 1}), data=data)
    broken = advance_updates(run, 2)
    assert broken.diverged
    np.testing.assert_array_equal(broken.params.vector, run.params.vector)
    assert advance_updates(broken, 1) is broken


def test_after_all_batches_of_an_epoch_the_next_epoch_begins() -> None:
    run, seen = moons(), []
    for _ in range(5):
        run = advance_batch(run)
        seen.append((run.epoch, run.batch, len(run.history["epoch"])))
    assert seen == [(0, 1, 1), (0, 2, 1), (0, 3, 1), (1, 0, 2), (1, 1, 2)]  # 40 training examples in twelves


def test_the_numbers_are_those_of_the_weights_after_the_batch() -> None:
    before, run = moons(), advance_batch(moons())
    data = run.data
    cost = run.network.loss.cost(np.log(run.predict_proba(data.X)[:, 1:] / run.predict_proba(data.X)[:, :1]), data.y)
    share = data.n_train / len(data.X)
    both = share * run.latest["train_cost"] + (1 - share) * run.latest["test_cost"]
    assert both == pytest.approx(float(cost), rel=1e-9)
    assert run.latest["train_cost"] != before.latest["train_cost"]


def test_the_batches_of_an_epoch_are_all_its_examples_once() -> None:
    run, rows = moons(), []
    for _ in range(3):
        run = advance_batch(run)
        rows.append(batch_of(run))
    assert [len(batch) for batch in rows] == [12, 12, 12]
    assert len(set(np.concatenate(rows))) == 36
    assert batch_of(advance_batch(run)).size == 0


def test_an_update_is_made_with_the_examples_that_batch_of_names() -> None:
    run = moons()
    data, stepped = run.data, advance_batch(run)
    rows = batch_of(stepped)
    alone = Data(data.X[rows], data.y[rows], len(rows), "binary")
    full = Experiment.of(training={"batch_size": None})
    expected = advance(start(full, data=alone, params=run.params), 1)
    np.testing.assert_allclose(stepped.params.vector, expected.params.vector, rtol=1e-12)


def test_runs_in_the_middle_of_an_epoch_go_on_in_lockstep() -> None:
    group = [advance_batch(moons(learning_rate=rate)) for rate in (0.1, 0.2)] + [moons()]
    for together, alone in zip(advance_many(group, 3), group, strict=True):
        np.testing.assert_allclose(together.params.vector, advance(alone, 3).params.vector, rtol=1e-12)


def test_another_batch_size_begins_the_epoch_again() -> None:
    run = advance_batch(moons())
    smaller = run.experiment.training.model_copy(update={"batch_size": 5})
    assert run.with_settings(run.experiment.model_copy(update={"training": smaller})).batch == 0
    slower = run.experiment.training.model_copy(update={"learning_rate": 0.01})
    assert run.with_settings(run.experiment.model_copy(update={"training": slower})).batch == 1


def test_a_batch_that_breaks_a_run_stops_it_at_the_weights_before() -> None:
    data = Data.split([[1e200], [-1e200]], [1e200, 0.0])
    run = start(Experiment.of(network={"hidden_layer_sizes": []}, training={"batch_size": 1}), data=data)
    broken = advance_batch(run)
    assert broken.diverged
    np.testing.assert_array_equal(broken.params.vector, run.params.vector)
    assert advance_batch(broken) is broken


# edits


def test_training_goes_on_from_edited_parameters() -> None:
    run = advance(moons(), 3)
    vector = run.params.vector + 0.5
    after = run.with_params(vector)
    assert after.epoch == 3
    fresh = start(run.experiment, params=after.params)
    for name in ("train_cost", "test_cost", "train_accuracy", "test_accuracy"):
        assert after.latest[name] == fresh.latest[name]
    np.testing.assert_array_equal(after.history.table(), run.history.table())
    assert (advance(after, 1).params.vector != vector).all()
    assert advance(run, 1).params.vector.tolist() != advance(after, 1).params.vector.tolist()


def test_edited_before_its_first_update_a_run_begins_with_the_new_parameters() -> None:
    drawn = moons()
    after = drawn.with_params(drawn.params.vector * 1.5)
    fresh = start(drawn.experiment, params=after.params)
    np.testing.assert_array_equal(after.history.table(), fresh.history.table())
    np.testing.assert_array_equal(advance(after, 3).history.table(), advance(fresh, 3).history.table())
    assert drawn.history["train_cost"][0] != after.history["train_cost"][0]


@pytest.mark.parametrize("optimizer", ["sgd", "adamw", "nadam"])
def test_frozen_numbers_stay_and_the_others_learn(optimizer: str) -> None:
    run = moons(optimizer=optimizer, l2=0.1)
    frozen = np.arange(run.params.vector.size) % 2
    later = advance(run.with_params(run.params.vector, frozen), 3)
    still = later.params.vector == run.params.vector
    np.testing.assert_array_equal(still, frozen == 1)


def test_frozen_numbers_do_not_change_what_the_others_are_taught() -> None:
    run = moons(batch_size=None)
    frozen = np.zeros(run.params.vector.size)
    frozen[0] = 1
    one, other = advance(run, 1), advance(run.with_params(run.params.vector, frozen), 1)
    np.testing.assert_array_equal(one.params.vector[1:], other.params.vector[1:])


def test_frozen_runs_go_on_in_lockstep_and_thawed_ones_learn_again() -> None:
    group = [moons(learning_rate=rate) for rate in (0.1, 0.2, 0.3)]
    masks = [np.arange(group[0].params.vector.size) % 2, np.arange(group[0].params.vector.size) % 3, None]
    group = [run.with_params(run.params.vector, mask) for run, mask in zip(group, masks, strict=True)]
    for together, alone in zip(advance_many(group, 3), group, strict=True):
        np.testing.assert_allclose(together.params.vector, advance(alone, 3).params.vector, rtol=1e-12)
    thawed = advance(group[0], 1).with_params(group[0].params.vector)
    assert (advance(thawed, 1).params.vector != thawed.params.vector).all()


@pytest.mark.parametrize("vector", [[1.0], [np.nan] * 25, [np.inf] * 25], ids=["short", "NaN", "infinite"])
def test_parameters_that_do_not_fit_are_refused(vector: list[float]) -> None:
    with pytest.raises(InvalidParams, match="25 parameters"):
        moons().with_params(np.array(vector))
