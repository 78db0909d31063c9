"""Landscapes as tests use them: one beside a run, its frames and its scenes."""

from typing import Any

from dnn import Experiment, advance
from dnn.ui.live.landscape_player import LandscapePlayer
from dnn.ui.live.player import Player
from tests.ui.live.frames import frame

SMALL: dict[str, Any] = {"data": {"samples": 60}, "network": {"hidden_layer_sizes": (4,)}}


def player_of(epochs: int = 5, **settings: Any) -> Player:
    player = Player(Experiment.of(**(SMALL | settings)), playing=False)
    player.restore(advance(player.run, epochs))
    return player


def scenes(player: LandscapePlayer) -> list[dict[str, Any]]:
    """The scenes that come until nothing is due."""
    found, shown = [], -1
    while player.wait(shown) == 0.0:
        one, shown = frame(player, shown)
        found += [one["scene"]] if "scene" in one else []
    return found
