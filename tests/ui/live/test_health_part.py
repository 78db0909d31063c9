"""What the Health tab gets: nothing while it is closed, the run's measures while it is open, and not too often."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.analysis.health import health
from dnn.ui.live.health_part import BINS, EVERY, LARGEST, WORK, examples_for, measured
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.live.clock import Clock

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3, 2], "activation": "relu"})
PARTS = {"norms", "activations", "gradients"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.of_players(monkeypatch)


def has_health(player: Player, scene: int) -> bool:
    header, parts = unpack(player.frame(scene))
    assert ("health" in header) == (parts.keys() >= PARTS)
    assert ("health" in header) == bool(parts.keys() & PARTS)
    return "health" in header


def opened(experiment: Experiment = SMALL, **settings: Any) -> tuple[Player, int]:
    """A player that shows its first scene and whose tab has just been opened."""
    player = Player(experiment, **settings)
    _, scene = player.picture()
    assert player.request("health on")
    return player, scene


def test_only_an_open_tab_gets_it() -> None:
    player = Player(SMALL, playing=False)
    _, scene = player.picture()
    player.step()
    assert not has_health(player, scene)
    assert player.request("health on")
    assert has_health(player, scene)
    assert player.request("health off")
    player.step()
    assert not has_health(player, scene)


@pytest.mark.parametrize("words", ["health", "health ", "health on ", "health 1", "Health on"])
def test_any_other_request_is_none(words: str) -> None:
    assert not Player(SMALL).request(words)


def test_it_is_what_the_measures_return() -> None:
    run = advance(start(SMALL), 7)
    said, parts = measured(run)
    expected = health(run)
    assert said["examples"] == len(expected.trace.X)
    for number, (layer, told) in enumerate(zip(expected.layers, said["layers"], strict=True)):
        assert told["ratio"] == layer.update_ratio
        assert (told["units"], told["dead"], told["saturated"]) == (
            len(layer.dead),
            layer.dead.sum(),
            layer.saturated.sum(),
        )
        assert told["activations"] == [layer.A.min(), layer.A.max()]
        assert told["gradients"] == [layer.dWb.min(), layer.dWb.max()]
        np.testing.assert_array_equal(parts["activations"][number], layer.activations(BINS).counts)
        np.testing.assert_array_equal(parts["gradients"][number], layer.gradients(BINS).counts)
    np.testing.assert_array_equal(parts["norms"][0], np.arange(8))
    np.testing.assert_allclose(parts["norms"][1:], run.history["gradient_norm"].T, rtol=1e-6)


def test_while_it_plays_it_comes_twice_a_second(clock: Clock) -> None:
    player, scene = opened(speed=60)
    assert has_health(player, scene)
    came = []
    for _ in range(200):
        clock.now += 0.0201
        if has_health(player, scene):
            came.append(clock.now)
    assert np.diff(came).min() >= EVERY
    assert len(came) == 8  # in four seconds


def test_when_it_pauses_the_newest_is_sent_once(clock: Clock) -> None:
    player, scene = opened(speed=60)
    assert has_health(player, scene)
    clock.now += 0.1
    assert not has_health(player, scene)
    player.play(False)
    player.frame(scene)
    header, _ = unpack(player.frame(scene))
    assert player.wait(scene) == UNLIMITED
    assert "health" not in header
    clock.now += 10
    assert not has_health(player, scene)


def test_paused_the_tab_is_filled_when_it_is_opened(clock: Clock) -> None:
    player = Player(SMALL, playing=False)
    _, scene = player.picture()
    player.frame(scene)
    assert player.wait(scene) == UNLIMITED
    assert player.request("health on")
    assert player.wait(scene) == 0
    assert has_health(player, scene)
    assert player.wait(scene) == UNLIMITED


def test_who_opens_it_again_or_has_another_scene_gets_it_again(clock: Clock) -> None:
    player, scene = opened(playing=False)
    assert has_health(player, scene)
    assert player.request("health on")  # as after a broken connection
    assert has_health(player, scene)
    assert not has_health(player, scene)
    assert has_health(player, -1)


def test_a_reset_shows_the_run_from_its_beginning(clock: Clock) -> None:
    player, scene = opened(speed=60)
    clock.now += 1
    assert has_health(player, scene)
    player.play(False)
    player.reset()
    header, parts = unpack(player.frame(scene))
    assert parts["norms"].shape == (4, 1)
    assert header["health"]["layers"][0]["ratio"] == health(start(SMALL)).layers[0].update_ratio


def test_fewer_examples_are_looked_at_the_larger_the_network_is() -> None:
    large = start(Experiment.of(data={"samples": 2000}, network={"hidden_layer_sizes": (64,) * 8}))
    assert examples_for(start(SMALL)) == 1000
    assert examples_for(large) * large.params.vector.size <= WORK
    said, parts = measured(large)
    assert said["examples"] == examples_for(large)
    assert parts["activations"].sum(axis=1).tolist() == [said["examples"] * 64] * 8 + [said["examples"]]


def test_numbers_beyond_measure_are_told_as_missing() -> None:
    run = advance(start(Experiment.of(data={"dataset": "plane"}, network={"activation": "linear"})), 3)
    huge = run.with_params(run.params.vector * 1e160)
    player = Player(SMALL, playing=False)
    player.restore(huge)  # its numbers overflow on their way through the network
    assert player.request("health on")
    header, parts = unpack(player.frame())
    assert header["health"]["layers"][0]["ratio"] is None
    assert np.isfinite(parts["norms"]).all()
    assert np.abs(parts["norms"]).max() <= LARGEST
