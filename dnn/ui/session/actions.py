"""The visitor's actions on the page or in the panel, for callbacks. All of them can be undone."""

from __future__ import annotations

from collections.abc import Callable

from dnn.experiment import Experiment
from dnn.ui.limits import MOST_LAYERS, WIDEST, within_limits
from dnn.ui.live.starting import started
from dnn.ui.session import drawing, panel_actions
from dnn.ui.session.changes import Change, apply, current_changes, shelf, snapshot, undo_history
from dnn.ui.session.history import Snapshot, UndoHistory
from dnn.ui.session.playing import experiment, present_player, present_run
from dnn.ui.visitor import address
from dnn.ui.visitor.store import value

PANEL = "live-panel"  # key of the component


def new_weights() -> None:
    """Draw new initial weights with the same seed."""

    def make_change() -> Change:
        current = experiment()
        other = current.model_copy(update={"draw": current.draw + 1})
        return Change(other, undo_history().push(snapshot(current, other)))

    apply(make_change)


def reset() -> None:
    """Return to epoch 0 with the same initial weights."""

    def make_change() -> Change | None:
        if (player := present_player()) is None:
            return None
        fresh = started(player.run.experiment, player.run.data)
        return Change(experiment(), undo_history().push(Snapshot(experiment(), player.run)), fresh)

    apply(make_change)


def can_undo() -> bool:
    """Whether there is something to undo."""
    return bool(undo_history().past)


def can_redo() -> bool:
    """Whether there is something to redo."""
    return bool(undo_history().future)


def undo() -> None:
    """Undo the last change of a setting, the network or one of its parameters."""
    apply(lambda: _restore(undo_history().past, UndoHistory.undo))


def redo() -> None:
    """Redo the change that was undone last."""
    apply(lambda: _restore(undo_history().future, UndoHistory.redo))


def _restore(snapshots: tuple[Snapshot, ...], step: Callable[[UndoHistory, Snapshot], UndoHistory]) -> Change | None:
    if not snapshots:
        return None
    target = snapshots[-1]
    run, kept = None if target.run is None else present_run(), None if target.shelf is None else shelf()
    drawn = target.run is None and not target.experiment.continues(experiment())
    history = step(undo_history(), Snapshot(experiment(), run, kept))
    return Change(target.experiment, history, target.run, drawn=drawn, shelf=target.shelf)


def run_panel_action() -> None:
    """Perform the action of a click in the network diagram. For the panel's callback."""
    apply(lambda: _perform((value(PANEL) or {}).get("action")))


def run_actions(message: object) -> None:
    """Perform the actions that a browser sent, except those that were performed already."""
    apply(lambda: _perform(message))


def last_action() -> int:
    """Return the number of the last performed action; -1 before the first."""
    return current_changes().last_action


def _perform(message: object) -> Change | None:
    done = last_action()
    sent_now = panel_actions.read(message)
    if not sent_now:
        return None
    actions = [action for action in sent_now if action.number > done]
    if not address.plan().allows("edit"):
        actions = [action for action in actions if not isinstance(action, panel_actions.Number)]
    now, history, before, drawn = experiment(), undo_history(), present_run(), False
    run = before
    for action in actions:
        if isinstance(action, panel_actions.Number):
            after = None if run is None else panel_actions.with_number(run, action)
            if after is not None:
                history, run = history.push(Snapshot(now, run)), after
        elif isinstance(action, panel_actions.Drawing):
            other = _draw_on_plane(now, action)
            if other != now:
                history, now, drawn = history.push(Snapshot(now), action.stroke), other, True
        else:
            other = panel_actions.with_structure(now, action, MOST_LAYERS, WIDEST)
            if other != now and not within_limits(other)[1]:
                history, now, run, drawn = history.push(Snapshot(now, run)), other, None, False
    last = max(done, sent_now[-1].number)
    return Change(now, history, None if run is before else run, last, drawn)


def _draw_on_plane(now: Experiment, action: panel_actions.Drawing) -> Experiment:
    """Return ``now`` with the drawn examples, on the plane that was on screen."""
    if (player := present_player()) is None:
        return now
    data = player.run.data if player.run.experiment.data == now.data else now.make_data()
    return drawing.with_drawing(now, data, action, player.plane(action.plane.view))
