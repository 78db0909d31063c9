"""The live view's routes, asked as a browser would ask them, and as nobody should."""

import asyncio
import gc
import json
import posixpath
import re
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import plotly
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from dnn import Experiment, advance, start, web
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.socket import FOREIGN, MOST_ASKED, NONSENSE, PROTOCOL, ROUTES, STATIC, TAKEN, UNKNOWN
from dnn.ui.live.wire import unpack
from dnn.ui.panel import component
from dnn.ui.security import LIVE_SOCKET

APP = Starlette(routes=ROUTES)
EXPERIMENT = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})


@pytest.fixture
def client() -> TestClient:
    return TestClient(APP)


@pytest.fixture
def player() -> Iterator[Player]:
    player = Player(EXPERIMENT, speed=UNLIMITED)
    yield player
    Player._all.clear()


def connect(client: TestClient, token: str, **headers: str) -> WebSocketTestSession:
    return client.websocket_connect(LIVE_SOCKET, [PROTOCOL, token], headers=headers)


def ask(socket: WebSocketTestSession, scene: int = -1) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    socket.send_text(str(scene))
    return unpack(socket.receive_bytes())


def code_of(socket: WebSocketTestSession) -> int:
    """The code with which the server closes, after any frames that were on their way."""
    while (message := socket.receive())["type"] != "websocket.close":
        assert message["type"] == "websocket.send"
    return int(message["code"])


# frames


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


# one unit large


def view(socket: WebSocketTestSession, unit: int | None) -> None:
    socket.send_text("look" if unit is None else f"look {unit}")


def test_a_unit_is_large_from_when_it_is_looked_at_until_it_is_not(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        assert "unit" not in ask(socket)[1]
        view(socket, 3)
        for _ in range(3):
            header, parts = ask(socket)
            assert header["unit"]["place"] == 3
            assert parts["unit"].shape == parts["field"].shape
        view(socket, None)
        header, parts = ask(socket)
        assert "unit" not in parts
        assert "unit" not in header


def test_paused_a_request_that_waits_is_answered_when_a_unit_is_looked_at(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        assert player.camera.scene is not None
        for unit in (0, 2, 5):
            socket.send_text(str(player.camera.scene.id))
            view(socket, unit)
            header, _ = unpack(socket.receive_bytes())
            assert header["unit"]["place"] == unit
    assert player.run.epoch == 0


def test_a_look_is_no_request_for_a_frame(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        for unit in range(3 * MOST_ASKED):
            view(socket, unit)
        assert ask(socket)[0]["state"] == "paused"  # neither refused nor sent more than was asked for
        player.step()
        assert ask(socket)[0]["epoch"] == 1


@pytest.mark.parametrize("unit", [6, 7, 999_999_999])
def test_a_unit_that_is_not_there_is_not_shown(client: TestClient, player: Player, unit: int) -> None:
    with connect(client, player.token) as socket:
        view(socket, unit)
        assert "unit" not in ask(socket)[1]


def test_the_large_unit_is_the_one_of_the_network(client: TestClient, player: Player) -> None:
    """Inputs x1, x2, hidden units 2 to 4, output 5; all numbers as the run has them."""
    held = np.zeros(player.run.params.vector.size)
    held[4] = 1.0  # from x2 to hidden unit 3
    player.play(False)
    player.restore(player.run.with_params(player.run.params.vector + 0.1, held))
    (W, b), (V, c) = player.run.params
    with connect(client, player.token) as socket:
        for unit, incoming, frozen in (
            (0, [], []),
            (3, [*W[:, 1], b[1]], [0, 1, 0]),
            (4, [*W[:, 2], b[2]], [0, 0, 0]),
            (5, [*V[:, 0], c[0]], [0, 0, 0, 0]),
        ):
            view(socket, unit)
            header, parts = ask(socket)
            np.testing.assert_array_equal(parts["incoming"], np.array(incoming, np.float32))
            assert parts["held"].tolist() == frozen
            assert header["unit"]["low"] < header["unit"]["high"]
            side = parts["maps"].shape[-1]
            if unit < 5:  # the small map is a choice of its points; one without limits has its own largest value
                step = parts["unit"].shape[0] // side
                small = parts["unit"][step // 2 :: step, step // 2 :: step].astype(int)
                assert np.abs(small - parts["maps"][unit]).max() <= (3 if unit < 2 else 0)
            else:
                np.testing.assert_array_equal(parts["unit"], parts["field"] >> 8)
    x_low, x_high = player.camera.scene.bounds[:2] if player.camera.scene else (0, 0)
    with connect(client, player.token) as socket:
        view(socket, 0)
        large = ask(socket)[0]["unit"]
        assert (large["low"], large["high"]) == pytest.approx((x_low, x_high))


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


# those who should not ask


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


# the end


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


def test_a_connection_that_was_refused_leaves_no_trace(client: TestClient, player: Player) -> None:
    with connect(client, player.token, origin="http://evil.example") as socket, pytest.raises(WebSocketDisconnect):
        socket.receive_bytes()
    assert player.watchers == 0
    assert not player._wakers


# files


FILES = [path for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".ts"]  # types are for the checker
SERVED = {f"/ui/live/static/{path.relative_to(STATIC).as_posix()}": path for path in FILES}
SERVED |= {f"/web/{path.name}": path for path in web.FOLDER.glob("*.js")}


@pytest.mark.parametrize("url", sorted(SERVED))
def test_the_panels_files_are_served_and_asked_for_anew(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content == SERVED[url].read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=0"
    assert answer.headers["etag"]
    kind = {".js": "javascript", ".css": "text/css"}[Path(url).suffix]
    assert kind in answer.headers["content-type"]  # a browser runs no module of another type
    again = client.get(url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_plotly_is_the_installed_packages_and_kept_for_long(client: TestClient) -> None:
    answer = client.get(f"/live/plotly-{plotly.__version__}/plotly.min.js")
    assert answer.status_code == 200
    assert answer.content == (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()
    age = re.fullmatch(r"public, max-age=(\d+)", answer.headers["cache-control"])
    assert age is not None
    assert int(age[1]) >= 30 * 24 * 3600


@pytest.mark.parametrize("folder", ["/ui/live/static", "/web"])
@pytest.mark.parametrize(
    "path", ["nothing.js", "__init__.py", "../socket.py", "..%2fsocket.py", "%2e%2e/player.py", "../__init__.py", ""]
)
def test_no_other_file_is_served(client: TestClient, folder: str, path: str) -> None:
    answer = client.get(f"{folder}/{path}")
    assert answer.status_code == 404
    assert "max-age" not in answer.headers.get("cache-control", "")


def test_every_file_that_the_browser_is_told_to_fetch_is_served() -> None:
    """A script asks for others by paths relative to its own address: they must lead to what is served."""
    fetched = {f"/ui/live/static/{name}" for name in re.findall(r"'(\w+\.(?:js|css))'", component.JS)}
    assert fetched
    for url, file in SERVED.items():
        names = re.findall(r"^(?:import|export) [^;]*? from '([^']+)'", file.read_text(encoding="utf-8"), re.MULTILINE)
        fetched |= {posixpath.normpath(f"{posixpath.dirname(url)}/{name}") for name in names}
    assert fetched <= SERVED.keys()


# the plane


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


def scene_of(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parts["scene"].tobytes())
    return found


def ask_field(socket: WebSocketTestSession, scene: int, words: str) -> np.ndarray:
    socket.send_text(words)
    header, parts = ask(socket, scene)
    assert header["state"] == "paused"
    return parts["field"]
