"""Many runs in step: what is trained equals each run by itself, and what a frame says of them is true."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn import Experiment, advance, start
from dnn.data.plane import Plane
from dnn.datasets import CustomData
from dnn.plots.theme import DARK
from dnn.ui.limits import estimated_multiplications
from dnn.ui.live import base_player
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.group import DIVERGED, ENDED, GroupPlayer
from dnn.ui.live.group_arrays import EDGES
from dnn.ui.live.group_runs import MOST_RUNS
from dnn.ui.live.lacking import NOTHING_YET
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.socket import NONSENSE, PROTOCOL, ROUTES
from dnn.ui.live.starting import HEAVY_TURN, multiplications
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET


def of(dataset: str = "moons", **settings: Any) -> Experiment:
    return Experiment.of(data={"dataset": dataset, "samples": 40}, **settings)


SMALL = of(network={"hidden_layer_sizes": [3]})
WILD = of(network={"hidden_layer_sizes": [8, 8], "activation": "linear"}, training={"learning_rate": 9})
PATIENT = of(training={"learning_rate": 1e-6, "patience": 2})
UNLIKE = (SMALL, of(training={"optimizer": "adam"}), of("blobs"), of("sine"), of(seed=4))


@pytest.fixture(autouse=True)
def _forget_players() -> Iterator[None]:
    yield
    BasePlayer._all.clear()


def scene_of(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parts["scene"].tobytes())
    return found


def settled(player: GroupPlayer) -> int:
    scene = -1
    for _ in range(5):
        scene = player.picture(scene)[1]
        if player.wait(scene) > 0:
            return scene
    raise AssertionError("always something new")


def play_until_rest(player: GroupPlayer, frames: int = 5000) -> dict[str, Any]:
    for _ in range(frames):
        header, _ = unpack(player.frame())
        if header["state"] != "playing":
            return header
    raise AssertionError("it plays on")


# training


def test_runs_of_any_kind_stay_at_one_epoch_and_learn_what_each_learns_alone() -> None:
    player = GroupPlayer(UNLIKE)
    for _ in range(6):
        player.frame()
    assert player.epoch > 3
    for run, experiment in zip(player.runs, UNLIKE, strict=True):
        assert run is not None
        assert run.epoch == player.epoch
        alone = advance(start(experiment), player.epoch)
        np.testing.assert_array_equal(run.params.vector, alone.params.vector)
        np.testing.assert_array_equal(run.history["train_cost"], alone.history["train_cost"])


def test_a_step_is_one_epoch_of_each_and_a_reset_takes_all_back() -> None:
    player = GroupPlayer([SMALL, of(seed=1)], playing=False)
    player.step()
    player.step()
    header, _ = unpack(player.frame())
    assert (header["epoch"], header["state"]) == (2, "paused")
    player.reset()
    header, parts = unpack(player.frame())
    assert header["epoch"] == 0
    expected = [start(each).latest["train_cost"] for each in (SMALL, of(seed=1))]
    np.testing.assert_allclose(parts["numbers"][:, 1], expected, rtol=1e-6)


def test_it_pauses_exactly_at_an_epoch_and_play_goes_on() -> None:
    player = GroupPlayer([SMALL, of(seed=1)], speed=UNLIMITED)
    player.stop_at(37)
    header = play_until_rest(player)
    assert (header["epoch"], header["state"]) == (37, "paused")
    assert header["reason"] == "Paused at epoch 37, as asked."
    player.play()
    player.frame()
    assert player.epoch > 37


def test_held_it_trains_no_epoch_and_says_why_and_then_goes_on_as_before() -> None:
    player = GroupPlayer([SMALL, of(seed=1)], speed=UNLIMITED)
    player.hold("The class waits.")
    player.step()
    player.play()
    for _ in range(3):
        header, _ = unpack(player.frame())
        assert (header["epoch"], header["state"], header["reason"]) == (0, "paused", "The class waits.")
    player.hold("")
    player.frame()
    assert player.epoch > 0
    assert player.state == "playing"


def test_one_that_diverges_stays_and_the_others_go_on() -> None:
    player = GroupPlayer([SMALL, WILD, PATIENT, None])
    for _ in range(60):
        header, parts = unpack(player.frame())
    assert header["state"] == "playing"
    assert parts["states"].tolist() == [0, 2, 1, 3]
    # of the last epoch that was finite, though perhaps huge; there are no validation examples
    assert np.isnan(parts["numbers"][:3]).any(axis=0).tolist() == [False] * 5 + [True] * 2
    assert np.isnan(parts["numbers"][3]).all()
    assert header["epoch"] == player.runs[0].epoch  # type: ignore[union-attr]


@pytest.mark.parametrize(("experiment", "state", "reason"), [(WILD, "diverged", DIVERGED), (PATIENT, "ended", ENDED)])
def test_when_all_have_stopped_it_says_so(experiment: Experiment, state: str, reason: str) -> None:
    player = GroupPlayer([experiment, None])
    header = play_until_rest(player)
    assert (header["state"], header["reason"]) == (state, reason)
    assert player.wait(settled(player)) == UNLIMITED


def test_settings_that_do_not_fit_say_why_and_the_rest_runs() -> None:
    entropy = of(training={"loss": "binary_cross_entropy"}).training
    unfit = of("sine").model_copy(update={"training": entropy})
    player = GroupPlayer([SMALL, unfit])
    header, parts = unpack(player.frame())
    assert header["state"] == "playing"
    cells = scene_of(parts)["cells"]
    assert cells[0]["problem"] == ""
    assert "binary_cross_entropy" in cells[1]["problem"]
    assert parts["states"].tolist() == [0, 3]


def test_a_run_without_training_examples_says_so_and_keeps_nobody_waiting() -> None:
    empty = Experiment.of(data={"dataset": CustomData.empty()})
    player = GroupPlayer([empty])
    header, parts = unpack(player.frame())
    assert header["state"] == "ended"
    assert scene_of(parts)["cells"][0]["problem"] == NOTHING_YET
    assert player.wait(settled(player)) == UNLIMITED


def test_light_runs_start_while_a_large_one_does() -> None:
    with HEAVY_TURN:
        assert GroupPlayer([SMALL]).runs[0] is not None


@pytest.mark.parametrize("experiment", [*UNLIKE, Experiment.of(data={"features": ["x1", "x2", "x1^2"]})])
def test_what_a_run_takes_is_known_before_it_starts(experiment: Experiment) -> None:
    run = start(experiment)
    assert estimated_multiplications(experiment) == multiplications(run.params.vector.size, run.data)


def test_too_many_runs_are_refused() -> None:
    with pytest.raises(ValueError, match=f"{MOST_RUNS + 1} runs"):
        GroupPlayer([None] * (MOST_RUNS + 1))


# what is asked for while it trains


def test_what_was_trained_of_earlier_runs_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for training: other runs are there at once, and what comes of the earlier ones is not shown."""
    player = GroupPlayer([SMALL])
    training, used = threading.Event(), threading.Event()
    advanced = player._training.advanced

    def slow(*given: Any) -> Any:
        training.set()
        assert used.wait(10)
        return advanced(*given)

    monkeypatch.setattr(player._training, "advanced", slow)
    puller = threading.Thread(target=player.frame)
    puller.start()
    assert training.wait(10)
    player.use([of(seed=8)])
    used.set()
    puller.join()
    (run,) = player.runs
    assert run is not None
    assert (run.experiment.seed, run.epoch) == (8, 0)


def test_paused_and_unchanged_there_is_nothing_to_wait_for() -> None:
    player = GroupPlayer([SMALL], playing=False, costs=True)
    scene = settled(player)
    assert player.wait(scene) == UNLIMITED
    assert player.wait(-1) == 0
    for change in (player.step, player.reset, lambda: player.show(DARK, "zh"), lambda: player.set_speed(3)):
        change()
        assert player.wait(scene) == 0
        scene = settled(player)


# what a frame shows


@pytest.mark.parametrize("experiment", UNLIKE[1:4], ids=["classes", "several", "numbers"])
def test_a_map_has_what_the_run_answers_at_its_points(experiment: Experiment) -> None:
    player = GroupPlayer([experiment], playing=False, side=8)
    for _ in range(3):
        player.step()
        _, parts = unpack(player.frame())
    (run,) = player.runs
    assert run is not None
    left, right, low, high = Plane.of(run.data).bounds
    places = np.stack(np.meshgrid(np.linspace(left, right, 8), np.linspace(high, low, 8)), axis=-1).reshape(-1, 2)
    answers = run.predict_proba(Plane.of(run.data).points(places))
    drawn = parts["maps"][0].ravel().astype(float)
    if run.data.task == "multiclass":
        shades = 256 // answers.shape[1]
        np.testing.assert_array_equal(drawn // shades, answers.argmax(axis=1))
        certain = (answers.max(axis=1) * answers.shape[1] - 1) / (answers.shape[1] - 1) * (shades - 1)
        np.testing.assert_allclose(drawn % shades, certain, atol=1.01)
    else:
        targets = run.data.y[:, 0]
        share = answers[:, -1] if run.data.task == "binary" else (answers[:, 0] - targets.min()) / np.ptp(targets)
        np.testing.assert_allclose(drawn, np.clip(share, 0, 1) * 255, atol=0.52)


def test_cells_of_one_shape_are_drawn_as_each_alone() -> None:
    """In one block with shared examples, in one with each its own, and in several blocks."""
    starts = [of(training={"learning_rate": rate}) for rate in (0.01, 0.3)] + [of(seed=seed) for seed in range(1, 70)]
    player = GroupPlayer(starts, playing=False)
    player.step()
    maps = unpack(player.frame())[1]["maps"]
    for place in (0, 1, 2, 40, 70):
        alone = GroupPlayer([starts[place]], playing=False)
        alone.step()
        np.testing.assert_array_equal(maps[place], unpack(alone.frame())[1]["maps"][0])


def test_one_layer_is_shown_and_another_when_it_is_asked_for() -> None:
    seeds = [of(seed=seed) for seed in range(4)]
    player = GroupPlayer(seeds, layers=[[0, 2], [1, 3]], playing=False)
    parts = unpack(player.frame())[1]
    first = scene_of(parts)
    assert (first["layer"], first["layers"], [cell["run"] for cell in first["cells"]]) == (0, 2, [0, 2])
    assert player.request("layer 1")
    parts = unpack(player.frame(first["id"]))[1]
    assert [cell["run"] for cell in scene_of(parts)["cells"]] == [1, 3]
    expected = [start(seeds[place]).latest["test_cost"] for place in (1, 3)]
    np.testing.assert_allclose(parts["numbers"][:, 2], expected, rtol=1e-6)
    assert player.request("layer 7")  # there is none: passed over
    assert player.layer == 1
    for nonsense in ("layer", "layer -1", "layer ²", "plane 0 1", "layers 1"):
        assert not player.request(nonsense)


def test_one_run_is_large_when_it_is_looked_at() -> None:
    player = GroupPlayer([of("blobs"), SMALL, None], playing=False)
    small = unpack(player.picture(-1, None)[0])[1]
    assert "large" not in small
    header, parts = unpack(player.picture(-1, 1)[0])
    side = scene_of(parts)["large"]
    assert (header["large"], parts["large"].shape) == (1, (side, side))
    corner = parts["maps"][1][0, 0]
    assert parts["large"][0, 0] == corner  # the outermost points are the same
    for absent in (2, 9):
        assert "large" not in unpack(player.picture(-1, absent)[0])[0]


def test_the_best_are_told_by_accuracy_and_then_cost_once_training_has_begun() -> None:
    player = GroupPlayer([of(training={"learning_rate": rate}) for rate in np.logspace(-4, 0, 8)] + [WILD, None])
    assert unpack(player.frame())[0]["best"] == [] or player.epoch > 0
    for _ in range(80):
        header, parts = unpack(player.frame())
    numbers, states = parts["numbers"], parts["states"]
    ranked = sorted((place for place in range(8) if states[place] < 2), key=lambda p: (-numbers[p, 4], numbers[p, 2]))
    assert header["best"] == ranked[:3]
    assert 8 not in header["best"]


def test_of_few_runs_one_is_the_best_and_of_numbers_the_one_that_costs_least() -> None:
    player = GroupPlayer([of("sine", training={"learning_rate": rate}) for rate in (1e-5, 0.1)], playing=False)
    for _ in range(30):
        player.step()
    header, parts = unpack(player.frame())
    assert header["best"] == [1]
    assert np.isnan(parts["numbers"][:, 3:]).all()  # there is no accuracy


def test_where_all_have_validation_examples_these_tell_the_best_and_have_a_curve() -> None:
    data = {"dataset": "moons", "samples": 40, "validation_share": 0.3}
    held_out = [Experiment.of(data=data, training={"learning_rate": rate}) for rate in (1e-4, 0.01, 0.3)]
    player = GroupPlayer(held_out, costs=True, playing=False)
    for _ in range(20):
        player.step()
    header, parts = unpack(player.frame())
    accuracies, costs = parts["numbers"][:, 6], parts["numbers"][:, 5]
    assert header["best"] == [min(range(3), key=lambda place: (-accuracies[place], costs[place]))]
    run = player.runs[0]
    assert run is not None
    np.testing.assert_allclose(parts["curves"][3, :21], run.history["validation_cost"], rtol=1e-6)
    mixed = GroupPlayer([held_out[0], of()], costs=True, playing=False)
    mixed.step()
    parts = unpack(mixed.frame())[1]
    assert np.isnan(parts["numbers"][:, 5]).tolist() == [False, True]


def test_costs_and_weights_come_one_run_after_the_other() -> None:
    wide = of(network={"hidden_layer_sizes": [20, 20]})
    player = GroupPlayer([SMALL, None, wide], weights=True, costs=True, playing=False)
    for _ in range(3):
        player.step()
    _, parts = unpack(player.frame())
    runs = player.runs
    assert parts["curve_lengths"].tolist() == [4, 0, 4]
    np.testing.assert_allclose(parts["curves"][1, :4], runs[0].history["train_cost"], rtol=1e-6)  # type: ignore[union-attr]
    np.testing.assert_allclose(parts["curves"][2, 4:], runs[2].history["test_cost"], rtol=1e-6)  # type: ignore[union-attr]
    assert parts["edge_counts"].tolist() == [9, 0, EDGES]
    strongest = parts["edges"][9:]
    vector = runs[2].params.vector  # type: ignore[union-attr]
    np.testing.assert_allclose(parts["weights"][9:], vector[strongest], rtol=1e-6)
    left = np.setdiff1d(np.flatnonzero(runs[2].params.weight_mask()), strongest)  # type: ignore[union-attr]
    assert np.abs(vector[left]).max() <= np.abs(vector[strongest]).min()


# the socket


def test_a_group_is_served_as_a_player_is() -> None:
    player = GroupPlayer([of(seed=seed) for seed in range(4)], layers=[[0, 1], [2, 3]])
    assert Player.of(player.token) is None
    assert GroupPlayer.of(player.token) is BasePlayer.of(player.token) is player
    client = TestClient(Starlette(routes=ROUTES))
    with client.websocket_connect(LIVE_SOCKET, [PROTOCOL, player.token]) as socket:
        socket.send_text("-1")
        header, parts = unpack(socket.receive_bytes())
        assert header["kind"] == "group"
        socket.send_text("layer 1")
        socket.send_text("look 3")
        socket.send_text(str(scene_of(parts)["id"]))
        header, parts = unpack(socket.receive_bytes())
        assert scene_of(parts)["layer"] == 1
        assert header["large"] == 3
        socket.send_text("plane 0 1")  # which only a player of one run knows
        while (message := socket.receive())["type"] != "websocket.close":
            pass
        assert message["code"] == NONSENSE
    assert player.watchers == 0


def test_groups_share_the_time_with_other_players(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_player, "ACTIVE", 1e6)
    alone = GroupPlayer([SMALL])
    alone.frame()
    before = alone._budget()
    other = Player(SMALL)
    other.frame()
    assert alone._budget() == before / 2
