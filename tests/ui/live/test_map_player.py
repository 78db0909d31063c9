"""The map that is computed while somebody looks: every level comes once, and what is sent is what is declared."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn.plots.theme import THEMES
from dnn.plots.trainability import Shading
from dnn.sweeps.trainability import MAPS, picture
from dnn.ui import live
from dnn.ui.live.map_player import MOST_KEPT, MapPlayer
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.socket import NONSENSE, PROTOCOL, ROUTES
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET
from tests.declarations import Declarations
from tests.ui.live.frames import frame

FILE = Path(live.__file__).with_name("map_contract.d.ts")
WINDOW = MAPS["relu"].model_copy(update={"epochs": 5})


def frames(player: MapPlayer) -> list[dict[str, Any]]:
    """Frames until nothing more is to be computed."""
    found, scene = [], -1
    while player.wait(scene) == 0.0:
        one, scene = frame(player, scene)
        found.append(one)
    return found


def test_every_frame_is_as_declared_and_every_field_comes() -> None:
    declared = Declarations(FILE)
    player = MapPlayer(WINDOW.model_copy(update={"epochs": 150}))  # no level but the first fits into one frame
    assert player.request("finest 64")
    for one in frames(player):
        assert declared.problems(one, "MapFrame") == []
    assert declared.present == {
        f"{kind}.{name}" for kind in ("MapFrame", "MapHeader", "MapScene", "MapAxis") for name in declared.fields[kind]
    }
    assert declared.absent == declared.optional


def test_the_browser_gets_every_pixel_in_the_shade_of_the_level_before() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 64")
    shown = np.zeros((64, 64), np.uint8)
    sides = []
    for one in frames(player):
        if "scene" in one:
            side = one["scene"]["side"]
            sides.append(side)
            if side:
                shown = np.repeat(np.repeat(one["pixels"], 64 // side, axis=0), 64 // side, axis=1)
        if "places" in one:
            rows, columns = np.divmod(one["places"], one["header"]["side"])
            step = 64 // one["header"]["side"]
            shown[rows * step, columns * step] = one["shades"]
    assert sides == sorted(sides)
    assert sides[-3:] == [16, 32, 64]
    values = picture(WINDOW, 64)
    np.testing.assert_array_equal(player.values, values)
    np.testing.assert_array_equal(shown, Shading.of(values).shades(values))


def test_the_header_counts_the_networks_and_how_far_the_level_is() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 32")
    headers = [one["header"] for one in frames(player)]
    networks = [header["networks"] for header in headers]
    assert networks == sorted(networks)
    assert networks[-1] == 32 * 32
    assert all(0.0 <= header["done"] <= 1.0 for header in headers)
    assert (headers[-1]["state"], headers[0]["deepest"]) == ("ended", False)


def test_one_who_comes_late_gets_all_of_the_level_so_far() -> None:
    player = MapPlayer(WINDOW.model_copy(update={"epochs": 60}))
    so_far, scene = 0, -1
    while player.side < 64 or not so_far:
        one, scene = frame(player, scene)
        so_far = len(one.get("places", ())) if player.side == 64 else 0
    late, _ = frame(player)
    assert len(late["places"]) >= so_far
    assert late["pixels"].shape == (64, 64)


def test_nothing_is_computed_while_paused_and_another_screen_asks_for_more() -> None:
    player = MapPlayer(WINDOW)
    player.play(False)
    one, scene = frame(player)
    assert one["header"]["networks"] == 0
    assert player.wait(scene) == UNLIMITED
    player.play()
    player.request("finest 16")
    frames(player)
    assert (player.side, player.state) == (16, "ended")
    player.request("finest 17")
    assert player.state == "playing"
    frames(player)
    assert player.side == 32
    assert not player.request("finest 1")
    assert not player.request("plane 0 1")


def test_held_it_computes_nothing_and_says_why_and_then_goes_on() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 16")
    player.hold("The class waits.")
    one, scene = frame(player)
    header = one["header"]
    assert (header["networks"], header["state"], header["reason"]) == (0, "paused", "The class waits.")
    assert player.wait(scene) == UNLIMITED
    player.hold("")
    assert frames(player)[-1]["header"]["reason"] == ""
    assert player.side == 16
    player.hold("The class waits.")
    assert frame(player)[0]["header"]["reason"] == ""  # there is nothing more to wait for


def test_another_window_begins_afresh_and_another_theme_does_not() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 16")
    before = frames(player)[-1]["header"]["window"]
    player.show(THEMES["dark"], "zh")
    (dark,) = frames(player)
    assert dark["header"]["window"] == before
    assert "学习率" in dark["scene"]["across"]["title"]
    assert dark["palette"][0].tolist() == [0x16, 0x19, 0x1B]
    player.use(WINDOW)
    assert player.side == 16
    player.use(WINDOW.zoomed(0.0, 0.5, 0.0, 0.5))
    assert (player.side, player.networks) == (0, 0)
    assert frames(player)[-1]["header"]["window"] != before
    player.reset()
    assert player.side == 0


def test_who_comes_back_finds_the_picture_as_it_was() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 32")
    frames(player)
    values = player.values.copy()
    for depth in range(1, MOST_KEPT + 1):
        player.use(WINDOW.zoomed(0.0, 1.0 / (1 + depth), 0.0, 1.0))
        assert player.side == 0
        frame(player)
    player.use(WINDOW)
    assert (player.side, player.networks, player.state) == (32, 32 * 32, "ended")
    np.testing.assert_array_equal(player.values, values)
    player.request("finest 64")
    frames(player)
    np.testing.assert_array_equal(player.values, picture(WINDOW, 64))


def test_the_words_of_the_picture_are_those_of_its_level() -> None:
    player = MapPlayer(WINDOW)
    player.request("finest 16")
    scenes = [one["scene"] for one in frames(player) if "scene" in one]
    assert "Map of 256 networks" in scenes[-1]["alt"]
    assert scenes[-1]["rates"] == [0.01, 100.0]
    assert [0.25, "0.1"] in scenes[-1]["across"]["ticks"]


def test_the_socket_of_all_live_views_serves_maps() -> None:
    player = MapPlayer(WINDOW)
    client = TestClient(Starlette(routes=ROUTES))
    with client.websocket_connect(LIVE_SOCKET, [PROTOCOL, player.token]) as socket:
        socket.send_text("finest 32")
        scene, sides = -1, []
        while not sides or sides[-1] < 32:
            socket.send_text(str(scene))
            header, parts = unpack(socket.receive_bytes())
            assert header["kind"] == "map"
            if "scene" in parts:
                said = json.loads(bytes(parts["scene"]))
                scene = said["id"]
                sides.append(said["side"])
        assert player.state == "ended"
        socket.send_text("layer 1")  # which only many runs have
        assert socket.receive()["code"] == NONSENSE
