"""A trainability map that is computed while it is watched: coarse first, then finer, a little with each frame.

The browser requests frames over the socket of all live views; without requests nothing is computed. A scene brings each
level when it is complete; frames in between bring the new pixels of the next one. ``map_contract.d.ts`` declares both.
"""

from __future__ import annotations

import itertools
import re
import time

import numpy as np

from dnn.components import Array
from dnn.plots.theme import LIGHT, Theme
from dnn.sweeps.trainability import COARSEST, FINEST, Tile, TrainabilityMap, refine
from dnn.ui.catalogue import translated
from dnn.ui.live.base_player import BasePlayer, Picture, State
from dnn.ui.live.map_scene import MapScene
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.wire import pack

BUDGET = 0.05  # seconds of training for one frame: pictures need not move smoothly, but all of it costs some time
MOST_KEPT = 4  # windows whose pictures are kept, 2 MB each at most
NOTHING = np.empty((0, 0))
REQUEST = re.compile(r"finest (\d{2,3})", re.ASCII)

_numbers = itertools.count(1)


class MapPlayer(BasePlayer):
    """One visitor's map. ``finest`` is the side of the finest picture, in pixels, that the screen can show."""

    def __init__(self, window: TrainabilityMap) -> None:
        super().__init__(playing=True, speed=UNLIMITED)
        self.theme: Theme = LIGHT
        self.language, self.finest = "en", FINEST
        self._scene: MapScene | None = None
        self._kept: dict[TrainabilityMap, Array] = {}  # pictures of windows before, the last one last
        self._begin(window)

    @property
    def state(self) -> State:
        """Playing while there is more to compute and nobody lets it wait."""
        if self.side >= self.finest:
            return "ended"
        return "playing" if self.playing and not self.held else "paused"

    @property
    def values(self) -> Array:
        """The last complete picture (side, side), as ``convergence`` returns its values."""
        step = FINEST // self.side if self.side else FINEST
        return self._values[::step, ::step] if self.side else self._values[:0, :0]

    # what a person asks for

    def use(self, window: TrainabilityMap) -> None:
        """Show this window; nothing happens if it is the present one."""
        with self._lock:
            if window != self.window:
                picture = self._kept.pop(window, NOTHING)
                self._keep()
                self._begin(window, picture)
                self._changed()

    def show(self, theme: Theme, language: str) -> None:
        """Draw in this appearance and language."""
        with self._lock:
            if (theme, language) != (self.theme, self.language):
                self.theme, self.language, self._scene = theme, language, None
                self._changed()

    def reset(self) -> None:
        """Compute the window once more."""
        with self._lock:
            self._begin(self.window)
            self._changed()

    def request(self, words: str) -> bool:
        """``finest 256``: the screen shows so many pixels."""
        found = REQUEST.fullmatch(words)
        if found is None:
            return False
        side = COARSEST
        while side < min(int(found[1]), FINEST):
            side *= 2
        if side != self.finest:
            self.finest = side
            self._changed()
        return True

    def _begin(self, window: TrainabilityMap, picture: Array = NOTHING) -> None:
        self.window, self.number = window, next(_numbers)
        self.side = len(picture)  # of the last complete picture
        self.networks = self.side**2  # trained in all
        self._work = refine(window, known=self.side)
        self._values = np.full((FINEST, FINEST), np.nan)
        self.values[...] = picture
        self._tiles: list[Tile] = []  # of the next picture, so far
        self._scene = None

    def _keep(self) -> None:
        """Keep the picture, for one who comes back."""
        self._kept.pop(self.window, None)
        self._kept[self.window] = self.values.copy()
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    # what the socket asks for

    @property
    def heavy(self) -> bool:
        """While it computes, its frames take turns with those of others."""
        return self.state == "playing"

    def wait(self, scene_shown: int) -> float:
        """See :class:`BasePlayer`."""
        scene = self._scene
        changed = self._seen != self._revision or scene is None or scene.id != scene_shown
        return 0.0 if changed or self.state == "playing" else UNLIMITED

    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """Compute for a moment, then one message with the pixels that are new."""
        with self._lock:
            self._seen, self._served = self._revision, time.perf_counter()
            tiles = self._compute()
            if self._scene is None:
                self._scene = MapScene(self.number, self.window, self.values, self.theme, self.language)
            parts: dict[str, np.ndarray] = {}
            if scene_shown != self._scene.id:
                parts, tiles = dict(self._scene.parts()), self._tiles
            side = min(max(COARSEST, 2 * self.side), FINEST)
            if tiles:
                parts["places"] = np.concatenate([tile.rows * side + tile.columns for tile in tiles]).astype(np.uint32)
                parts["shades"] = self._scene.shading.shades(np.concatenate([tile.values for tile in tiles]))
            before = self.side**2
            header = {
                "revision": self._revision,
                "kind": "map",
                "state": self.state,
                "reason": "" if self.state == "ended" else translated(self.held, self.language),
                "window": self.number,
                "side": side,
                "done": min(1.0, (self.networks - before) / max(1, side**2 - before)) if side > self.side else 1.0,
                "networks": self.networks,
                "deepest": self.window.is_deepest,
            }
            return pack(header, parts), self._scene.id

    def _compute(self) -> list[Tile]:
        """Train for as long as a frame may take; returns the tiles that are done, but for those of a full picture."""
        tiles: list[Tile] = []
        deadline = time.perf_counter() + BUDGET
        while self.state == "playing" and time.perf_counter() < deadline:
            tile = next(self._work)
            if tile is None:
                continue
            step = FINEST // tile.side
            self._values[tile.rows * step, tile.columns * step] = tile.values
            self.networks += len(tile.values)
            tiles.append(tile)
            if self.networks == tile.side**2:
                self.side, self._tiles, self._scene = tile.side, [], None
                return []
        self._tiles += tiles
        return tiles
