"""A run that plays. The page passes on what a person asks for, the socket requests frames, and both call the player.

Training happens only when a frame is requested, and for no longer than a small time budget, so that a browser that
cannot keep up, is hidden or is closed costs nothing. All methods may be called from any thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from dnn.experiment import Experiment
from dnn.training.run import Run
from dnn.ui.catalogue import translated
from dnn.ui.live.base_player import Picture, State
from dnn.ui.live.goals import Goals
from dnn.ui.live.marks import marked
from dnn.ui.live.missing_data import MissingData
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.progress import Progress
from dnn.ui.live.screen_player import ScreenPlayer
from dnn.ui.live.sharing import SLICE
from dnn.ui.live.starting import is_heavy, started
from dnn.ui.live.time_travel import PART

QUICK = 0.008  # seconds that a frame may take on the server's event loop; a thread's own estimate runs high


class Player(ScreenPlayer):
    """One session's run, with transport controls; the arguments are those of the base class."""

    def __init__(self, experiment: Experiment, *, playing: bool = True, speed: float = UNLIMITED) -> None:
        super().__init__(started(experiment), playing=playing, speed=speed)
        self._progress = Progress(self.pace)
        self._batches = 0  # single batches asked for and not done yet
        self._missing_data = MissingData()

    @property
    def goals(self) -> Goals:
        """The goals at which it pauses by itself."""
        return self._progress.goals.goals

    @property
    def heavy(self) -> bool:
        return is_heavy(self.run)

    @property
    def state(self) -> State:
        if self.looks_back:
            return "playing" if self._trains else "paused"
        if self.newest.stopped:
            return "diverged" if self.newest.diverged else "ended"
        return "playing" if self._trains else "paused"

    @property
    def _trains(self) -> bool:
        """Whether the newest run continues, also while an earlier epoch is shown."""
        waits = (self.looks_back and self._time.waits) or self.newest.stopped or self._waits_for()
        return self.playing and not waits

    # what a person asks for

    def use(self, experiment: Experiment) -> None:
        """Continue under ``experiment``: with the same run where only training settings differ, else from epoch 0."""
        now = self.newest
        if experiment == now.experiment:
            return
        same_data = (experiment.data, experiment.seed) == (now.experiment.data, now.experiment.seed)
        # a start may take long: meanwhile the run before it is shown
        fresh = None if experiment.continues(now.experiment) else started(experiment, now.data if same_data else None)
        with self._lock:
            before = self.newest
            if fresh is None:
                self._branch()
                before = self.newest
                if before.has_started:
                    self._time.course.marks = marked(self.marks, before.epoch, before.experiment, experiment)
                self._time.add(before.with_settings(experiment))
            else:
                if experiment.data != before.experiment.data:
                    self.camera.leave()
                self._begin(fresh)
                self.camera.scene = None
            self.pace.update_seconds = None  # an epoch may now take a thousand times as long
            self._changed()

    def redraw(self, experiment: Experiment) -> None:
        """Continue with the same weights and the examples of ``experiment``, or from epoch 0 where they do not fit."""
        with self._lock:
            if experiment == self.newest.experiment:
                return
            data = experiment.make_data()
            if not (experiment.continues(self.newest.experiment, other_data=True) and self.newest.fits(data)):
                self.use(experiment)
                return
            self._branch()
            self._time.add(self.newest.with_data(experiment, data))
            self.camera.redraw(data)
            self._changed()

    def play(self, playing: bool = True) -> None:
        """Continue from the epoch on screen, or pause."""
        with self._lock:
            self._batches = 0
            if playing:  # it goes on from here, whatever is met here already
                self.camera.steps.end()
                self._branch()
                self._progress.goals.pass_over(self.newest)
            super().play(playing)

    def _branch(self) -> None:
        if self.looks_back:
            self.settle()
            self._time.branch()
            self._progress.goals.begin()

    def step(self) -> None:
        """Pause, and train for one epoch; while an earlier epoch is shown, show the next one."""
        with self._lock:
            if self.looks_back:
                self._time.look_by(1)
                self._changed()
            else:
                super().step()

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

        Or where ``reached`` says so of the run. ``of_step``: a lesson's step asks for it, not the visitor. Each counts
        once; pressing play goes on, and after a reset they count again.
        """
        with self._lock:
            if self._progress.goals.set(Goals(epoch, cost, accuracy, reached, of_step)):
                self._changed()

    def step_batch(self) -> None:
        """Pause, and make one update."""
        with self._lock:
            self._branch()
            self.playing = False
            self._batches += 1
            self._changed()

    def reset(self) -> None:
        """Return to epoch 0 with the same starting weights."""
        run = started(self.newest.experiment, self.newest.data)
        with self._lock:
            self._begin(run)
            self._changed()

    def _begin(self, run: Run) -> None:
        self._time.go_to(run)
        self._progress.goals.begin()
        self._steps = self._batches = 0

    def restore(self, run: Run) -> None:
        """Continue from ``run``, which may be of another experiment, or an earlier epoch of this run."""
        with self._lock:
            if not run.experiment.continues(self.newest.experiment):
                self.camera.leave()
            self._begin(run)
            self.pace.update_seconds = None
            self._changed()

    def rest(self) -> None:
        """Release what the next frame creates again: nobody watches."""
        with self._lock:
            self.camera.scene = None
            self._progress.rest()

    # what the socket asks for

    def wait(self, scene_shown: int) -> float:
        """See :class:`BasePlayer`."""
        scene = self.camera.scene
        if self._seen != self._revision or self._steps or scene is None or scene.id != scene_shown or self._time.moves:
            return 0.0
        if self.state != "playing":
            # the chart may still lack the newest points
            return UNLIMITED if self.camera.shows_all_of(self.run, self.newest) else 0.0
        return self.pace.wait()

    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """See :class:`BasePlayer`; ``part`` is a unit of the network."""
        with self._lock:
            self._seen = self._revision
            self.playing = self.playing and not self.camera.steps.pauses()
            self._train()
            self._time.move(SLICE if self._is_beside_others() else PART)
            before = time.thread_time()
            header: dict[str, object] = {
                "revision": self._revision,
                "notice": self.notice,
                "epoch": self.run.epoch,
                "state": self.state,
                "reason": translated(self.run.stopped or self._why(), self.camera.language),
                "batch": self._progress.batch(self.run, playing=self.state == "playing"),
                "time": self._time.header(self.camera.language),
            }
            picture = self.draw(header, scene_shown, part)
            self._picture_seconds = time.thread_time() - before
            return picture

    def at_once(self, scene_shown: int, part: int | None = None) -> Picture | None:
        """See :class:`BasePlayer`."""
        scene, steps = self.camera.scene, self._steps + self._batches
        if scene is None or scene.id != scene_shown or scene.large or self._keeps:
            return None
        training = self.pace.expected(self.newest, steps, self._budget()) if steps or self.state == "playing" else 0.0
        if training + self._picture_seconds > QUICK:
            return None
        if not self._lock.acquire(blocking=False):  # somebody is just starting another run
            return None
        try:
            if training + self._picture_seconds + self._time.expected() > QUICK:
                return None
            return self.picture(scene_shown, part)
        finally:
            self._lock.release()

    def _train(self) -> None:
        elapsed, self._served = self.pace.tick(), time.perf_counter()
        run = self.newest
        self._steps, self._batches = (0, 0) if self.held else (self._steps, self._batches)
        if self._steps or self._batches:
            seconds = SLICE if self._is_beside_others() else UNLIMITED
            run, self._steps, self._batches = self._progress.step(run, self._steps, self._batches, seconds)
        elif self._trains and self._progress.pauses(run):
            self.playing = False
        elif self._trains:
            run, self.playing = self._progress.play(run, elapsed, self._budget())
        self._time.add(run)

    def _why(self) -> str:
        """The reason why it paused by itself, as long as it has not moved on."""
        if self.looks_back:
            return self.held
        return self._waits_for() or (self._progress.goals.why(self.run) if not self.playing else "")

    def _waits_for(self) -> str:
        """The message about who holds it, or what the data lack for training; else empty."""
        return self.held or self._missing_data.of(self.newest.data)
