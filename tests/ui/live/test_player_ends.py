"""Where a run ends by itself: it diverges, or it no longer improves."""

import numpy as np
import pytest

from dnn import Experiment
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.live.players import SMALL, changed, play_until_paused, settled

WILD = Experiment.of(
    data={"samples": 60}, network={"hidden_layer_sizes": [8, 8], "activation": "linear"}, training={"learning_rate": 9}
)


# divergence


def test_a_run_that_diverges_stops_and_says_why() -> None:
    player = Player(WILD, speed=UNLIMITED)
    header = play_until_paused(player)
    assert player.state == header["state"] == "diverged"
    assert "learning rate" in header["reason"]
    assert f"epoch {header['epoch'] + 1}" in header["reason"]
    assert np.isfinite(player.run.params.vector).all()
    assert player.wait(settled(player)) == UNLIMITED


@pytest.fixture
def diverged() -> Player:
    player = Player(WILD, speed=UNLIMITED)
    play_until_paused(player)
    assert player.state == "diverged"
    return player


def test_after_diverging_neither_play_nor_step_goes_on_for_ever(diverged: Player) -> None:
    scene, epoch = settled(diverged), diverged.run.epoch
    for press in (diverged.play, diverged.step):
        press()
        settled(diverged)
        assert diverged.wait(scene) == UNLIMITED
        assert diverged.state == "diverged"
        assert diverged.run.epoch == epoch
    diverged.use(changed(WILD, training={"learning_rate": 1e-4}))
    settled(diverged)
    assert diverged.run.epoch == epoch  # the step that could not be taken is not taken now


def test_after_diverging_a_smaller_learning_rate_goes_on_from_the_last_finite_state(diverged: Player) -> None:
    epoch = diverged.run.epoch
    diverged.use(changed(WILD, training={"learning_rate": 1e-6}))
    assert diverged.state == "playing"
    assert diverged.run.epoch == epoch


def test_after_diverging_reset_plays_again(diverged: Player) -> None:
    diverged.reset()
    assert diverged.state == "playing"
    assert diverged.run.epoch == 0
    assert unpack(diverged.frame())[0]["reason"] == "" or diverged.run.stopped


# early stopping


def test_a_run_that_no_longer_improves_ends_and_shows_its_best_weights() -> None:
    player = Player(changed(SMALL, training={"learning_rate": 1.0, "patience": 3}), speed=UNLIMITED)
    header = play_until_paused(player)
    assert player.state == header["state"] == "ended"
    assert f"epoch {header['numbers']['epoch']:g}" in header["reason"]
    assert header["numbers"]["epoch"] == player.run.latest["epoch"] == player.run.epoch - 3
    assert player.wait(settled(player)) == UNLIMITED
    player.use(changed(SMALL, training={"learning_rate": 0.1}))
    assert player.state == "playing"
