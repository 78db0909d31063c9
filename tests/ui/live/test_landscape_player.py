"""The landscape of a run that plays: coarse first, then fine, of the weights on screen, as its contract declares it."""

import json
from dataclasses import replace
from pathlib import Path as File

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn import Experiment, advance, start
from dnn.analysis.landscape import COARSE, SIDE, TOGETHER
from dnn.analysis.path import Path
from dnn.datasets.custom_data import CustomData
from dnn.params import Params
from dnn.plots.theme import THEMES
from dnn.ui import live
from dnn.ui.live import landscape_player as module
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.landscape_player import NOT_FINITE, LandscapePlayer, measured
from dnn.ui.live.missing_data import NOTHING_YET
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.socket import NONSENSE, PROTOCOL, ROUTES
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET
from tests.declarations import Declarations
from tests.ui.live.frames import frame
from tests.ui.live.landscapes import SMALL, player_of, scenes

FILE = File(live.__file__).with_name("landscape_contract.d.ts")


@pytest.fixture
def source() -> Player:
    player = player_of()
    player.watchers = 1  # the panel of the playground
    return player


@pytest.fixture
def landscape(source: Player) -> LandscapePlayer:
    return LandscapePlayer.beside(source)


def trained(player: Player, epochs: int) -> None:
    """What its own panel asks for."""
    player.run = advance(player.run, epochs)


def test_every_frame_is_as_declared_and_every_field_comes(source: Player, landscape: LandscapePlayer) -> None:
    declared = Declarations(FILE, FILE.with_name("contract.d.ts"))
    landscape.show_others(("tanh", Path.trained_again(advance(start(Experiment.of(**SMALL)), 3))))
    shown = -1
    for view in ("pca 0 contours train", "random 3 surface total", "random 3 surface test"):
        assert landscape.request(f"draw {view}")
        for _ in range(3):
            one, shown = frame(landscape, shown)
            assert declared.problems(one, "LandscapeFrame") == []
    kinds = ("LandscapeFrame", "LandscapeHeader", "LandscapeScene", "LandscapeView", "LandscapeRun")
    wanted = {f"{kind}.{name}" for kind in kinds for name in declared.fields[kind]}
    assert wanted <= declared.present
    assert "LandscapeFrame.scene" in declared.absent


def test_a_coarse_picture_comes_first_and_then_nothing_until_the_run_moves(
    source: Player, landscape: LandscapePlayer
) -> None:
    coarse, fine = scenes(landscape)
    assert (coarse["side"], fine["side"]) == (COARSE, SIDE)
    assert coarse["id"] != fine["id"]
    assert 0.0 < landscape.wait(fine["id"]) < 1.0  # a look now and then, and no frame
    trained(source, 1)
    landscape._next = 0.0
    (moved,) = scenes(landscape)[-1:]
    assert (moved["epoch"], moved["side"]) == (6, SIDE)


def test_it_is_not_refreshed_more_often_than_it_may(source: Player, landscape: LandscapePlayer) -> None:
    last = scenes(landscape)[-1]["id"]
    trained(source, 1)
    landscape._next = UNLIMITED
    assert landscape.wait(last) > 0.0
    assert "scene" not in frame(landscape, last)[0]


def test_the_middle_is_the_run_on_screen_and_the_path_leads_there(source: Player, landscape: LandscapePlayer) -> None:
    scene = scenes(landscape)[-1]
    assert scene["words"].startswith(f"Here: cost {source.run.latest['train_cost']:.4g}")
    assert scene["alt"].startswith("Landscape of the cost around the weights of epoch 5. Here: cost ")
    path = scene["figure"]["data"][1]
    assert path["type"] == "scatter"
    assert scene["figure"]["data"][0]["type"] == "contour"
    epoch, cost, distance = scene["path"][-1]
    assert (epoch, distance) == (5.0, 0.0)
    assert cost == pytest.approx(source.run.latest["train_cost"], rel=1e-3)
    header = frame(landscape)[0]["header"]
    assert (header["epoch"], header["newest"], header["train_cost"]) == (5, 5, source.run.latest["train_cost"])


def test_another_view_is_another_scene_and_other_directions_begin_coarsely(landscape: LandscapePlayer) -> None:
    scenes(landscape)
    assert landscape.request("draw pca 0 surface train")
    (surface,) = scenes(landscape)
    assert (surface["figure"]["data"][0]["type"], surface["side"]) == ("surface", SIDE)
    assert landscape.request("draw random 7 surface total")
    coarse, fine = scenes(landscape)
    assert (coarse["side"], fine["side"]) == (COARSE, SIDE)
    assert fine["view"] == {"directions": "random", "seed": 7, "form": "surface", "cost": "total"}
    assert any("of the variance of the path" in note for note in fine["notes"])


@pytest.mark.parametrize(
    "words", ["draw", "draw pca 0 contours", "draw pca -1 contours train", "draw up 0 contours test"]
)
def test_nonsense_is_no_request(landscape: LandscapePlayer, words: str) -> None:
    assert not landscape.request(words)


def test_it_speaks_and_looks_as_the_page_does(landscape: LandscapePlayer) -> None:
    scenes(landscape)
    landscape.show(THEMES["dark"], "zh")
    (scene,) = scenes(landscape)
    assert "主成分" in scene["figure"]["layout"]["xaxis"]["title"]["text"]
    assert scene["figure"]["layout"]["font"]["color"] == THEMES["dark"].ink
    assert "代价" in scene["alt"]
    landscape.show(THEMES["dark"], "zh")
    assert landscape.wait(scene["id"]) > 0.0


def test_other_runs_share_the_plane_as_far_as_they_fit(source: Player, landscape: LandscapePlayer) -> None:
    same = advance(start(Experiment.of(**SMALL, training={"learning_rate": 0.3})), 4)
    wider = advance(start(Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": (9,)})), 4)
    landscape.show_others(("faster", Path.trained_again(same)), ("wider", Path.trained_again(wider)))
    scene = scenes(landscape)[-1]
    assert scene["runs"] == [{"name": "this run", "dash": "solid"}, {"name": "faster", "dash": "dash"}]
    assert len(scene["figure"]["data"]) == 3
    assert TOGETHER in scene["notes"]
    landscape.show_others()
    assert scenes(landscape)[-1]["runs"] == []


def test_where_there_is_none_it_says_why(source: Player, landscape: LandscapePlayer) -> None:
    params = Params(source.run.params.sizes, np.full(source.run.params.vector.size, np.inf))
    source.restore(replace(source.run, params=params, latest=dict.fromkeys(source.run.latest, np.nan)))
    scene = scenes(landscape)[-1]
    assert (scene["problem"], scene["figure"], scene["alt"]) == (NOT_FINITE, None, NOT_FINITE)
    assert frame(landscape)[0]["header"]["train_cost"] is None
    source.restore(player_of().run)
    assert scenes(landscape)[-1]["problem"] == ""


def test_without_examples_there_is_none() -> None:
    player = Player(Experiment.of(data={"dataset": CustomData.empty()}), playing=False)
    assert scenes(LandscapePlayer.beside(player))[-1]["problem"] == NOTHING_YET


def test_large_data_are_sampled_and_the_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEWEST_EXAMPLES", 10)
    monkeypatch.setattr(module, "MOST_WORK", 20.0 * 17)
    player = player_of()
    landscape = LandscapePlayer.beside(player)
    scene = scenes(landscape)[-1]
    assert "Costs are those of 20 of the 42 training examples." in scene["notes"]
    assert scene["side"] == SIDE


@pytest.mark.parametrize(
    ("hidden", "samples", "examples", "side"),
    [
        ((8, 8), 500, 500, SIDE),
        ((8, 8), 20_000, 9523, SIDE),
        ((64, 64), 500, 226, SIDE),
        ((256, 256), 500, 200, COARSE),
    ],
)
def test_a_point_of_the_grid_takes_a_bounded_time(
    hidden: tuple[int, ...], samples: int, examples: int, side: int
) -> None:
    experiment = Experiment.of(data={"samples": samples, "test_share": 0.0}, network={"hidden_layer_sizes": hidden})
    fewer, found = measured(start(experiment))
    assert (fewer.data.n_train, found) == (examples, side)


def test_each_run_has_one_landscape_that_lives_as_long_as_its_player(
    source: Player, landscape: LandscapePlayer
) -> None:
    assert LandscapePlayer.beside(source) is landscape
    assert LandscapePlayer.of(landscape.token) is landscape
    BasePlayer.sweep(-1.0)
    assert LandscapePlayer.of(landscape.token) is landscape
    source.watchers = 0
    BasePlayer.sweep(-1.0)
    BasePlayer.sweep(-1.0)
    assert BasePlayer.of(landscape.token) is None


def test_the_run_stays_while_its_landscape_is_watched() -> None:
    player = player_of()
    landscape = LandscapePlayer.beside(player)
    landscape.watchers = 1
    player.left -= 1000.0
    landscape.wait(-1)
    BasePlayer.sweep(100.0)
    assert Player.of(player.token) is player


def test_where_nobody_else_watches_the_run_it_trains_it() -> None:
    player = player_of()
    landscape = LandscapePlayer.beside(player)
    _, shown = frame(landscape)
    player.play()
    before = player.run.epoch
    for _ in range(3):
        _, shown = frame(landscape, shown)
    assert player.run.epoch > before
    player.watchers, before = 1, player.run.epoch
    frame(landscape, shown)
    assert player.run.epoch == before


def test_the_socket_of_all_live_views_serves_it(source: Player, landscape: LandscapePlayer) -> None:
    client = TestClient(Starlette(routes=ROUTES))
    with client.websocket_connect(LIVE_SOCKET, [PROTOCOL, landscape.token]) as socket:
        socket.send_text("draw random 2 contours train")
        shown, side = -1, 0
        while side < SIDE:
            socket.send_text(str(shown))
            header, parts = unpack(socket.receive_bytes())
            assert header["kind"] == "landscape"
            scene = json.loads(bytes(parts["scene"]))
            shown, side = scene["id"], scene["side"]
            assert scene["view"]["seed"] == 2
        socket.send_text("plane 0 1")  # which only a run has
        assert socket.receive()["code"] == NONSENSE
