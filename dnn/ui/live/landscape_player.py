"""The landscape under a run, refreshed while it trains: the page requests frames over the socket of all live views.

Without requests nothing is computed. Each refresh is a new scene; a coarse one comes first. Where nobody else watches
the run, a request for its landscape trains it. ``landscape_contract.d.ts`` declares the frames.
"""

from __future__ import annotations

import time
from typing import Self

import numpy as np

from dnn.analysis.fewer_examples import with_fewer_examples
from dnn.analysis.landscape import COARSE, SIDE, Landscape, landscape
from dnn.analysis.path import Path
from dnn.messages import Message
from dnn.plots.theme import LIGHT, Theme
from dnn.training.run import Run
from dnn.ui.live.base_player import BasePlayer, Picture, State
from dnn.ui.live.landscape_path import KnownPath
from dnn.ui.live.landscape_scene import LandscapeScene
from dnn.ui.live.landscape_view import LandscapeView
from dnn.ui.live.missing_data import NOTHING_YET
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import pack

EVERY = 0.75  # seconds from one refresh to the next at least
REST = 2.0  # times the processor's time of a refresh, in which it is for others
PAUSE = 0.012  # seconds for others again and again, as an interpreter runs one thread at a time
LOOK = 0.1  # seconds between two looks at whether the run has moved
MOST_WORK = 1e6  # examples × weights that one point of the grid may take
FEWEST_EXAMPLES = 200  # of larger networks the grid gets coarser before there are fewer
SIDES = (SIDE, 31, 21, COARSE)
ENDING = ".landscape"  # of the token, behind that of the run's player

NOT_FINITE = Message("The weights are not finite numbers any more: there is no landscape around them.")


class LandscapePlayer(BasePlayer):
    """The landscape of one visitor's run: the run of ``source``."""

    def __init__(self, source: Player) -> None:
        super().__init__(playing=False, speed=UNLIMITED, token=source.token + ENDING)
        self.source = source
        self.theme: Theme = LIGHT
        self.language, self.view = "en", LandscapeView()
        self._others: tuple[tuple[str, Path], ...] = ()
        self._path = KnownPath()
        self._run: Run | None = None  # that the landscape is of
        self._landscape: Landscape | None = None
        self._fine = True  # whether there is no finer one to come
        self._problem: str = ""
        self._scene: LandscapeScene | None = None
        self._next = 0.0  # when it may be refreshed
        self._source_scene = -1

    @classmethod
    def beside(cls, source: Player) -> Self:
        """Return the landscape player of ``source``."""
        return cls.of(source.token + ENDING) or cls(source)

    @property
    def state(self) -> State:
        """The state of the run."""
        return self.source.state

    def _is_left(self, since: float) -> bool:
        """It stays as long as the player of the run does, for those who open it later."""
        return super()._is_left(since) and Player.of(self.source.token) is not self.source

    # what a person asks for

    def reset(self) -> None:
        """Back to epoch 0 with the same starting weights."""
        self.source.reset()

    def show(self, theme: Theme, language: str) -> None:
        """Draw in this appearance and language."""
        if (theme, language) != (self.theme, self.language):
            self.theme, self.language = theme, language
            self._changed()

    def show_others(self, *others: tuple[str, Path]) -> None:
        """Show the paths of these runs in the same plane, each with its name, if of the same network."""
        if [path for _, path in others] != [path for _, path in self._others]:
            self._others = others
            self._run = None
            self._changed()

    def request(self, words: str) -> bool:
        """``draw random 3 surface test``: see LandscapeView."""
        view = LandscapeView.requested(words)
        if view is None:
            return False
        before, self.view = self.view, view
        if (view.directions, view.seed) != (before.directions, before.seed):
            self._run = None
        self._changed()
        return True

    # what the socket asks for

    @property
    def heavy(self) -> bool:
        """Its frames take turns with those of others."""
        return True

    def wait(self, scene_shown: int) -> float:
        """See :class:`BasePlayer`. A run does not report that it moves, so it is checked now and then."""
        self.source.left = time.perf_counter()  # whoever watches the landscape watches the run
        if self._is_stale(scene_shown):
            return 0.0
        trains = self.source.wait(self._source_scene) if self._is_alone() else UNLIMITED
        return min(self._until_refresh(), trains, LOOK)

    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """Refresh the landscape where that is due, then one message, with the scene if it is another one."""
        with self._lock:
            if self._is_alone():
                _, self._source_scene = self.source.picture(self._source_scene)
            changed, self._seen = self._seen != self._revision, self._revision
            if self._until_refresh() <= 0.0:
                self._refresh()
                changed = True
            if changed or self._scene is None:
                self._scene = self._drawn()
            return self._message(self._scene, scene_shown)

    def at_once(self, scene_shown: int, part: int | None = None) -> Picture | None:
        """See :class:`BasePlayer`: where the run trains, and its landscape is not due yet."""
        scene = self._scene
        if scene is None or self._is_stale(scene_shown) or self._until_refresh() <= 0.0:
            return None
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if self._is_alone():
                trained = self.source.at_once(self._source_scene)
                if trained is None:
                    return None
                _, self._source_scene = trained
            return self._message(scene, scene_shown)
        finally:
            self._lock.release()

    def _is_stale(self, scene_shown: int) -> bool:
        return self._seen != self._revision or self._scene is None or self._scene.id != scene_shown

    def _is_alone(self) -> bool:
        """Whether nobody watches the run itself, and so nobody trains it."""
        return not self.source.watchers

    def _until_refresh(self) -> float:
        if self._run is None or not self._fine:
            return 0.0
        return UNLIMITED if self._run is self.source.run else max(0.0, self._next - time.perf_counter())

    def _refresh(self) -> None:
        """Compute the landscape of the present run: a coarse one where there is none like it, then a fine one."""
        run, before, view = self.source.run, self._landscape, self.view
        began, worked = time.perf_counter(), time.thread_time()
        wanted = self._run
        self._run, self._problem, self._landscape, self._fine = run, self._lack(run), None, True
        if self._problem:
            return
        of, side = measured(run)
        coarse = before is None or wanted is None or before.run.params.sizes != run.params.sizes
        self._landscape = landscape(
            of,
            view.directions,
            path=self._path.to(run, self.source.timeline.snapshots),
            others=[path for _, path in self._fitting(run)],
            seed=view.seed,
            like=before.plane if before else None,
            side=COARSE if coarse else side,
            pause=lambda: time.sleep(PAUSE),
        )
        self._fine = len(self._landscape.across) >= side
        rest = REST * (time.thread_time() - worked)
        self._next = max(began + EVERY, time.perf_counter() + rest)

    def _lack(self, run: Run) -> str:
        if not run.data.n_train:
            return NOTHING_YET
        return "" if np.isfinite(run.params.vector).all() else NOT_FINITE

    def _fitting(self, run: Run) -> list[tuple[str, Path]]:
        """The other runs, but for those of another network."""
        own = run.params.sizes, run.network
        return [(name, path) for name, path in self._others if (path.run.params.sizes, path.run.network) == own]

    def _drawn(self) -> LandscapeScene:
        notes, found, run = [], self._landscape, self._run
        if found is not None and run is not None and found.run.data.n_train < run.data.n_train:
            some, every = found.run.data.n_train, run.data.n_train
            notes.append(Message("Costs are those of {some} of the {all} training examples.", some=some, all=every))
        names = [name for name, _ in self._fitting(found.run)] if found is not None else []
        return LandscapeScene(
            found, self.view, self.theme, self.language, problem=self._problem, names=names, notes=notes
        )

    def _message(self, scene: LandscapeScene, scene_shown: int) -> Picture:
        run, cost = self.source.run, self.source.run.latest["train_cost"]
        header = {
            "kind": "landscape",
            "revision": self._revision,
            "epoch": run.epoch,
            "newest": self.source.newest.epoch,
            "state": self.state,
            "train_cost": float(cost) if np.isfinite(cost) else None,
        }
        return pack(header, scene.parts() if scene.id != scene_shown else {}), scene.id


def measured(run: Run) -> tuple[Run, int]:
    """``run`` with as many examples as its landscape can have in a moment, and the points on a side of its grid."""
    weights = run.params.vector.size
    fewer = with_fewer_examples(run, max(FEWEST_EXAMPLES, int(MOST_WORK) // weights))
    points = SIDE**2 * MOST_WORK / (weights * fewer.data.n_train)
    return fewer, next((side for side in SIDES if side**2 <= points), COARSE)
