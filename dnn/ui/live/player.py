"""A run that plays. The page says what a person asked for; the socket asks for frames; they meet here.

Training happens only when a frame is asked for, and for no longer than a small time budget, so that a browser that
cannot keep up, is hidden or gone costs nothing. All methods may be called from any thread.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Literal

import numpy as np

from dnn.experiment import Experiment
from dnn.loop import batch_size_of, updates_of
from dnn.plots.cost import accuracy_curves, cost_curves, rate_curve, views
from dnn.plots.cut import Cut, Look
from dnn.plots.theme import LIGHT, Theme
from dnn.run import Run
from dnn.sentences import Sentence
from dnn.training import advance, advance_batch, advance_updates, batch_of, redrawn, start
from dnn.ui.catalogue import translated
from dnn.ui.live.frame import Scene
from dnn.ui.live.goals import Goals, sentence
from dnn.ui.live.marks import Mark, marked
from dnn.ui.live.report import report
from dnn.ui.live.wire import pack

BUDGET = 0.0035  # seconds of training for one frame, while few are watching
SHARED_BUDGET = 0.014  # the same for all players together
QUICK = 0.01  # seconds of training that may be done on the server's event loop; a thread's own estimate runs high
FIRST = 64  # updates, or one epoch where that is less, that are tried while it is not known how long they take
SLOW = 0.1  # seconds of training in an epoch from which on the page says how far it has come
PATIENCE = 3  # budgets that a frame may take to keep the speed that was asked for
CURVES_EVERY = 0.12  # seconds between two deliveries of the cost curves: charts are slow to redraw
HISTORY_LIMIT = 16_384  # rows: enough for every epoch of a long lesson, and memory stays flat after that
ACTIVE = 1.0  # seconds since its last frame for which a playing player counts as watched
UNLIMITED = float("inf")
NOTHING_YET = Sentence(
    "There is nothing to learn from yet: one training example is needed at least. Draw some on the plane."
)

State = Literal["playing", "paused", "ended", "diverged"]


class Player:
    """One session's run, with the transport controls of a tape deck.

    ``speed`` is in epochs a second, ``UNLIMITED`` for as fast as it can.
    """

    _all: ClassVar[dict[str, Player]] = {}  # by token; whoever is left alone is swept out

    def __init__(self, experiment: Experiment, *, playing: bool = True, speed: float = UNLIMITED) -> None:
        self.token = secrets.token_urlsafe(24)
        self.run: Run = start(experiment, history_limit=HISTORY_LIMIT)
        self.playing, self.speed, self.theme, self.language = playing, speed, LIGHT, "en"
        self._lock = threading.RLock()
        self._scene: Scene | None = None
        self.view = Look()  # which plane through the inputs is drawn
        self._cut: Cut | None = None  # that plane, kept while examples are drawn on it
        self._steps = self._batches = 0  # single epochs and single batches asked for and not done yet
        self._rows: tuple[Run, Run] | None = None  # the run that a single batch led to, and one of which it is the last
        self.goals, self._spent = Goals(), frozenset[str]()  # where to pause, and what is over and done with
        self._paused: tuple[Run, str] | None = None  # the run that paused by itself, and why
        self.marks: tuple[Mark, ...] = ()  # where settings were changed
        self._owed, self._clock = 0.0, time.perf_counter()
        self._update_seconds: float | None = None  # what an update takes, as far as known
        self._served, self._seen = 0.0, -1
        self._told = 0.0  # when the curves were sent
        self._charted: tuple[Run, tuple[Mark, ...]] = (self.run, self.marks)  # and of what
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
        return "playing" if self.playing and self.run.data.n_train else "paused"

    # what a person asks for

    def use(self, experiment: Experiment) -> None:
        """Go on under ``experiment``: in place where only training settings differ, else afresh from epoch 0."""
        with self._lock:
            if experiment == self.run.experiment:
                return
            if experiment.continues(self.run.experiment):
                if self.run.epoch or self.run.batch:
                    self.marks = marked(self.marks, self.run.epoch, self.run.experiment, experiment)
                self.run = self.run.retuned(experiment)
            else:
                if experiment.data != self.run.experiment.data:
                    self._leave_plane()
                self._begin(start(experiment, history_limit=HISTORY_LIMIT))
                self._scene = None
            self._update_seconds = None  # an epoch may now take a thousand times as long
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
            if self._cut and not self._cut.holds(data):
                self._cut = None
            self.run, self._scene = redrawn(self.run, experiment, data), None
            self._changed()

    def show(self, theme: Theme) -> None:
        """Draw in another appearance."""
        with self._lock:
            if theme != self.theme:
                self.theme, self._scene = theme, None
                self._changed()

    def speak(self, language: str) -> None:
        """Say it in another language."""
        with self._lock:
            if language != self.language:
                self.language, self._scene = language, None
                self._changed()

    def look(self, view: Look) -> None:
        """Draw another plane through the inputs. Takes no lock, as :meth:`wait` does not: the next picture follows."""
        self.view = view
        self._changed()

    def hold(self, place: int, value: float) -> None:
        """Hold an input that is not drawn at another value; one that is not finite is passed over."""
        if math.isfinite(value):
            self.look(self.view.holding(place, value, self.run.data.points.shape[1]))

    def cut(self, view: Look) -> Cut:
        """The plane that ``view`` shows, with the part of it that is on screen."""
        with self._lock:
            kept, view = self._cut, view.fitting(self.run.data.points.shape[1])
            return kept.holding(view) if kept and kept.look.same_plane(view) else Cut.of(self.run.data, view)

    def play(self, playing: bool = True) -> None:
        """Go on, or pause."""
        with self._lock:
            self.playing, self._steps, self._batches = playing, 0, 0
            if playing:  # it goes on from here, whatever is met here already
                self._spent |= self.goals.met(self.run).keys()
            self._changed()

    def stop_at(
        self,
        epoch: int | None = None,
        cost: float | None = None,
        accuracy: float | None = None,
        reached: Callable[[Run], bool] | None = None,
    ) -> None:
        """Pause by itself at the first epoch with this number, a train cost below, or a test accuracy from this on.

        Or where ``reached`` says so of the run.

        Each counts once; pressing play goes on, and after a reset they count again.
        """
        with self._lock:
            if (goals := Goals(epoch, cost, accuracy, reached)) != self.goals:
                self.goals, self._spent = goals, frozenset()
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

    def step_batch(self) -> None:
        """Pause, and make one update."""
        with self._lock:
            self.playing = False
            self._batches += 1
            self._changed()

    def reset(self) -> None:
        """Back to epoch 0 with the same starting weights."""
        with self._lock:
            self._begin(start(self.run.experiment, data=self.run.data, history_limit=HISTORY_LIMIT))
            self._changed()

    def _begin(self, run: Run) -> None:
        self.run, self.marks, self._spent = run, (), frozenset()
        self._steps = self._batches = 0

    def restore(self, run: Run) -> None:
        """Go on from ``run``, which may be of another experiment."""
        with self._lock:
            marks = tuple(mark for mark in self.marks if mark.epoch < run.epoch)
            if not run.experiment.continues(self.run.experiment):
                self._scene, marks = None, ()
                self._leave_plane()
            self._begin(run)
            self.marks = marks
            self._update_seconds = None
            self._changed()

    def _leave_plane(self) -> None:
        """The examples are other ones: the same two inputs are drawn if there are such, and nothing is held."""
        self._cut, self.view = None, replace(self.view, held=())

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
            return 0.0 if self._charted[0] is not self.run else UNLIMITED
        if self.speed == UNLIMITED:
            return 0.0
        owed = self._owed + (time.perf_counter() - self._clock) * self.speed
        return max(0.0, (1.0 - owed) / self.speed)

    def frame(self, scene_shown: int = -1) -> bytes:
        """Train as much as is due, then one message for the browser; with the scene if it shows another one."""
        return self.picture(scene_shown)[0]

    def picture(self, scene_shown: int = -1, unit: int | None = None) -> tuple[bytes, int]:
        """The same, and the number of the scene that the browser shows after it. ``unit`` is shown large."""
        with self._lock:
            self._seen = self._revision
            self._train()
            return self._picture(scene_shown, unit)

    def at_once(self, scene_shown: int, unit: int | None = None) -> tuple[bytes, int] | None:
        """:meth:`picture`, if it takes moments only; None if it may take longer and a thread should do it.

        For the server's event loop: to hand a frame of two milliseconds to a thread and back halves what the server can
        do for many players.
        """
        scene = self._scene
        if scene is None or scene.id != scene_shown or scene.large or self._expected() >= QUICK:
            return None
        if not self._lock.acquire(blocking=False):  # somebody is just starting another run
            return None
        try:
            return self.picture(scene_shown, unit)
        finally:
            self._lock.release()

    def _train(self) -> None:
        now = time.perf_counter()
        elapsed, self._clock, self._served = now - self._clock, now, now
        steps, batches, self._steps, self._batches = self._steps, self._batches, 0, 0
        if steps or batches or self.run.stopped:
            self.run = advance(self.run, steps)
            for _ in range(batches):
                self._one_batch()
            return
        self._look()
        if self.state != "playing":
            return
        if self.speed != UNLIMITED:
            self._owed += elapsed * self.speed
        worked, before = time.thread_time(), self._updates()
        self._portion()
        if done := self._updates() - before:
            worked = time.thread_time() - worked  # not the time that other threads took; 0 where the clock is coarse
            spent = max(worked or time.perf_counter() - now, 1e-7) / done
            guess = spent if self._update_seconds is None else self._update_seconds
            self._update_seconds = guess + 0.3 * (spent - guess)

    def _portion(self) -> None:
        """Train as much as is owed and fits into a frame: whole epochs, or where even one is too long a part of it."""
        of, budget = updates_of(self.run), self._budget()
        seconds = self._update_seconds or budget / min(of, FIRST)
        whole = seconds * of <= budget * PATIENCE
        unit = of if whole else 1
        most = max(1, int(budget / (seconds * unit)))
        if self.speed != UNLIMITED:
            most = min(int(self._owed if whole else self._owed * of), PATIENCE * most)
        most = most if whole else min(most, of - self.run.batch)  # at an epoch's end somebody looks for goals met
        if self.speed != UNLIMITED:
            self._owed = min(self._owed - most * unit / of, 1.0)  # what cannot be kept up with is let go
        if whole:
            self._go(most)
        else:
            self.run = advance_updates(self.run, most)
            self._look()

    def _updates(self) -> int:
        return self.run.epoch * updates_of(self.run) + self.run.batch

    def _epoch_seconds(self) -> float:
        """What an epoch takes, as far as known."""
        return QUICK if self._update_seconds is None else self._update_seconds * updates_of(self.run)

    def _expected(self) -> float:
        """Seconds of training that the next frame is likely to take."""
        asked = self._steps + self._batches
        if asked or self._update_seconds is None:
            return self._epoch_seconds() * max(1, asked)
        return min(self._epoch_seconds(), self._budget())

    def _go(self, epochs: int) -> None:
        """So many epochs, or fewer if what was asked for is met before: exactly there it pauses."""
        last = self.run.epoch + epochs
        while self.playing and self.run.epoch < last and not self.run.stopped:
            self.run = advance(self.run, self.goals.most(self.run, last - self.run.epoch))
            self._look()

    def _look(self) -> None:
        if not self.playing or self.run.stopped:
            return
        met = self.goals.met(self.run)
        if met.keys() - self._spent:
            self.playing, self._owed, self._spent = False, 0.0, self._spent | met.keys()
            self._paused = self.run, sentence(self.run.epoch, met)

    def _why(self) -> str:
        """Why it paused by itself, as long as it stands there."""
        if not self.run.data.n_train:
            return NOTHING_YET
        run, why = self._paused or (None, "")
        return why if run is self.run and not self.playing else ""

    def _one_batch(self) -> None:
        before, self.run = self.run, advance_batch(self.run)
        self._rows = self.run, replace(before, batch=before.batch + 1)

    def _batch(self) -> dict[str, Any] | None:
        """The last update of an epoch that is not over, or that one step of a batch has just ended."""
        run = self.run if self._rows is None or self._rows[0] is not self.run else self._rows[1]
        if not run.batch or run.stopped:
            return None
        playing = self.state == "playing"
        if playing and self._epoch_seconds() < SLOW:
            return None
        m, size = run.data.n_train, batch_size_of(run)
        rows = np.arange(0) if playing else batch_of(run) if size < m else np.arange(m)
        return {"done": run.batch, "of": updates_of(run), "rows": rows.tolist()}

    def _budget(self) -> float:
        now = time.perf_counter()
        active = sum(player.playing and now - player._served < ACTIVE for player in tuple(Player._all.values()))
        return min(BUDGET, SHARED_BUDGET / max(1, active))

    def _picture(self, scene_shown: int, unit: int | None) -> tuple[bytes, int]:
        run, now = self.run, time.perf_counter()
        scene = self._seen_scene(run)
        fresh = scene.id != scene_shown
        header: dict[str, object] = {
            "revision": self._revision,
            "epoch": run.epoch,
            "state": self.state,
            "reason": translated(run.stopped or self._why(), self.language),
            "batch": self._batch(),
            "numbers": {name: value if np.isfinite(value) else None for name, value in run.latest.items()},
        }
        parts = scene.arrays(run.params)
        if run.frozen is not None:
            parts["frozen"] = scene.frozen(run.frozen, parts["edges"])
        if unit is not None and unit < sum(scene.sizes):
            header["unit"], large = scene.unit(unit, run.frozen)
            parts |= large
        grown = run is not self._charted[0] or self.marks is not self._charted[1]
        if fresh or (grown and (now - self._told > CURVES_EVERY or self.state != "playing")):
            header["chart"] = self._chart(parts)
            self._told, self._charted = now, (run, self.marks)
        if scene.task != "regression" and ("curves" in parts or self.state != "playing"):
            parts["answers"] = scene.answers()
        if fresh:
            parts["scene"] = np.frombuffer(scene.description.encode(), np.uint8)
        return pack(header, parts), scene.id

    def _seen_scene(self, run: Run) -> Scene:
        """The scene on the plane that was last asked for; where only what is held is another, the scene stays."""
        view = self.view.fitting(run.data.points.shape[1])
        if self._scene is None or not self._scene.cut.look.same_plane(view):
            self._scene = Scene(run, self.theme, self.cut(view), self.language)
        elif self._scene.cut.look != view:
            self._scene.hold(view)
        self._cut = self._scene.cut
        return self._scene

    def _chart(self, parts: dict[str, np.ndarray]) -> dict[str, Any]:
        """What the cost chart shows: its curves into ``parts``; which views there are, marks and numbers are given."""
        run, shown = self.run, views(self.run)
        parts["curves"] = cost_curves(run.history).astype(np.float32)
        if "accuracy" in shown:
            parts["accuracies"] = accuracy_curves(run.history).astype(np.float32)
        if "rate" in shown:
            parts["rates"] = rate_curve(run.history).astype(np.float32)
        return {
            "views": shown,
            "marks": [[mark.epoch, translated(mark.text, self.language)] for mark in self.marks],
            "report": report(run) if len(run.data.X) else None,
        }
