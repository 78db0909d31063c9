"""A run that plays. The page says what a person asked for; the socket asks for frames; they meet here.

Training happens only when a frame is asked for, and for no longer than a small time budget, so that a browser that
cannot keep up, is hidden or gone costs nothing. All methods may be called from any thread.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Literal

import numpy as np

from dnn.data import Data
from dnn.data.plane import Plane, View
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.plots.theme import Theme
from dnn.training import advance, advance_batch, advance_updates, batch_of
from dnn.training.run import Run
from dnn.training.workspace import Workspace
from dnn.ui.catalogue import translated
from dnn.ui.live.camera import Camera
from dnn.ui.live.goals import Goals, sentence
from dnn.ui.live.marks import Mark, marked
from dnn.ui.live.pace import BUDGET, SHARED_BUDGET, UNLIMITED, Pace
from dnn.ui.live.starting import started

SLOW = 0.1  # seconds of training in an epoch from which on the page says how far it has come
ACTIVE = 1.0  # seconds since its last frame for which a playing player counts as watched
QUICK = 0.008  # seconds that a frame may take on the server's event loop; a thread's own estimate runs high
NOTHING_YET = Message(
    "There is nothing to learn from yet: one training example is needed at least. Draw some on the plane."
)
ONE_CLASS = Message(
    "All training examples are of one class. Training waits for examples of another: draw some on the plane."
)

State = Literal["playing", "paused", "ended", "diverged"]


class Player:
    """One session's run, with the transport controls of a tape deck.

    ``speed`` is in epochs a second, ``UNLIMITED`` for as fast as it can.
    """

    _all: ClassVar[dict[str, Player]] = {}  # by token; whoever is left alone is swept out

    def __init__(self, experiment: Experiment, *, playing: bool = True, speed: float = UNLIMITED) -> None:
        self.token = secrets.token_urlsafe(24)
        self.run = started(experiment)
        self.playing = playing
        self._workspace = Workspace()  # kept from one frame to the next
        self.pace, self.camera = Pace(speed), Camera()
        self._lock = threading.RLock()
        self._steps = self._batches = 0  # single epochs and single batches asked for and not done yet
        self._rows: tuple[Run, Run] | None = None  # the run that a single batch led to, and one of which it is the last
        self.goals, self._done_goals = Goals(), frozenset[str]()  # where to pause, and what is over and done with
        self._paused: tuple[Run, str] | None = None  # the run that paused by itself, and why
        self._lacking: tuple[Data | None, str] = None, ""  # what these data lack to be learnt from
        self.marks: tuple[Mark, ...] = ()  # where settings were changed
        self._served, self._seen = 0.0, -1
        self._revision = 0
        self._picture_seconds = 0.0  # that the last picture took, without training
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
    def speed(self) -> float:
        """Epochs a second."""
        return self.pace.speed

    @property
    def state(self) -> State:
        """What the transport shows."""
        if self.run.stopped:
            return "diverged" if self.run.diverged else "ended"
        return "playing" if self.playing and not self._waits_for() else "paused"

    # what a person asks for

    def use(self, experiment: Experiment) -> None:
        """Go on under ``experiment``: in place where only training settings differ, else afresh from epoch 0."""
        if experiment == self.run.experiment:
            return
        # a start may take long: meanwhile the run before it is shown
        fresh = None if experiment.continues(self.run.experiment) else started(experiment)
        with self._lock:
            if fresh is None:
                if self.run.epoch or self.run.batch:
                    self.marks = marked(self.marks, self.run.epoch, self.run.experiment, experiment)
                self.run = self.run.with_settings(experiment)
            else:
                if experiment.data != self.run.experiment.data:
                    self.camera.leave()
                self._begin(fresh)
                self.camera.scene = None
            self.pace.update_seconds = None  # an epoch may now take a thousand times as long
            self._changed()

    def redraw(self, experiment: Experiment) -> None:
        """Go on with the weights as they are and the examples of ``experiment``, or afresh where they do not fit."""
        with self._lock:
            if experiment == self.run.experiment:
                return
            data = experiment.make_data()
            if not (experiment.continues(self.run.experiment, other_data=True) and self.run.fits(data)):
                self.use(experiment)
                return
            self.run = self.run.with_data(experiment, data)
            self.camera.redraw(data)
            self._changed()

    def show(self, theme: Theme) -> None:
        """Draw in another appearance."""
        with self._lock:
            if self.camera.show(theme, self.camera.language):
                self._changed()

    def speak(self, language: str) -> None:
        """Say it in another language."""
        with self._lock:
            if self.camera.show(self.camera.theme, language):
                self._changed()

    def set_plane(self, view: View) -> None:
        """Draw another plane through the inputs. Takes no lock, as :meth:`wait` does not: the next picture follows."""
        self.camera.view = view
        self._changed()

    def hold(self, place: int, value: float) -> None:
        """Hold an input that is not drawn at another value; one that is not finite is passed over."""
        if self.camera.hold(place, value, self.run.data.points.shape[1]):
            self._changed()

    def plane(self, view: View) -> Plane:
        """The plane that ``view`` shows, with the part of it that is on screen."""
        with self._lock:
            return self.camera.plane(self.run.data, view)

    def play(self, playing: bool = True) -> None:
        """Go on, or pause."""
        with self._lock:
            self.playing, self._steps, self._batches = playing, 0, 0
            if playing:  # it goes on from here, whatever is met here already
                self._done_goals |= self.goals.met(self.run).keys()
            self._changed()

    def stop_at(
        self,
        epoch: int | None = None,
        cost: float | None = None,
        accuracy: float | None = None,
        reached: Callable[[Run], bool] | None = None,
        *,
        of_step: bool = False,
    ) -> None:
        """Pause by itself at the first epoch with this number, a train cost below, or a test accuracy from this on.

        Or where ``reached`` says so of the run. ``of_step``: a lesson's step asks for it, not the visitor.

        Each counts once; pressing play goes on, and after a reset they count again.
        """
        with self._lock:
            if (goals := Goals(epoch, cost, accuracy, reached, of_step)) != self.goals:
                self.goals, self._done_goals = goals, frozenset()
                self._changed()

    def set_speed(self, speed: float) -> None:
        """Epochs a second."""
        with self._lock:
            if speed != self.speed:
                self.pace.speed = speed
                self._changed()

    def step(self) -> None:
        """Pause, and train for one epoch."""
        with self._lock:
            self.playing = False
            self._steps += 1
            self._changed()

    def step_batch(self) -> None:
        """Pause, and make one update."""
        with self._lock:
            self.playing = False
            self._batches += 1
            self._changed()

    def reset(self) -> None:
        """Back to epoch 0 with the same starting weights."""
        run = started(self.run.experiment, self.run.data)
        with self._lock:
            self._begin(run)
            self._changed()

    def _begin(self, run: Run) -> None:
        self.run, self.marks, self._done_goals = run, (), frozenset()
        self._steps = self._batches = 0

    def restore(self, run: Run) -> None:
        """Go on from ``run``, which may be of another experiment."""
        with self._lock:
            marks = tuple(mark for mark in self.marks if mark.epoch < run.epoch)
            if not run.experiment.continues(self.run.experiment):
                marks = ()
                self.camera.leave()
            self._begin(run)
            self.marks = marks
            self.pace.update_seconds = None
            self._changed()

    def on_change(self, waker: Callable[[], None]) -> Callable[[], None]:
        """Call ``waker`` whenever something was asked for; gives the function that ends it."""
        with self._lock:
            self._wakers.add(waker)
        return lambda: self._wakers.discard(waker)

    def _changed(self) -> None:
        self._revision += 1
        self.pace.restart()
        for waker in tuple(self._wakers):
            waker()

    # what the socket asks for

    def wait(self, scene_shown: int) -> float:
        """Seconds until there is a new picture for one who shows that scene: infinite while paused and unchanged.

        Takes no lock, for the server's event loop asks, and must not wait for another thread to train.
        """
        scene = self.camera.scene
        if self._seen != self._revision or self._steps or scene is None or scene.id != scene_shown:
            return 0.0
        if self.state != "playing":
            # the chart may still lack the newest points
            return UNLIMITED if self.camera.shows_all_of(self.run) else 0.0
        return self.pace.wait()

    def frame(self, scene_shown: int = -1) -> bytes:
        """Train as much as is due, then one message for the browser; with the scene if it shows another one."""
        return self.picture(scene_shown)[0]

    def picture(self, scene_shown: int = -1, unit: int | None = None) -> tuple[bytes, int]:
        """The same, and the number of the scene that the browser shows after it. ``unit`` is shown large."""
        with self._lock:
            self._seen = self._revision
            self._train()
            before = time.thread_time()
            header: dict[str, object] = {
                "revision": self._revision,
                "epoch": self.run.epoch,
                "state": self.state,
                "reason": translated(self.run.stopped or self._why(), self.camera.language),
                "batch": self._batch(),
            }
            picture = self.camera.picture(self.run, self.marks, header, scene_shown, unit)
            self._picture_seconds = time.thread_time() - before
            return picture

    def at_once(self, scene_shown: int, unit: int | None = None) -> tuple[bytes, int] | None:
        """:meth:`picture`, if it takes moments only; None if it may take longer and a thread should do it.

        For the server's event loop: to hand a frame of two milliseconds to a thread and back halves what the server can
        do for many players.
        """
        scene, steps = self.camera.scene, self._steps + self._batches
        if scene is None or scene.id != scene_shown or scene.large:
            return None
        training = self.pace.expected(self.run, steps, self._budget()) if steps or self.state == "playing" else 0.0
        if training + self._picture_seconds > QUICK:
            return None
        if not self._lock.acquire(blocking=False):  # somebody is just starting another run
            return None
        try:
            return self.picture(scene_shown, unit)
        finally:
            self._lock.release()

    def _train(self) -> None:
        elapsed, self._served = self.pace.tick(), time.perf_counter()
        steps, batches, self._steps, self._batches = self._steps, self._batches, 0, 0
        if steps or batches or self.run.stopped:
            self.run = advance(self.run, steps, workspace=self._workspace)
            for _ in range(batches):
                self._one_batch()
            return
        self._check_goals()
        if self.state != "playing":
            return
        began, worked, before = time.perf_counter(), time.thread_time(), self._updates()
        most, whole = self.pace.portion(self.run, elapsed, self._budget())
        if whole:
            self._go(most)
        else:
            self.run = advance_updates(self.run, most, workspace=self._workspace)
            self._check_goals()
        if done := self._updates() - before:
            worked = time.thread_time() - worked  # not the time that other threads took; 0 where the clock is coarse
            self.pace.learn(done, worked or time.perf_counter() - began)

    def _updates(self) -> int:
        return self.run.epoch * self.run.updates_per_epoch + self.run.batch

    def _go(self, epochs: int) -> None:
        """So many epochs, or fewer if what was asked for is met before: exactly there it pauses."""
        last = self.run.epoch + epochs
        while self.playing and self.run.epoch < last and not self.run.stopped:
            epochs = self.goals.most(self.run, last - self.run.epoch)
            self.run = advance(self.run, epochs, workspace=self._workspace)
            self._check_goals()

    def _check_goals(self) -> None:
        if not self.playing or self.run.stopped:
            return
        reached = self.goals.met(self.run)
        if reached.keys() - self._done_goals:
            self.playing, self._done_goals = False, self._done_goals | reached.keys()
            self.pace.restart()
            self._paused = self.run, sentence(self.run.epoch, reached, of_step=self.goals.of_step)

    def _why(self) -> str:
        """Why it paused by itself, as long as it stands there."""
        if waits_for := self._waits_for():
            return waits_for
        run, why = self._paused or (None, "")
        return why if run is self.run and not self.playing else ""

    def _waits_for(self) -> str:
        """What the data lack to be learnt from, in a message; empty where they lack nothing.

        From one class alone a network learns to answer with it everywhere, and its units saturate: with the second
        class it would stay stuck.
        """
        data = self.run.data
        if self._lacking[0] is not data:
            labels = data.labels[: data.n_train]
            alone = data.task != "regression" and len(labels) > 0 and bool((labels == labels[0]).all())
            self._lacking = data, ONE_CLASS if alone else "" if data.n_train else NOTHING_YET
        return self._lacking[1]

    def _one_batch(self) -> None:
        before, self.run = self.run, advance_batch(self.run, workspace=self._workspace)
        self._rows = self.run, replace(before, batch=before.batch + 1)

    def _batch(self) -> dict[str, Any] | None:
        """The last update of an epoch that is not over, or that one step of a batch has just ended."""
        run = self.run if self._rows is None or self._rows[0] is not self.run else self._rows[1]
        if not run.batch or run.stopped:
            return None
        playing = self.state == "playing"
        if playing and (self.pace.epoch_seconds(self.run) or 0.0) < SLOW:
            return None
        m, size = run.data.n_train, run.batch_size
        rows = np.arange(0) if playing else batch_of(run) if size < m else np.arange(m)
        return {"done": run.batch, "of": run.updates_per_epoch, "rows": rows.tolist()}

    @classmethod
    def active(cls) -> int:
        """How many players play and are watched."""
        now = time.perf_counter()
        return sum(player.playing and now - player._served < ACTIVE for player in tuple(cls._all.values()))

    def _budget(self) -> float:
        return min(BUDGET, SHARED_BUDGET / max(1, Player.active()))
