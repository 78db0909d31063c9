"""What every player has: a token by which the socket finds it, the transport controls, and calls to those who wait.

The page passes on what a person asks for, and the socket requests frames; both call the player. All methods may be
called from any thread.
"""

from __future__ import annotations

import secrets
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Literal, Self

from dnn.ui.live.pace import Pace
from dnn.ui.live.sharing import training_seconds

ACTIVE = 1.0  # seconds since its last frame for which a playing player counts as watched
MANY = 8  # players, from which on one more or less makes little difference: counting them takes as long as a picture's
RECOUNT = 0.05  # part, so they are counted again after this number of seconds

State = Literal["playing", "paused", "ended", "diverged"]
Picture = tuple[bytes, int]  # a message for the browser, and the number of the scene that it shows after it


class BasePlayer(ABC):
    """Something that plays, with transport controls. ``speed`` is in epochs a second, ``UNLIMITED`` for no limit."""

    _all: ClassVar[dict[str, BasePlayer]] = {}  # by token; ``sweep`` removes those that nobody watches
    _counted: ClassVar[tuple[float, int]] = (0.0, 0)  # when those who play were counted last, and how many they were

    def __init__(self, *, playing: bool, speed: float, token: str = "") -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.playing = playing
        self.held = ""  # why training waits until somebody else lets it go on, in a message
        self.pace = Pace(speed)
        self._lock = threading.RLock()
        self._steps = 0  # single epochs asked for and not done yet
        self._served, self._seen = 0.0, -1  # when the last frame was made, and of which revision
        self._picture_seconds = 0.0  # that the last picture took, without training
        self._revision = 0
        self._wakers: set[Callable[[], None]] = set()
        self._owner: Callable[[], None] | None = None  # called when another connection takes its place
        self.watchers = 0  # connections that show this player
        self.left = time.perf_counter()  # when the last of them went
        BasePlayer._all[self.token] = self

    @classmethod
    def of(cls, token: str) -> Self | None:
        """Return the player of this class with this token; None if there is none (any more)."""
        found = BasePlayer._all.get(token)
        return found if isinstance(found, cls) else None

    @classmethod
    def sweep(cls, grace: float) -> None:
        """Forget players that nobody has watched for ``grace`` seconds: their tabs are closed."""
        now = time.perf_counter()
        for token, player in tuple(BasePlayer._all.items()):
            if player._is_left(now - grace):
                BasePlayer._all.pop(token, None)

    def release(self) -> None:
        """Hide it from sockets: its owner shows it by other means."""
        BasePlayer._all.pop(self.token, None)

    @classmethod
    def active(cls) -> int:
        """How many players play and are watched; of ``MANY`` how many it were a moment ago."""
        when, count = BasePlayer._counted
        now = time.perf_counter()
        if count <= MANY or not 0.0 <= now - when < RECOUNT:
            count = len(BasePlayer._active())
            BasePlayer._counted = now, count
        return count

    @classmethod
    def active_heavy(cls) -> int:
        """How many players play, are watched, and are heavy."""
        return sum(player.heavy for player in BasePlayer._active())

    @classmethod
    def _active(cls) -> list[BasePlayer]:
        now = time.perf_counter()
        return [
            player for player in tuple(BasePlayer._all.values()) if player.playing and now - player._served < ACTIVE
        ]

    @property
    def speed(self) -> float:
        """The speed, in epochs a second."""
        return self.pace.speed

    @property
    @abstractmethod
    def state(self) -> State:
        """The state that the transport shows."""

    # what a person asks for

    def play(self, playing: bool = True) -> None:
        """Play, or pause."""
        with self._lock:
            self.playing, self._steps = playing, 0
            self._changed()

    def hold(self, why: str) -> None:
        """Stop training for the reason in the message ``why``; an empty one lets it continue as before."""
        with self._lock:
            if why != self.held:
                self.held = why
                self._changed()

    def set_speed(self, speed: float) -> None:
        """Set the speed, in epochs a second."""
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

    @abstractmethod
    def reset(self) -> None:
        """Return to epoch 0 with the same starting weights."""

    def stay(self) -> None:
        """Count as watched at this moment: its visitor is there, on a page that shows no player."""
        self.left = time.perf_counter()

    def on_change(self, waker: Callable[[], None]) -> Callable[[], None]:
        """Call ``waker`` after every change; return a function that ends this."""
        with self._lock:
            self._wakers.add(waker)
        return lambda: self._wakers.discard(waker)

    def belong_to(self, owner: Callable[[], None]) -> Callable[[], None]:
        """Attach a new connection and call the ``owner`` of the previous one; return a function that detaches it."""
        before, self._owner = self._owner, owner
        if before is not None:
            before()

        def leave() -> None:
            if self._owner is owner:
                self._owner = None

        return leave

    def _changed(self) -> None:
        self._revision += 1
        self.pace.restart()
        for waker in tuple(self._wakers):
            waker()

    def _is_left(self, since: float) -> bool:
        """Whether nobody has watched it since this moment."""
        return not self.watchers and self.left < since

    # what the socket asks for

    @property
    @abstractmethod
    def heavy(self) -> bool:
        """Whether its frames take so long that they take turns with those of other such players."""

    @abstractmethod
    def wait(self, scene_shown: int) -> float:
        """Seconds until there is a new picture for a browser with that scene: infinite while paused and unchanged.

        Takes no lock: the server's event loop calls it and must not wait for a thread that trains.
        """

    @abstractmethod
    def picture(self, scene_shown: int = -1, part: int | None = None) -> Picture:
        """Train as much as is due, and return a message, with the scene if another one is shown. ``part`` is large."""

    def frame(self, scene_shown: int = -1) -> bytes:
        """The message of :meth:`picture` alone."""
        return self.picture(scene_shown)[0]

    def at_once(self, scene_shown: int, part: int | None = None) -> Picture | None:
        """Return :meth:`picture` if it takes moments only; None if it may take longer and needs a thread.

        For the server's event loop: handing a frame of two milliseconds to a thread and back halves the number of
        players that the server can serve.
        """
        return None

    def request(self, words: str) -> bool:
        """Do what else the browser asks for; return False where this player knows no such request. Takes no lock."""
        return False

    def _is_beside_others(self) -> bool:
        """Whether another player plays and is watched."""
        return BasePlayer.active() > MANY or any(player is not self for player in BasePlayer._active())

    def _budget(self) -> float:
        """Seconds of training for one frame."""
        return training_seconds(BasePlayer.active(), self._picture_seconds)
