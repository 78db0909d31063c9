"""The wall of a class: what is sent is as declared, only what has changed, and nothing that identifies a pupil."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn import Experiment
from dnn.classroom import ClassStore, Goal, Orders, Report, open_store
from dnn.classroom.memory import MemoryStore
from dnn.errors import ClassUnreachable
from dnn.plots.boundary_picture import SIDE
from dnn.plots.theme import THEMES
from dnn.ui import live
from dnn.ui.live.socket import PROTOCOL, ROUTES
from dnn.ui.live.wall_feed import AWAY, WallFeed
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET
from tests.classroom.examples import report, run
from tests.declarations import Declarations
from tests.ui.live.frames import received

FILE = Path(live.__file__).with_name("wall_contract.d.ts")
BLUE, GREEN = bytes([200]) * SIDE**2, bytes([1]) * SIDE**2


class Wall:
    """A class with one teacher who looks at it."""

    def __init__(self, **settings: Any) -> None:
        self.store: ClassStore = open_store()
        self.classroom, self.key = self.store.create(**settings)
        self.code = self.classroom.code
        self.player = WallPlayer(self.code, teacher=True)
        self.shown = -1

    def join(self, name: str) -> str:
        return self.store.join(self.code, name).id

    def publish(self, pupil: str, told: Report) -> None:
        assert self.store.publish(self.code, pupil, told)

    def frame(self, part: int | None = None) -> dict[str, Any]:
        """The next frame as the browser gets it."""
        self.player.feed.poll(at_once=True)
        message, self.shown = self.player.picture(self.shown, part)
        return received(message)

    def changed(self) -> list[str]:
        return [tile["name"] for tile in self.frame()["header"]["tiles"]]


@pytest.fixture
def wall() -> Iterator[Wall]:
    found = Wall(goal=Goal(accuracy=0.9))
    yield found
    found.player.release()


def test_every_frame_is_as_declared_and_every_field_comes(wall: Wall) -> None:
    declared = Declarations(FILE)
    fox = wall.join("Fox")
    assert declared.problems(wall.frame(), "WallFrame") == []
    wall.publish(fox, Report.of(run(), "playing"))
    assert declared.problems(wall.frame(0), "WallFrame") == []
    kinds = ("WallFrame", "WallHeader", "WallTile", "WallDetail", "WallScene")
    assert declared.present == {f"{kind}.{name}" for kind in kinds for name in declared.fields[kind]}
    assert declared.absent == declared.optional


def test_a_tile_has_what_its_pupil_reported(wall: Wall) -> None:
    trained = run(network={"hidden_layer_sizes": [5, 3]}, training={"learning_rate": 0.25})
    wall.publish(wall.join("Fox"), Report.of(trained, "paused"))
    sent = wall.frame(0)
    (tile,) = sent["header"]["tiles"]
    assert (tile["name"], tile["epoch"], tile["sizes"], tile["state"]) == ("Fox", 2, [2, 5, 3, 1], "paused")
    assert tile["accuracy"] == trained.latest["test_accuracy"]
    assert bytes(sent["maps"]) == Report.of(trained, "paused").boundary
    settings = dict(sent["header"]["detail"]["settings"])
    assert settings == {"Data set": "Moons", "Hidden layers": "5-3", "Activation": "Tanh", "Learning rate": "0.25"}


def test_only_tiles_that_changed_are_sent(wall: Wall) -> None:
    fox, owl = wall.join("Fox"), wall.join("Owl")
    assert wall.changed() == ["Fox", "Owl"]
    wall.publish(owl, report(boundary=BLUE))
    assert wall.changed() == ["Owl"]
    wall.publish(owl, report(boundary=BLUE))  # a page that is paused says the same again
    assert wall.changed() == []
    wall.publish(owl, report(boundary=BLUE, epoch=4))
    sent = wall.frame()
    assert [(tile["epoch"], tile["mapped"]) for tile in sent["header"]["tiles"]] == [(4, False)]
    assert "maps" not in sent
    wall.store.rename(wall.code, wall.key, fox, "Fix")
    assert wall.changed() == ["Fix"]


def test_one_who_comes_late_gets_all_of_it(wall: Wall) -> None:
    wall.publish(wall.join("Fox"), report(boundary=BLUE))
    wall.frame()
    wall.shown = -1
    sent = wall.frame()
    assert [tile["name"] for tile in sent["header"]["tiles"]] == ["Fox"]
    assert bytes(sent["maps"]) == BLUE
    assert sent["scene"]["side"] == SIDE


def test_a_pupil_who_leaves_is_gone(wall: Wall) -> None:
    fox, _ = wall.join("Fox"), wall.join("Owl")
    assert wall.frame()["header"]["ids"] == [0, 1]
    wall.store.leave(wall.code, fox)
    sent = wall.frame()["header"]
    assert (sent["ids"], sent["tiles"]) == ([1], [])
    assert wall.player.feed.tile(0) is None


def test_nothing_that_is_sent_names_a_pupils_secret(wall: Wall) -> None:
    fox = wall.join("Fox")
    wall.publish(fox, report(experiment=Experiment().model_dump_json()))
    wall.player.feed.poll(at_once=True)
    message, _ = wall.player.picture(-1, 0)
    assert fox.encode() not in message
    assert wall.key.encode() not in message


def test_each_number_of_classes_has_its_colours(wall: Wall) -> None:
    wall.publish(wall.join("Fox"), report(boundary=BLUE))
    assert len(wall.frame()["scene"]["ramps"]) == 1
    wall.publish(wall.join("Owl"), report(boundary=GREEN, task="multiclass", classes=3))
    sent = wall.frame()
    (tile,) = sent["header"]["tiles"]
    ramps = sent["scene"]["ramps"]
    assert (len(ramps), tile["ramp"]) == (2, 1)
    assert len({tuple(color) for color in ramps[1]}) == 3
    wall.player.show(THEMES["dark"], "zh")
    dark = wall.frame()
    assert dark["scene"]["ramps"] != ramps
    assert dark["header"]["tiles"] == []


def test_the_time_of_the_goal_counts_from_the_beginning() -> None:
    now = 1000.0
    store = MemoryStore(lambda: now)
    classroom, _ = store.create(goal=Goal(accuracy=0.9))
    feed = WallFeed(classroom.code, store, lambda: now)
    pupil = store.join(classroom.code, "Fox")
    now = 1060.0
    store.publish(classroom.code, pupil.id, report(accuracy=0.95))
    feed.poll(at_once=True)
    (tile,) = feed.shown()[1]
    assert (tile.reached, tile.away) == (60.0, False)
    now += AWAY + 1
    feed.poll(at_once=True)
    (later,) = feed.shown()[1]
    assert later.away
    assert later.version > tile.version
    assert later.drawn == tile.drawn


def test_a_broken_report_opens_nothing(wall: Wall) -> None:
    wall.publish(wall.join("Fox"), report(boundary=b"\1\2", experiment='{"network": 7}'))
    sent = wall.frame(0)
    assert sent["header"]["detail"] == {"id": 0, "settings": [], "opens": False}
    assert "maps" not in sent


def test_pupils_see_the_wall_only_if_the_teacher_says_so(wall: Wall) -> None:
    wall.publish(wall.join("Fox"), report(boundary=BLUE))
    seen = WallPlayer(wall.code, teacher=False)
    seen.feed.poll(at_once=True)
    header, parts = unpack(seen.picture()[0])
    assert (header["state"], header["tiles"], header["ids"]) == ("ended", [], [])
    assert "maps" not in parts
    wall.store.order(wall.code, wall.key, Orders.open_the_wall)
    seen.feed.poll(at_once=True)
    header, parts = unpack(seen.picture()[0])
    assert (header["state"], header["ids"]) == ("playing", [0])
    assert seen.feed is wall.player.feed  # the store is asked once for all


def test_the_end_of_the_class_ends_the_wall(wall: Wall) -> None:
    wall.join("Fox")
    assert wall.frame()["header"]["state"] == "playing"
    wall.store.end(wall.code, wall.key)
    sent = wall.frame()["header"]
    assert (sent["state"], sent["ids"]) == ("ended", [])


def test_a_store_that_is_away_leaves_the_wall_as_it_is(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    wall.publish(wall.join("Fox"), report(boundary=BLUE))
    wall.frame()

    def away(code: str) -> None:
        raise ClassUnreachable("away")

    monkeypatch.setattr(wall.store, "find", away)
    sent = wall.frame()["header"]
    assert (sent["state"], sent["ids"]) == ("playing", [0])
    assert "does not answer" in sent["reason"]


def test_the_socket_of_all_live_views_serves_walls(wall: Wall) -> None:
    wall.publish(wall.join("Fox"), report(boundary=BLUE))
    client = TestClient(Starlette(routes=ROUTES))
    with client.websocket_connect(LIVE_SOCKET, [PROTOCOL, wall.player.token]) as socket:
        socket.send_text("look 0")
        socket.send_text("-1")
        header, parts = unpack(socket.receive_bytes())
        assert (header["kind"], header["detail"]["id"]) == ("wall", 0)
        assert bytes(parts["maps"]) == BLUE
        socket.send_text("-1")  # the server knows what this connection has
        header, parts = unpack(socket.receive_bytes())
        assert (header["tiles"], "scene" in parts) == ([], False)
