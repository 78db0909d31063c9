"""The path of a run in its landscape: dense at its start, then what was seen, and bounded."""

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.analysis.path import POINTS
from dnn.training.timeline import Timeline
from dnn.ui.live import landscape_path as paths
from dnn.ui.live.landscape_path import SHOWN, KnownPath
from tests.ui.live.landscapes import SMALL


def test_a_path_begins_densely_and_has_what_was_seen_since() -> None:
    experiment = Experiment.of(**SMALL)
    path, timeline = KnownPath(), Timeline(start(experiment))
    for epoch in (2, 2, 5, 9):
        timeline.add(advance(timeline.newest, epoch - timeline.newest.epoch))
        found = path.to(timeline.newest, timeline.snapshots)
    assert found.epochs.tolist() == [0.0, 1.0, 2.0, 5.0, 9.0]
    for epoch, vector in zip(found.epochs, found.vectors, strict=True):
        np.testing.assert_array_equal(vector, advance(start(experiment), int(epoch)).params.vector)
    past = advance(start(experiment), 4)
    assert path.to(past, timeline.snapshots).epochs.tolist() == [0.0, 1.0, 2.0, 4.0]  # what comes later is no way there
    other = advance(start(Experiment.of(**SMALL, training={"learning_rate": 0.5})), 6)
    assert path.to(other, [other]).epochs.tolist() == list(range(7))


def test_the_path_of_a_run_that_was_changed_is_that_of_its_snapshots() -> None:
    timeline = Timeline(start(Experiment.of(**SMALL)))
    timeline.add(advance(timeline.newest, 2))
    timeline.add(timeline.newest.with_params(timeline.newest.params.vector + 1.0))
    changed = timeline.newest.params.vector
    timeline.add(advance(timeline.newest, 3))
    found = KnownPath().to(timeline.newest, timeline.snapshots)
    assert found.epochs.tolist() == [0.0, 2.0, 5.0]
    np.testing.assert_array_equal(found.vectors[1], changed)


def test_where_training_again_would_take_long_there_are_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MOST_TRAINING", 0.0)
    timeline = Timeline(start(Experiment.of(**SMALL)))
    timeline.add(advance(timeline.newest, 4))
    assert KnownPath().to(timeline.newest, timeline.snapshots).epochs.tolist() == [0.0, 4.0]


def test_a_long_path_is_thinned_and_keeps_its_ends() -> None:
    path, timeline = KnownPath(), Timeline(start(Experiment.of(**SMALL)))
    for _ in range(2 * POINTS + 3):
        timeline.add(advance(timeline.newest, 1))
        found = path.to(timeline.newest, timeline.snapshots[-2:])
    assert len(found.epochs) == SHOWN
    assert len(path._points) == 2 * POINTS
    assert (found.epochs[0], found.epochs[-1]) == (0.0, 2 * POINTS + 3)
