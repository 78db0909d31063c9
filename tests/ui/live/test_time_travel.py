"""Looking at the past: what the frames show, what training does meanwhile, and replays."""

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.training.replay_epochs import epoch_at, replay_epochs
from dnn.ui.live.approach import Approach
from tests.training.runs import assert_same
from tests.ui.live.players import same
from tests.ui.live.watched import SMALL, Watched


def test_an_epoch_of_the_past_is_shown_as_it_was() -> None:
    watched, expected = Watched(epochs=40), advance(start(SMALL), 12)
    then = Watched(epochs=12).frame()
    frame = watched.ask("time 12")
    assert frame["epoch"] == 12
    assert frame["numbers"] == then["numbers"]
    assert frame["time"] == then["time"] | {"newest": 40, "live": False}
    np.testing.assert_array_equal(frame["field"], then["field"])
    np.testing.assert_array_equal(frame["maps"], then["maps"])
    assert_same(watched.player.run.becoming(history=expected.history), expected)
    assert watched.player.newest.epoch == 40


def test_the_cost_chart_goes_on_to_the_newest_epoch_and_is_not_sent_again() -> None:
    watched = Watched(epochs=40)
    assert "curves" not in watched.ask("time 12")
    frame = watched.frame()
    assert "chart" not in frame
    scene, watched.scene = watched.scene, -1
    assert watched.frame()["curves"].shape == (3, 41)
    assert watched.scene == scene


def test_arrow_keys_go_epoch_by_epoch_and_end_live() -> None:
    watched = Watched(epochs=10)
    assert watched.ask("time by -1")["epoch"] == 9
    assert watched.ask("time by -1")["epoch"] == 8
    assert watched.ask("time by -1000")["epoch"] == 0
    assert watched.ask("time by 9")["time"]["live"] is False
    frame = watched.ask("time by 1")
    assert (frame["epoch"], frame["time"]["live"]) == (10, True)
    watched.player.step_batch()
    watched.frame()
    assert watched.ask("time by -1")["epoch"] == 10  # the beginning of the epoch that has begun
    assert watched.player.run.batch == 0
    assert watched.ask("time live")["batch"]["done"] == 1


@pytest.mark.parametrize(
    "words", ["time", "time -3", "time 1e3", "time by", "time back", "time replay 7 log", "time replay 10", "live"]
)
def test_other_requests_are_not_understood(words: str) -> None:
    assert not Watched().player.request(words)


def test_training_waits_while_one_looks_back_or_goes_on_if_that_is_chosen() -> None:
    watched = Watched(epochs=20)
    watched.player.play()
    frame = watched.ask("time 5")
    assert frame["state"] == "paused"
    for _ in range(5):
        watched.frame()
    assert watched.player.newest.epoch == 20
    watched.player.request("time go on")
    watched.player.set_speed(float("inf"))
    frames = [watched.frame() for _ in range(5)]
    assert {frame["epoch"] for frame in frames} == {5}
    assert frames[-1]["state"] == "playing"
    assert 20 < watched.player.newest.epoch == frames[-1]["time"]["newest"]
    watched.player.request("time wait")
    newest = watched.player.newest
    assert watched.frame()["state"] == "paused"
    assert watched.player.newest is newest
    assert watched.ask("time live")["state"] == "playing"


def test_examples_drawn_on_the_way_are_those_of_the_epoch() -> None:
    watched = Watched(epochs=8)
    before = watched.frame()
    other = Experiment.of(**(SMALL.model_dump() | {"data": SMALL.data.model_dump() | {"samples": 50}}))
    watched.player.redraw(other)
    watched.player.step()
    scene = watched.frame()["scene"]
    past = watched.ask("time 6")
    assert len(watched.player.run.data.X) == 60
    assert "scene" in past
    assert bytes(past["scene"]) != bytes(scene)
    assert "scene" in watched.ask("time live")
    assert before["time"]["newest"] == 8


def test_a_run_from_a_file_can_be_had_back_from_its_start() -> None:
    watched = Watched()
    watched.player.restore(advance(start(SMALL), 50))
    assert watched.ask("time 20")["time"]["first"] == 0
    assert same(watched.player.run, advance(start(SMALL), 20))


def test_a_long_way_is_shown_part_by_part_and_overtaken_by_the_next_one() -> None:
    slow = Experiment.of(
        data={"samples": 600}, network={"hidden_layer_sizes": [8, 8]}, training={"batch_size": 1, "optimizer": "adam"}
    )
    watched = Watched(slow)
    watched.player.restore(advance(start(slow), 30))
    watched.player.timeline.begin(watched.player.timeline.snapshots[0])
    watched.player.timeline.add(advance(start(slow), 30))
    watched.player.look(29)
    frame = watched.frame()
    assert frame["time"]["wanted"] == 29
    assert frame["epoch"] < 29
    watched.player.look(0)
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["wanted"]) == (0, None)


def test_a_replay_goes_from_the_first_epoch_to_the_newest_and_ends_there() -> None:
    watched = Watched(epochs=30)
    watched.player.replay(0.3, logarithmic=False)
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["replays"]) == (0, True)
    assert watched.player.wait(watched.scene) == 0.0
    seen = [frame["epoch"]]
    while frame["time"]["replays"]:
        frame = watched.frame()
        seen.append(frame["epoch"])
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert frame["time"]["live"]
    assert frame["epoch"] == 30
    watched.player.request("time replay 5 log")
    assert watched.frame()["time"]["replays"]
    assert watched.ask("time 4")["time"]["replays"] is False


def test_the_epochs_of_a_replay_are_even_or_denser_at_the_start() -> None:
    assert [epoch_at(share, 0, 100, logarithmic=False) for share in (0.0, 0.25, 1.0)] == [0, 25, 100]
    assert [epoch_at(share, 0, 1023, logarithmic=True) for share in (0.0, 0.1, 0.5, 1.0)] == [0, 1, 31, 1023]
    assert epoch_at(0.5, 20, 20, logarithmic=True) == 20
    assert replay_epochs(50, 120) == list(range(51))
    epochs = replay_epochs(10_000, 120)
    assert (epochs[0], epochs[-1]) == (0, 10_000)
    assert 120 <= len(epochs) <= 125
    assert set(range(15)) <= set(epochs)


def test_the_whole_way_is_gone_where_time_does_not_matter() -> None:
    """More updates than are tried while it is not known how long they take."""
    run = start(Experiment.of(data={"samples": 100}, training={"batch_size": 1}))
    reached = Approach().towards(run, 3, float("inf"))
    np.testing.assert_array_equal(reached.params.vector, advance(run, 3).params.vector)


def test_an_epoch_stays_on_screen_though_its_snapshots_have_given_way() -> None:
    watched = Watched(epochs=20)
    watched.ask("time 2")
    watched.player.timeline.most_bytes = 0
    watched.player.timeline.add(advance(watched.player.newest, 200))
    watched.player.timeline.add(watched.player.newest.with_params(watched.player.newest.params.vector))
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["first"], frame["time"]["newest"]) == (2, 220, 220)
    watched.player.play()
    watched.player.play(False)
    assert watched.frame()["time"]["newest"] == 2  # and one can go on from it


def test_no_epoch_before_the_first_snapshot_can_be_had_back() -> None:
    watched = Watched(epochs=20)
    watched.player.timeline.most_bytes = 0
    watched.player.timeline.add(advance(watched.player.newest, 200))
    watched.player.timeline.add(watched.player.newest.with_params(watched.player.newest.params.vector))
    assert watched.ask("time 1")["time"]["live"]
