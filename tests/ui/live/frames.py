"""Frames as the browser gets them, for all kinds of players."""

import json
from typing import Any

from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.wire import unpack


def received(message: bytes) -> dict[str, Any]:
    """A message as one dictionary: the header with the list of its parts, every part by its name, and the scene."""
    header, parts = unpack(message)
    sent = json.loads(message[4 : 4 + int.from_bytes(message[:4], "little")])
    found: dict[str, Any] = {"header": {**header, "parts": sent["parts"]}, **parts}
    if "scene" in found:
        found["scene"] = json.loads(bytes(found["scene"]))
    return found


def frame(player: BasePlayer, scene: int = -1) -> tuple[dict[str, Any], int]:
    """A frame as the browser gets it, and the scene that is shown after it."""
    message, shown = player.picture(scene)
    return received(message), shown
