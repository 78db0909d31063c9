"""Marks in the cost chart, where settings changed."""

from typing import Any

import pytest

from dnn.ui.live.marks import MOST, changes
from dnn.ui.live.player import Player
from tests.ui.live.players import QUICK, changed, header_of


def marks_of(player: Player) -> list[list[Any]]:
    marks: list[list[Any]] = header_of(player)["chart"]["marks"]
    return marks


def test_a_setting_changed_while_it_plays_leaves_its_mark() -> None:
    player = Player(QUICK, playing=False)
    player.step()
    assert marks_of(player) == []
    player.use(changed(QUICK, training={"learning_rate": 0.3}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 0.3"]]
    player.step()
    header_of(player)
    player.use(changed(QUICK, training={"learning_rate": 0.3, "l2": 1.0, "batch_size": None}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 0.3"], [2, "batch size 10 → full, l2 0 → 1"]]


def test_the_mark_comes_with_the_next_frame_even_while_paused() -> None:
    player = Player(QUICK, playing=False)
    player.step()
    header_of(player)
    scene = player.camera.scene.id if player.camera.scene else -1
    assert "chart" not in header_of(player, scene)
    player.use(changed(QUICK, training={"learning_rate": 0.3}))
    assert header_of(player, scene)["chart"]["marks"] == [[1, "learning rate 0.1 → 0.3"]]
    assert "chart" not in header_of(player, scene)


def test_changes_at_one_epoch_are_one_mark_and_none_when_taken_back() -> None:
    player = Player(QUICK, playing=False)
    player.step()
    header_of(player)
    player.use(changed(QUICK, training={"learning_rate": 0.3}))
    player.use(changed(QUICK, training={"learning_rate": 1.0}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 1"]]
    player.use(QUICK)
    assert marks_of(player) == []


def test_before_the_first_update_and_after_a_reset_there_are_no_marks() -> None:
    player = Player(QUICK, playing=False)
    player.use(changed(QUICK, training={"learning_rate": 0.3}))
    assert marks_of(player) == []
    player.step()
    header_of(player)
    player.use(QUICK)
    assert len(marks_of(player)) == 1
    player.reset()
    assert marks_of(player) == []


def test_marks_are_bounded_to_the_newest() -> None:
    player = Player(QUICK, playing=False)
    for turn in range(MOST + 5):
        player.step()
        header_of(player)
        player.use(changed(QUICK, training={"l2": float(turn + 1)}))
    marks = marks_of(player)
    assert len(marks) == MOST
    assert [marks[0][0], marks[-1][0]] == [6, MOST + 5]


@pytest.mark.parametrize(
    ("training", "text"),
    [
        ({"optimizer": "adam"}, "optimizer Gradient descent (SGD) → Adam"),
        ({"schedule": "cosine"}, "schedule Constant → Cosine"),
        ({"patience": 5}, "patience none → 5"),
        ({"dropout": 0.5}, "dropout 0 → 0.5"),
        ({}, ""),
    ],
    ids=str,
)
def test_a_change_is_said_in_words(training: dict[str, Any], text: str) -> None:
    assert changes(QUICK, changed(QUICK, training=training)) == text


def test_a_parameter_of_the_same_kind_is_named_by_itself() -> None:
    before, after = (changed(QUICK, training={"optimizer": {"kind": "momentum", "beta": each}}) for each in (0.9, 0.5))
    assert changes(before, after) == "beta 0.9 → 0.5"
