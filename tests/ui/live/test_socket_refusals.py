"""The live view's socket, asked by those who should not ask, or for what is no request."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dnn.ui.live.player import Player
from dnn.ui.live.socket import FOREIGN, MOST_ASKED, NONSENSE, PROTOCOL, TAKEN, UNKNOWN
from dnn.ui.security import LIVE_SOCKET
from tests.ui.live.sockets import ask, code_of, connect


@pytest.mark.parametrize("token", ["guess", "0", "%00", "a" * 5000])
def test_an_unknown_token_is_refused(client: TestClient, player: Player, token: str) -> None:
    with connect(client, token) as socket:
        assert code_of(socket) == UNKNOWN


def test_a_token_counts_only_where_no_log_keeps_it(client: TestClient, player: Player) -> None:
    for protocols in ([], [PROTOCOL], [player.token], ["other", player.token]):
        with client.websocket_connect(LIVE_SOCKET, protocols) as socket:
            assert code_of(socket) == UNKNOWN
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"{LIVE_SOCKET}/{player.token}"):
        pass
    with connect(client, player.token) as socket:
        assert socket.accepted_subprotocol == PROTOCOL  # the token is not said again


def test_a_player_belongs_to_the_newest_connection(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as old, connect(client, player.token) as new:
        assert code_of(old) == TAKEN
        assert ask(new)[0]["state"] == "playing"
        assert player.watchers == 1


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://testserver.evil.example",
        "http://evil.example/testserver",
        "http://testserver:81",
        "http://testserver@evil.example",
        "null",
        "",
        "http://[",
        "testserver",
    ],
)
def test_a_page_of_another_origin_is_refused(client: TestClient, player: Player, origin: str) -> None:
    with connect(client, player.token, origin=origin) as socket:
        assert code_of(socket) == FOREIGN
    assert player.run.epoch == 0


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
def test_our_own_page_is_served(client: TestClient, player: Player, origin: str) -> None:
    with connect(client, player.token, origin=origin) as socket:
        assert ask(socket)[0]["state"] == "playing"


@pytest.mark.parametrize(
    "request_",
    [
        "",
        " ",
        "next",
        "1.5",
        "--1",
        "0x1",
        "1e3",
        "9" * 21,
        "½",
        "٣",
        "[1]",
        "-" * 9,
        "look -1",
        "look x",
        "look 1 2",
        "looks",
        "look ",
        "1 look",
        "1\n",
        "look " + "1" * 20,
    ],
)
@pytest.mark.parametrize("before", [0, 3])
def test_a_request_that_is_none_ends_the_connection(
    client: TestClient, player: Player, request_: str, before: int
) -> None:
    with connect(client, player.token) as socket:
        for _ in range(before):  # frames may be under way meanwhile
            socket.send_text("-1")
        socket.send_text(request_)
        assert code_of(socket) == NONSENSE
    assert player.watchers == 0


def test_a_binary_request_ends_the_connection(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        socket.send_bytes(b"1")
        assert code_of(socket) == NONSENSE


def test_too_many_requests_at_once_end_the_connection(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        assert player.camera.scene is not None
        for _ in range(MOST_ASKED + 1):
            socket.send_text(str(player.camera.scene.id))
        assert code_of(socket) == NONSENSE


def test_a_connection_that_was_refused_leaves_no_trace(client: TestClient, player: Player) -> None:
    with connect(client, player.token, origin="http://evil.example") as socket, pytest.raises(WebSocketDisconnect):
        socket.receive_bytes()
    assert player.watchers == 0
    assert not player._wakers
