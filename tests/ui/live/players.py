"""Players as tests use them: a small run, a change of its settings, and playing on by a clock or to a pause."""

from typing import Any

import numpy as np

from dnn import Experiment, Run
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.live.clock import Clock

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})
QUICK = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]}, training={"learning_rate": 0.1})


def changed(experiment: Experiment, **sections: Any) -> Experiment:
    plain = experiment.model_dump()
    for section, values in sections.items():
        plain[section] = plain[section] | values if isinstance(values, dict) else values
    return Experiment.of(**plain)


def settled(player: Player) -> int:
    """Ask for frames until there is nothing new to wait for at once; gives the scene's number."""
    scene = -1
    for _ in range(5):
        _, parts = unpack(player.frame(scene))
        if "scene" in parts:
            assert player.camera.scene is not None
            scene = player.camera.scene.id
        if player.wait(scene) > 0:
            return scene
    raise AssertionError("always something new")


def settled_scene(player: Player) -> int:
    """The number of the scene, after the first frame."""
    return player.picture()[1]


def play_on(player: Player, clock: Clock, seconds: float, scene: int = -1, every: float = 1 / 60) -> list[bytes]:
    frames = []
    end = clock.now + seconds
    while clock.now < end - 1e-9:
        clock.now += every
        frames.append(player.frame(scene))
    return frames


def same(run: Run, other: Run) -> bool:
    return run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector)


def header_of(player: Player, scene: int = -1) -> dict[str, Any]:
    return unpack(player.frame(scene))[0]


def play_until_paused(player: Player, frames: int = 5000) -> dict[str, Any]:
    for _ in range(frames):
        header = header_of(player, player.camera.scene.id if player.camera.scene else -1)
        if header["state"] != "playing":
            return header
    raise AssertionError(f"still playing at epoch {header['epoch']}")
