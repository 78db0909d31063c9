"""Which class a visitor has joined, under which name, and what the teacher shows on the visitor's page."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace

import streamlit as st

from dnn.classroom import Classroom, Pupil, open_store
from dnn.classroom.animals import free_animal
from dnn.classroom.classroom import LONGEST_NAME
from dnn.classroom.report import LONGEST_EXPERIMENT, document_of
from dnn.errors import ClassUnreachable, DnnError, InvalidSetting, NoSuchClass, Problem
from dnn.experiment import Experiment
from dnn.experiment.documents import read
from dnn.experiment.links import to_query
from dnn.messages import Message
from dnn.training import start
from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.screen_player import ScreenPlayer
from dnn.ui.pupil.reporter import HEARTBEAT, REPORTER, Member
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.tab_storage import stored_text, tab_storage

MEMBERSHIP = "pupil"  # keys in the store, as the next three
SUGGESTED = "pupil.suggested"  # the animal that is the name of one who gives none
TAB_TEXT = "pupil.tab-text"  # what the tab keeps
ASKED = "pupil.asked"  # the code for which the tab was asked
LONGEST_RUN = 400_000  # characters of a run that the tab keeps: they travel each time that the page is drawn
TAB, TAB_NAME = "pupil-tab", "dnn.pupil"  # key of the component, and name in the tab's storage


@dataclass(frozen=True)
class Membership:
    """A visitor who has joined a class.

    ``seen`` is the number of the last experiment that the teacher showed on all screens; while it is on this one,
    ``mine`` is the visitor's own run, and ``of`` says who made the other: a pupil's name, or "" for the teacher. After
    a reload ``mine`` is the own experiment, and ``run_text`` how far its run is (``session.kept_text``).
    """

    code: str
    pupil: Pupil
    classroom: Classroom | None  # as it was when the visitor joined
    seen: int = 0
    mine: Run | Experiment | None = None
    of: str = ""
    run_text: str = ""

    def kept(self) -> str:
        """Return what the tab keeps: who the pupil is, and the own run while another one is on screen."""
        experiment = self.mine.experiment if isinstance(self.mine, Run) else self.mine
        mine = {"mine": document_of(experiment), "of": self.of, "run": self.run_text} if experiment else {}
        return json.dumps({"code": self.code, "id": self.pupil.id, **mine})


def membership() -> Membership | None:
    """Return the visitor's place in the class of the address; None where the visitor has not joined it."""
    found: Membership | None = store.value(MEMBERSHIP)
    return found if found and found.code == address.class_code() else None


def member() -> Member | None:
    """Return what the server knows of the visitor as a pupil, and begin to report; None for one who has not joined."""
    joined = membership()
    if joined is None:
        return None
    player = session.player()
    player.hear()
    told = REPORTER.watch(player.token, joined.code, joined.pupil.id, joined.classroom)
    told.watching = joined.mine is not None
    return told


def let_wait(player: BasePlayer) -> None:
    """Let another player of the visitor wait too while the class is paused."""
    if isinstance(player, ScreenPlayer):
        player.hear()
    if told := member():
        told.others.add(player.token)
        told.hold()


def stay() -> None:
    """Let a pupil count as there on a page that shows no player, for as long as the page is open. Draws nothing."""
    if member():
        _stay()


@st.fragment(run_every=HEARTBEAT)
def _stay() -> None:
    if player := session.present_player():
        player.stay()


def suggested_name(code: str) -> str:
    """Return the animal whose name one gets who gives none."""
    code_before, name = store.value(SUGGESTED) or ("", "")
    if code_before != code:
        name = free_animal((pupil.name for pupil in open_store().reports(code).pupils), tr)
        store.put({SUGGESTED: (code, name)})
    return str(name)


def join(name: str) -> None:
    """Join the class of the address. For callbacks.

    Raises what ``ClassStore.join`` raises, and InvalidSetting for a name of more than LONGEST_NAME characters.
    """
    code, name = address.class_code(), name.strip()
    if len(name) > LONGEST_NAME:
        length = Message("a text of {count} characters", count=len(name))
        raise InvalidSetting([Problem("name", length, Message("it may have {most} at most", most=LONGEST_NAME))])
    _enter(code, open_store().join(code, name or suggested_name(code)))


def _put(joined: Membership) -> None:
    store.put({MEMBERSHIP: joined, TAB_TEXT: joined.kept()})


def _enter(code: str, pupil: Pupil, mine: Experiment | None = None, of: str = "", run_text: str = "") -> None:
    classroom = open_store().find(code)
    if classroom is None:
        raise NoSuchClass(code)
    shown = classroom.orders.shown
    _put(Membership(code, pupil, classroom, shown.number if shown else 0, mine, of, run_text))


def leave() -> None:
    """Leave the class, or what is left of it. For callbacks."""
    joined = membership()
    words = {word: text for word, text in address.page_words().items() if word != address.CLASS}
    address.set_page_words(words)
    store.put({MEMBERSHIP: None, SUGGESTED: None, TAB_TEXT: "{}"})
    address.write(to_query(session.experiment()))
    if joined:
        REPORTER.forget(session.player().token)
        with contextlib.suppress(ClassUnreachable):  # what is left of it expires
            open_store().leave(joined.code, joined.pupil.id)


def draw_storage() -> None:
    """Let the tab keep who the visitor is in the class, or ask for it after a reload."""
    code = address.class_code()
    wanted = bool(code) and membership() is None and store.value(TAB_TEXT) is None
    if wanted or store.value(TAB_TEXT) is not None:
        tab_storage(TAB_NAME, TAB, text=store.value(TAB_TEXT), wanted=wanted, on_kept=come_back)


def come_back() -> None:
    """Go on as the pupil whom the tab kept, which may be any text."""
    try:
        kept = json.loads(stored_text(TAB)[: 2 * LONGEST_EXPERIMENT + LONGEST_RUN])
        code, pupil_id, of = str(kept["code"]), str(kept["id"]), str(kept.get("of", ""))
        run_text = str(kept.get("run", ""))
        mine = read(str(kept["mine"])) if kept.get("mine") else None
    except (ValueError, TypeError, KeyError, AttributeError):  # an InvalidSetting is a ValueError
        return
    if code != address.class_code() or membership():
        return
    try:
        if pupil := open_store().pupil(code, pupil_id):
            _enter(code, pupil, mine, of[:LONGEST_NAME], run_text)
    except DnnError:
        return  # the page asks for a name, and says what is wrong


def obey(told: Member) -> None:
    """Open what the teacher shows on all screens, and let the controls wait while the class is paused."""
    store.put({address.HELD: told.frozen})
    joined = membership()
    shown = told.classroom.orders.shown if told.classroom and not told.over else None
    if joined is None or shown is None or shown.number <= joined.seen:
        return
    try:
        experiment = read(shown.experiment)
    except InvalidSetting:
        _put(replace(joined, seen=shown.number))
        return
    told.watching = True  # before it is on screen: it is no report of this pupil
    player, mine, run_text = session.player(), joined.mine, joined.run_text
    before = player.newest
    if mine is None:
        mine, text = before, session.kept_text(before, player.speed)
        run_text = text if len(text) <= LONGEST_RUN else ""
    _put(replace(joined, seen=shown.number, mine=mine, of=shown.of, run_text=run_text))
    session.open(experiment, unrestricted=True)
    if session.player().newest is before:  # its settings were on screen already: it is trained, and shall not be
        session.open_run(start(before.experiment), unrestricted=True)


def back_to_mine() -> None:
    """Go on with the visitor's own run. For callbacks."""
    joined = membership()
    if joined and joined.mine:
        _put(replace(joined, mine=None, of="", run_text=""))
        if isinstance(joined.mine, Run):
            session.open_run(joined.mine, unrestricted=True)
        else:
            session.open(joined.mine, unrestricted=True)
            if joined.run_text:
                session.receive_kept_run({"number": 0, "text": joined.run_text, "playing": session.player().playing})
