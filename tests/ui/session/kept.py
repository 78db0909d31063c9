"""What the tab of a page keeps, for the tests of a page that has lost its server."""

from base64 import b64encode

from dnn.ui.live.player import Player
from dnn.ui.live.snapshot import KEEP
from dnn.ui.live.wire import unpack


def kept(player: Player) -> str:
    """What the tab of this player's page keeps."""
    assert player.request(KEEP)
    return b64encode(unpack(player.frame())[1]["snapshot"].tobytes()).decode()
