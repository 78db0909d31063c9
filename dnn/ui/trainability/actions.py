"""What a visitor does on the picture of the map, as the browser sends it (``dnn/ui/live/map_contract.d.ts``).

A browser may send anything: messages that are not valid actions are ignored, and so are those for another window than
the one on screen.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from dnn.components import Spec
from dnn.errors import InvalidSetting
from dnn.sweeps.trainability import FINEST
from dnn.ui import session
from dnn.ui.live.map_player import MapPlayer
from dnn.ui.trainability import windows
from dnn.ui.visitor.store import put, value

OPENED = "map.opened"  # in the store: whether a network of the map was just opened

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Asked(Spec):
    """An action on the window with this number."""

    model_config = ConfigDict(strict=True)

    window: int


class Zoom(Asked):
    """Show a part of the window."""

    do: Literal["zoom"]
    left: Share
    right: Share
    bottom: Share
    top: Share


class Open(Asked):
    """Open the network of a pixel in the playground."""

    do: Literal["open"]
    column: int = Field(ge=0)
    row: int = Field(ge=0)
    side: int = Field(ge=1, le=FINEST)


class Back(Asked):
    """Show the window before this one."""

    do: Literal["back"]


class Whole(Asked):
    """Show the whole map."""

    do: Literal["whole"]


Action = Zoom | Open | Back | Whole
_ACTION: TypeAdapter[Action] = TypeAdapter(Annotated[Action, Field(discriminator="do")])


def perform(message: object) -> None:
    """Do what the browser asks for."""
    try:
        action = _ACTION.validate_python(message)
    except (ValidationError, InvalidSetting):
        return
    player = MapPlayer.of(value(windows.TOKEN) or "")
    if player is None or player.number != action.window:
        return
    match action:
        case Zoom():
            if action.left < action.right and action.bottom < action.top:
                windows.zoom(action.left, action.right, action.bottom, action.top)
        case Open():
            if max(action.column, action.row) < action.side:
                session.open(player.window.experiment(action.column, action.row, action.side))
                put({OPENED: True})
        case Back():
            windows.back()
        case Whole():
            windows.whole()
