"""How the state on screen changes: all of it or nothing, wherever Streamlit breaks a callback off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dnn.experiment import Experiment
from dnn.experiment.links import to_query
from dnn.training.run import Run
from dnn.ui import form
from dnn.ui.limits import check_limits
from dnn.ui.session.history import Snapshot, UndoHistory
from dnn.ui.session.playing import experiment, present_player, present_run
from dnn.ui.visitor import address, class_plan
from dnn.ui.visitor.store import push, put, reassert, value

CHANGES, PENDING_WIDGETS = "changes", "pending widgets"  # in the store


@dataclass(frozen=True)
class Change:
    """The state to show next; ``run`` to go on from, where that is given. Applied twice it is the same as once."""

    experiment: Experiment
    history: UndoHistory
    run: Run | None = None
    last_action: int | None = None  # the number of the browser's last action, if it was one
    drawn: bool = False  # whether the run goes on with its weights and other examples
    all_widgets: bool = False  # whether every widget is set, even one that holds a mistake
    from_address: bool = False  # whether the address bar describes it already


@dataclass(frozen=True)
class Changes:
    """What can be undone, which of the browser's actions were done, and a change that has not reached the page yet."""

    history: UndoHistory = UndoHistory()
    last_action: int = -1
    pending: Change | None = None


def current_changes() -> Changes:
    """The present state of the changes."""
    found: Changes = value(CHANGES) or Changes()
    return found


def undo_history() -> UndoHistory:
    """What can be undone and redone."""
    return current_changes().history


def update(experiment: Experiment) -> None:
    """Play ``experiment``, which the widgets describe, as far as a teacher's plan allows it."""
    if current_changes().pending is None:  # else the widgets are older than the change
        experiment = _permitted(experiment)
        _push_before(experiment)
        _show(Change(experiment, undo_history()))


def apply(make_change: Callable[[], Change | None]) -> None:
    """Make the change that ``make_change`` returns, if any. For callbacks.

    Streamlit breaks a callback off, at any look at the session's state, when the browser has sent something newer. So
    a change is stored in one assignment and then applied; if that is broken off, the next run of the page applies it.
    """
    apply_pending()
    if change := make_change():
        allowed = change.experiment if change.from_address else _permitted(change.experiment)
        if allowed != change.experiment:
            history = undo_history() if allowed == experiment() else change.history
            change = replace(change, experiment=allowed, history=history, run=None, drawn=False)
        last = current_changes().last_action if change.last_action is None else change.last_action
        put({CHANGES: Changes(change.history, last, change)})
        apply_pending()


def apply_pending() -> None:
    """Bring a stored change to the widgets, the address and the player."""
    reassert()
    if pending := value(PENDING_WIDGETS):
        push(*pending)
        put({PENDING_WIDGETS: None})
    if change := current_changes().pending:
        # a mistake that a widget holds stays there while no setting changes
        if change.all_widgets or change.experiment != experiment().model_copy(update={"draw": change.experiment.draw}):
            set_widgets(change.experiment)
        _show(change)
        put({CHANGES: replace(current_changes(), pending=None)})


def set_widgets(experiment: Experiment) -> None:
    """Set the widgets of every group of settings to ``experiment``."""
    for group, values in form.values(experiment).items():
        push(group, values)


def push_together(group: str, values: dict[str, Any]) -> None:
    """Set widgets that only make sense together: all of them, even if Streamlit breaks off. For callbacks."""
    put({PENDING_WIDGETS: (group, values)})
    apply_pending()


def snapshot(before: Experiment, after: Experiment) -> Snapshot:
    """``before``, with its run if that cannot go on under ``after``."""
    return Snapshot(before, None if after.continues(before) else present_run())


def pushed(after: Experiment) -> UndoHistory:
    """The undo history with the experiment on screen on top, if ``after`` differs from it."""
    before: Experiment | None = experiment()
    if before is None or before == after:
        return undo_history()
    return undo_history().push(snapshot(before, after))


def _push_before(after: Experiment) -> None:
    history = pushed(after)
    if history is not undo_history():
        put({CHANGES: replace(current_changes(), history=history)})


def _permitted(after: Experiment) -> Experiment:
    """``after``, but with what a teacher's link locks as it is on screen."""
    before: Experiment | None = experiment()
    if before is None or address.plan() == class_plan.Plan():
        return after
    return address.plan().held(before, after, check_limits)


def _show(change: Change) -> None:
    """Put the experiment on screen and into the address bar, and play it."""
    put({"experiment": change.experiment})
    if not change.from_address:
        address.write(to_query(change.experiment))
    if player := present_player():
        if change.run is not None:
            player.restore(change.run)
        if change.drawn:
            player.redraw(change.experiment)
        elif change.run is None:
            player.use(change.experiment)
