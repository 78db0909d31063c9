"""The part of a player that decides what is on screen: which epoch, which plane, in which appearance and language.

``run`` is the run on screen, ``newest`` the run at its last trained epoch.
"""

from __future__ import annotations

from weakref import WeakMethod

from dnn.data.plane import Plane, View
from dnn.plots.theme import Theme
from dnn.training.run import Run
from dnn.training.timeline import Timeline
from dnn.ui.live.base_player import BasePlayer, Picture
from dnn.ui.live.camera import Camera, Shown
from dnn.ui.live.field_size import CROWD
from dnn.ui.live.findings import Findings
from dnn.ui.live.ghost import Ghost
from dnn.ui.live.marks import Mark
from dnn.ui.live.replay import Replay
from dnn.ui.live.snapshot import KEEP, Snapshot, write
from dnn.ui.live.time_travel import TimeTravel

SETTLED = 2.0  # seconds that somebody waits at most who goes on from an epoch that is not on screen yet


class ScreenPlayer(BasePlayer):
    """A player of one run: what concerns the screen."""

    def __init__(self, run: Run, *, playing: bool, speed: float) -> None:
        self._time, self.camera = TimeTravel(run), Camera()
        self._keeps = False  # whether the next picture brings a snapshot for the tab
        changed = WeakMethod(self._changed)  # the findings do not keep the player

        def found() -> None:
            if tell := changed():
                tell()

        self.findings = Findings(found)
        self.notice = self.heard = 0  # counts what the page shall hear of, and what it has heard of
        super().__init__(playing=playing, speed=speed)

    @property
    def run(self) -> Run:
        """The run on screen; an earlier one while an earlier epoch is shown."""
        return self._time.run

    @run.setter
    def run(self, run: Run) -> None:
        self._time.look(None)
        self._time.move()
        self._time.add(run)

    @property
    def newest(self) -> Run:
        """The run at its last trained epoch."""
        return self.timeline.newest

    @property
    def timeline(self) -> Timeline:
        """The timeline of the run."""
        return self._time.timeline

    @property
    def looks_back(self) -> bool:
        """Whether an earlier epoch is on screen."""
        return self._time.looks_back

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The epochs at which settings were changed."""
        return self._time.course.marks

    def notify(self) -> None:
        """Make the browser that shows this player run the page again."""
        with self._lock:
            self.notice += 1
            self._changed()

    @property
    def ghost(self) -> Ghost | None:
        """The replaced run that is drawn beside this one."""
        return self.camera.ghost

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Draw the run that was replaced beside this one; None: nothing."""
        with self._lock:
            if ghost is not self.camera.ghost:
                self.camera.ghost, self.camera.scene = ghost, None
                self._changed()

    def hear(self) -> None:
        """Note that the page runs from its beginning: call it before the page reads what is new.

        A notice that comes later makes the page run again.
        """
        self.heard = self.notice

    def look(self, epoch: int | None) -> None:
        """Show an earlier epoch, or the nearest one that there is; the newest for None."""
        with self._lock:
            self._time.look(epoch)
            self._changed()

    def replay(self, seconds: float, *, logarithmic: bool) -> None:
        """Show the run from its first epoch to the newest one in ``seconds`` seconds."""
        with self._lock:
            self._time.replay(Replay(seconds, logarithmic))
            self._changed()

    def settle(self) -> None:
        """Show the epoch that was asked for, or of a long way as much as can be waited for."""
        with self._lock:
            self._time.move(SETTLED)

    def show(self, theme: Theme) -> None:
        """Draw in another appearance."""
        with self._lock:
            if self.camera.show(theme, self.camera.language):
                self._changed()

    def speak(self, language: str) -> None:
        """Use another language."""
        with self._lock:
            if self.camera.show(self.camera.theme, language):
                self._changed()

    def request(self, words: str) -> bool:
        """Draw another plane, or move it (``Camera.request``), or look at another epoch (``TimeTravel.request``).

        The next picture shows it. With ``KEEP`` it brings a snapshot of the newest run.
        """
        if words == KEEP:
            self._keeps, self._seen = True, -1  # so there is a next picture, also while it is paused
            return True
        understood = self.camera.request(words, self.run.data.points.shape[1]) or self._time.request(words)
        if understood:
            self._changed()
        return understood

    def plane(self, view: View) -> Plane:
        """The plane that ``view`` shows, with the part of it that is on screen."""
        with self._lock:
            return self.camera.plane(self.run.data, view)

    def draw(self, header: dict[str, object], scene_shown: int, part: int | None) -> Picture:
        """One message for a browser, as ``Camera.picture`` returns it; ``header`` gets the findings."""
        more = {}
        if self._keeps:
            self._keeps = False
            more["snapshot"] = write(Snapshot(self.newest, self.speed))
        playing = BasePlayer.active()
        self.camera.in_crowd = playing > CROWD
        diagnosis = self.findings.of(self.run, playing=header["state"] == "playing", beside=playing)
        header["findings"] = self.findings.described(diagnosis, self.camera.language)
        shown = Shown(self.run, self.newest, self.marks)
        return self.camera.picture(shown, header, scene_shown, part, diagnosis.units, more)
