"""One thread of the server publishes the runs of all pupils, and brings their pages the teacher's orders.

Frames cost nothing more for that: a run is a value, which this thread may read while the next one is trained. A page
runs again only when there is something new, because its player notifies the browser (``Player.notify``).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dnn.classroom import Classroom, ClassStore, Report, open_store
from dnn.errors import ClassUnreachable
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.live.base_player import BasePlayer, State
from dnn.ui.live.player import Player
from dnn.ui.live.screen_player import ScreenPlayer

LOG = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two reports of one pupil
HEARTBEAT = 10.0  # seconds after which a page reports again though nothing has changed
REST = 150.0  # times what a report took, until the next one: large networks report less often
LEFT = 5.0  # seconds without a browser after which a page does not report any more
FROZEN = Message("Your teacher has paused the class. It goes on when your teacher says so.")


@dataclass
class Member:
    """A pupil whose page is open on this server; ``classroom`` is the class as it was last seen.

    ``token`` is that of the player that is reported, ``others`` are those of players that wait with it. While
    ``watching``, the player shows the network of somebody else, and the last report of the own one stands.
    """

    token: str
    code: str
    pupil_id: str
    classroom: Classroom | None
    reachable: bool = True
    present: bool = True  # whether the pupil is in the class
    name: str = ""  # that the pupil has, as was heard with the last report
    reached: bool = False  # whether a report has met the goal
    watching: bool = False
    report: Report | None = None  # the last one of the pupil's own run
    told: tuple[Run, State] | None = None  # what was reported last, the run and the player's state
    told_at: float = 0.0
    cost: float = 0.0  # seconds of a processor that the last report took
    others: set[str] = field(default_factory=set)

    @property
    def over(self) -> bool:
        """Whether the class has ended, or the pupil is not in it any more."""
        return self.classroom is None or self.classroom.ended or not self.present

    @property
    def frozen(self) -> bool:
        """Whether training waits. A page that cannot reach its class continues."""
        return bool(self.reachable and not self.over and self.classroom and self.classroom.orders.frozen)

    def players(self) -> list[BasePlayer]:
        """Return the pupil's players that are left."""
        return [player for token in (self.token, *tuple(self.others)) if (player := BasePlayer.of(token))]

    def own(self) -> Player | None:
        """Return the player that shows the pupil's own run, while there is one."""
        return None if self.watching else Player.of(self.token)

    def hold(self) -> None:
        """Let the players wait or continue, as ordered."""
        for player in self.players():
            player.hold(FROZEN if self.frozen else "")

    def tell(self) -> None:
        """Let the players wait or continue, as ordered, and make the page run again."""
        self.hold()
        for player in self.players():
            if isinstance(player, ScreenPlayer):
                player.notify()


class Reporter:
    """The members of this server by the token of their player, and the thread that serves them while there are any."""

    def __init__(self, store: Callable[[], ClassStore] = open_store) -> None:
        self._store = store
        self._lock, self._one_round = threading.Lock(), threading.Lock()
        self._one_delivery = threading.Lock()  # or older orders might come after newer ones
        self._members: dict[str, Member] = {}
        self._thread: threading.Thread | None = None

    def watch(self, token: str, code: str, pupil_id: str, classroom: Classroom | None) -> Member:
        """Return the member whose player has this ``token``; a new one begins with ``classroom``."""
        with self._lock:
            member = self._members.get(token)
            if member is None or (member.code, member.pupil_id) != (code, pupil_id):
                member = self._members[token] = Member(token, code, pupil_id, classroom)
                member.hold()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="class reporter", daemon=True)
                self._thread.start()
            return member

    def forget(self, token: str) -> None:
        """Stop reporting; training continues."""
        with self._lock:
            member = self._members.pop(token, None)
        for player in member.players() if member else ():
            player.hold("")

    def _serve(self) -> None:
        while True:
            began = time.perf_counter()
            try:
                self.round(EVERY)
            except Exception:  # such as a class of a server of another version: the next round looks again
                LOG.exception("a round of reports failed")
            with self._lock:
                if not self._members:
                    self._thread = None
                    return
            time.sleep(max(0.05, EVERY - (time.perf_counter() - began)))

    def round(self, spread: float = 0.0) -> None:
        """Serve every member once, within ``spread`` seconds so that their reports do not come all at once."""
        with self._one_round:
            with self._lock:
                members = list(self._members.items())
            self._serve_all(members, spread)

    def deliver(self, code: str) -> None:
        """Bring the orders of this class to its pupils on this server now, not only with the next round."""
        with self._lock:
            members = [member for member in self._members.values() if member.code == code]
        if members:
            self._bring_orders(members)

    def _bring_orders(self, members: list[Member]) -> bool:
        """Return whether the store answers."""
        with self._one_delivery:
            classes = dict[str, Classroom | None]()
            reachable = self._look(self._store(), {member.code for member in members}, classes)
            for member in members:
                _deliver(member, classes.get(member.code), reachable=member.code in classes)
            return reachable

    def _serve_all(self, members: list[tuple[str, Member]], spread: float) -> None:
        store, everybody = self._store(), [member for _, member in members]
        reachable, looked_at = self._bring_orders(everybody), time.perf_counter()
        for token, member in members:
            if time.perf_counter() - looked_at >= EVERY:  # the reports of a full class take longer than orders may
                reachable, looked_at = self._bring_orders(everybody), time.perf_counter()
            player = member.own()
            if not member.players():
                self.forget(token)
            elif reachable and not member.over and _is_due(member, player):
                try:
                    _publish(store, member, player)
                except ClassUnreachable:  # the next round looks again
                    return
                except Exception:  # the reports of the others go on
                    LOG.exception("a report of a pupil failed")
            time.sleep(spread / 2 / len(members))

    def _look(self, store: ClassStore, codes: set[str], classes: dict[str, Classroom | None]) -> bool:
        """Find these classes, until the store does not answer; returns whether it does."""
        try:
            for code in codes:
                classes[code] = store.find(code)
        except ClassUnreachable:
            return False
        return True


def _deliver(member: Member, classroom: Classroom | None, *, reachable: bool) -> None:
    """Let the players wait or go on as ordered, and the page run again where there is something new."""
    classroom = classroom if reachable else member.classroom
    if (classroom, reachable) == (member.classroom, member.reachable):
        return
    member.classroom, member.reachable = classroom, reachable
    member.tell()


def _now(member: Member, player: Player | None) -> tuple[Run, State] | None:
    """Return what there is to report; None where ``player`` shows something else by now, or is gone."""
    now = (player.newest, player.state) if player else None
    return None if member.watching else now  # asked afterwards: it is set before another run is on screen


def _is_due(member: Member, player: Player | None) -> bool:
    waited = time.perf_counter() - member.told_at
    if member.told and waited < REST * member.cost:
        return False
    if member.told != _now(member, player):
        return True
    here = any(each.watchers > 0 or time.perf_counter() - each.left < LEFT for each in member.players())
    return here and waited > HEARTBEAT


def _publish(store: ClassStore, member: Member, player: Player | None) -> None:
    began, before, now = time.thread_time(), member.told, _now(member, player)
    member.told, member.told_at = now, time.perf_counter()
    try:
        report = Report.of(*now) if now else _last_report(store, member)
        if report is None:
            return
        pupil = store.publish(member.code, member.pupil_id, report)
    except ClassUnreachable:
        member.told = before  # it is still to be told
        raise
    member.report = report
    member.cost = time.thread_time() - began
    reached = bool(member.classroom and member.classroom.goal.met_by(report))
    renamed = pupil is not None and member.name not in ("", pupil.name)
    member.present, member.name = pupil is not None, pupil.name if pupil else member.name
    if not member.present or renamed or (reached and not member.reached):
        member.reached = member.reached or reached
        member.tell()


def _last_report(store: ClassStore, member: Member) -> Report | None:
    """Return the last report of the own run, which is not on screen; None where there is none yet."""
    if member.report is None:  # the page was opened anew in between
        seats = store.reports(member.code).new
        member.report = next((seat.report for seat in seats if seat.pupil.id == member.pupil_id), None)
    return member.report.model_copy(update={"state": "paused"}) if member.report else None


REPORTER = Reporter()
