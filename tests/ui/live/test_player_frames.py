"""What a frame carries: the scene once, and curves when they grew and not too often."""

import numpy as np
import pytest

from dnn.ui.live.camera import CURVES_EVERY
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.starting import HISTORY_LIMIT
from dnn.ui.live.wire import unpack
from tests.ui.live.clock import Clock
from tests.ui.live.players import SMALL, changed, play_on, settled, settled_scene


def test_the_scene_travels_only_to_those_who_do_not_show_it(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    assert all("scene" not in unpack(frame)[1] for frame in play_on(player, clock, 1, scene))
    assert "scene" in unpack(player.frame(-1))[1]
    player.use(changed(SMALL, training={"learning_rate": 0.5}))
    assert "scene" not in unpack(player.frame(scene))[1]


@pytest.mark.parametrize("playing", [True, False])
def test_one_who_has_no_picture_need_not_wait_for_a_change(clock: Clock, playing: bool) -> None:
    """A panel that is mounted again while the run is paused must not stay empty."""
    player = Player(SMALL, speed=1, playing=playing)
    scene = settled(player)
    assert player.wait(scene) > 0
    assert player.wait(-1) == 0


def test_curves_are_sent_when_they_grew_and_not_too_often(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    times, longest = [], 0
    for _ in range(600):
        clock.now += 1 / 60
        _, parts = unpack(player.frame(scene))
        if "curves" in parts:
            times.append(clock.now)
            assert parts["curves"].shape[1] > longest
            longest = parts["curves"].shape[1]
    gaps = np.diff(times)
    assert gaps.min() > CURVES_EVERY
    assert gaps.max() < CURVES_EVERY + 2 / 60


def test_curves_that_did_not_grow_are_not_sent(clock: Clock) -> None:
    player = Player(SMALL, speed=1)
    scene = settled(player)
    sent = sum("curves" in unpack(frame)[1] for frame in play_on(player, clock, 10, scene))
    assert sent == player.run.epoch == pytest.approx(10, abs=1)


def test_when_it_pauses_the_newest_points_are_sent_once(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    play_on(player, clock, 1.05, scene)
    player.play(False)
    curves = [parts["curves"] for parts in (unpack(player.frame(scene))[1] for _ in range(5)) if "curves" in parts]
    assert len(curves) <= 1
    assert player.wait(scene) == UNLIMITED
    player.step()
    _, parts = unpack(player.frame(scene))
    assert parts["curves"][0, -1] == player.run.epoch


def test_curves_of_another_run_of_the_same_length_are_sent() -> None:
    player = Player(SMALL, playing=False)
    player.step()
    scene = settled(player)
    player.use(changed(SMALL, training={"learning_rate": 1.0}))
    player.reset()
    player.step()
    _, parts = unpack(player.frame(scene))
    assert player.run.epoch == 1
    np.testing.assert_allclose(parts["curves"][1], player.run.history["train_cost"], rtol=1e-6)


def test_the_history_of_a_player_is_bounded() -> None:
    player = Player(SMALL)
    assert player.run.history.limit == HISTORY_LIMIT
    player.reset()
    assert player.run.history.limit == HISTORY_LIMIT
    player.use(changed(SMALL, seed=1))
    assert player.run.history.limit == HISTORY_LIMIT


def test_within_an_epoch_the_chart_is_not_sent_again_until_it_pauses(clock: Clock) -> None:
    player = Player(changed(SMALL, data={"samples": 20_000}), speed=UNLIMITED)
    player.pace.update_seconds = 1.0  # one update for each frame
    scene = settled_scene(player)
    for _ in range(3):
        clock.now += 2 * CURVES_EVERY
        player.pace.update_seconds = 1.0
        header, parts = unpack(player.frame(scene))
    assert (player.run.epoch, player.run.batch) == (0, 4)
    assert "chart" not in header
    assert "answers" in parts  # which examples are wrong is news
    player.play(False)
    header, _ = unpack(player.frame(scene))
    assert header["chart"]["report"]["part"] == "test"
