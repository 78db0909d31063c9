"""What a visitor does with a click, on the page or in the panel. All of it can be undone. For callbacks."""

from __future__ import annotations

from collections.abc import Callable

from dnn.experiment import Experiment
from dnn.training import start
from dnn.training.run import Run
from dnn.ui.live.player import HISTORY_LIMIT
from dnn.ui.session import drawing, panel_actions
from dnn.ui.session.changes import Change, carry_out, current, moment, trail_now
from dnn.ui.session.history import Moment, Trail
from dnn.ui.session.playing import experiment, present_player, present_run
from dnn.ui.visitor.address import plan
from dnn.ui.visitor.store import value

PANEL = "live-panel"  # key of the component


def new_weights() -> None:
    """Draw other starting weights under the same seed."""

    def plan() -> Change:
        current = experiment()
        other = current.model_copy(update={"draw": current.draw + 1})
        return Change(other, trail_now().left(moment(current, other)))

    carry_out(plan)


def choose(other: Experiment) -> None:
    """Turn to ``other`` as a whole: a preset, or what a file says. For callbacks."""

    def plan() -> Change:
        changes = other != experiment()
        return Change(other, trail_now().left(moment(experiment(), other)) if changes else trail_now(), whole=True)

    carry_out(plan)


def reset() -> None:
    """Back to epoch 0 with the same starting weights."""

    def plan() -> Change | None:
        if (playing := present_player()) is None:
            return None
        fresh = start(playing.run.experiment, data=playing.run.data, history_limit=HISTORY_LIMIT)
        return Change(experiment(), trail_now().left(Moment(experiment(), playing.run)), fresh)

    carry_out(plan)


def open_run(run: Run) -> None:
    """Go on with ``run``, which came from a file; what was there can be had back with undo."""
    carry_out(lambda: Change(run.experiment, trail_now().left(Moment(experiment(), present_run())), run))


def can_undo() -> bool:
    """Whether there is something to undo."""
    return bool(trail_now().past)


def can_redo() -> bool:
    """Whether something was undone that can be done again."""
    return bool(trail_now().future)


def undo() -> None:
    """Take back the last change of a setting, of the network or of one of its numbers."""
    carry_out(lambda: _travelled(trail_now().past, Trail.back))


def redo() -> None:
    """Do again what was undone last."""
    carry_out(lambda: _travelled(trail_now().future, Trail.forth))


def _travelled(moments: tuple[Moment, ...], way: Callable[[Trail, Moment], Trail]) -> Change | None:
    if not moments:
        return None
    there = moments[-1]
    here = Moment(experiment(), None if there.run is None else present_run())
    drawn = there.run is None and not there.experiment.continues(experiment())
    return Change(there.experiment, way(trail_now(), here), there.run, drawn=drawn)


def act() -> None:
    """Do what was clicked in the network diagram. For the panel's callback."""
    carry_out(lambda: _acted((value(PANEL) or {}).get("action")))


def do(sent: object) -> None:
    """Do the actions that a browser sent, but those that have been done already."""
    carry_out(lambda: _acted(sent))


def acted() -> int:
    """The number of the last action that was done; -1 before the first."""
    return current().acted


def _acted(sent: object) -> Change | None:
    from dnn.ui import controls  # which are built on this file

    done = acted()
    sent_now = panel_actions.read(sent)
    if not sent_now:
        return None
    actions = [action for action in sent_now if action.number > done]
    if not plan().allows("edit"):
        actions = [action for action in actions if not isinstance(action, panel_actions.Number)]
    now, trail, playing, drawn = experiment(), trail_now(), present_run(), False
    run = playing
    for action in actions:
        if isinstance(action, panel_actions.Number):
            after = None if run is None else panel_actions.renumbered(run, action)
            if after is not None:
                trail, run = trail.left(Moment(now, run)), after
        elif isinstance(action, panel_actions.Drawing):
            other = _redrawn(now, action)
            if other != now:
                trail, now, drawn = trail.left(Moment(now), action.stroke), other, True
        else:
            other = panel_actions.resized(now, action, controls.MOST_LAYERS, controls.WIDEST)
            if other != now and not controls.readable(other, ())[1]:
                trail, now, run, drawn = trail.left(Moment(now, run)), other, None, False
    acted_now = max(done, sent_now[-1].number)
    return Change(now, trail, None if run is playing else run, acted_now, drawn)


def _redrawn(now: Experiment, action: panel_actions.Drawing) -> Experiment:
    """``now`` with what was drawn, on the plane that was on screen."""
    if (playing := present_player()) is None:
        return now
    data = playing.run.data if playing.run.experiment.data == now.data else now.make_data()
    return drawing.drawn(now, data, action, playing.cut(action.plane.look))
