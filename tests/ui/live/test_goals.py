"""Pausing by itself: at the epoch, the cost or the accuracy that was asked for; and what the page says then."""

from typing import Any

import pytest

from dnn import advance, start
from dnn.ui.live.goals import message_of
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from tests.ui.live.players import QUICK, changed, header_of, play_until_paused, same


@pytest.mark.parametrize(
    ("met", "of_step", "said"),
    [
        ({"epoch": ""}, False, "Paused at epoch 60, as asked."),
        ({"epoch": "", "cost": "the cost is low"}, False, "Paused at epoch 60, as asked: the cost is low."),
        ({"epoch": ""}, True, "Paused at epoch 60, where this step ends."),
        ({"reached": "the goal is reached"}, True, "Paused at epoch 60: the goal is reached."),
    ],
)
def test_who_asked_is_said(met: dict[str, str], of_step: bool, said: str) -> None:
    assert message_of(60, met, of_step=of_step) == said


def test_it_pauses_exactly_at_the_epoch_however_fast_it_plays() -> None:
    player = Player(changed(QUICK, training={"batch_size": None}), speed=UNLIMITED)
    player.stop_at(epoch=200)
    header = play_until_paused(player)
    assert (header["epoch"], header["state"]) == (200, "paused")
    assert header["reason"] == "Paused at epoch 200, as asked."
    assert same(player.run, advance(start(player.run.experiment), 200))


@pytest.mark.parametrize(
    ("goal", "column", "met"),
    [
        ({"cost": 0.3}, "train_cost", lambda cost: cost < 0.3),
        ({"accuracy": 0.85}, "test_accuracy", lambda share: share >= 0.85),
    ],
    ids=["cost", "accuracy"],
)
@pytest.mark.parametrize("batch_size", [None, 10])
def test_it_pauses_at_the_first_epoch_that_meets_a_cost_or_an_accuracy(
    goal: dict[str, float], column: str, met: Any, batch_size: int | None
) -> None:
    player = Player(changed(QUICK, training={"batch_size": batch_size, "learning_rate": 0.5}), speed=UNLIMITED)
    player.stop_at(**goal)
    header = play_until_paused(player)
    values = advance(start(player.run.experiment), header["epoch"] + 1).history[column]
    first = next(epoch for epoch, value in enumerate(values) if met(value))
    assert header["epoch"] == first > 0
    assert header["reason"].startswith(f"Paused at epoch {first}, as asked: {column.replace('_', ' ')}")


def test_whatever_is_met_first_counts() -> None:
    player = Player(QUICK, speed=UNLIMITED)
    player.stop_at(epoch=30, cost=1e-9)
    assert play_until_paused(player)["epoch"] == 30


def test_play_goes_on_and_a_reset_makes_it_count_again() -> None:
    player = Player(QUICK, speed=UNLIMITED)
    player.stop_at(epoch=20, cost=0.5)
    first = play_until_paused(player)["epoch"]
    assert first < 20  # the cost
    player.set_speed(1.0)  # for a frame in which no epoch is due
    player.play()
    assert header_of(player)["reason"] == ""
    player.set_speed(UNLIMITED)
    assert play_until_paused(player)["epoch"] == 20  # the cost is still met, but has had its turn
    player.play()
    headers = (header_of(player) for _ in range(2000))  # a busy machine may rest between two epochs
    assert next(header for header in headers if header["epoch"] > 20)["state"] == "playing"
    player.reset()
    assert play_until_paused(player)["epoch"] == first
    player.use(changed(QUICK, seed=1))
    player.play()
    assert play_until_paused(player)["epoch"] <= 20


def test_what_is_met_already_when_it_is_asked_for_pauses_at_once() -> None:
    player = Player(QUICK, speed=UNLIMITED)
    for _ in range(10):
        header_of(player)
    epoch = player.run.epoch
    player.stop_at(cost=100.0)
    assert header_of(player)["state"] == "paused"
    assert player.run.epoch == epoch


def test_an_epoch_that_has_passed_waits_for_the_next_reset() -> None:
    player = Player(QUICK, speed=UNLIMITED)
    for _ in range(10):
        header_of(player)
    assert player.run.epoch > 3
    player.stop_at(epoch=3)
    for _ in range(10):
        assert header_of(player)["state"] == "playing"
    player.reset()
    assert play_until_paused(player)["epoch"] == 3


def test_steps_go_past_a_goal_without_a_word() -> None:
    player = Player(QUICK, playing=False)
    player.stop_at(epoch=2)
    for epoch in (1, 2, 3):
        player.step()
        header = header_of(player)
        assert (header["epoch"], header["reason"]) == (epoch, "")


def test_without_test_examples_the_train_accuracy_counts() -> None:
    player = Player(changed(QUICK, data={"test_share": 0.0}, training={"learning_rate": 0.5}), speed=UNLIMITED)
    player.stop_at(accuracy=0.8)
    header = play_until_paused(player)
    assert "train accuracy" in header["reason"]
    assert header["numbers"]["train_accuracy"] >= 0.8


def test_the_same_goal_again_changes_nothing() -> None:
    player = Player(QUICK, speed=UNLIMITED)
    player.stop_at(epoch=5)
    play_until_paused(player)
    player.play()
    player.stop_at(epoch=5)  # as every run of the page does
    revision = player._revision
    player.stop_at(epoch=5)
    assert player._revision == revision
    assert header_of(player)["epoch"] > 5
