"""Go on with the run that the browser's tab kept, after its server was lost."""

from __future__ import annotations

from dnn.errors import DnnError
from dnn.ui.live.snapshot import read
from dnn.ui.session.actions import PANEL
from dnn.ui.session.arrival import words_without_data
from dnn.ui.session.playing import present_player
from dnn.ui.visitor.store import put, value

KEPT, RECOVERED = "kept run", "recovered run"  # in the store


def take_kept_run() -> None:
    """Store what the tab kept of a run, until the page has its experiment. For the panel's callback."""
    receive((value(PANEL) or {}).get("kept"))


def receive(kept: object) -> None:
    """Store what a browser sent as a kept run; it may be anything."""
    if isinstance(kept, dict) and isinstance(kept.get("text"), str) and isinstance(kept.get("number"), int):
        put({KEPT: kept})


def restore_kept_run() -> float | None:
    """Go on from what the tab kept, if it is of the experiment on screen; return the speed at which it played.

    For the page, after its player is there. Own data may still be on their way from the tab.
    """
    kept, player = value(KEPT), present_player()
    if kept is None or player is None or words_without_data() is not None:
        return None
    fresh = player.newest
    try:
        run, speed = read(kept["text"], fresh.experiment, fresh.data)
    except DnnError:
        put({KEPT: None, RECOVERED: {"number": kept["number"], "epoch": -1}})
        return None
    player.restore(run)
    player.play(kept.get("playing") is not False)
    put({KEPT: None, RECOVERED: {"number": kept["number"], "epoch": run.epoch}})
    return speed


def recovered_run() -> dict[str, int] | None:
    """Return the number of what the tab kept last, and the epoch from which the run goes on, or -1; None at first."""
    recovered: dict[str, int] | None = value(RECOVERED)
    return recovered
