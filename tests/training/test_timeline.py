"""Travel in time: every epoch equals the run stopped there, from few snapshots and little memory."""

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, Workspace, advance, start
from dnn.data import Data
from dnn.training import advance_batch, advance_updates
from dnn.training.footprint import bytes_at_most
from dnn.training.timeline import FINEST, MOST_BYTES, SHARE, Timeline
from tests.strategies import small_experiments
from tests.training.runs import assert_same, moons


def assert_every_epoch(timeline: Timeline, expected: dict[int, Run]) -> None:
    for epoch, run in expected.items():
        assert_same(timeline.at(epoch), run)


@given(
    small_experiments(dtype=st.sampled_from(["float64", "float32"])),
    st.lists(st.integers(1, 7), min_size=1, max_size=8),
    st.sampled_from([None, 2, 5]),
)
@settings(max_examples=30)
def test_any_epoch_is_the_run_stopped_there(experiment: Experiment, pieces: list[int], limit: int | None) -> None:
    run = start(experiment, history_limit=limit)
    expected, timeline = {0: run}, Timeline(run)
    for epochs in pieces:
        for _ in range(epochs):
            one = advance(expected[max(expected)], 1)
            expected[one.epoch] = one
        timeline.add(run := advance(run, epochs))
    assert_every_epoch(timeline, expected)


Change = Callable[[Run], Run]


def faster(run: Run) -> Run:
    training = run.experiment.training
    return run.with_settings(
        run.experiment.model_copy(
            update={"training": training.model_copy(update={"learning_rate": training.learning_rate * 1.5})}
        )
    )


def other_batches(run: Run) -> Run:
    training = run.experiment.training.model_copy(update={"batch_size": 7})
    return run.with_settings(run.experiment.model_copy(update={"training": training}))


def drawn(run: Run) -> Run:
    data = replace(run.data, X=run.data.X + 0.125)
    spec = run.experiment.data.model_copy(update={"samples": run.experiment.data.samples + 1})
    return run.with_data(run.experiment.model_copy(update={"data": spec}), data)


def edited(run: Run) -> Run:
    return run.with_params(run.params.vector * 0.5)


def frozen(run: Run) -> Run:
    return run.with_params(run.params.vector, np.arange(len(run.params.vector)) % 3 == 0)


def an_epoch(run: Run) -> Run:
    return advance(run, 1)


def a_batch(run: Run) -> Run:
    return advance_batch(run)


def some_updates(run: Run) -> Run:
    return advance_updates(run, 5)


STEPS = [faster, other_batches, drawn, edited, frozen, an_epoch, an_epoch, an_epoch, a_batch, some_updates]


@given(
    small_experiments(dropout=st.sampled_from([0.0, 0.3]), patience=st.sampled_from([None, 3])),
    st.lists(st.sampled_from(STEPS), min_size=1, max_size=30),
)
@settings(max_examples=30)
def test_changes_on_the_way_are_travelled_through(experiment: Experiment, steps: list[Change]) -> None:
    run = start(experiment)
    expected, timeline = {0: run}, Timeline(run)
    for step in steps:
        later = step(run)
        if not run.stopped and later.epoch > run.epoch + 1:
            one = run
            while one.epoch < later.epoch and not one.stopped:
                one = advance(one, 1)
                expected[one.epoch] = one
        run = later
        timeline.add(run)
        if run.batch == 0:
            expected[run.epoch] = run
        else:
            expected.pop(run.epoch + 1, None)
    assert_every_epoch(timeline, expected)


def test_the_nearest_snapshot_is_never_more_than_a_sixteenth_of_the_way_back() -> None:
    run, workspace = start(moons()), Workspace()
    timeline = Timeline(run)
    for _ in range(700):
        timeline.add(run := advance(run, 1, workspace=workspace))
    narrow = Timeline(timeline.snapshots[0], most_bytes=1_000_000)
    for run in timeline.snapshots[1:]:
        narrow.add(run)
    for thinned, share, most in ((timeline, FINEST, 600), (narrow, SHARE, 250)):
        for epoch in range(700):
            assert epoch - thinned.nearest(epoch).epoch <= share * (700 - epoch)
        assert len(thinned.snapshots) < most
    assert timeline.snapshots[0].epoch == 0
    assert timeline.snapshots[-1] is timeline.newest is run


def test_changes_stay_however_far_the_run_gets() -> None:
    run, workspace = advance(start(moons()), 3), Workspace()
    timeline = Timeline(run)
    changed = faster(run)
    timeline.add(changed)
    run = changed
    for _ in range(400):
        timeline.add(run := advance(run, 2, workspace=workspace))
    assert changed in timeline.snapshots
    assert_same(timeline.at(7), advance(changed, 4))


def test_of_changes_without_training_between_them_the_last_is_kept() -> None:
    run = advance(start(moons()), 3)
    timeline = Timeline(start(moons()))
    timeline.add(run)
    for _ in range(20):
        run = edited(run)
        timeline.add(run)
    assert [each.epoch for each in timeline.snapshots] == [0, 3]
    assert timeline.at(3) is run


def test_what_the_snapshots_hold_is_bounded_and_what_is_counted_is_what_is_held() -> None:
    large = Experiment.of(
        data={"samples": 20}, network={"hidden_layer_sizes": (60, 60, 60)}, training={"optimizer": "adam"}
    )
    run, workspace = start(large), Workspace()
    workspace.buffers_of([advance(run, 1, workspace=workspace)])
    gc.collect()
    tracemalloc.start()
    timeline = Timeline(run)
    for step in range(150):
        run = advance(run, 1, workspace=workspace)
        timeline.add(run)
        if step % 40 == 39:
            timeline.add(run := faster(run))
        assert timeline.held_bytes <= MOST_BYTES
        assert bytes_at_most(timeline.snapshots) >= timeline.held_bytes
    gc.collect()
    with_snapshots, _ = tracemalloc.get_traced_memory()
    counted, oldest = timeline.held_bytes, timeline.snapshots[1].epoch
    timeline.begin(start(large))
    gc.collect()
    without, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counted > MOST_BYTES // 2
    assert with_snapshots - without == pytest.approx(counted, rel=0.1)
    assert oldest > 0


def test_beyond_the_bytes_allowed_the_beginning_goes_and_what_is_left_is_exact() -> None:
    run = start(moons())
    timeline = Timeline(run, most_bytes=200_000)
    expected = {}
    for _ in range(60):
        timeline.add(run := drawn(run))
        timeline.add(run := advance(run, 2))
        expected[run.epoch] = run
        assert timeline.held_bytes <= 200_000
    assert 0 < timeline.first < run.epoch - 20
    past = {epoch: run for epoch, run in expected.items() if epoch >= timeline.first and epoch < run.epoch}
    for epoch in past:
        np.testing.assert_array_equal(timeline.at(epoch).params.vector, past[epoch].params.vector)
    with pytest.raises(ValueError, match=f"it must be from {timeline.first} to {run.epoch}"):
        timeline.at(timeline.first - 1)


@pytest.mark.slow
def test_finer_histories_are_the_first_to_give_way() -> None:
    first, workspace = start(moons(), history_limit=512), Workspace()
    run, roomy, narrow = first, Timeline(first), Timeline(first, most_bytes=700_000)
    for _ in range(700):
        run = advance(run, 10, workspace=workspace)
        roomy.add(run)
        narrow.add(run)
        assert narrow.held_bytes <= 700_000
    assert narrow.first == 0
    assert len(narrow.snapshots) > 60
    for epoch in (0, 20, 40, 900, 6000):
        expected = advance(first, epoch)
        assert_same(roomy.at(epoch), expected)
        assert_same(narrow.at(epoch).becoming(history=expected.history), expected)


def test_a_run_from_elsewhere_is_had_back_from_its_start() -> None:
    given_params = frozen(start(moons()))
    for first in (start(moons(dropout=0.2)), given_params):
        timeline = Timeline(advance(first, 30))
        assert timeline.first == 0
        assert_same(timeline.at(12), advance(first, 12))
    changed = Timeline(advance(faster(advance(first, 10)), 5))
    assert changed.first == changed.newest.epoch == 15


def test_a_branch_has_the_past_and_leaves_the_other_way_as_it_is() -> None:
    run = start(moons())
    timeline = Timeline(run)
    for _ in range(40):
        timeline.add(run := advance(run, 3))
    past = timeline.at(50)
    branch = timeline.until(past)
    branch.add(advance(faster(past), 7))
    assert timeline.newest is run
    assert branch.newest.epoch == 57
    assert_same(branch.at(31), timeline.at(31))
    assert_same(timeline.at(57), advance(past, 7))


def test_a_run_that_stopped_is_had_back_as_it_stopped() -> None:
    run = start(moons(learning_rate=0.5, patience=2, min_improvement=0.05))
    timeline = Timeline(run)
    while not run.stopped:
        timeline.add(run := advance(run, 5))
    assert timeline.at(run.epoch) is run
    assert not timeline.at(run.epoch - 1).stopped
    for epoch in (-1, run.epoch + 1):
        with pytest.raises(ValueError, match="it must be from 0"):
            timeline.at(epoch)


def test_data_replaced_on_the_way_are_counted_unless_the_newest_run_holds_them() -> None:
    rows = np.random.default_rng(0).standard_normal((4000, 2))
    data = Data.split(rows, rows[:, 0] > 0)
    timeline = Timeline(start(moons()))
    before = advance(start(moons()), 1)
    spec = before.experiment.data.model_copy(update={"samples": 4000})
    with_data = before.with_data(before.experiment.model_copy(update={"data": spec}), data)
    timeline.add(with_data)
    timeline.add(run := advance(with_data, 1))
    assert timeline.held_bytes < 50_000
    timeline.add(advance(drawn(run), 1))
    assert timeline.held_bytes > data.X.nbytes  # y is the same
