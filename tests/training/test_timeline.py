"""Travel in time: every epoch equals the run stopped there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, Workspace, advance, start
from dnn.training.timeline import Timeline
from tests.strategies import small_experiments
from tests.training.changes import STEPS, Change, edited, faster, frozen
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
