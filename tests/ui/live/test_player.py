"""The tape deck: what is seen first, and what each button and each setting does to the run."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Experiment, advance, start
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.sharing import SLICE
from dnn.ui.live.wire import unpack
from tests.strategies import small_experiments
from tests.ui.live.clock import Clock
from tests.ui.live.players import SMALL, changed, play_on, same, settled, settled_scene

# what a person sees first


def test_a_new_player_plays_from_epoch_0(clock: Clock) -> None:
    player = Player(SMALL, speed=30)
    assert player.state == "playing"
    assert player.wait(-1) == 0
    header, parts = unpack(player.frame())
    assert header["epoch"] == 0
    assert header["state"] == "playing"
    assert header["reason"] == ""
    assert {"field", "maps", "edges", "weights", "biases", "scene", "curves"} <= set(parts)
    np.testing.assert_allclose(
        parts["curves"][:, -1], [0, player.run.latest["train_cost"], player.run.latest["test_cost"]]
    )


def test_the_header_carries_the_numbers_of_this_epoch(clock: Clock) -> None:
    player = Player(SMALL, speed=30)
    header, _ = unpack(play_on(player, clock, 1)[-1])
    expected = advance(start(SMALL), header["epoch"]).latest
    assert header["numbers"] == pytest.approx(expected)


def test_without_test_examples_their_numbers_are_missing_not_nan() -> None:
    header, _ = unpack(Player(changed(SMALL, data={"test_share": 0.0})).frame())
    assert header["numbers"]["test_cost"] is None
    assert header["numbers"]["test_accuracy"] is None
    assert header["numbers"]["train_cost"] > 0


# transport


def test_paused_nothing_moves_and_nothing_is_owed(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1)
    player.play(False)
    assert player.state == "paused"
    scene = settled(player)
    assert player.wait(scene) == UNLIMITED
    epoch = player.run.epoch
    play_on(player, clock, 5, scene)
    assert player.run.epoch == epoch
    clock.now += 100
    player.play()
    assert player.state == "playing"
    assert player.wait(scene) == 0
    player.frame(scene)
    assert player.run.epoch == epoch
    play_on(player, clock, 1, scene)
    assert player.run.epoch - epoch == pytest.approx(60, abs=1)


def test_a_step_is_one_epoch_and_pauses(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 0.5)
    epoch, scene = player.run.epoch, settled(player)
    player.step()
    assert player.state == "paused"
    assert player.wait(scene) == 0
    header, _ = unpack(player.frame(scene))
    assert header["epoch"] == player.run.epoch == epoch + 1
    assert same(player.run, advance(start(SMALL), epoch + 1))
    settled(player)
    assert player.run.epoch == epoch + 1


def test_steps_that_came_before_the_next_frame_are_all_taken() -> None:
    player = Player(SMALL, playing=False)
    scene = settled(player)
    for _ in range(3):
        player.step()
    player.frame(scene)
    assert player.run.epoch == 3


@given(small_experiments(batch_size=st.sampled_from([1, 3, None])), st.integers(0, 5), st.integers(1, 3))
@settings(max_examples=10)
def test_beside_others_a_step_comes_in_slices_to_the_same_result(
    experiment: Experiment, batches: int, epochs: int
) -> None:
    """Two updates fit into a slice, by a clock that stands still while it computes."""
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock.of_players(patch)
        other, player = Player(SMALL, speed=1), Player(experiment, playing=False)
        other.frame()
        for _ in range(batches):
            player.step_batch()
        player.frame()
        before = player.run.epoch
        for _ in range(epochs):
            player.step()
        expected = advance(player.run, epochs)
        assume(not expected.stopped)
        slices = 0
        while player._steps:
            clock.now += 0.01
            other.frame()
            player.pace.update_seconds = SLICE / 2
            at = player.run.epoch * player.run.updates_per_epoch + player.run.batch
            player.frame()
            slices += 1
            assert player.run.epoch * player.run.updates_per_epoch + player.run.batch <= at + 2
            assert player.state == "paused"
        assert slices >= epochs * player.run.updates_per_epoch / 2 - batches
        assert (player.run.epoch, player.run.batch) == (before + epochs, 0)
        assert same(player.run, expected)


@pytest.mark.parametrize("playing", [True, False])
def test_reset_goes_back_to_the_same_weights_and_leaves_play_or_pause_alone(clock: Clock, playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1)
    player.play(playing)
    scene = settled(player)
    player.reset()
    assert same(player.run, start(SMALL))
    assert len(player.run.history["epoch"]) == 1
    assert player.state == ("playing" if playing else "paused")
    assert player.wait(scene) == 0
    _, parts = unpack(player.frame(scene))
    assert "scene" not in parts  # the same data: the stage stands


def test_a_reset_after_a_step_forgets_the_step() -> None:
    player = Player(SMALL, playing=False)
    settled(player)
    player.step()
    player.reset()
    player.frame()
    assert player.run.epoch == 0


# settings


@pytest.mark.parametrize(
    "training",
    [{"learning_rate": 0.5}, {"batch_size": 3}, {"batch_size": None}, {"l2": 1.0}],
    ids=str,
)
@pytest.mark.parametrize("playing", [True, False])
def test_training_settings_change_in_place(clock: Clock, training: dict[str, Any], playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1, settled_scene(player), every=1 / 15)
    player.play(playing)
    scene, before = settled(player), player.run
    assert before.epoch > 0
    after = changed(SMALL, training=training)
    player.use(after)
    assert player.run.experiment == after
    assert same(player.run, before)
    assert player.state == ("playing" if playing else "paused")
    assert player.wait(scene) == 0
    player.play()
    play_on(player, clock, 1, scene, every=1 / 15)
    later = player.run.epoch - before.epoch
    assert later > 30
    assert same(player.run, advance(advance(start(SMALL), before.epoch).with_settings(after), later))
    assert not same(player.run, advance(start(SMALL), player.run.epoch))  # the change was felt


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"dataset": "xor"}},
        {"data": {"samples": 80}},
        {"data": {"test_share": 0.5}},
        {"network": {"hidden_layer_sizes": [3, 3]}},
        {"network": {"hidden_layer_sizes": []}},
        {"network": {"activation": "relu"}},
        {"network": {"initializer": "he_normal"}},
        {"seed": 7},
        {"draw": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("playing", [True, False])
def test_other_data_or_another_network_start_from_epoch_0(clock: Clock, change: dict[str, Any], playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1, every=1 / 15)
    player.play(playing)
    scene, after, data = settled(player), changed(SMALL, **change), player.run.data
    player.use(after)
    assert same(player.run, start(after))
    assert np.array_equal(player.run.data.X, after.make_data().X)
    assert (player.run.data is data) is not bool({"data", "seed"} & change.keys())
    assert player.state == ("playing" if playing else "paused")
    header, parts = unpack(player.frame(scene))
    assert header["epoch"] == 0
    assert "scene" in parts
    assert parts["curves"].shape[1] == 1
    play_on(player, clock, 1, every=1 / 15)
    assert (player.run.epoch > 30) is playing
    assert same(player.run, advance(start(after), player.run.epoch))


def test_the_same_settings_again_change_nothing(clock: Clock) -> None:
    player = Player(SMALL, speed=60, playing=False)
    scene, run = settled(player), player.run
    player.use(changed(SMALL))
    player.show(LIGHT)
    player.set_speed(60)
    assert player.run is run
    assert player.wait(scene) == UNLIMITED


def test_another_appearance_is_another_scene_of_the_same_run(clock: Clock) -> None:
    player = Player(SMALL, playing=False)
    player.step()
    scene, run = settled(player), player.run
    player.show(DARK)
    assert player.wait(scene) == 0
    _, parts = unpack(player.frame(scene))
    assert DARK.paper in parts["scene"].tobytes().decode()
    assert player.run is run
