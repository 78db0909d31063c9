"""Pictures of a run: on which plane, in which appearance and language, and which parts have been sent already."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from dnn.data import Data
from dnn.data.plane import Plane, View
from dnn.plots.cost_chart import views
from dnn.plots.curves import accuracy_curves, cost_curves, rate_curve
from dnn.plots.theme import LIGHT, Theme
from dnn.training.run import Run
from dnn.ui.catalogue import translated
from dnn.ui.live.diagram_steps import DiagramSteps
from dnn.ui.live.edge_gradients import EdgeGradients
from dnn.ui.live.frame import Scene
from dnn.ui.live.ghost import Ghost
from dnn.ui.live.health_part import HealthPart
from dnn.ui.live.marks import Mark
from dnn.ui.live.report import report
from dnn.ui.live.wire import pack

CURVES_EVERY = 0.12  # seconds between two deliveries of the cost curves: charts are slow to redraw, reports to make

REQUEST = re.compile(
    r"plane (?:(?P<across>\d\d?) (?P<up>\d\d?)|components)"
    r"|hold (?P<input>\d\d?) (?P<value>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
    r"|edges (?P<edges>weight|gradient)",
    re.ASCII,
)


class Shown(NamedTuple):
    """What is shown: a run, on its cost chart also its later epochs up to the ``newest`` run, and the marks."""

    run: Run
    newest: Run
    marks: tuple[Mark, ...]


class Camera:
    """It keeps the scene, the part of a picture that is the same in every frame, until the scene changes."""

    def __init__(self) -> None:
        self.theme: Theme = LIGHT
        self.language = "en"
        self.view = View()  # which plane through the inputs is drawn
        self.scene: Scene | None = None
        self.ghost: Ghost | None = None  # the run before this one, where it stays in the pictures
        self.in_crowd = False  # whether so many play that new scenes are coarse
        self.health = HealthPart()
        self.steps = DiagramSteps()
        self._plane: Plane | None = None  # that plane, kept while examples are drawn on it
        self._charted: Shown | None = None  # of what the chart was sent
        self._told = 0.0  # and when
        self._gradients: EdgeGradients | None = None  # where edges show the gradient instead of the weight

    def show(self, theme: Theme, language: str) -> bool:
        """Draw in this appearance and language; return whether that is another one."""
        if changed := (theme, language) != (self.theme, self.language):
            self.theme, self.language, self.scene = theme, language, None
        return changed

    def leave(self) -> None:
        """The examples are other ones: the same two inputs are drawn if there are such, and nothing is held."""
        self.scene, self._plane, self.view = None, None, replace(self.view, held=())

    def request(self, words: str, inputs: int) -> bool:
        """Draw something else of a run with ``inputs`` inputs, as the browser asks; return False if that is nonsense.

        plane 0 2         the plane over the inputs 0 and 2
        plane components  that over the first two principal components
        hold 1 -0.5       hold input 1, which is not drawn, at -0.5; a number that is not finite is passed over
        edges gradient    send the gradient of each weight with it, until "edges weight"

        Or the health of the run, see ``HealthPart.request``, or one example, see ``DiagramSteps.request``.
        """
        if self.health.request(words) or self.steps.request(words):
            return True
        found = REQUEST.fullmatch(words)
        if found is None:
            return False
        if found["edges"] is not None:
            self._gradients = EdgeGradients() if found["edges"] == "gradient" else None
        elif found["input"] is None:
            across, up = found["across"], found["up"]
            self.view = View(components=True) if across is None else View(int(across), int(up))
        elif math.isfinite(value := float(found["value"])):
            self.view = self.view.holding(int(found["input"]), value, inputs)
        return True

    def redraw(self, data: Data) -> None:
        """Use other examples: the part of the plane on screen stays the same if it holds them."""
        self.scene = None
        if self._plane and not self._plane.holds(data):
            self._plane = None

    def plane(self, data: Data, view: View) -> Plane:
        """The plane that ``view`` shows, with the part of it that is on screen."""
        kept, view = self._plane, view.fitting(data.points.shape[1])
        return kept.holding(view) if kept and kept.view.same_plane(view) else Plane.of(data, view)

    def shows_all_of(self, run: Run, newest: Run) -> bool:
        """Whether everything of ``run`` was sent: its health if that is shown, and the curves up to ``newest``."""
        sent = self._charted
        return sent is not None and sent.run is run and sent.newest is newest and self.health.shows_all_of(run)

    def picture(
        self,
        shown: Shown,
        header: dict[str, object],
        scene_shown: int,
        unit: int | None,
        inactive: np.ndarray,
        more: Mapping[str, np.ndarray],
    ) -> tuple[bytes, int]:
        """One message for a browser that shows that scene, and the number of the scene that it shows after it.

        ``header`` is what the player says of itself, ``unit`` is shown large, ``inactive`` has a number for each hidden
        unit: see ``Diagnosis.units``. ``more`` arrays go along.
        """
        run = shown.run
        now, playing = time.perf_counter(), header["state"] == "playing"
        scene = self._seen(run)
        fresh = scene.id != scene_shown
        header["numbers"] = {name: value if np.isfinite(value) else None for name, value in run.latest.items()}
        parts = scene.arrays(run.params) | dict(more)
        if run.frozen is not None:
            parts["frozen"] = scene.frozen(run.frozen, parts["edges"])
        if inactive.any():
            parts["inactive"] = inactive
        if self._gradients is not None:
            parts["edge_gradients"] = self._gradients.of(run, playing=playing)[parts["edges"]]
        if unit is not None and unit < sum(scene.sizes):
            header["unit"], large = scene.unit(unit, run.frozen)
            parts |= large
        if of_health := self.health.of(run, now, playing=playing, fresh=fresh):
            header["health"] = of_health[0]
            parts |= of_health[1]
        if example := self.steps.of(run, parts["edges"], self.language):
            header["example"] = example[0]
            parts |= example[1]
        if fresh or not playing or now - self._told > CURVES_EVERY:
            if fresh or self._has_grown(shown, playing=playing):
                header["chart"] = self._chart(shown, parts, fresh=fresh)
                self._charted = shown
            if scene.task != "regression":
                parts["answers"] = scene.answers()
            self._told = now
        if fresh:
            parts["scene"] = np.frombuffer(scene.description.encode(), np.uint8)
        return pack(header, parts), scene.id

    def _has_grown(self, now: Shown, *, playing: bool) -> bool:
        """Whether the chart lacks an epoch. Within an epoch its curves do not grow, and its report takes long."""
        sent = self._charted
        if sent is None or now.marks is not sent.marks:
            return True
        return any(
            new is not old and not (playing and new.history is old.history and new.epoch == old.epoch)
            for new, old in ((now.run, sent.run), (now.newest, sent.newest))
        )

    def _seen(self, run: Run) -> Scene:
        """Return the scene on the plane that was asked for last; where only held inputs differ, the scene stays."""
        view = self.view.fitting(run.data.points.shape[1])
        if self.scene is not None and self.scene.data is not run.data:  # those of the past, or of the present again
            self.redraw(run.data)
        if self.scene and self.scene.plane.view != view and self.ghost:  # whose boundary is another one there, too
            self.scene = None
        if self.scene is None or not self.scene.plane.view.same_plane(view):
            plane = self.plane(run.data, view)
            self.scene = Scene(run, self.theme, plane, self.language, self.ghost, in_crowd=self.in_crowd)
        elif self.scene.plane.view != view:
            self.scene.hold(view)
        self._plane = self.scene.plane
        return self.scene

    def _chart(self, shown: Shown, parts: dict[str, np.ndarray], *, fresh: bool) -> dict[str, Any]:
        """What the cost chart shows: its curves into ``parts``; which views there are, marks and numbers are given.

        Curves that were sent are not sent again, unless the scene is ``fresh``.
        """
        run, newest, sent = shown.run, shown.newest, self._charted
        available = views(newest)
        if fresh or sent is None or newest.history is not sent.newest.history or available != views(sent.newest):
            validation = self.scene is not None and self.scene.validated  # as many curves as the scene has lines for
            curves = {"curves": cost_curves(newest.history, validation=validation)}
            if "accuracy" in available:
                curves["accuracies"] = accuracy_curves(newest.history, validation=validation)
            if "rate" in available:
                curves["rates"] = rate_curve(newest.history)
            with np.errstate(over="ignore"):  # costs of a run about to diverge become infinite
                parts |= {name: curve.astype(np.float32) for name, curve in curves.items()}
        return {
            "views": available,
            "marks": [[mark.epoch, translated(mark.text, self.language)] for mark in shown.marks],
            "report": report(run) if len(run.data.X) else None,
        }
