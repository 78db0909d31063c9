"""What the teacher does with the tiles of the wall, for callbacks: ``WallAction`` in ``wall_contract.d.ts``."""

from __future__ import annotations

from collections.abc import Mapping

from dnn.classroom import open_store
from dnn.experiment import Experiment
from dnn.experiment.comparisons import MOST
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.class_wall import state
from dnn.ui.compare import state as comparison
from dnn.ui.live.wall_feed import Tile
from dnn.ui.live.wall_player import WallPlayer, read
from dnn.ui.session import shelf_actions
from dnn.ui.session.shelf import Kept
from dnn.ui.visitor import store

GOES = "wall.goes"  # in the store: to which page the last action leads, until the page has gone there
PLAYGROUND, COMPARE = "playground", "compare"
SECONDS = 2.0  # of training when a copy is opened
SHOWN = Message("All screens show it now. Pupils can go back to their own network.")


def goes_to() -> str:
    """Return the page to which the last action leads, once; "" for none."""
    where = str(store.value(GOES) or "")
    if where:
        store.put({GOES: ""})
    return where


def act(message: object, player: WallPlayer | None) -> None:
    """Do what the browser asks for. It may send anything."""
    if not isinstance(message, Mapping) or player is None or not player.teacher or state.taught() is None:
        return
    tile = player.feed.tile(message.get("id"))
    match message.get("do"):
        case "compare":
            _compare(player, message.get("ids"))
        case "open" if tile:
            _open(tile)
        case "show" if tile and tile.report and _experiment(tile):
            show(tile.report.experiment, tile.name)
        case "remove" if tile:
            open_store().leave(player.feed.code, tile.pupil_id)
            player.feed.poll(at_once=True)
        case "rename" if tile:
            _rename(player, tile, message.get("name"))


def show(experiment: str, of: str = "") -> None:
    """Show an experiment, given as JSON, on all screens."""
    state.order(lambda orders: orders.show(experiment, of))
    store.put({state.SAID: SHOWN})


def _open(tile: Tile) -> None:
    experiment = _experiment(tile)
    if experiment is not None and tile.report is not None:
        kept = Kept(experiment=experiment, epoch=tile.report.epoch)
        player = session.player()  # who has not been in the playground yet has none, and the run would be lost
        player.play(False)  # the copy is to be at the same epoch
        session.open_run(shelf_actions.trained_again(kept, SECONDS))
        store.put({GOES: PLAYGROUND})


def _compare(player: WallPlayer, numbers: object) -> None:
    if not isinstance(numbers, list) or len(numbers) > MOST:
        return
    tiles = [tile for number in numbers if (tile := player.feed.tile(number))]
    known = {tile.name: found for tile in tiles if (found := _experiment(tile))}
    if len(known) > 1:
        comparison.compare(*known.values(), of=known)
        store.put({GOES: COMPARE})


def _rename(player: WallPlayer, tile: Tile, name: object) -> None:
    mine = state.taught()
    if isinstance(name, str) and mine is not None:
        open_store().rename(mine.code, mine.key, tile.pupil_id, name)
        player.feed.poll(at_once=True)


def _experiment(tile: Tile) -> Experiment | None:
    return read(tile.report.experiment) if tile.report else None
