"""What a visitor does with a click, on the page or in the panel. All of it can be undone. For callbacks."""

from __future__ import annotations

from collections.abc import Callable

from dnn.experiment import Experiment
from dnn.training import start
from dnn.ui.limits import MOST_LAYERS, WIDEST, within_limits
from dnn.ui.live.player import HISTORY_LIMIT
from dnn.ui.session import drawing, panel_actions
from dnn.ui.session.changes import Change, apply, current_changes, snapshot, undo_history
from dnn.ui.session.history import Snapshot, UndoHistory
from dnn.ui.session.playing import experiment, present_player, present_run
from dnn.ui.visitor import address
from dnn.ui.visitor.store import value

PANEL = "live-panel"  # key of the component


def new_weights() -> None:
    """Draw other starting weights under the same seed."""

    def make_change() -> Change:
        current = experiment()
        other = current.model_copy(update={"draw": current.draw + 1})
        return Change(other, undo_history().push(snapshot(current, other)))

    apply(make_change)


def reset() -> None:
    """Back to epoch 0 with the same starting weights."""

    def make_change() -> Change | None:
        if (player := present_player()) is None:
            return None
        fresh = start(player.run.experiment, data=player.run.data, history_limit=HISTORY_LIMIT)
        return Change(experiment(), undo_history().push(Snapshot(experiment(), player.run)), fresh)

    apply(make_change)


def can_undo() -> bool:
    """Whether there is something to undo."""
    return bool(undo_history().past)


def can_redo() -> bool:
    """Whether something was undone that can be redone."""
    return bool(undo_history().future)


def undo() -> None:
    """Take back the last change of a setting, of the network or of one of its numbers."""
    apply(lambda: _restored(undo_history().past, UndoHistory.undo))


def redo() -> None:
    """Make the change again that was undone last."""
    apply(lambda: _restored(undo_history().future, UndoHistory.redo))


def _restored(snapshots: tuple[Snapshot, ...], step: Callable[[UndoHistory, Snapshot], UndoHistory]) -> Change | None:
    if not snapshots:
        return None
    target = snapshots[-1]
    current = Snapshot(experiment(), None if target.run is None else present_run())
    drawn = target.run is None and not target.experiment.continues(experiment())
    return Change(target.experiment, step(undo_history(), current), target.run, drawn=drawn)


def run_panel_action() -> None:
    """Do what was clicked in the network diagram. For the panel's callback."""
    apply(lambda: _performed((value(PANEL) or {}).get("action")))


def run_actions(sent: object) -> None:
    """Do the actions that a browser sent, but those that have been done already."""
    apply(lambda: _performed(sent))


def last_action() -> int:
    """The number of the last action that was done; -1 before the first."""
    return current_changes().last_action


def _performed(sent: object) -> Change | None:
    done = last_action()
    sent_now = panel_actions.read(sent)
    if not sent_now:
        return None
    actions = [action for action in sent_now if action.number > done]
    if not address.plan().allows("edit"):
        actions = [action for action in actions if not isinstance(action, panel_actions.Number)]
    now, history, before, drawn = experiment(), undo_history(), present_run(), False
    run = before
    for action in actions:
        if isinstance(action, panel_actions.Number):
            after = None if run is None else panel_actions.renumbered(run, action)
            if after is not None:
                history, run = history.push(Snapshot(now, run)), after
        elif isinstance(action, panel_actions.Drawing):
            other = _drawn(now, action)
            if other != now:
                history, now, drawn = history.push(Snapshot(now), action.stroke), other, True
        else:
            other = panel_actions.resized(now, action, MOST_LAYERS, WIDEST)
            if other != now and not within_limits(other)[1]:
                history, now, run, drawn = history.push(Snapshot(now, run)), other, None, False
    last = max(done, sent_now[-1].number)
    return Change(now, history, None if run is before else run, last, drawn)


def _drawn(now: Experiment, action: panel_actions.Drawing) -> Experiment:
    """``now`` with what was drawn, on the plane that was on screen."""
    if (player := present_player()) is None:
        return now
    data = player.run.data if player.run.experiment.data == now.data else now.make_data()
    return drawing.drawn(now, data, action, player.plane(action.plane.view))
