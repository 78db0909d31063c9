"""What belongs to one visitor: the player, the experiment, and what a link said. Nothing else touches session_state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.links import from_query, to_query
from dnn.plots.theme import THEMES
from dnn.run import Run
from dnn.training import start
from dnn.ui import edits
from dnn.ui.live.player import HISTORY_LIMIT, Player
from dnn.ui.live.socket import grace
from dnn.ui.trail import Moment, Trail

DEFAULT_SPEED = 60.0
PROJECTOR = "projector"  # the key of the switch for the back row
PANEL = "live-panel"  # key of the component


def experiment() -> Experiment:
    """The experiment that is on screen: the last one whose settings were all allowed."""
    found: Experiment = st.session_state["experiment"]
    return found


def keep(experiment: Experiment) -> None:
    """Make ``experiment`` the one that plays, on screen and in the address bar."""
    if _ledger().pending is None:  # else the widgets, which say so, are behind
        _leave_for(experiment)
        _show(experiment)


def _show(experiment: Experiment, run: Run | None = None) -> None:
    """Put ``experiment`` on screen and into the address bar, and play it, from ``run`` on where that is given."""
    st.session_state["experiment"] = experiment
    query = to_query(experiment)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    if playing := _player():
        playing.use(experiment) if run is None else playing.restore(run)


def visited() -> tuple[Experiment, tuple[Problem, ...]] | None:
    """What the address describes, and what of it cannot be: on the first visit and after the browser's back button.

    At other times the address is not asked: the one that a browser sends along lags behind quick changes.
    """
    _finish()
    context = get_script_run_ctx()
    if "experiment" in st.session_state and not (context and context.is_history_navigation):
        return None
    return from_query(st.query_params.to_dict())


def arrive(experiment: Experiment, problems: tuple[Problem, ...]) -> None:
    """Begin with what the address described."""
    _leave_for(experiment)
    st.session_state.update(problems=problems, experiment=experiment)


# what a visitor does with a click


@dataclass(frozen=True)
class _Change:
    """What is to be on screen; ``run`` to go on from, where that is given. Made twice it is the same as once."""

    experiment: Experiment
    trail: Trail
    run: Run | None = None
    acted: int | None = None  # the number of the browser's last action, if it was one


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
    _finish()
    if change := plan():
        acted = _ledger().acted if change.acted is None else change.acted
        st.session_state["ledger"] = _Ledger(change.trail, acted, change)
        _finish()


def _finish() -> None:
    """Bring the change that was noted to the widgets, the address and the player."""
    if change := _ledger().pending:
        from dnn.ui import controls  # which are built on this file

        # a mistake that stands in a widget stays where no setting changes
        if change.experiment != experiment().model_copy(update={"draw": change.experiment.draw}):
            controls.write(change.experiment)
        _show(change.experiment, change.run)
        st.session_state["ledger"] = replace(_ledger(), pending=None)


def new_weights() -> None:
    """Draw other starting weights under the same seed."""

    def plan() -> _Change:
        current = experiment()
        other = current.model_copy(update={"draw": current.draw + 1})
        return _Change(other, _trail().left(_moment(current, other)))

    _carry_out(plan)


def reset() -> None:
    """Back to epoch 0 with the same starting weights."""

    def plan() -> _Change | None:
        if (playing := _player()) is None:
            return None
        fresh = start(playing.run.experiment, data=playing.run.data, history_limit=HISTORY_LIMIT)
        return _Change(experiment(), _trail().left(Moment(experiment(), playing.run)), fresh)

    _carry_out(plan)


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
    return _Change(there.experiment, way(_trail(), here), there.run)


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
    now, trail, playing = experiment(), _trail(), _run()
    run = playing
    for action in actions:
        if isinstance(action, edits.Number):
            after = None if run is None else edits.renumbered(run, action)
            if after is not None:
                trail, run = trail.left(Moment(now, run)), after
        else:
            other = edits.resized(now, action, controls.MOST_LAYERS, controls.WIDEST)
            if other != now and not controls.readable(other, ())[1]:
                trail, now, run = trail.left(Moment(now, run)), other, None
    return _Change(now, trail, None if run is playing else run, max(done, sent_now[-1].number))


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
    theme = THEMES[st.context.theme.type or "light"]
    found.show(theme.projected() if value(PROJECTOR) else theme)
    return found


def value(key: str) -> Any:
    """The value of a widget, or None before it exists."""
    return st.session_state.get(key)


def put(values: dict[str, Any]) -> None:
    """Set widgets. Streamlit allows it before they are drawn, and in callbacks."""
    st.session_state.update(values)
