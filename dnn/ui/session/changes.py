"""Change the state on screen atomically, even if Streamlit aborts a callback."""

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
from dnn.ui.session.playing import experiment, looks_back, present_player, present_run
from dnn.ui.session.shelf import Shelf
from dnn.ui.visitor import address, class_plan
from dnn.ui.visitor.store import push, put, reassert, settled, value

CHANGES, PENDING_WIDGETS, SHELF = "changes", "pending widgets", "shelf"  # in the store
WITHOUT_DATA = "without data"  # there too: the words of the address while its data, kept by the tab, are looked for


@dataclass(frozen=True)
class Change:
    """The next state; ``run`` replaces the current run unless it is None. Applying it twice equals applying it once."""

    experiment: Experiment
    history: UndoHistory
    run: Run | None = None
    last_action: int | None = None  # the number of the browser's last action, if it was one
    drawn: bool = False  # whether the run continues with its weights and new examples
    all_widgets: bool = False  # whether every widget is set, even one with an invalid value
    from_address: bool = False  # whether the address bar describes it already
    unrestricted: bool = False  # whether settings change that the teacher's plan locks
    shelf: Shelf | None = None  # replaces the kept runs unless it is None


@dataclass(frozen=True)
class Changes:
    """The undo history, the number of the last performed action, and a pending change."""

    history: UndoHistory = UndoHistory()
    last_action: int = -1
    pending: Change | None = None


def current_changes() -> Changes:
    """Return the current state of the changes."""
    changes: Changes = settled(CHANGES) or Changes()
    return changes


def undo_history() -> UndoHistory:
    """Return the undo history."""
    return current_changes().history


def shelf() -> Shelf:
    """Return the kept runs."""
    kept: Shelf = settled(SHELF) or Shelf()
    return kept


def update(experiment: Experiment) -> None:
    """Play ``experiment``, which the widgets describe, as far as the teacher's plan allows."""
    if current_changes().pending is None:  # else the widgets are older than the change
        experiment = _keep_locked(experiment)
        _push_before(experiment)
        _show(Change(experiment, undo_history()))


def apply(make_change: Callable[[], Change | None]) -> None:
    """Apply the change that ``make_change`` returns, if any. For callbacks.

    Streamlit can abort a callback at any access to the session state when the browser has sent something newer. So a
    change is stored in one assignment and then applied; if that is aborted, the next run of the page applies it.
    """
    apply_pending()
    if change := make_change():
        free = change.from_address or change.unrestricted
        allowed = change.experiment if free else _keep_locked(change.experiment)
        if allowed != change.experiment:
            history = undo_history() if allowed == experiment() else change.history
            change = replace(change, experiment=allowed, history=history, run=None, drawn=False)
        last = current_changes().last_action if change.last_action is None else change.last_action
        put({CHANGES: Changes(change.history, last, change)})
        apply_pending()


def apply_pending() -> None:
    """Apply a stored change to the widgets, the address and the player."""
    reassert()
    if pending := settled(PENDING_WIDGETS):
        push(*pending)
        put({PENDING_WIDGETS: None})
    if change := current_changes().pending:
        # a widget keeps an invalid value while no setting changes
        if change.all_widgets or change.experiment != experiment().model_copy(update={"draw": change.experiment.draw}):
            set_widgets(change.experiment)
        _show(change)
        put({CHANGES: replace(current_changes(), pending=None)})


def set_widgets(experiment: Experiment) -> None:
    """Set the widgets of every group of settings to ``experiment``."""
    for group, values in form.values(experiment).items():
        push(group, {key: new for key, new in values.items() if not _begins_with(key, new)})


def _begins_with(key: str, new: object) -> bool:
    """Whether the widget begins with ``new`` by itself: a default that nothing has replaced yet.

    There are many such parameters of components that are not chosen, and Streamlit copies its whole state for some
    widgets.
    """
    return key in form.PARAMETER_DEFAULTS and form.PARAMETER_DEFAULTS[key] == new and value(key) is None


def push_together(group: str, values: dict[str, Any]) -> None:
    """Set widgets that depend on one another: all of them, even if Streamlit aborts. For callbacks."""
    put({PENDING_WIDGETS: (group, values)})
    apply_pending()


def snapshot(before: Experiment, after: Experiment) -> Snapshot:
    """Return a snapshot of ``before``, with its run if the run cannot continue under ``after``.

    While the visitor looks at the past, the run that goes on is another one.
    """
    return Snapshot(before, None if after.continues(before) and not looks_back() else present_run())


def pushed_history(after: Experiment) -> UndoHistory:
    """Return the undo history with the current experiment on top, if ``after`` differs from it."""
    before: Experiment | None = experiment()
    if before is None or before == after:
        return undo_history()
    return undo_history().push(snapshot(before, after))


def _push_before(after: Experiment) -> None:
    history = pushed_history(after)
    if history is not undo_history():
        put({CHANGES: replace(current_changes(), history=history)})


def _keep_locked(after: Experiment) -> Experiment:
    """Return ``after`` with the settings that a teacher's link locks as on screen."""
    before: Experiment | None = experiment()
    if before is None or address.plan() == class_plan.Plan():
        return after
    return address.plan().with_locked_settings(before, after, check_limits)


def _show(change: Change) -> None:
    """Put the experiment on screen and into the address bar, and play it."""
    kept = {} if change.shelf is None else {SHELF: change.shelf}
    put({"experiment": change.experiment, **kept})
    if not change.from_address and settled(WITHOUT_DATA) is None:
        address.write(to_query(change.experiment))  # while data are looked for, a reload must look for them again
    if player := present_player():
        if change.run is not None:
            player.restore(change.run)
        if change.drawn:
            player.redraw(change.experiment)
        elif change.run is None:
            player.use(change.experiment)
