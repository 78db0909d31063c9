"""Landscapes as tests use them: one beside a run, its frames and its scenes."""

import json
from typing import Any

from dnn import Experiment, advance
from dnn.ui.live.landscape_player import LandscapePlayer
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack

SMALL: dict[str, Any] = {"data": {"samples": 60}, "network": {"hidden_layer_sizes": (4,)}}


def player_of(epochs: int = 5, **settings: Any) -> Player:
    player = Player(Experiment.of(**(SMALL | settings)), playing=False)
    player.restore(advance(player.run, epochs))
    return player


def frame(player: LandscapePlayer, scene: int = -1) -> tuple[dict[str, Any], int]:
    """A frame as the browser gets it, and the scene that is shown after it."""
    message, shown = player.picture(scene)
    header, parts = unpack(message)
    sent = json.loads(message[4 : 4 + int.from_bytes(message[:4], "little")])
    found: dict[str, Any] = {"header": {**header, "parts": sent["parts"]}, **parts}
    if "scene" in found:
        found["scene"] = json.loads(bytes(found["scene"]))
    return found, shown


def scenes(player: LandscapePlayer) -> list[dict[str, Any]]:
    """The scenes that come until nothing is due."""
    found, shown = [], -1
    while player.wait(shown) == 0.0:
        one, shown = frame(player, shown)
        found += [one["scene"]] if "scene" in one else []
    return found
