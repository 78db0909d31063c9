"""The wall of a class on a screen: a few times a second a picture with the tiles that have changed since the last one.

``wall_contract.d.ts`` declares what is sent. The numbers of scenes are versions of the feed, so that each browser gets
what has changed since its own last picture.
"""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import Any

import numpy as np

from dnn.classroom import Report
from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.differences import DIGITS, differences
from dnn.experiment.links import WORDS
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message
from dnn.plots.boundary_picture import SIDE
from dnn.plots.theme import LIGHT, Theme
from dnn.ui.catalogue import translated
from dnn.ui.live.base_player import BasePlayer, Picture, State
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.wall_feed import EVERY, Tile, WallFeed
from dnn.ui.live.wire import pack

COLORS = 256
UNREACHABLE = Message("The store of classes does not answer; the wall shows what came before.")
MAIN = ("data", "layers", "activation", "learning_rate")  # settings that are always told, as in a link


class WallPlayer(BasePlayer):
    """One visitor's view of a class. A pupil's shows nothing unless the teacher says so (``teacher=False``)."""

    def __init__(self, code: str, *, teacher: bool) -> None:
        self.feed, self.teacher = WallFeed.of(code), teacher
        self.theme: Theme = LIGHT
        self.language = "en"
        self._ramps: list[int] = []  # of how many classes each ramp has the colours; 1: of two, or of numbers
        self._scene = self.feed.bump()  # the version from which on the scene is as it is
        super().__init__(playing=False, speed=UNLIMITED)  # it trains nothing

    @property
    def state(self) -> State:
        """Playing as long as there is something to see."""
        return "playing" if self._is_open() else "ended"

    def _is_open(self) -> bool:
        classroom = self.feed.classroom
        return classroom is not None and (self.teacher or classroom.orders.open_wall)

    def reset(self) -> None:
        """Nothing: what is on the wall is the pupils'."""

    def show(self, theme: Theme, language: str) -> None:
        """Draw in this appearance and language."""
        with self._lock:
            if (theme, language) != (self.theme, self.language):
                self._scene = self.feed.bump()
                self.theme, self.language = theme, language
                self._changed()

    # what the socket asks for

    @property
    def heavy(self) -> bool:
        """Never: it takes about a millisecond."""
        return False

    def wait(self, scene_shown: int) -> float:
        """See :class:`BasePlayer`."""
        if scene_shown < 0 or self._seen != self._revision:
            return 0.0
        return max(0.0, self._served + EVERY - time.perf_counter())

    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """See :class:`BasePlayer`; ``part`` is the number of a tile, whose settings come along."""
        self.feed.poll()
        with self._lock:
            self._seen, self._served = self._revision, time.perf_counter()
            version, tiles = self.feed.shown()
            if not self._is_open():
                tiles = ()
            changed = [tile for tile in tiles if tile.version > scene_shown]
            for tile in changed:
                self._ramp(tile.report, version)
            fresh = scene_shown < self._scene
            mapped = [
                tile
                for tile in changed
                if tile.drawn > scene_shown and tile.report and len(tile.report.boundary) == SIDE**2
            ]
            header: dict[str, Any] = {
                "kind": "wall",
                "revision": self._revision,
                "state": self.state,
                "reason": "" if self.feed.reachable else translated(UNREACHABLE, self.language),
                "tiles": [self._described(tile, mapped=tile in mapped) for tile in changed],
                "ids": [tile.number for tile in tiles],
            }
            if looked := next((tile for tile in tiles if tile.number == part), None):
                header["detail"] = self._detail(looked)
            parts: dict[str, np.ndarray] = {}
            if mapped:
                maps = b"".join(tile.report.boundary for tile in mapped if tile.report)
                parts["maps"] = np.frombuffer(maps, np.uint8)
            if fresh:
                parts["scene"] = np.frombuffer(self._scene_text().encode(), np.uint8)
            return pack(header, parts), version

    def _ramp(self, report: Report | None, version: int) -> int:
        """Which of the ramps colours the boundary of ``report``; a new one makes a new scene."""
        classes = report.classes if report and report.task == "multiclass" else 1
        if classes not in self._ramps:
            self._ramps.append(classes)
            self._scene = version
        return self._ramps.index(classes)

    def _described(self, tile: Tile, *, mapped: bool) -> dict[str, Any]:
        report = tile.report
        return {
            "id": tile.number,
            "name": tile.name,
            "state": report.state if report else "waiting",
            "away": tile.away,
            "epoch": report.epoch if report else 0,
            "accuracy": report.accuracy if report else None,
            "cost": report.train_cost if report else None,
            "sizes": list(report.sizes) if report else [],
            "reached": tile.reached,
            "ramp": self._ramp(report, self._scene),
            "mapped": mapped,
        }

    def _detail(self, tile: Tile) -> dict[str, Any]:
        document = tile.report.experiment if tile.report else ""
        settings = settings_of(document, self.language)
        return {"id": tile.number, "settings": settings, "opens": bool(settings)}

    def _scene_text(self) -> str:
        ramps = [_ramp_colors(self.theme, classes) for classes in self._ramps]
        return json.dumps({"id": self._scene, "side": SIDE, "ramps": ramps})


def _ramp_colors(theme: Theme, classes: int) -> list[list[int]]:
    """256 colours for the bytes of a boundary between ``classes`` classes; 1: two classes, or numbers."""
    if classes < 2:
        ramp: list[list[int]] = theme.ramp_colors.tolist()
        return ramp
    colors = [theme.soft(color) for color in theme.of_classes(classes)]
    shades = [[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in colors]
    return [shades[min(level, len(shades) - 1)] for level in range(COLORS)]


@lru_cache(maxsize=256)
def settings_of(document: str, language: str) -> list[tuple[str, str]]:
    """Title and value of what an experiment has chosen, in a language; nothing where ``document`` is none."""
    experiment = read(document)
    if experiment is None:
        return []

    def say(text: str) -> str:
        return translated(text, language)

    rows = []
    for word in MAIN:
        section, name = WORDS[word]
        value = getattr(getattr(experiment, section), name)
        rows.append((say(setting_title(name)), value_text(name, value, say, DIGITS)))
    others = [each for each in differences([experiment, Experiment()]) if each.setting not in MAIN]
    return rows + [(say(each.title), say(each.texts[0])) for each in others]


def read(document: str) -> Experiment | None:
    """The experiment that a pupil's page reported; None where it kept it, or sent anything else."""
    try:
        return Experiment.model_validate_json(document) if document else None
    except InvalidSetting:
        return None
