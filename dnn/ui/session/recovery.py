"""Continue with the run that the browser's tab kept, after its server was lost."""

from __future__ import annotations

from base64 import b64encode

from dnn.errors import DnnError
from dnn.training.run import Run
from dnn.ui.live.player import Player
from dnn.ui.live.snapshot import Snapshot, read, write
from dnn.ui.visitor.store import put, value

KEPT, RECOVERED = "kept run", "recovered run"  # in the store


def kept_text(run: Run, speed: float) -> str:
    """Return ``run``, playing at ``speed``, as a tab keeps it, in base64; "" where it is too large for a tab."""
    return b64encode(write(Snapshot(run, speed)).tobytes()).decode()


def take_kept_run(panel: str) -> None:
    """Store what the tab kept of a run, until the page has its experiment. For the callback of the ``panel``."""
    receive_kept_run((value(panel) or {}).get("kept"))


def receive_kept_run(kept: object) -> None:
    """Store what a browser sent as a kept run; it may be anything."""
    if isinstance(kept, dict) and isinstance(kept.get("text"), str) and isinstance(kept.get("number"), int):
        put({KEPT: kept})


def restore_kept_run(player: Player) -> float | None:
    """Let ``player`` go on from what the tab kept, if that is of its experiment; return the speed at which it played.

    For the page, after its player is there.
    """
    kept = value(KEPT)
    if kept is None:
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
