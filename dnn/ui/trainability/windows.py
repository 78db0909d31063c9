"""The windows of one visitor's map: the whole one first, the one on screen last, and the player that computes it."""

from __future__ import annotations

import math

from dnn.sweeps.trainability import MAPS, TrainabilityMap
from dnn.ui import session
from dnn.ui.live.map_player import MapPlayer
from dnn.ui.live.socket import grace
from dnn.ui.visitor.language import current
from dnn.ui.visitor.store import put, value

WINDOWS, TOKEN = "map.windows", "map.token"  # in the store
FIRST = "tanh"  # of the maps that are offered
MOST = 100  # windows that are remembered

Windows = tuple[TrainabilityMap, ...]


def windows() -> Windows:
    """The whole map, and each part of the one before it that was zoomed into."""
    found: Windows | None = value(WINDOWS)
    return found or (MAPS[FIRST],)


def window() -> TrainabilityMap:
    """The one on screen."""
    return windows()[-1]


def use(new: Windows) -> None:
    """Show the last of these."""
    put({WINDOWS: (new[0], *new[1:][-MOST:])})


def zoom(left: float, right: float, bottom: float, top: float) -> None:
    """Show a part of the window, in shares of its width and height; nothing happens where float64 ends."""
    part = window().zoomed(left, right, bottom, top)
    if part != window():
        use((*windows(), part))


def back() -> None:
    """Show the window before this one."""
    use(windows()[:-1] or windows())


def whole() -> None:
    """Show the whole map."""
    use(windows()[:1])


def depth() -> float:
    """How many times larger than in the whole map things are across."""
    first, last = (math.log1p((high - low) / low) for low, high in (w.learning_rates for w in (windows()[0], window())))
    return first / last


def player() -> MapPlayer:
    """The visitor's player, with the window on screen and the browser's appearance."""
    found = MapPlayer.of(value(TOKEN) or "")
    if found is None:
        MapPlayer.sweep(grace())
        found = MapPlayer(window())
        put({TOKEN: found.token})
    found.use(window())
    found.show(session.appearance(), current())
    return found
