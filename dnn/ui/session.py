"""What belongs to one visitor: the player, the experiment, and what a link said. Nothing else touches session_state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.links import from_query, to_query
from dnn.plots.theme import THEMES, Theme
from dnn.run import Run
from dnn.training import start
from dnn.ui import catalogue, classroom, drawing, edits
from dnn.ui.live.player import HISTORY_LIMIT, Player
from dnn.ui.live.socket import grace
from dnn.ui.trail import Moment, Trail

DEFAULT_SPEED = 60.0
PROJECTOR = "projector"  # the key of the switch for the back row
PANEL = "live-panel"  # key of the component
LANGUAGE, LANGUAGE_SWITCH = "lang", "language-switch"  # a word of the address, and the key of what changes it
SPOKEN = "language-spoken"  # as the switch was last drawn
PAGE_WORDS = (LANGUAGE, *classroom.WORDS)  # of the address: they say how the page is, not what plays, and stay


def experiment() -> Experiment:
    """The experiment that is on screen: the last one whose settings were all allowed."""
    found: Experiment = st.session_state["experiment"]
    return found


def keep(experiment: Experiment) -> None:
    """Make ``experiment`` the one that plays, on screen and in the address bar, as far as it may be."""
    if _ledger().pending is None:  # else the widgets, which say so, are behind
        experiment = _permitted(experiment)
        _leave_for(experiment)
        _show(experiment)


def shows(widget: str) -> bool:
    """Whether pupils see this widget, or any with this beginning."""
    return class_plan().shows(classroom.control_of(widget))


def locks(widget: str) -> bool:
    """Whether pupils see it only."""
    return not class_plan().allows(classroom.control_of(widget))


def class_plan() -> classroom.Plan:
    """What pupils see and may change; all of it where no teacher has chosen."""
    return _read_plan(_taught(page_words()))[0]


@lru_cache(maxsize=256)
def _read_plan(words: tuple[tuple[str, str], ...]) -> tuple[classroom.Plan, tuple[Problem, ...]]:
    return classroom.read(dict(words))


def _taught(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """A teacher's among these words."""
    return tuple((word, words[word]) for word in classroom.WORDS if word in words)


def _permitted(other: Experiment) -> Experiment:
    """``other``, but for what a teacher's link holds as it is on screen."""
    if class_plan() == classroom.Plan():
        return other
    from dnn.ui.controls.bounds import on_this_page  # whose package is built on this file

    return class_plan().held(experiment(), other, on_this_page)


def _show(experiment: Experiment, run: Run | None = None, *, drawn: bool = False) -> None:
    """Put ``experiment`` on screen and into the address bar, and play it, from ``run`` on where that is given.

    Where its examples were ``drawn`` the run goes on with its weights.
    """
    st.session_state["experiment"] = experiment
    address(to_query(experiment))
    if playing := _player():
        if run is not None:
            playing.restore(run)
        if drawn:
            playing.redraw(experiment)
        elif run is None:
            playing.use(experiment)


def address(words: dict[str, str]) -> None:
    """Have the address bar say ``words``, and the page's own."""
    wanted = words | page_words()
    if query() != wanted:
        st.query_params.from_dict(wanted)


def page_words() -> dict[str, str]:
    """The words of the address that are the page's own: they stay whatever is played, and on every page."""
    found: dict[str, str] = st.session_state.get("words", {})
    return found


def read_page_words() -> None:
    """Take the page's own words from the address, when :func:`visited` would read the others; later from the page."""
    if "words" not in st.session_state or navigated():
        st.session_state["words"] = _own_words(query())[0]
    elif value(LANGUAGE_SWITCH) != value(SPOKEN):
        st.session_state["words"] = page_words() | {LANGUAGE: value(LANGUAGE_SWITCH)}


def _own_words(said: dict[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The page's own among the words of an address, as far as they can be, and what is wrong with the others."""
    plan, unread = _read_plan(_taught(said))
    wrong = catalogue.problems(said[LANGUAGE]) if LANGUAGE in said else ()
    spoken = {LANGUAGE: said[LANGUAGE]} if LANGUAGE in said and not wrong else {}
    return spoken | classroom.words(plan), (*unread, *wrong)


def language() -> str:
    """The language that was chosen, as the address has it; empty if none was."""
    return page_words().get(LANGUAGE, "") if visiting() else ""


def show_language(name: str) -> None:
    """Have the switch say the language that is spoken."""
    put({LANGUAGE_SWITCH: name, SPOKEN: name})


def query() -> dict[str, str]:
    """The words of the address."""
    return st.query_params.to_dict()


def visiting() -> bool:
    """Whether this is a visitor's session, and not a test of a part or a thread that trains."""
    return get_script_run_ctx(suppress_warning=True) is not None


def navigated() -> bool:
    """Whether the browser's back or forward button brought the visitor here."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def visited() -> tuple[Experiment, tuple[Problem, ...]] | None:
    """What the address describes, and what of it cannot be: on the first visit and after the browser's back button.

    At other times the address is not asked: the one that a browser sends along lags behind quick changes.
    """
    catch_up()
    if "experiment" in st.session_state and not navigated():
        return None
    said = query()
    st.session_state["words"], unread = _own_words(said)
    experiment, problems = from_query({word: text for word, text in said.items() if word not in PAGE_WORDS})
    return experiment, (*problems, *unread)


def arrive(experiment: Experiment, problems: tuple[Problem, ...]) -> None:
    """Begin with what the address described."""
    _leave_for(experiment)
    plain = experiment == Experiment() and class_plan() == classroom.Plan() and not problems
    st.session_state.update(problems=problems, newcomer=plain, experiment=experiment)


def newcomer() -> bool:
    """Whether the visitor came by the bare address, and not by a link that somebody made."""
    found: bool = st.session_state.get("newcomer", False)
    return found


# what a visitor does with a click


@dataclass(frozen=True)
class _Change:
    """What is to be on screen; ``run`` to go on from, where that is given. Made twice it is the same as once."""

    experiment: Experiment
    trail: Trail
    run: Run | None = None
    acted: int | None = None  # the number of the browser's last action, if it was one
    drawn: bool = False  # whether the run goes on with its weights and other examples
    whole: bool = False  # whether every widget follows, even one in which a mistake stands


@dataclass(frozen=True)
class _Ledger:
    """What can be undone, which of the browser's actions were done, and a change that has not reached the page yet."""

    trail: Trail = Trail()
    acted: int = -1
    pending: _Change | None = None


def _ledger() -> _Ledger:
    found: _Ledger = st.session_state.get("ledger", _Ledger())
    return found


def _carry_out(plan: Callable[[], _Change | None]) -> None:
    """Make the change that ``plan`` finds, if it finds one. For callbacks.

    Streamlit breaks a callback off, at any look at the session's state, when the browser has sent something newer. So a
    change is noted at one stroke and then made; if that is broken off, it is made when the page is next run.
    """
    catch_up()
    if change := plan():
        allowed = _permitted(change.experiment)
        if allowed != change.experiment:
            trail = _trail() if allowed == experiment() else change.trail
            change = replace(change, experiment=allowed, trail=trail, run=None, drawn=False)
        acted = _ledger().acted if change.acted is None else change.acted
        st.session_state["ledger"] = _Ledger(change.trail, acted, change)
        catch_up()


def catch_up() -> None:
    """Bring what was noted to the widgets, the address and the player."""
    if noted := st.session_state.get("noted"):
        put(noted)
        st.session_state["noted"] = None
    if change := _ledger().pending:
        from dnn.ui import controls  # which are built on this file

        # a mistake that stands in a widget stays where no setting changes
        if change.whole or change.experiment != experiment().model_copy(update={"draw": change.experiment.draw}):
            controls.write(change.experiment)
        _show(change.experiment, change.run, drawn=change.drawn)
        st.session_state["ledger"] = replace(_ledger(), pending=None)


def new_weights() -> None:
    """Draw other starting weights under the same seed."""

    def plan() -> _Change:
        current = experiment()
        other = current.model_copy(update={"draw": current.draw + 1})
        return _Change(other, _trail().left(_moment(current, other)))

    _carry_out(plan)


def choose(other: Experiment) -> None:
    """Turn to ``other`` as a whole: a preset, or what a file says. For callbacks."""

    def plan() -> _Change:
        changes = other != experiment()
        return _Change(other, _trail().left(_moment(experiment(), other)) if changes else _trail(), whole=True)

    _carry_out(plan)


def reset() -> None:
    """Back to epoch 0 with the same starting weights."""

    def plan() -> _Change | None:
        if (playing := _player()) is None:
            return None
        fresh = start(playing.run.experiment, data=playing.run.data, history_limit=HISTORY_LIMIT)
        return _Change(experiment(), _trail().left(Moment(experiment(), playing.run)), fresh)

    _carry_out(plan)


def open_run(run: Run) -> None:
    """Go on with ``run``, which came from a file; what was there can be had back with undo."""
    _carry_out(lambda: _Change(run.experiment, _trail().left(Moment(experiment(), _run())), run))


def can_undo() -> bool:
    """Whether there is something to undo."""
    return bool(_trail().past)


def can_redo() -> bool:
    """Whether something was undone that can be done again."""
    return bool(_trail().future)


def undo() -> None:
    """Take back the last change of a setting, of the network or of one of its numbers."""
    _carry_out(lambda: _travelled(_trail().past, Trail.back))


def redo() -> None:
    """Do again what was undone last."""
    _carry_out(lambda: _travelled(_trail().future, Trail.forth))


def _travelled(moments: tuple[Moment, ...], way: Callable[[Trail, Moment], Trail]) -> _Change | None:
    if not moments:
        return None
    there = moments[-1]
    here = Moment(experiment(), None if there.run is None else _run())
    drawn = there.run is None and not there.experiment.continues(experiment())
    return _Change(there.experiment, way(_trail(), here), there.run, drawn=drawn)


def _trail() -> Trail:
    return _ledger().trail


def _moment(before: Experiment, after: Experiment) -> Moment:
    """``before``, with its run if that cannot go on under ``after``."""
    return Moment(before, None if after.continues(before) else _run())


def _leave_for(experiment: Experiment) -> None:
    """Remember what is on screen, if that is something else."""
    before: Experiment | None = st.session_state.get("experiment")
    if before is not None and before != experiment:
        ledger = _ledger()
        st.session_state["ledger"] = replace(ledger, trail=ledger.trail.left(_moment(before, experiment)))


def act() -> None:
    """Do what was clicked in the network diagram. For the panel's callback."""
    _carry_out(lambda: _acted(st.session_state.get(PANEL, {}).get("action")))


def do(sent: object) -> None:
    """Do the actions that a browser sent, but those that have been done already."""
    _carry_out(lambda: _acted(sent))


def acted() -> int:
    """The number of the last action that was done; -1 before the first."""
    return _ledger().acted


def _acted(sent: object) -> _Change | None:
    from dnn.ui import controls  # which are built on this file

    done = acted()
    sent_now = edits.read(sent)
    if not sent_now:
        return None
    actions = [action for action in sent_now if action.number > done]
    if not class_plan().allows("edit"):
        actions = [action for action in actions if not isinstance(action, edits.Number)]
    now, trail, playing, drawn = experiment(), _trail(), _run(), False
    run = playing
    for action in actions:
        if isinstance(action, edits.Number):
            after = None if run is None else edits.renumbered(run, action)
            if after is not None:
                trail, run = trail.left(Moment(now, run)), after
        elif isinstance(action, edits.Drawing):
            other = _redrawn(now, action)
            if other != now:
                trail, now, drawn = trail.left(Moment(now), action.stroke), other, True
        else:
            other = edits.resized(now, action, controls.MOST_LAYERS, controls.WIDEST)
            if other != now and not controls.readable(other, ())[1]:
                trail, now, run, drawn = trail.left(Moment(now, run)), other, None, False
    acted_now = max(done, sent_now[-1].number)
    return _Change(now, trail, None if run is playing else run, acted_now, drawn)


def _redrawn(now: Experiment, action: edits.Drawing) -> Experiment:
    """``now`` with what was drawn, on the plane that was on screen."""
    if (playing := _player()) is None:
        return now
    data = playing.run.data if playing.run.experiment.data == now.data else now.make_data()
    return drawing.drawn(now, data, action, playing.cut(action.plane.look))


def problems() -> tuple[Problem, ...]:
    """What the address said that could not be read."""
    found: tuple[Problem, ...] = st.session_state.get("problems", ())
    return found


def forget_problems() -> None:
    """The visitor has read them."""
    st.session_state["problems"] = ()


def _player() -> Player | None:
    """The visitor's player, if there is one yet or still."""
    return Player.of(st.session_state.get("token", ""))


def _run() -> Run | None:
    """What plays, if anything does."""
    playing = _player()
    return None if playing is None else playing.run


def player() -> Player:
    """The visitor's player, playing the experiment on screen in the appearance that the browser shows."""
    found = _player()
    if found is None:  # a new visitor, or one who was away for so long that the run was given up
        Player.sweep(grace())
        found = Player(experiment(), speed=DEFAULT_SPEED)
        st.session_state["token"] = found.token
    found.use(experiment())
    found.show(appearance())
    return found


def appearance() -> Theme:
    """What the browser shows, light or dark, and large for the back row."""
    theme = THEMES[st.context.theme.type or "light"]
    return theme.projected() if value(PROJECTOR) else theme


def value(key: str) -> Any:
    """The value of a widget, or None before it exists."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Set widgets. Streamlit allows it before they are drawn, and in callbacks."""
    st.session_state.update(values)


def put_together(values: dict[str, Any]) -> None:
    """Set widgets that only together make sense: all of them, even if Streamlit breaks off. For callbacks."""
    st.session_state["noted"] = values
    catch_up()
