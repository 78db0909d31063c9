"""What the snapshots of a timeline hold: bounded in bytes, finest where the run is."""

import gc
import tracemalloc

import numpy as np
import pytest

from dnn import Experiment, Workspace, advance, start
from dnn.data import Data
from dnn.training.footprint import bytes_at_most
from dnn.training.timeline import FINEST, MOST_BYTES, SHARE, Timeline
from tests.training.changes import drawn, faster
from tests.training.runs import assert_same, moons


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
