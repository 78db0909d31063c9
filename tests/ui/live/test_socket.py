"""The live view's socket: frames that were asked for, another plane, and the end of a connection."""

import asyncio
import gc
import weakref
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient, WebSocketTestSession

from dnn import Experiment, advance, start
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.socket import PROTOCOL
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET
from tests.ui.live.sockets import APP, EXPERIMENT, ask, connect, scene_of


def test_each_request_brings_a_frame_of_a_run_that_goes_on(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        first, parts = ask(socket)
        assert "scene" in parts
        assert player.camera.scene is not None
        epochs = [ask(socket, player.camera.scene.id)[0]["epoch"] for _ in range(10)]
    assert first["epoch"] < epochs[0]
    assert epochs == sorted(set(epochs))
    np.testing.assert_array_equal(player.run.params.vector, advance(start(EXPERIMENT), player.run.epoch).params.vector)


def test_nothing_is_sent_that_was_not_asked_for(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        ask(socket)
        epoch = player.run.epoch
        player.set_speed(1000)
        player.set_speed(UNLIMITED)
        header, _ = ask(socket)
    assert 0 < header["epoch"] - epoch < 100  # one frame's worth, not one for each change


def test_two_requests_may_be_on_their_way(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        socket.send_text("-1")
        socket.send_text("-1")
        one, two = (unpack(socket.receive_bytes())[0] for _ in range(2))
    assert one["epoch"] < two["epoch"]


def test_paused_the_answer_waits_until_something_changes(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        assert player.camera.scene is not None
        socket.send_text(str(player.camera.scene.id))
        for _ in range(3):
            socket.send_text(str(player.camera.scene.id))
            player.step()
            header, _ = unpack(socket.receive_bytes())
            assert header["epoch"] == player.run.epoch
            assert header["state"] == "paused"
    assert player.run.epoch == 3


def test_one_who_comes_while_it_is_paused_gets_a_picture_at_once(client: TestClient, player: Player) -> None:
    player.play(False)
    for _ in range(2):  # the second is a panel that was mounted again
        with connect(client, player.token) as socket:
            assert "scene" in ask(socket)[1]


def test_two_players_are_served_side_by_side(client: TestClient, player: Player) -> None:
    other = Player(EXPERIMENT.model_copy(update={"seed": 1}), playing=False)
    with connect(client, player.token) as mine, connect(client, other.token) as theirs:
        assert ask(theirs)[0]["epoch"] == 0
        for _ in range(3):
            assert ask(mine)[0]["state"] == "playing"
    assert player.run.epoch > 0


def test_frames_say_what_is_frozen_only_where_something_is(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        assert "frozen" not in ask(socket)[1]
        held = np.zeros(player.run.params.vector.size)
        held[[1, 7]] = 1.0  # the second weight and the second bias
        player.restore(player.run.with_params(player.run.params.vector, held))
        frozen = ask(socket)[1]["frozen"]
        assert np.flatnonzero(frozen).tolist() == [1, 9 + 1]  # nine weights come first
        assert len(frozen) == 9 + 4


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize("playing", [True, False])
def test_when_the_browser_leaves_the_handler_ends_and_the_player_is_free(playing: bool, asked: int) -> None:
    """Asked below the test client, which would cancel a handler that hangs."""
    player = Player(EXPERIMENT, playing=playing)
    token, gone = player.token, weakref.ref(player)
    scope = {
        "type": "websocket",
        "path": LIVE_SOCKET,
        "headers": [(b"host", b"testserver")],
        "query_string": b"",
        "subprotocols": [PROTOCOL, token],
    }

    async def visit() -> int:
        asks, answers = asyncio.Queue[dict[str, Any]](), asyncio.Queue[dict[str, Any]]()
        await asks.put({"type": "websocket.connect"})
        handler = asyncio.ensure_future(APP(scope, asks.get, answers.put))  # type: ignore[arg-type]
        frames = 0
        assert (await answers.get())["type"] == "websocket.accept"
        for _ in range(asked):
            await asks.put({"type": "websocket.receive", "text": "-1"})
            frames += (await answers.get())["type"] == "websocket.send"
        living = Player.of(token)
        assert living is not None
        assert living.watchers == 1
        if asked and not playing:  # one more, which is still waiting when the browser leaves
            assert living.camera.scene is not None
            await asks.put({"type": "websocket.receive", "text": str(living.camera.scene.id)})
            await asyncio.sleep(0.01)
        del living
        await asks.put({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(handler, 5)
        return frames

    del player
    assert asyncio.run(visit()) == asked
    living = Player.of(token)
    assert living is not None
    assert living.watchers == 0
    assert not living._wakers
    del living
    Player.sweep(grace=-1)
    assert Player.of(token) is None
    gc.collect()
    assert gone() is None


def test_another_plane_is_drawn_when_it_is_asked_for_and_a_slider_moves_it(client: TestClient) -> None:
    rows = np.random.default_rng(0).standard_normal((30, 3)).round(3)
    own = {"kind": "own", "rows": np.column_stack([rows, rows[:, 0] > 0]), "classes": ["no", "yes"]}
    experiment = Experiment.of(data={"dataset": own}, network={"hidden_layer_sizes": [3]})
    player = Player(experiment, playing=False)
    with connect(client, player.token) as socket:
        first = scene_of(ask(socket)[1])
        assert (first["plane"]["across"], first["plane"]["up"]) == (0, 1)
        socket.send_text("plane 2 0")
        second = scene_of(ask(socket, first["id"])[1])
        assert second["plane"]["axes"] == ["x₃", "x₁"]
        assert player.camera.scene is not None
        field = ask_field(socket, second["id"], "hold 1 2.5")
        middle = player.camera.scene.plane.points(np.zeros((1, 2)))
        np.testing.assert_allclose(middle, [[0, 2.5, 0]])
        assert (ask_field(socket, second["id"], "hold 1 -2.5") != field).any()
        assert player.camera.scene.id == second["id"]  # only the grid was computed again
        socket.send_text("plane components")
        assert scene_of(ask(socket, second["id"])[1])["plane"]["components"]
        for harmless in ("hold 9 1", "hold 1 1e999", "plane 7 8"):
            socket.send_text(harmless)
        assert ask(socket, -1)[0]["epoch"] == 0
    Player._all.clear()


def ask_field(socket: WebSocketTestSession, scene: int, words: str) -> np.ndarray:
    socket.send_text(words)
    header, parts = ask(socket, scene)
    assert header["state"] == "paused"
    return parts["field"]
