"""Groups as tests use them: small experiments that differ, and playing on to a pause."""

from typing import Any

from dnn import Experiment
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.wire import unpack


def of(dataset: str = "moons", **settings: Any) -> Experiment:
    return Experiment.of(data={"dataset": dataset, "samples": 40}, **settings)


SMALL = of(network={"hidden_layer_sizes": [3]})
WILD = of(network={"hidden_layer_sizes": [8, 8], "activation": "linear"}, training={"learning_rate": 9})
PATIENT = of(training={"learning_rate": 1e-6, "patience": 2})
UNLIKE = (SMALL, of(training={"optimizer": "adam"}), of("blobs"), of("sine"), of(seed=4))


def settled(player: GroupPlayer) -> int:
    scene = -1
    for _ in range(5):
        scene = player.picture(scene)[1]
        if player.wait(scene) > 0:
            return scene
    raise AssertionError("always something new")


def play_until_rest(player: GroupPlayer, frames: int = 5000) -> dict[str, Any]:
    for _ in range(frames):
        header, _ = unpack(player.frame())
        if header["state"] != "playing":
            return header
    raise AssertionError("it plays on")
