"""What a visitor does with a cell of the grid, for callbacks."""

from __future__ import annotations

from collections.abc import Mapping

from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.live.group import GroupPlayer
from dnn.ui.sweep import marks
from dnn.ui.sweep.state import TOKEN, shown
from dnn.ui.visitor import store

OPENED = "sweep.opened"  # in the store: whether a cell was opened in the playground, which is still to be shown


def act(message: object) -> None:
    """Do what the browser asks for: ``{"do": "open", "run": 3}``, ``"keep"`` or ``"mark"``. It may send anything."""
    if not isinstance(message, Mapping) or (player := GroupPlayer.of(store.value(TOKEN) or "")) is None:
        return
    run = _run_of(message.get("run"), player)
    if run is not None and message.get("do") == "mark" and (sweep := shown()) is not None:
        marks.toggle(sweep, {message["run"] // sweep.seeds})
    if run is not None and message.get("do") == "keep":
        session.keep_runs(run)
    if run is not None and message.get("do") == "open":
        player.play(False)
        session.open(run.experiment)
        store.put({OPENED: True})


def was_opened() -> bool:
    """Whether a cell was opened since this was asked last."""
    opened = bool(store.value(OPENED))
    if opened:
        store.put({OPENED: False})
    return opened


def _run_of(place: object, player: GroupPlayer) -> Run | None:
    return player.runs[place] if isinstance(place, int) and 0 <= place < len(player.runs) else None
