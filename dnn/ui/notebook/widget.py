"""The live widget of a notebook: a player in the kernel, and the page's scripts in the browser.

The browser asks for each frame, as on the page, and the kernel trains when it is asked. Messages of the browser:

    {"do": "frame", "view": "a", "scene": 7}   send the next frame to view a, which shows scene 7 (-1: none yet)
    {"do": "play"}, "pause", "step", "reset"   what the buttons say
    {"do": "speed", "speed": 30}               epochs a second; null: as fast as it can
    {"do": "look", "theme": "dark", "locale": "zh-CN"}   how the notebook looks; what ``live`` was told goes first
    {"do": "gone", "view": "a"}                view a is no more

A request while nothing changes is answered when something does. Answers of the kernel:

    {"kind": "frame", "view": "a", "language": "zh", "speed": 30}   and the frame as a buffer: see ``dnn.ui.live.wire``
    {"kind": "wait", "view": "a", "seconds": 0.2}   ask again after so long
"""

from __future__ import annotations

import json
import math
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from dnn import web
from dnn.experiment import Experiment
from dnn.export.bundle import bundle
from dnn.plots.theme import THEMES
from dnn.training.run import Run
from dnn.ui.catalogue import LANGUAGES, language_of
from dnn.ui.live.i18n import texts, words
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player

try:
    import anywidget
except ImportError as error:
    raise ImportError("dnn.live needs the package anywidget: pip install 'dnn-playground[notebook]'") from error

STATIC = Path(__file__).parent / "static"
PANEL = Path(__file__).parents[1] / "live" / "static"
SCRIPTS = (  # each script follows those that it imports
    *(web.FOLDER / f"{name}.js" for name in ("names", "paint")),
    *(
        PANEL / f"{name}.js"
        for name in (
            "later",
            "i18n",
            "dom",
            "wire",
            "frames",
            "geometry",
            "names_of_units",
            "edge_look",
            "layout",
            "padlock",
            "unit_states",
            "captions",
            "diagram",
            "ghost",
            "plane_picture",
            "points",
        )
    ),
    *(STATIC / f"{name}.js" for name in ("notebook_costs", "notebook_words", "surroundings", "notebook")),
)
MOST_ASKED = 16  # requests waiting; a view has two
TEXTS = texts(SCRIPTS)  # that the scripts translate
WORDS = {  # in other languages than English, as i18n.js takes them
    name: {"name": each.locale, "words": words(TEXTS, name), "glossary": {}}
    for name, each in LANGUAGES.items()
    if each.folder
}
SPEEDS = (1e-3, 1e4)  # epochs a second, at least and at most
ACTIONS: dict[str, Callable[[Player], None]] = {
    "play": Player.play,
    "pause": lambda player: player.play(False),
    "step": Player.step,
    "reset": Player.reset,
}


class LiveWidget(anywidget.AnyWidget):
    """A run that plays in a notebook. ``run`` is its newest epoch; ``player`` has all other controls."""

    _esm = (
        f"{bundle(SCRIPTS)}\n"
        f"$notebook_words.know({json.dumps(WORDS, ensure_ascii=False)});\n"
        "export default { render: $notebook.render };\n"
    )
    _css = (STATIC / "notebook.css").read_text(encoding="utf-8")

    def __init__(self, player: Player, *, theme: str | None = None, language: str | None = None) -> None:
        super().__init__()
        self.player = player
        self._theme, self._language = theme, language  # None: the notebook's
        self._look(theme or "light", language or "en")
        self._asked: deque[tuple[str, int]] = deque(maxlen=MOST_ASKED)  # view, and the scene that it shows
        self._views: set[str] = set()
        self._answering, self._due = threading.Lock(), False
        self._stop_listening = player.on_change(self._answer)
        self.on_msg(self._receive)
        self.observe(self._follow_comm, "comm")
        self._follow_comm()

    @property
    def run(self) -> Run:
        """The run at its last trained epoch."""
        return self.player.newest

    def close(self) -> None:
        """Stop it and remove it from the notebook; the browser may do so too. ``run`` stays available."""
        self._stop_listening()
        self.player.play(False)
        self.player.rest()
        super().close()

    def _follow_comm(self, _: object = None) -> None:
        if self.comm is not None:
            self.comm.on_close(lambda _: self.close())

    def _receive(self, _: object, content: object, __: object) -> None:
        """Do what the browser asks; anything that is not a valid message is ignored."""
        if not isinstance(content, dict):
            return
        match content:
            case {"do": str(action)} if action in ACTIONS:
                ACTIONS[action](self.player)
            case {"do": "speed", "speed": None}:
                self.player.set_speed(UNLIMITED)
            case {"do": "speed", "speed": int() | float() as speed} if SPEEDS[0] <= speed <= SPEEDS[1]:
                self.player.set_speed(float(speed))
            case {"do": "look", "theme": "light" | "dark" as theme, "locale": str(locale)}:
                self._look(self._theme or theme, self._language or language_of(locale) or "en")
            case {"do": "frame", "view": str(view), "scene": int(scene)}:
                self._views.add(view)
                self._asked.append((view, scene))
                self._answer()
            case {"do": "gone", "view": str(view)}:
                self._leave(view)

    def _leave(self, view: str) -> None:
        """A cell was run again, or deleted: ipywidgets keeps every widget that is not closed, so it should be small."""
        self._views.discard(view)
        if not self._views:
            self._asked.clear()
            self.player.rest()

    def _look(self, theme: str, language: str) -> None:
        self.player.show(THEMES[theme])
        self.player.speak(language)

    def _answer(self) -> None:
        """Answer the requests that are due, on whatever thread: a kernel may hand messages to one while a cell runs.

        A call returns at once while another thread answers; that thread then looks for requests again. Waiting for it
        could be a deadlock, because it may itself wait for the player that calls this.
        """
        self._due = True
        while self._due and self._answering.acquire(blocking=False):
            try:
                self._due = False
                self._answer_all()
            finally:
                self._answering.release()

    def _answer_all(self) -> None:
        while self._asked:
            view, scene = self._asked[0]
            seconds = self.player.wait(scene)
            if seconds == math.inf:
                return
            self._asked.popleft()
            if seconds > 0.0:
                self.send({"kind": "wait", "view": view, "seconds": seconds})
            else:
                frame = self.player.frame(scene)
                self.send({"kind": "frame", "view": view, **self._said()}, buffers=[frame])

    def _said(self) -> dict[str, object]:
        """Return what the buttons show besides the frame."""
        speed = self.player.speed
        return {"language": self.player.camera.language, "speed": None if speed == UNLIMITED else speed}


def live(
    experiment: Experiment | None = None,
    *,
    playing: bool = False,
    speed: float = UNLIMITED,
    theme: Literal["light", "dark"] | None = None,
    language: str | None = None,
) -> LiveWidget:
    """Show ``experiment``, by default the usual one, as a network that learns, with Play, Pause, Step and a speed.

    ``speed`` is in epochs a second. ``theme`` and ``language``, such as "en" or "zh_CN", are the notebook's unless they
    are given. It trains only while it is on screen and the kernel is free. Raises ImportError without anywidget (the
    extra ``notebook``), and ValueError for a theme or a language that there is not.
    """
    if theme is not None and theme not in THEMES:
        raise ValueError(f"theme {theme!r} is not one of {', '.join(THEMES)}")
    spoken = language_of(language or "")
    if language is not None and spoken is None:
        known = ", ".join(each.folder or name for name, each in LANGUAGES.items())
        raise ValueError(f"language {language!r} is not one of {known}")
    player = Player(Experiment() if experiment is None else experiment, playing=playing, speed=speed)
    player.release()  # a notebook has no socket that looks for it
    return LiveWidget(player, theme=theme, language=spoken)
