"""Many runs that play in step: all at the same epoch, with one transport, for a sweep or a comparison.

As with the player of one run, training happens only when a frame is requested. A request by a person never waits for
training: training holds no lock, and what was trained under earlier settings is discarded.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np

from dnn.messages import Message
from dnn.plots.theme import LIGHT, Theme
from dnn.ui.catalogue import translated
from dnn.ui.live.base_player import BasePlayer, Picture, State
from dnn.ui.live.camera import CURVES_EVERY
from dnn.ui.live.goals import message_of
from dnn.ui.live.group_arrays import best_of, costs_of, weights_of
from dnn.ui.live.group_runs import GroupTraining, Runs, Start, epoch_of, is_heavy_group, start_all
from dnn.ui.live.group_scene import GroupScene, Look
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.wire import pack

BUDGET = 0.02  # seconds of training for one frame of a group, while one is watching
SIDE = 24  # points on a side of a run's map

DIVERGED = Message("All runs have stopped: their numbers became too large.")
ENDED = Message("All runs have stopped.")


class GroupPlayer(BasePlayer):
    """Runs that play in step. ``starts`` are experiments, runs to go on from, or messages why there is no run.

    ``layers`` part the cells, each a list of places in ``starts``; one layer is on screen, by default all cells are in
    it. A frame has a map of ``side`` × ``side`` points for each of its cells; with ``weights`` also the strongest
    weights of each run, with ``costs`` also its cost curves.
    """

    def __init__(
        self,
        starts: Sequence[Start],
        *,
        layers: Sequence[Sequence[int]] | None = None,
        side: int = SIDE,
        weights: bool = False,
        costs: bool = False,
        playing: bool = True,
        speed: float = UNLIMITED,
    ) -> None:
        self.theme: Theme = LIGHT
        self.language = "en"
        self.side, self._weights, self._costs = side, weights, costs
        self.layer = 0
        self.until: int | None = None  # the epoch at which it pauses by itself
        self._generation = 0  # of the runs: grows when they begin again
        self._turn = threading.Lock()  # held by the thread that trains and draws
        self._scene: GroupScene | None = None
        self._shown: Runs = ()  # the runs of the last frame
        self._charted: Runs = ()  # and of the last curves
        self._told = 0.0  # when those were sent
        self._begin(start_all(starts), layers)
        super().__init__(playing=playing, speed=speed)

    def _begin(self, started: tuple[Runs, dict[int, str]], layers: Sequence[Sequence[int]] | None) -> None:
        self.runs, self.problems = started
        self._starts = self.runs  # from which a reset begins
        self.layers = [list(range(len(self.runs)))] if layers is None else [list(layer) for layer in layers]
        self.layer = min(self.layer, len(self.layers) - 1)
        self._training = GroupTraining()

    # what a group takes for one epoch of one run: all of them at once

    updates_per_epoch = 1
    batch = 0

    @property
    def epoch(self) -> int:
        """The epoch of the runs that have not stopped; if all have, that of the run that got furthest."""
        return epoch_of(self.runs)

    @property
    def state(self) -> State:
        runs = [run for run in self.runs if run is not None]
        if all(run.stopped for run in runs):
            return "diverged" if runs and all(run.diverged for run in runs) else "ended"
        return "playing" if self.playing and not self.held else "paused"

    @property
    def heavy(self) -> bool:
        return is_heavy_group(self.runs)

    # what a person asks for

    def use(
        self, starts: Sequence[Start], layers: Sequence[Sequence[int]] | None = None, side: int | None = None
    ) -> None:
        """Start again with other runs, and with maps of ``side`` points if it is passed."""
        found = start_all(starts)  # may take long: meanwhile the runs before them play on
        with self._lock:
            self._begin(found, layers)
            self.side = side or self.side
            self._restarted()

    def reset(self) -> None:
        with self._lock:
            self.runs = self._starts
            self._restarted()

    def _restarted(self) -> None:
        self._generation += 1
        self._steps = 0
        self.pace.update_seconds = None
        self._changed()

    def stop_at(self, epoch: int | None) -> None:
        """Pause at this epoch; pressing play there continues."""
        with self._lock:
            if epoch != self.until:
                self.until = epoch
                self._changed()

    def show(self, theme: Theme, language: str) -> None:
        """Draw in another appearance and language."""
        with self._lock:
            if (theme, language) != (self.theme, self.language):
                self.theme, self.language = theme, language
                self._changed()

    def request(self, words: str) -> bool:
        """``layer 2``: show layer 2 of the runs; one that is not there is passed over."""
        name, _, number = words.partition(" ")
        if name != "layer" or not (number.isascii() and number.isdecimal()):
            return False
        self.show_layer(int(number))
        return True

    def show_layer(self, layer: int) -> None:
        """Show this layer of the runs, if there is such a one."""
        if layer != self.layer and layer < len(self.layers):
            self.layer = layer
            self._changed()

    # what the socket asks for

    def wait(self, scene_shown: int) -> float:
        scene = self._scene
        if self._seen != self._revision or self._steps or scene is None or scene.id != scene_shown:
            return 0.0
        if self.state != "playing":
            return UNLIMITED if self._shown is self.runs and self._has_all_curves() else 0.0
        return self.pace.wait()

    def _has_all_curves(self) -> bool:
        return not self._costs or self._charted is self.runs

    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """See :class:`BasePlayer`; ``part`` is the place of a run among all."""
        with self._turn:
            self._train()
            with self._lock:
                self._seen = self._revision
                runs, places = self.runs, self.layers[self.layer]
                look = Look(self.theme, self.language, self.layer, self._generation)
                header: dict[str, object] = {
                    "kind": "group",
                    "revision": self._revision,
                    "epoch": self.epoch,
                    "state": self.state,
                    "reason": translated(self._reason(), self.language),
                }
            shown = tuple(runs[place] for place in places)
            scene = self._scene_of(look, places, shown)
            fresh = scene.id != scene_shown
            parts = scene.arrays(shown)
            header["best"] = best_of(shown)
            if part in places and (large := scene.large(shown, places.index(part))) is not None:
                header["large"], parts["large"] = part, large
            if self._weights:
                parts |= weights_of(shown)
            if self._costs and (fresh or self._curves_due(runs, header["state"])):
                parts |= costs_of(shown)
                self._charted, self._told = runs, time.perf_counter()
            if fresh:
                parts["scene"] = np.frombuffer(scene.description.encode(), np.uint8)
            self._shown = runs
            return pack(header, parts), scene.id

    def _curves_due(self, runs: Runs, state: object) -> bool:
        if runs is self._charted:
            return False
        return state != "playing" or time.perf_counter() - self._told > CURVES_EVERY

    def _scene_of(self, look: Look, places: Sequence[int], runs: Runs) -> GroupScene:
        if self._scene is None or self._scene.look != look:
            problems = [self.problems.get(place, "") for place in places]
            self._scene = GroupScene(look, places, runs, problems, layers=len(self.layers), side=self.side)
        return self._scene

    def _reason(self) -> str:
        """Why training does not continue, though nobody paused it."""
        if self.state in ("ended", "diverged"):
            return DIVERGED if self.state == "diverged" else ENDED
        if self.held:
            return self.held
        return message_of(self.epoch, {"epoch": ""}) if not self.playing and self.epoch == self.until else ""

    def _train(self) -> None:
        """Train what is due; runs that were replaced meanwhile are not touched."""
        with self._lock:
            elapsed, self._served = self.pace.tick(), time.perf_counter()
            epochs, self._steps = 0 if self.held else self._steps, 0
            runs, generation = self.runs, self._generation
            played = not epochs and self.state == "playing"
            if played:
                epochs = self.pace.portion(self, elapsed, self._budget())[0]
                if self.until is not None and self.epoch < self.until:
                    epochs = min(epochs, self.until - self.epoch)
        if not epochs:
            return
        began, worked = time.perf_counter(), time.thread_time()
        later = self._training.advanced(runs, epochs, lambda: generation == self._generation)
        with self._lock:
            if generation != self._generation:
                return
            self.runs = later
            worked = time.thread_time() - worked
            self.pace.learn(epochs, worked or time.perf_counter() - began)
            if played and self.epoch == self.until:
                self.playing = False

    def _budget(self) -> float:
        return BUDGET / max(1, BasePlayer.active())
