"""Going on from an epoch of the past: with play, other settings, an edited number, or after a stop."""

from dnn import Experiment, advance, advance_batch, start
from tests.training.runs import assert_same
from tests.ui.live.players import same
from tests.ui.live.watched import SMALL, Watched, with_training


def test_play_goes_on_from_the_epoch_on_screen_and_the_way_left_is_had_back() -> None:
    watched = Watched(epochs=30)
    left = watched.player.newest
    watched.ask("time 12")
    watched.player.play()
    watched.player.play(False)
    watched.player.step()
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["newest"], frame["time"]["live"]) == (13, 13, True)
    assert_same(watched.player.run, advance(start(SMALL, history_limit=left.history.limit), 13))
    watched.player.restore(left)
    assert watched.player.newest is left
    assert watched.ask("time 29")["epoch"] == 29


def test_a_step_while_looking_back_is_a_look_at_the_next_epoch_and_a_batch_goes_on_from_there() -> None:
    watched = Watched(epochs=30)
    watched.ask("time 12")
    watched.player.step()
    assert watched.frame()["epoch"] == 13
    assert watched.player.newest.epoch == 30
    watched.player.step_batch()
    watched.frame()
    assert watched.player.newest.epoch == 13
    assert same(watched.player.newest, advance_batch(advance(start(SMALL), 13)))


def test_other_settings_while_looking_back_go_on_from_there() -> None:
    watched = Watched(epochs=30)
    watched.ask("time 12")
    other = with_training(SMALL, learning_rate=0.3)
    watched.player.use(SMALL)  # the page runs again: nothing changes
    assert watched.player.looks_back
    watched.player.use(other)
    watched.player.step()
    watched.frame()
    assert same(watched.player.run, advance(advance(start(SMALL), 12).with_settings(other), 1))
    assert [mark.epoch for mark in watched.player.marks] == [12]
    assert watched.ask("time 5")["time"]["since"] == "learning rate 0.1 → 0.3"


def test_marks_belong_to_the_way_on_which_they_are() -> None:
    watched = Watched(epochs=20)
    watched.player.use(with_training(SMALL, learning_rate=0.3))
    for _ in range(5):
        watched.player.step()
        watched.frame()
    left = watched.player.newest
    watched.ask("time 10")
    watched.player.play()
    assert watched.player.marks == ()
    watched.player.restore(left)
    assert [mark.epoch for mark in watched.player.marks] == [20]


def test_an_edited_number_while_looking_back_goes_on_from_there() -> None:
    watched = Watched(epochs=20)
    watched.ask("time 10")
    edited = watched.player.run.with_params(watched.player.run.params.vector * 0.5)
    watched.player.restore(edited)
    assert watched.player.newest is edited
    watched.player.step()
    watched.frame()
    assert watched.ask("time 4")["epoch"] == 4
    assert_same(watched.player.timeline.at(11), advance(edited, 1))


def test_a_reset_begins_another_course_and_can_be_taken_back() -> None:
    watched = Watched(epochs=20)
    newest = watched.player.newest
    watched.ask("time 10")
    watched.player.reset()
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["newest"], frame["time"]["live"]) == (0, 0, True)
    watched.player.restore(newest)
    assert watched.ask("time 15")["epoch"] == 15


def test_a_diverged_run_can_be_looked_at_and_gone_on_with() -> None:
    experiment = Experiment.of(
        data={"dataset": "sine", "samples": 40},
        network={"hidden_layer_sizes": [4], "activation": "relu"},
        training={"learning_rate": 100.0, "batch_size": None},
    )
    watched = Watched(experiment)
    watched.player.play()
    while watched.player.state == "playing":
        watched.frame()
    last = watched.player.newest
    assert last.stopped
    assert watched.frame()["reason"]
    frame = watched.ask(f"time {last.epoch - 1}")
    assert (frame["state"], frame["reason"]) == ("paused", "")
    watched.player.use(with_training(experiment, learning_rate=0.01))
    watched.player.step()
    assert watched.frame()["epoch"] == last.epoch
    assert not watched.player.newest.stopped


def test_a_stop_counts_again_on_another_way() -> None:
    watched = Watched()
    watched.player.set_speed(float("inf"))
    watched.player.stop_at(epoch=30)
    watched.player.play()
    while watched.frame()["state"] == "playing":
        pass
    assert watched.player.newest.epoch == 30
    watched.ask("time 10")
    watched.player.play()
    while (frame := watched.frame())["state"] == "playing":
        pass
    assert frame["epoch"] == 30
    assert "30" in frame["reason"]


def test_going_on_from_an_epoch_that_is_not_on_screen_yet_begins_there() -> None:
    watched = Watched(epochs=30)
    watched.player.look(11)
    watched.player.play()
    watched.player.play(False)
    frame = watched.frame()
    assert (frame["epoch"], frame["time"]["newest"]) == (11, 11)
