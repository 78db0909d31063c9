"""The buttons of the transport, the speed, and which settings restart the run."""

import numpy as np
import pytest

from dnn import Experiment, start
from dnn.ui.controls.speeds import SPEEDS
from dnn.ui.live.pace import UNLIMITED
from tests.ui.page import Page

pytestmark = pytest.mark.slow


def test_play_and_pause_are_one_button(page: Page) -> None:
    page.press("Pause")
    assert page.player.state == "paused"
    assert "Pause" not in page.buttons
    page.press("Play")
    assert page.player.state == "playing"
    assert "Play" not in page.buttons


def test_step_pauses_and_trains_for_one_epoch(page: Page) -> None:
    page.press("Step")
    assert "Play" in page.buttons
    page.press("Step")
    page.player.frame()
    assert page.player.run.epoch == 2


def test_reset_starts_with_the_same_weights(page: Page) -> None:
    page.press("Step")
    page.player.frame()
    page.press("Reset")
    assert page.player.run.epoch == 0
    np.testing.assert_array_equal(page.player.run.params.vector, start(Experiment()).params.vector)


def test_new_weights_start_with_others_every_time_and_share_the_data(page: Page) -> None:
    seen = {page.player.run.params.vector.tobytes()}
    for _ in range(3):
        page.press("New weights")
        seen.add(page.player.run.params.vector.tobytes())
        assert page.player.run.epoch == 0
    assert len(seen) == 4
    np.testing.assert_array_equal(page.player.run.data.X, start(Experiment()).data.X)
    assert Page(**page.link).experiment == page.experiment


def test_the_speed_reaches_the_player(page: Page) -> None:
    for seed, speed in enumerate(SPEEDS):
        page.set("Speed", speed)
        assert page.player.speed == speed
        page.set("Seed", seed)
        assert page.player.speed == speed


def test_the_fastest_speed_is_as_fast_as_it_can(page: Page) -> None:
    assert max(SPEEDS) == UNLIMITED
    assert page.widget("Speed").options[-1] == "as fast as it can"


def test_training_settings_do_not_restart_and_the_others_do(page: Page) -> None:
    page.unfold("Initialisation and layers", "Regularisation")
    page.press("Step")
    page.player.frame()
    for label, value in [("Learning rate", 0.3), ("Batch size", 50), ("L2", 0.1)]:
        page.set(label, value)
        assert page.player.run.epoch == 1
        assert page.player.state == "paused"
    page.set("Activation", "relu")
    assert page.player.run.epoch == 0
    assert page.player.state == "paused"
