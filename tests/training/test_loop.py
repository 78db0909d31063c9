"""Starting many runs at once, measuring every so many epochs, and a workspace that is handed from call to call."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Data, Experiment, Run, Workspace, advance, advance_many, start, start_many
from dnn.training.history import COLUMNS
from dnn.training.loop import FEWEST, blocks_of, groups_of
from dnn.training.record import MOST_EPOCHS
from tests.strategies import small_experiments
from tests.training.runs import assert_same, moons

few = settings(max_examples=25)


def assert_close(one: Run, other: Run) -> None:
    """The same to 1e-12, relative to the largest number."""
    assert (one.epoch, one.batch, one.stopped, one.diverged) == (
        other.epoch,
        other.batch,
        other.stopped,
        other.diverged,
    )
    for ours, theirs in ((one.params.vector, other.params.vector), (one.history.table(), other.history.table())):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)
    assert one.latest == pytest.approx(other.latest, rel=1e-12, nan_ok=True)


# many at once


@given(st.lists(small_experiments(), min_size=1, max_size=5), st.sampled_from(["examples", "batches"]))
@few
def test_runs_started_at_once_are_those_started_alone(experiments: list[Experiment], measure: str) -> None:
    for one, alone in zip(start_many(experiments, measure=measure), experiments, strict=True):  # type: ignore[arg-type]
        assert_close(one, start(alone, measure=measure))  # type: ignore[arg-type]


def test_runs_of_one_data_set_share_it_and_train_as_if_alone() -> None:
    for batch_size in ("full", 10):
        experiments = [moons(batch_size=batch_size).model_copy(update={"seed": seed}) for seed in range(3 * FEWEST)]
        data = experiments[0].make_data()
        runs = start_many(experiments, data=data)
        assert all(run.data is data for run in runs)
        for later, run in zip(advance_many(runs, 5), experiments, strict=True):
            assert_close(later, advance(start(run, data=data), 5))


def test_experiments_with_the_same_data_settings_and_seed_make_their_data_once() -> None:
    rates = (0.1, 0.2, 0.3)
    runs = start_many([moons(learning_rate=rate) for rate in rates])
    assert all(run.data is runs[0].data for run in runs)
    other = start_many([moons(), moons().model_copy(update={"seed": 7})])
    assert other[0].data is not other[1].data


def test_starting_weights_that_are_too_large_stop_their_run_alone() -> None:
    data = Data.split([[1e200, 1.0], [-1e200, 1.0], [1.0, 0.0]], [1.0, 2.0, 3.0], test_share=0.0, task="regression")
    plain = {"hidden_layer_sizes": (), "initializer": {"kind": "constant", "value": 0.1}}
    small = {"hidden_layer_sizes": (), "initializer": "zeros"}
    runs = start_many([Experiment.of(network=network) for network in (plain, small)], data=data)
    assert [run.diverged for run in runs] == [True, False]
    assert "epoch 0" in runs[0].stopped


def test_a_group_is_cut_into_blocks_of_all_its_runs() -> None:
    runs = start_many([moons(batch_size="full").model_copy(update={"seed": seed}) for seed in range(300)])
    (group,) = groups_of(runs)
    blocks = list(blocks_of(group, runs))
    assert [index for block in blocks for index in block] == list(range(300))
    assert len(blocks) > 1
    assert max(map(len, blocks)) - min(map(len, blocks)) <= 1


# every so many epochs


@given(
    small_experiments(batch_size=st.sampled_from([3, 10, None])),
    st.integers(1, 5),
    st.integers(0, 12),
    st.integers(0, 12),
)
@few
def test_measuring_every_so_many_epochs_changes_no_weight_and_keeps_the_rows_of_these(
    experiment: Experiment, every: int, first: int, second: int
) -> None:
    training = experiment.training.model_copy(update={"patience": None})
    experiment = experiment.model_copy(update={"training": training})
    always = advance(start(experiment), first + second)
    assume(not always.stopped)
    seldom = advance(advance(start(experiment), first, every=every), second, every=every)
    np.testing.assert_array_equal(seldom.params.vector, always.params.vector)
    np.testing.assert_array_equal(seldom.history.table(), always.history.table()[::every])
    assert seldom.latest == pytest.approx(always.latest, rel=0, abs=0, nan_ok=True)


def test_a_weight_that_becomes_infinite_between_two_measurements_is_found_where_it_does() -> None:
    data = Data.split([[1.0], [2.0], [-1.0]], [1.0, 3.0, -1.0], test_share=0.0, task="regression")
    experiment = Experiment.of(
        network={"hidden_layer_sizes": ()}, training={"learning_rate": 100.0, "batch_size": "full"}
    )
    always, seldom = (advance(start(experiment, data=data), 400, every=every) for every in (1, 1000))
    assert always.diverged
    assert seldom.diverged
    assert always.epoch < seldom.epoch < 400  # costs are squares, and so infinite before the weights
    assert np.isfinite(seldom.params.vector).all()
    assert seldom.latest["epoch"] == seldom.epoch
    assert seldom.history["epoch"].tolist() == [0]


def test_early_stopping_looks_at_the_epochs_that_are_measured() -> None:
    experiment = moons(patience=6, min_improvement=10.0)
    run = advance(start(experiment), 100, every=4)
    assert run.epoch == 8  # the first measured epoch that is six or more after the best, epoch 0
    assert run.history["epoch"].tolist() == [0, 4, 8]


def test_measuring_less_often_than_every_epoch_needs_a_number() -> None:
    with pytest.raises(ValueError, match="every is 0"):
        advance(start(moons()), 3, every=0)


# a workspace


@given(st.lists(small_experiments(), min_size=1, max_size=3), st.lists(st.integers(0, 3), min_size=1, max_size=4))
@few
def test_a_workspace_changes_nothing_whatever_it_was_used_for(experiments: list[Experiment], parts: list[int]) -> None:
    workspace = Workspace()
    kept = fresh = start_many(experiments)
    for epochs in parts:
        kept = advance_many(kept, epochs, workspace=workspace)
        advance(kept[0], 1, workspace=workspace)  # another use of it in between
        fresh = advance_many(fresh, epochs)
    for one, other in zip(kept, fresh, strict=True):
        assert_same(one, other)


@pytest.mark.parametrize("batch_size", ["full", 10])
def test_blocks_of_epochs_leave_the_same_history_as_single_epochs(batch_size: object) -> None:
    workspace, epochs = Workspace(), MOST_EPOCHS + 7
    at_once = advance(start(moons(batch_size=batch_size)), epochs)
    single = start(moons(batch_size=batch_size))
    for _ in range(epochs):
        single = advance(single, 1, workspace=workspace)
    assert_same(single, at_once)
    assert single.history["epoch"].tolist() == list(range(epochs + 1))
    assert single.latest == dict(zip(COLUMNS, at_once.history.table()[-1], strict=False))


def test_a_run_that_is_advanced_twice_with_one_workspace_is_advanced_alike() -> None:
    workspace, run = Workspace(), start(moons(batch_size="full", optimizer="adam"))
    assert_same(advance(run, 5, workspace=workspace), advance(run, 5, workspace=workspace))
    changed = run.with_params(run.params.vector * 2)
    assert_same(advance(changed, 5, workspace=workspace), advance(changed, 5))
    slower = run.with_settings(moons(batch_size="full", optimizer="adam", learning_rate=1e-3))
    assert_same(advance(slower, 5, workspace=workspace), advance(slower, 5))
