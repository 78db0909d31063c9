"""The live widget of a notebook: a player in the kernel, and the page's scripts in the browser.

The browser asks for each frame, as on the page, and the kernel trains when it is asked. Messages of the browser:

    {"do": "frame", "view": "a", "scene": 7}   send the next frame to view a, which shows scene 7 (-1: none yet)
    {"do": "play"}, "pause", "step", "reset"   what the buttons say
    {"do": "speed", "speed": 30}               epochs a second; null: as fast as it can

A request while nothing changes is answered when something does. Answers of the kernel:

    {"kind": "frame", "view": "a"}             and the frame as a buffer, laid out as ``dnn.ui.live.wire`` says
    {"kind": "wait", "view": "a", "seconds": 0.2}   ask again after so long
"""

from __future__ import annotations

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
            "plane_picture",
            "points",
        )
    ),
    *(STATIC / f"{name}.js" for name in ("notebook_costs", "notebook")),
)
MOST_ASKED = 16  # requests waiting; a view has two
SPEEDS = (1e-3, 1e4)  # epochs a second, at least and at most
ACTIONS: dict[str, Callable[[Player], None]] = {
    "play": Player.play,
    "pause": lambda player: player.play(False),
    "step": Player.step,
    "reset": Player.reset,
}


class LiveWidget(anywidget.AnyWidget):
    """A run that plays in a notebook. ``run`` is how far it has come; ``player`` takes what else one asks of it."""

    _esm = f"{bundle(SCRIPTS)}\nexport default {{ render: $notebook.render }};\n"
    _css = (STATIC / "notebook.css").read_text(encoding="utf-8")

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.player = player
        self._asked: deque[tuple[str, int]] = deque(maxlen=MOST_ASKED)  # view, and the scene that it shows
        self._answering, self._due = threading.Lock(), False
        self._stop_listening = player.on_change(self._answer)
        self.on_msg(self._receive)

    @property
    def run(self) -> Run:
        """The run as far as it has come."""
        return self.player.newest

    def close(self) -> None:
        """Stop it, and take it off the notebook."""
        self._stop_listening()
        self.player.play(False)
        super().close()

    def _receive(self, _: object, content: object, __: object) -> None:
        """Do what the browser asks; what is nothing that it may ask is passed over."""
        if not isinstance(content, dict):
            return
        match content:
            case {"do": str(action)} if action in ACTIONS:
                ACTIONS[action](self.player)
            case {"do": "speed", "speed": None}:
                self.player.set_speed(UNLIMITED)
            case {"do": "speed", "speed": int() | float() as speed} if SPEEDS[0] <= speed <= SPEEDS[1]:
                self.player.set_speed(float(speed))
            case {"do": "frame", "view": str(view), "scene": int(scene)}:
                self._asked.append((view, scene))
                self._answer()

    def _answer(self) -> None:
        """Answer the requests that are due, on whatever thread: a kernel may hand messages to one while a cell runs.

        Nobody waits for whoever is answering already, who may wait for the player that calls this: he looks again.
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
                self.send({"kind": "frame", "view": view}, buffers=[self.player.frame(scene)])


def live(
    experiment: Experiment | None = None,
    *,
    playing: bool = False,
    speed: float = UNLIMITED,
    theme: Literal["light", "dark"] = "light",
) -> LiveWidget:
    """Show ``experiment``, by default the usual one, as a network that learns, with Play, Pause, Step and a speed.

    ``speed`` is in epochs a second. It trains only while it is on screen and the kernel is free. Raises ImportError
    without anywidget (the extra ``notebook``).
    """
    player = Player(Experiment() if experiment is None else experiment, playing=playing, speed=speed)
    player.release()  # a notebook has no socket that looks for it
    player.show(THEMES[theme])
    return LiveWidget(player)
