"""A run that plays. The page says what a person asked for; the socket asks for frames; they meet here.

Training happens only when a frame is asked for, and for no longer than a small time budget, so that a browser that
cannot keep up, is hidden or gone costs nothing. All methods may be called from any thread.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np

from dnn.experiment import Experiment
from dnn.plots.cost import cost_curves
from dnn.plots.theme import LIGHT, Theme
from dnn.run import Run
from dnn.training import advance, start
from dnn.ui.live.frame import Scene
from dnn.ui.live.wire import pack

BUDGET = 0.0035  # seconds of training for one frame, while few are watching
SHARED_BUDGET = 0.014  # the same for all players together
QUICK = 0.01  # seconds of training that may be done on the server's event loop; a thread's own estimate runs high
PATIENCE = 3  # budgets that a frame may take to keep the speed that was asked for
CURVES_EVERY = 0.12  # seconds between two deliveries of the cost curves: charts are slow to redraw
HISTORY_LIMIT = 16_384  # rows: enough for every epoch of a long lesson, and memory stays flat after that
ACTIVE = 1.0  # seconds since its last frame for which a playing player counts as watched
UNLIMITED = float("inf")

State = Literal["playing", "paused", "ended", "diverged"]


class Player:
    """One session's run, with the transport controls of a tape deck.

    ``speed`` is in epochs a second, ``UNLIMITED`` for as fast as it can.
    """

    _all: ClassVar[dict[str, Player]] = {}  # by token; whoever is left alone is swept out

    def __init__(self, experiment: Experiment, *, playing: bool = True, speed: float = UNLIMITED) -> None:
        self.token = secrets.token_urlsafe(24)
        self.run: Run = start(experiment, history_limit=HISTORY_LIMIT)
        self.playing, self.speed, self.theme = playing, speed, LIGHT
        self._lock = threading.RLock()
        self._scene: Scene | None = None
        self._steps = 0  # single epochs asked for and not done yet
        self._owed, self._clock = 0.0, time.perf_counter()
        self._epoch_seconds = QUICK  # what an epoch takes, as far as known: the first frame tries one
        self._served, self._seen = 0.0, -1
        self._told, self._curves = 0.0, self.run.history  # when the curves were sent, and which
        self._revision = 0
        self._wakers: set[Callable[[], None]] = set()
        self.watchers = 0  # connections that show this player
        self.left = time.perf_counter()  # when the last of them went
        Player._all[self.token] = self

    @classmethod
    def of(cls, token: str) -> Player | None:
        """The living player with this token."""
        return cls._all.get(token)

    @classmethod
    def sweep(cls, grace: float) -> None:
        """Let go of players that nobody has watched for ``grace`` seconds: their tabs are closed."""
        now = time.perf_counter()
        for token, player in tuple(cls._all.items()):
            if not player.watchers and now - player.left > grace:
                cls._all.pop(token, None)

    @property
    def state(self) -> State:
        """What the transport shows."""
        if self.run.stopped:
            return "diverged" if self.run.diverged else "ended"
        return "playing" if self.playing else "paused"

    # what a person asks for

    def use(self, experiment: Experiment) -> None:
        """Go on under ``experiment``: in place where only training settings differ, else afresh from epoch 0."""
        with self._lock:
            if experiment == self.run.experiment:
                return
            if experiment.continues(self.run.experiment):
                self.run = self.run.retuned(experiment)
            else:
                self.run, self._scene = start(experiment, history_limit=HISTORY_LIMIT), None
            self._epoch_seconds = QUICK  # an epoch may now take a thousand times as long
            self._changed()

    def show(self, theme: Theme) -> None:
        """Draw in another appearance."""
        with self._lock:
            if theme != self.theme:
                self.theme, self._scene = theme, None
                self._changed()

    def play(self, playing: bool = True) -> None:
        """Go on, or pause."""
        with self._lock:
            self.playing, self._steps = playing, 0
            self._changed()

    def set_speed(self, speed: float) -> None:
        """Epochs a second."""
        with self._lock:
            if speed != self.speed:
                self.speed = speed
                self._changed()

    def step(self) -> None:
        """Pause, and train for one epoch."""
        with self._lock:
            self.playing = False
            self._steps += 1
            self._changed()

    def reset(self) -> None:
        """Back to epoch 0 with the same starting weights."""
        with self._lock:
            self.run = start(self.run.experiment, data=self.run.data, history_limit=HISTORY_LIMIT)
            self._steps = 0
            self._changed()

    def on_change(self, waker: Callable[[], None]) -> Callable[[], None]:
        """Call ``waker`` whenever something was asked for; gives the function that ends it."""
        with self._lock:
            self._wakers.add(waker)
        return lambda: self._wakers.discard(waker)

    def _changed(self) -> None:
        self._revision += 1
        self._owed, self._clock = 0.0, time.perf_counter()
        for waker in tuple(self._wakers):
            waker()

    # what the socket asks for

    def wait(self, scene_shown: int) -> float:
        """Seconds until there is a new picture for one who shows that scene: infinite while paused and unchanged.

        Takes no lock, for the server's event loop asks, and must not wait for another thread to train.
        """
        scene = self._scene
        if self._seen != self._revision or self._steps or scene is None or scene.id != scene_shown:
            return 0.0
        if self.state != "playing":
            # the chart may still lack the newest points
            return 0.0 if self._curves is not self.run.history else UNLIMITED
        if self.speed == UNLIMITED:
            return 0.0
        owed = self._owed + (time.perf_counter() - self._clock) * self.speed
        return max(0.0, (1.0 - owed) / self.speed)

    def frame(self, scene_shown: int = -1) -> bytes:
        """Train as much as is due, then one message for the browser; with the scene if it shows another one."""
        return self.picture(scene_shown)[0]

    def picture(self, scene_shown: int = -1) -> tuple[bytes, int]:
        """The same, and the number of the scene that the browser shows after it."""
        with self._lock:
            self._seen = self._revision
            self._train()
            return self._picture(scene_shown)

    def at_once(self, scene_shown: int) -> tuple[bytes, int] | None:
        """:meth:`picture`, if it takes moments only; None if it may take longer and a thread should do it.

        For the server's event loop: to hand a frame of two milliseconds to a thread and back halves what the server can
        do for many players.
        """
        scene = self._scene
        if (
            scene is None
            or scene.id != scene_shown
            or scene.large
            or self._epoch_seconds * max(1, self._steps) >= QUICK
        ):
            return None
        if not self._lock.acquire(blocking=False):  # somebody is just starting another run
            return None
        try:
            return self.picture(scene_shown)
        finally:
            self._lock.release()

    def _train(self) -> None:
        now = time.perf_counter()
        elapsed, self._clock, self._served = now - self._clock, now, now
        if self.run.stopped:
            self._steps = 0
            return
        if self._steps:
            self.run, self._steps = advance(self.run, self._steps), 0
            return
        if not self.playing:
            return
        most = max(1, int(self._budget() / self._epoch_seconds))
        if self.speed == UNLIMITED:
            epochs = most
        else:
            self._owed += elapsed * self.speed
            epochs = min(int(self._owed), PATIENCE * most)
            self._owed = min(self._owed - epochs, 1.0)  # what cannot be kept up with is let go
        if epochs:
            worked = time.thread_time()
            self.run = advance(self.run, epochs)
            worked = time.thread_time() - worked  # not the time that other threads took; 0 where the clock is coarse
            spent = (worked or time.perf_counter() - now) / epochs
            self._epoch_seconds += 0.3 * (spent - self._epoch_seconds)

    def _budget(self) -> float:
        now = time.perf_counter()
        active = sum(player.playing and now - player._served < ACTIVE for player in tuple(Player._all.values()))
        return min(BUDGET, SHARED_BUDGET / max(1, active))

    def _picture(self, scene_shown: int) -> tuple[bytes, int]:
        run, now = self.run, time.perf_counter()
        scene = self._scene = self._scene or Scene(run, self.theme)
        fresh = scene.id != scene_shown
        header: dict[str, object] = {
            "revision": self._revision,
            "epoch": run.epoch,
            "state": self.state,
            "reason": run.stopped,
            "numbers": {name: value if np.isfinite(value) else None for name, value in run.latest.items()},
        }
        parts = scene.arrays(run.params)
        grown = run.history is not self._curves
        if fresh or (grown and (now - self._told > CURVES_EVERY or self.state != "playing")):
            parts["curves"] = cost_curves(run.history).astype(np.float32)
            self._told, self._curves = now, run.history
        if fresh:
            parts["scene"] = np.frombuffer(scene.description.encode(), np.uint8)
        return pack(header, parts), scene.id
