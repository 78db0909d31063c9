"""Many runs in step: what is trained equals each run by itself, and a socket serves them."""

import threading
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from dnn import Experiment, advance, start
from dnn.datasets import CustomData
from dnn.plots.theme import DARK
from dnn.ui.limits import estimated_multiplications
from dnn.ui.live import base_player
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.group import DIVERGED, ENDED, GroupPlayer
from dnn.ui.live.group_runs import MOST_RUNS
from dnn.ui.live.missing_data import NOTHING_YET
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.socket import NONSENSE, PROTOCOL
from dnn.ui.live.starting import HEAVY_TURN, multiplications
from dnn.ui.live.wire import unpack
from dnn.ui.security import LIVE_SOCKET
from tests.ui.live.groups import PATIENT, SMALL, UNLIKE, WILD, of, play_until_rest, settled
from tests.ui.live.sockets import APP, scene_of


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
        if parts["states"].tolist() == [0, 2, 1, 3]:
            break
    assert parts["states"].tolist() == [0, 2, 1, 3]
    stopped = header["epoch"]
    header, parts = unpack(player.frame())
    assert header["state"] == "playing"
    assert header["epoch"] > stopped
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


def test_a_group_is_served_as_a_player_is() -> None:
    player = GroupPlayer([of(seed=seed) for seed in range(4)], layers=[[0, 1], [2, 3]])
    assert Player.of(player.token) is None
    assert GroupPlayer.of(player.token) is BasePlayer.of(player.token) is player
    client = TestClient(APP)
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
