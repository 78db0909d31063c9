"""Single batches: one update, the examples it was of, and what comes after."""

from typing import Any

import pytest

from dnn import advance, advance_batch, start
from dnn.training import batch_of
from dnn.ui.live.player import Player
from tests.ui.live.players import QUICK, changed, header_of, play_until_paused, same


def test_a_batch_pauses_makes_one_update_and_says_which_examples_it_was_of() -> None:
    player = Player(QUICK)
    player.step_batch()
    assert player.state == "paused"
    header, expected = header_of(player), advance_batch(start(QUICK))
    assert same(player.run, expected)
    assert header["batch"] == {"done": 1, "of": 5, "rows": batch_of(expected).tolist()}  # 42 examples, 10 in a batch
    assert len(set(header["batch"]["rows"])) == 10
    assert header_of(player)["batch"] == header["batch"]  # as long as it stands there


def test_the_batches_of_an_epoch_are_all_its_examples_once_and_come_to_one_epoch() -> None:
    player, rows = Player(QUICK), []
    for done in range(1, 6):
        player.step_batch()
        batch = header_of(player)["batch"]
        assert (batch["done"], batch["of"]) == (done, 5)
        rows += batch["rows"]
    assert sorted(rows) == list(range(42))
    assert same(player.run, advance(start(QUICK), 1))
    player.step_batch()
    assert header_of(player)["batch"]["done"] == 1


def test_a_batch_of_everything_is_an_epoch() -> None:
    player = Player(changed(QUICK, training={"batch_size": None}))
    player.step_batch()
    assert header_of(player)["batch"] == {"done": 1, "of": 1, "rows": list(range(42))}
    assert player.run.epoch == 1


def test_several_batches_before_the_next_frame_are_all_made() -> None:
    player = Player(QUICK)
    for _ in range(7):
        player.step_batch()
    header = header_of(player)
    assert (header["epoch"], header["batch"]["done"]) == (1, 2)


@pytest.mark.parametrize("press", [Player.reset, Player.step, Player.play], ids=lambda press: press.__name__)
def test_after_a_batch_other_buttons_leave_no_batch_behind(press: Any) -> None:
    player = Player(QUICK)
    player.step_batch()
    header_of(player)
    press(player)
    assert header_of(player)["batch"] is None


def test_while_it_plays_there_is_no_batch() -> None:
    assert header_of(Player(QUICK))["batch"] is None


def test_a_run_that_has_stopped_makes_no_batch() -> None:
    player = Player(changed(QUICK, training={"patience": 1, "learning_rate": 1e-6}))
    play_until_paused(player)
    before = player.run
    player.step_batch()
    assert header_of(player)["batch"] is None
    assert player.run is before
