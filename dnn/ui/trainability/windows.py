"""The windows of one visitor's map: the whole one first, the one on screen last, and the player that computes it.

The address holds the window on screen.
"""

from __future__ import annotations

import math

from dnn.sweeps.trainability import MAPS, TrainabilityMap
from dnn.ui import navigation, session
from dnn.ui.live.cleanup import grace
from dnn.ui.live.map_player import MapPlayer
from dnn.ui.trainability import link
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import current

WINDOWS, TOKEN, PROBLEMS = "map.windows", "map.token", "map.problems"  # in the store
MOST = 100  # windows that are remembered

Windows = tuple[TrainabilityMap, ...]


def windows() -> Windows:
    """Return the windows: the whole map, then each part to which the visitor has zoomed."""
    found: Windows | None = store.value(WINDOWS)
    return found or (MAPS[link.FIRST],)


def open_address() -> None:
    """Show the window of the address, on arrival and after the browser's back button."""
    query = address.query()
    # from another page the browser's back button comes without words
    back = address.navigated() and not navigation.came_from_another()
    arrived = address.navigated() or store.value(WINDOWS) is None
    if back or (arrived and any(word in query for word in link.WORDS)):
        found, problems = link.from_query(query)
        store.put({PROBLEMS: problems})
        use(found)


def write_address() -> None:
    """Have the address bar hold the window on screen."""
    address.write(link.to_query(window()))


def window() -> TrainabilityMap:
    """Return the window on screen."""
    return windows()[-1]


def use(new: Windows) -> None:
    """Show the last of these windows."""
    store.put({WINDOWS: (new[0], *new[1:][-MOST:])})


def zoom(left: float, right: float, bottom: float, top: float) -> None:
    """Show a part of the window, in shares of its width and height; no effect where float64 ends."""
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
    """Return how many times larger than in the whole map the window shows things."""
    first, last = (math.log1p((high - low) / low) for low, high in (w.learning_rates for w in (windows()[0], window())))
    return first / last


def player() -> MapPlayer:
    """Return the visitor's player, with the window on screen and the browser's appearance."""
    found = MapPlayer.of(store.value(TOKEN) or "")
    if found is None:
        MapPlayer.sweep(grace())
        found = MapPlayer(window())
        store.put({TOKEN: found.token})
    found.use(window())
    found.show(session.appearance(), current())
    return found
