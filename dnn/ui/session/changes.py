"""What is on screen, how it came there, and how it changes: at one stroke, whatever Streamlit breaks off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dnn.experiment import Experiment
from dnn.experiment.links import to_query
from dnn.training.run import Run
from dnn.ui.session.history import Moment, Trail
from dnn.ui.session.playing import experiment, present_player, present_run
from dnn.ui.visitor import class_plan
from dnn.ui.visitor.address import address, plan
from dnn.ui.visitor.store import insist, put, tell, value


@dataclass(frozen=True)
class Change:
    """What is to be on screen; ``run`` to go on from, where that is given. Made twice it is the same as once."""

    experiment: Experiment
    trail: Trail
    run: Run | None = None
    acted: int | None = None  # the number of the browser's last action, if it was one
    drawn: bool = False  # whether the run goes on with its weights and other examples
    whole: bool = False  # whether every widget follows, even one in which a mistake stands


@dataclass(frozen=True)
class Ledger:
    """What can be undone, which of the browser's actions were done, and a change that has not reached the page yet."""

    trail: Trail = Trail()
    acted: int = -1
    pending: Change | None = None


def current() -> Ledger:
    """As it stands."""
    found: Ledger = value("ledger") or Ledger()
    return found


def keep(experiment: Experiment) -> None:
    """Make ``experiment`` the one that plays, on screen and in the address bar, as far as it may be."""
    if current().pending is None:  # else the widgets, which say so, are behind
        experiment = _permitted(experiment)
        leave_for(experiment)
        _show(experiment)


def carry_out(plan: Callable[[], Change | None]) -> None:
    """Make the change that ``plan`` finds, if it finds one. For callbacks.

    Streamlit breaks a callback off, at any look at the session's state, when the browser has sent something newer. So a
    change is noted at one stroke and then made; if that is broken off, it is made when the page is next run.
    """
    catch_up()
    if change := plan():
        allowed = _permitted(change.experiment)
        if allowed != change.experiment:
            trail = trail_now() if allowed == experiment() else change.trail
            change = replace(change, experiment=allowed, trail=trail, run=None, drawn=False)
        acted = current().acted if change.acted is None else change.acted
        put({"ledger": Ledger(change.trail, acted, change)})
        catch_up()


def catch_up() -> None:
    """Bring what was noted to the widgets, the address and the player."""
    insist()
    if noted := value("noted"):
        tell(*noted)
        put({"noted": None})
    if change := current().pending:
        from dnn.ui import controls  # which are built on this file

        # a mistake that stands in a widget stays where no setting changes
        if change.whole or change.experiment != experiment().model_copy(update={"draw": change.experiment.draw}):
            controls.write(change.experiment)
        _show(change.experiment, change.run, drawn=change.drawn)
        put({"ledger": replace(current(), pending=None)})


def tell_together(part: str, values: dict[str, Any]) -> None:
    """``tell`` widgets what only together makes sense: all of them, even if Streamlit breaks off. For callbacks."""
    put({"noted": (part, values)})
    catch_up()


def _permitted(other: Experiment) -> Experiment:
    """``other``, but for what a teacher's link holds as it is on screen."""
    if plan() == class_plan.Plan():
        return other
    from dnn.ui.limits import on_this_page  # whose package is built on this file

    return plan().held(experiment(), other, on_this_page)


def _show(experiment: Experiment, run: Run | None = None, *, drawn: bool = False) -> None:
    """Put ``experiment`` on screen and into the address bar, and play it, from ``run`` on where that is given.

    Where its examples were ``drawn`` the run goes on with its weights.
    """
    put({"experiment": experiment})
    address(to_query(experiment))
    if playing := present_player():
        if run is not None:
            playing.restore(run)
        if drawn:
            playing.redraw(experiment)
        elif run is None:
            playing.use(experiment)


def leave_for(experiment: Experiment) -> None:
    """Remember what is on screen, if that is something else."""
    before: Experiment | None = value("experiment")
    if before is not None and before != experiment:
        put({"ledger": replace(current(), trail=trail_now().left(moment(before, experiment)))})


def trail_now() -> Trail:
    """What can be undone and done again."""
    return current().trail


def moment(before: Experiment, after: Experiment) -> Moment:
    """``before``, with its run if that cannot go on under ``after``."""
    return Moment(before, None if after.continues(before) else present_run())
