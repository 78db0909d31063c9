"""Show earlier epochs of a run: which epoch is shown, how its run is restored, and the courses that were left.

A request is only stored; frames carry it out (:meth:`TimeTravel.move`), a little at a time. So a newer request replaces
one that takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dnn.training.footprint import held_bytes
from dnn.training.run import Run
from dnn.training.timeline import MOST_BYTES, Timeline
from dnn.ui.catalogue import translated
from dnn.ui.live.approach import Approach
from dnn.ui.live.marks import Mark, changes
from dnn.ui.live.replay import SECONDS, Replay

PART = 0.05  # seconds of training for a frame on a long way back
MOST_LEFT = 8  # ways not taken that are kept
CHECKED = 64  # frames with training between two looks at the memory of all ways

REQUEST = re.compile(
    r"time (?:(?P<epoch>\d{1,12})|by (?P<by>-?\d{1,6})|(?P<live>live)|(?P<waits>wait|go on)"
    r"|replay (?P<seconds>\d{1,3}) (?P<spacing>log|even))",
    re.ASCII,
)


@dataclass
class Course:
    """A course that the run took: its timeline, and the marks where settings were changed."""

    timeline: Timeline
    marks: tuple[Mark, ...] = ()


class TimeTravel:
    """The courses of the run, and the epoch that is shown."""

    def __init__(self, run: Run) -> None:
        self.course = Course(Timeline(run))
        self.waits = True  # whether training waits while one looks at the past
        self._left: list[Course] = []  # ways not taken, the oldest first
        self._shown: Run | None = None  # the past run on screen
        self._wanted: int | None = None  # the epoch that was asked for; None for the newest
        self._replay: Replay | None = None
        self._approach = Approach()
        self._added = 0

    @property
    def timeline(self) -> Timeline:
        """The timeline of the present course."""
        return self.course.timeline

    @property
    def run(self) -> Run:
        """The run on screen."""
        shown = self._shown
        return self.timeline.newest if shown is None else shown

    @property
    def looks_back(self) -> bool:
        """Whether an earlier epoch was asked for, or is on screen."""
        return self._wanted is not None or self._shown is not None

    @property
    def replays(self) -> bool:
        """Whether a replay is running."""
        return self._replay is not None

    @property
    def moves(self) -> bool:
        """Whether the next frame shows another epoch, without training."""
        shown, wanted = self._shown, self._wanted
        if wanted is None:
            return shown is not None
        if self._replay is not None or shown is None:
            return True
        return (shown.epoch, shown.batch) != (wanted, 0) and not shown.stopped

    # what is asked for

    def look(self, epoch: int | None) -> None:
        """Show ``epoch``, or the nearest one that there is; the newest for None."""
        self._replay = None
        self._want(epoch)

    def look_by(self, epochs: int) -> None:
        """Show the epoch that is ``epochs`` later, or earlier if negative, than the one shown or asked for."""
        newest = self.timeline.newest
        here = self.timeline.newest.epoch if self._wanted is None else self._wanted
        if self._wanted is None and newest.batch and epochs < 0:
            here += 1  # it has begun this epoch: its beginning is one back
        self.look(here + epochs)

    def replay(self, replay: Replay) -> None:
        """Show the epochs from the first to the newest one."""
        self._replay = replay
        self._want(self.timeline.first)

    def request(self, words: str) -> bool:
        """Do what the browser asks for; False where it asks for nothing such.

        time 30                     look at epoch 30
        time by -1                  at the one before that on screen
        time live                   at the newest
        time wait, time go on       what training does meanwhile
        time replay 10 log          replay in 10 seconds, slowly at the start; or "even"
        """
        found = REQUEST.fullmatch(words)
        if found is None or (found["seconds"] and int(found["seconds"]) not in SECONDS):
            return False
        if found["epoch"]:
            self.look(int(found["epoch"]))
        elif found["by"]:
            self.look_by(int(found["by"]))
        elif found["live"]:
            self.look(None)
        elif found["waits"]:
            self.waits = found["waits"] == "wait"
        else:
            self.replay(Replay(float(found["seconds"]), found["spacing"] == "log"))
        return True

    def _want(self, epoch: int | None) -> None:
        newest = self.timeline.newest
        if epoch is not None:
            epoch = max(epoch, self.timeline.first)
            if epoch > newest.epoch or (epoch == newest.epoch and not newest.batch):
                epoch = None
        self._wanted = epoch

    # what frames do

    def move(self, seconds: float = PART) -> None:
        """Come nearer to the epoch that was asked for, in about ``seconds`` seconds."""
        if (replay := self._replay) is not None:
            epoch = replay.epoch(self.timeline.first, self.timeline.newest.epoch)
            if self._replay is replay:  # nobody has asked for something else meanwhile
                self._want(epoch)
                self._replay = None if self._wanted is None else replay
        wanted, shown = self._wanted, self._shown
        if wanted is None:
            if shown is not None:
                self._shown = None
                self._approach.rest()
        elif shown is None or (shown.epoch, shown.batch) != (wanted, 0):
            wanted = min(max(wanted, self.timeline.first), self.timeline.newest.epoch)
            self._shown = self._approach.towards(self._start_of(wanted), wanted, seconds)

    def expected(self) -> float:
        """Seconds that the next :meth:`move` is likely to take."""
        wanted = self._wanted
        if wanted is None or not self.moves:
            return 0.0
        run = self._start_of(max(wanted, self.timeline.first))
        if run.data is not self.run.data:
            return PART  # the plane is drawn anew
        return min(PART, self._approach.expected((wanted - run.epoch) * run.updates_per_epoch - run.batch))

    def _start_of(self, epoch: int) -> Run:
        """Return the run from which to train to ``epoch``: the nearest snapshot, or the run on screen if nearer."""
        nearest, shown = self.timeline.nearest(epoch), self._shown
        if shown is None or not (nearest.epoch, nearest.batch) < (shown.epoch, shown.batch) <= (epoch, 0):
            return nearest
        return shown

    def header(self, language: str) -> dict[str, Any]:
        """Return the part of a frame's header about the epoch on screen."""
        timeline, wanted = self.timeline, self._wanted
        since = "" if self._shown is None else changes(self._shown.experiment, timeline.newest.experiment)
        return {
            "first": timeline.first,
            "newest": timeline.newest.epoch,
            "live": self._shown is None,
            "wanted": wanted if self.moves else None,
            "waits": self.waits,
            "replays": self.replays,
            "since": translated(since, language),
        }

    # what the run does

    def add(self, run: Run) -> None:
        """Add ``run``, the newest one, after training or after a change."""
        self.timeline.add(run)
        self._added += 1
        if self._added >= CHECKED and self._left:
            self._forget()

    def branch(self) -> None:
        """Continue from the run on screen; :meth:`go_to` returns to the course that is left."""
        if (run := self._shown) is not None:
            self._leave(Course(self.timeline.until(run), tuple(m for m in self.course.marks if m.epoch < run.epoch)))

    def go_to(self, run: Run) -> None:
        """Continue with ``run``: one of this course, of one that was left, a change of either, or another one."""
        if run is self.timeline.newest:
            self._leave(self.course)
            return
        if self._shown is not None and run.history is self._shown.history:
            self.branch()
            if run is self.timeline.newest:
                return
        courses = (self.course, *reversed(self._left))
        known = next((course for course in courses if course.timeline.newest is run), None)
        known = known or next((course for course in courses if course.timeline.holds(run)), None)
        if known is None:
            self._leave(Course(Timeline(run)))
            return
        if run is known.timeline.newest:
            self._left.remove(known)
            self._leave(known)
        elif run.history is self.timeline.newest.history:  # a change of the newest run
            self._leave(self.course)
            self.add(run)
        else:
            marks = tuple(mark for mark in known.marks if mark.epoch < run.epoch)
            self._leave(Course(known.timeline.until(run), marks))

    def _leave(self, course: Course) -> None:
        """Take another course, and show its newest run."""
        self._shown = self._wanted = self._replay = None
        self._approach.rest()
        if course is not self.course:
            if self.timeline.newest.has_started:
                self._left.append(self.course)
            self.course = course
            self._forget()

    def _forget(self) -> None:
        """Keep no more of the courses that were left than memory allows."""
        self._added = 0
        self._left = self._left[-MOST_LEFT:]
        while self._left and self._held() > MOST_BYTES:
            del self._left[0]

    def _held(self) -> int:
        runs = [run for course in (*self._left, self.course) for run in course.timeline.snapshots]
        return held_bytes(runs, self.timeline.newest)
