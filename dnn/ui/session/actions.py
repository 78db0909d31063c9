"""The visitor's actions on the page or in the panel, for callbacks. All of them can be undone."""

from __future__ import annotations

from collections.abc import Callable

from dnn.analysis.health import Finding
from dnn.experiment import Experiment
from dnn.training.run import Run
from dnn.ui.limits import MOST_LAYERS, WIDEST, within_limits
from dnn.ui.live.player import Player
from dnn.ui.live.starting import started
from dnn.ui.session import drawing, panel_actions
from dnn.ui.session.changes import Change, apply, current_changes, shelf, snapshot, undo_history
from dnn.ui.session.history import Snapshot, UndoHistory
from dnn.ui.session.playing import experiment, looks_back, present_player, present_run
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
        fresh = started(player.newest.experiment, player.newest.data)
        return Change(experiment(), undo_history().push(Snapshot(experiment(), player.newest)), fresh)

    apply(make_change)


def play(playing: bool) -> None:
    """Go on from what is on screen, or pause. From an epoch of the past another way begins, which undo takes back."""
    if playing:
        _go_on_from_past()
    if player := present_player():
        player.play(playing)


def step_batch() -> None:
    """Make one update from what is on screen; from an epoch of the past as :func:`play` does."""
    _go_on_from_past()
    if player := present_player():
        player.step_batch()


def look_at(epoch: int | None, player: Player | None = None) -> None:
    """Show an epoch of the past, or the newest for None: of ``player``, or of the visitor's own run."""
    if player := player or present_player():
        player.look(epoch)
        player.settle()


def _look_at_newest() -> None:
    if looks_back():
        look_at(None)


def _go_on_from_past() -> None:
    if not looks_back():
        return

    def make_change() -> Change | None:
        if (player := present_player()) is None:
            return None
        player.settle()
        run = player.run
        return Change(run.experiment, undo_history().push(Snapshot(experiment(), player.newest)), run)

    apply(make_change)


def can_undo() -> bool:
    """Whether there is something to undo."""
    return bool(undo_history().past)


def can_redo() -> bool:
    """Whether there is something to redo."""
    return bool(undo_history().future)


def undo() -> None:
    """Undo the last change of a setting, the network or one of its parameters."""
    _look_at_newest()
    apply(lambda: _restore(undo_history().past, UndoHistory.undo))


def redo() -> None:
    """Redo the change that was undone last."""
    _look_at_newest()
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
    run, left = before, None
    if looks_back() and (player := present_player()) is not None:
        player.settle()
        left, run = Snapshot(now, before), player.run
        now = run.experiment
    for action in actions:
        if isinstance(action, panel_actions.Number):
            after = None if run is None else panel_actions.with_number(run, action)
            if after is not None:
                history, run = history.push(left or Snapshot(now, run)), after
                left = None
        elif isinstance(action, panel_actions.Drawing):
            other = _draw_on_plane(now, action)
            if other != now:
                history, now, drawn = history.push(left or Snapshot(now), action.stroke), other, True
                left = None
        elif isinstance(action, panel_actions.Cure):
            if run is not None and (found := _finding(now, action.rule)):
                history = history.push(left or Snapshot(now, None if found.goes_on(now) else run))
                now, run, left = found.cure or now, _cured(run, found, unchanged=run is before), None
        else:
            other = panel_actions.with_structure(now, action, MOST_LAYERS, WIDEST)
            if other != now and not within_limits(other)[1]:
                history, now, run, drawn = history.push(left or Snapshot(now, run)), other, None, False
                left = None
    last = max(done, sent_now[-1].number)
    if left is not None:  # nothing came of the actions: the visitor still looks at the past
        return Change(left.experiment, history, last_action=last)
    return Change(now, history, None if run is before else run, last, drawn)


def _finding(now: Experiment, rule: str) -> Finding | None:
    """Return the finding of ``rule`` that the browser was shown, if it has a cure that is possible on this page."""
    player = present_player()
    finding = player.findings.offered(rule, now) if player else None
    return finding if finding and finding.cure and not within_limits(finding.cure)[1] else None


def _cured(run: Run, finding: Finding, *, unchanged: bool) -> Run | None:
    """Return the run under the cure; None where the player starts it, because it has other data or another network.

    A run that is ``unchanged`` so far and goes on is returned as it is: the player changes its settings.
    """
    cure = finding.cure or run.experiment
    if finding.goes_on(run.experiment):
        return run if unchanged else run.with_settings(cure)
    return started(cure, run.data) if cure.continues(run.experiment) else None


def _draw_on_plane(now: Experiment, action: panel_actions.Drawing) -> Experiment:
    """Return ``now`` with the drawn examples, on the plane that was on screen."""
    if (player := present_player()) is None:
        return now
    data = player.run.data if player.run.experiment.data == now.data else now.make_data()
    return drawing.with_drawing(now, data, action, player.plane(action.plane.view))
