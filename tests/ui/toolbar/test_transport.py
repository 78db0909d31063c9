"""The transport: single batches, pausing where one asked to, marks where settings changed, and the row of buttons."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, Run, advance, advance_batch, start, ui
from dnn.training import batch_of
from dnn.training.metrics import confusion_matrix
from dnn.ui.controls.speeds import SPEEDS
from dnn.ui.live.marks import MOST, changes
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.report import report
from dnn.ui.live.wire import unpack
from dnn.ui.toolbar.transport import KEYS

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]}, training={"learning_rate": 0.1})
STATIC = Path(ui.__file__).parent / "live" / "static"


def changed(experiment: Experiment, **sections: Any) -> Experiment:
    plain = experiment.model_dump()
    for section, values in sections.items():
        plain[section] = plain[section] | values if isinstance(values, dict) else values
    return Experiment.of(**plain)


def header_of(player: Player, scene: int = -1) -> dict[str, Any]:
    return unpack(player.frame(scene))[0]


def play_until_paused(player: Player, frames: int = 5000) -> dict[str, Any]:
    for _ in range(frames):
        header = header_of(player, player.camera.scene.id if player.camera.scene else -1)
        if header["state"] != "playing":
            return header
    raise AssertionError(f"still playing at epoch {header['epoch']}")


def same(run: Run, other: Run) -> bool:
    return run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector)


# one batch


def test_a_batch_pauses_makes_one_update_and_says_which_examples_it_was_of() -> None:
    player = Player(SMALL)
    player.step_batch()
    assert player.state == "paused"
    header, expected = header_of(player), advance_batch(start(SMALL))
    assert same(player.run, expected)
    assert header["batch"] == {"done": 1, "of": 5, "rows": batch_of(expected).tolist()}  # 42 examples, 10 in a batch
    assert len(set(header["batch"]["rows"])) == 10
    assert header_of(player)["batch"] == header["batch"]  # as long as it stands there


def test_the_batches_of_an_epoch_are_all_its_examples_once_and_come_to_one_epoch() -> None:
    player, rows = Player(SMALL), []
    for done in range(1, 6):
        player.step_batch()
        batch = header_of(player)["batch"]
        assert (batch["done"], batch["of"]) == (done, 5)
        rows += batch["rows"]
    assert sorted(rows) == list(range(42))
    assert same(player.run, advance(start(SMALL), 1))
    player.step_batch()
    assert header_of(player)["batch"]["done"] == 1


def test_a_batch_of_everything_is_an_epoch() -> None:
    player = Player(changed(SMALL, training={"batch_size": None}))
    player.step_batch()
    assert header_of(player)["batch"] == {"done": 1, "of": 1, "rows": list(range(42))}
    assert player.run.epoch == 1


def test_several_batches_before_the_next_frame_are_all_made() -> None:
    player = Player(SMALL)
    for _ in range(7):
        player.step_batch()
    header = header_of(player)
    assert (header["epoch"], header["batch"]["done"]) == (1, 2)


@pytest.mark.parametrize("press", [Player.reset, Player.step, Player.play], ids=lambda press: press.__name__)
def test_after_a_batch_other_buttons_leave_no_batch_behind(press: Any) -> None:
    player = Player(SMALL)
    player.step_batch()
    header_of(player)
    press(player)
    assert header_of(player)["batch"] is None


def test_while_it_plays_there_is_no_batch() -> None:
    assert header_of(Player(SMALL))["batch"] is None


def test_a_run_that_has_stopped_makes_no_batch() -> None:
    player = Player(changed(SMALL, training={"patience": 1, "learning_rate": 1e-6}))
    play_until_paused(player)
    before = player.run
    player.step_batch()
    assert header_of(player)["batch"] is None
    assert player.run is before


# stop at


def test_it_pauses_exactly_at_the_epoch_however_fast_it_plays() -> None:
    player = Player(changed(SMALL, training={"batch_size": None}), speed=UNLIMITED)
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
    player = Player(changed(SMALL, training={"batch_size": batch_size, "learning_rate": 0.5}), speed=UNLIMITED)
    player.stop_at(**goal)
    header = play_until_paused(player)
    values = advance(start(player.run.experiment), header["epoch"] + 1).history[column]
    first = next(epoch for epoch, value in enumerate(values) if met(value))
    assert header["epoch"] == first > 0
    assert header["reason"].startswith(f"Paused at epoch {first}, as asked: {column.replace('_', ' ')}")


def test_whatever_is_met_first_counts() -> None:
    player = Player(SMALL, speed=UNLIMITED)
    player.stop_at(epoch=30, cost=1e-9)
    assert play_until_paused(player)["epoch"] == 30


def test_play_goes_on_and_a_reset_makes_it_count_again() -> None:
    player = Player(SMALL, speed=UNLIMITED)
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
    player.use(changed(SMALL, seed=1))
    player.play()
    assert play_until_paused(player)["epoch"] <= 20


def test_what_is_met_already_when_it_is_asked_for_pauses_at_once() -> None:
    player = Player(SMALL, speed=UNLIMITED)
    for _ in range(10):
        header_of(player)
    epoch = player.run.epoch
    player.stop_at(cost=100.0)
    assert header_of(player)["state"] == "paused"
    assert player.run.epoch == epoch


def test_an_epoch_that_has_passed_waits_for_the_next_reset() -> None:
    player = Player(SMALL, speed=UNLIMITED)
    for _ in range(10):
        header_of(player)
    assert player.run.epoch > 3
    player.stop_at(epoch=3)
    for _ in range(10):
        assert header_of(player)["state"] == "playing"
    player.reset()
    assert play_until_paused(player)["epoch"] == 3


def test_steps_go_past_a_goal_without_a_word() -> None:
    player = Player(SMALL, playing=False)
    player.stop_at(epoch=2)
    for epoch in (1, 2, 3):
        player.step()
        header = header_of(player)
        assert (header["epoch"], header["reason"]) == (epoch, "")


def test_without_test_examples_the_train_accuracy_counts() -> None:
    player = Player(changed(SMALL, data={"test_share": 0.0}, training={"learning_rate": 0.5}), speed=UNLIMITED)
    player.stop_at(accuracy=0.8)
    header = play_until_paused(player)
    assert "train accuracy" in header["reason"]
    assert header["numbers"]["train_accuracy"] >= 0.8


def test_the_same_goal_again_changes_nothing() -> None:
    player = Player(SMALL, speed=UNLIMITED)
    player.stop_at(epoch=5)
    play_until_paused(player)
    player.play()
    player.stop_at(epoch=5)  # as every run of the page does
    revision = player._revision
    player.stop_at(epoch=5)
    assert player._revision == revision
    assert header_of(player)["epoch"] > 5


# marks


def marks_of(player: Player) -> list[list[Any]]:
    marks: list[list[Any]] = header_of(player)["chart"]["marks"]
    return marks


def test_a_setting_changed_while_it_plays_leaves_its_mark() -> None:
    player = Player(SMALL, playing=False)
    player.step()
    assert marks_of(player) == []
    player.use(changed(SMALL, training={"learning_rate": 0.3}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 0.3"]]
    player.step()
    header_of(player)
    player.use(changed(SMALL, training={"learning_rate": 0.3, "l2": 1.0, "batch_size": None}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 0.3"], [2, "batch size 10 → full, l2 0 → 1"]]


def test_the_mark_comes_with_the_next_frame_even_while_paused() -> None:
    player = Player(SMALL, playing=False)
    player.step()
    header_of(player)
    scene = player.camera.scene.id if player.camera.scene else -1
    assert "chart" not in header_of(player, scene)
    player.use(changed(SMALL, training={"learning_rate": 0.3}))
    assert header_of(player, scene)["chart"]["marks"] == [[1, "learning rate 0.1 → 0.3"]]
    assert "chart" not in header_of(player, scene)


def test_changes_at_one_epoch_are_one_mark_and_none_when_taken_back() -> None:
    player = Player(SMALL, playing=False)
    player.step()
    header_of(player)
    player.use(changed(SMALL, training={"learning_rate": 0.3}))
    player.use(changed(SMALL, training={"learning_rate": 1.0}))
    assert marks_of(player) == [[1, "learning rate 0.1 → 1"]]
    player.use(SMALL)
    assert marks_of(player) == []


def test_before_the_first_update_and_after_a_reset_there_are_no_marks() -> None:
    player = Player(SMALL, playing=False)
    player.use(changed(SMALL, training={"learning_rate": 0.3}))
    assert marks_of(player) == []
    player.step()
    header_of(player)
    player.use(SMALL)
    assert len(marks_of(player)) == 1
    player.reset()
    assert marks_of(player) == []


def test_marks_are_bounded_to_the_newest() -> None:
    player = Player(SMALL, playing=False)
    for turn in range(MOST + 5):
        player.step()
        header_of(player)
        player.use(changed(SMALL, training={"l2": float(turn + 1)}))
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
    assert changes(SMALL, changed(SMALL, training=training)) == text


def test_a_parameter_of_the_same_kind_is_named_by_itself() -> None:
    before, after = (changed(SMALL, training={"optimizer": {"kind": "momentum", "beta": each}}) for each in (0.9, 0.5))
    assert changes(before, after) == "beta 0.9 → 0.5"


# the numbers


def test_the_numbers_are_those_of_the_test_examples() -> None:
    run = advance(start(SMALL), 20)
    true, predicted = run.data.labels[run.data.n_train :], run.predict(run.data.X_test)
    found = report(run)
    assert (found["part"], found["examples"]) == ("test", 18)
    assert found["confusion"] == confusion_matrix(true, predicted, 2).tolist()
    right = found["confusion"][0][0] + found["confusion"][1][1]
    assert right / 18 == pytest.approx(run.latest["test_accuracy"])


def test_without_test_examples_they_are_those_of_the_training_examples() -> None:
    found = report(start(changed(SMALL, data={"test_share": 0.0})))
    assert (found["part"], found["examples"], np.sum(found["confusion"])) == ("train", 60, 60)


def test_a_class_that_is_never_predicted_has_no_precision() -> None:
    run = start(changed(SMALL, network={"initializer": "zeros"}))  # P = 0.5 everywhere: class 0
    assert report(run)["precision"][1] is None
    assert report(run)["recall"] == [1.0, 0.0]
    header_of(Player(run.experiment))  # and None, not NaN, travels


@pytest.mark.parametrize("name", ["plane", "bumps"])
def test_for_regression_they_are_r2_and_rmse(name: str) -> None:
    run = advance(start(changed(SMALL, data={"dataset": name})), 30)
    found = report(run)
    assert found["rmse"] == pytest.approx([np.sqrt(2 * run.latest["test_cost"])])
    y = run.data.y_test
    assert found["r2"] == pytest.approx([1 - found["rmse"][0] ** 2 / y.var()])


def test_three_classes_have_three_rows() -> None:
    run = advance(start(changed(SMALL, data={"dataset": {"kind": "blobs", "classes": 3}})), 30)
    found = report(run)
    assert np.shape(found["confusion"]) == (3, 3)
    assert np.trace(found["confusion"]) / found["examples"] == pytest.approx(run.latest["test_accuracy"])


def test_the_chart_gets_the_curves_of_its_views() -> None:
    _, parts = unpack(Player(SMALL).frame())
    assert {"curves", "accuracies"} <= set(parts)
    assert "rates" not in parts
    header, parts = unpack(Player(changed(SMALL, training={"schedule": "cosine"})).frame())
    assert header["chart"]["views"] == ["cost", "accuracy", "rate", "numbers", "health"]
    assert parts["rates"].shape[0] == 2
    _, parts = unpack(Player(changed(SMALL, data={"dataset": "plane"})).frame())
    assert "accuracies" not in parts


def test_a_batch_refreshes_the_numbers() -> None:
    player = Player(changed(SMALL, training={"learning_rate": 10.0}), playing=False)
    header_of(player)
    scene = player.camera.scene.id if player.camera.scene else -1
    player.step_batch()
    assert header_of(player, scene)["chart"]["report"] == report(advance_batch(start(player.run.experiment)))


# the page


@pytest.fixture
def page() -> AppTest:
    page = AppTest.from_file(Path(ui.__file__).parent / "main.py", default_timeout=60).run()
    assert not page.exception
    return page


def player_of(page: AppTest) -> Player:
    player = Player.of(page.session_state["token"])
    assert player is not None
    return player


def test_every_button_has_its_key_and_its_name(page: AppTest) -> None:
    names = {"play": "Pause", "step": "Step", "batch": "Batch", "reset": "Reset", "new_weights": "New weights"}
    for key, name in (names | {"undo": "Undo", "redo": "Redo"}).items():
        assert page.button(key).label == name
        assert page.button(key).help


def test_batch_on_the_page_pauses_and_makes_one_update(page: AppTest) -> None:
    page.button("batch").click().run()
    assert player_of(page).state == "paused"
    assert header_of(player_of(page))["batch"]["done"] == 1


def test_undo_is_there_once_something_was_done_and_redo_once_it_was_undone(page: AppTest) -> None:
    page.button("new_weights").click().run()
    page.button("undo").click().run()
    assert page.session_state["experiment"].draw == 0
    page.button("redo").click().run()
    assert page.session_state["experiment"].draw == 1


def test_stop_at_reaches_the_player_and_can_be_taken_back(page: AppTest) -> None:
    page.number_input("stop_epoch").set_value(7).run()
    assert player_of(page).goals.epoch == 7
    page.number_input("stop_cost").set_value(0.25).run()
    page.number_input("stop_accuracy").set_value(95.0).run()
    goals = player_of(page).goals
    assert (goals.epoch, goals.cost, goals.accuracy) == (7, 0.25, 0.95)
    page.number_input("stop_epoch").set_value(None).run()
    assert player_of(page).goals.epoch is None


def test_after_pausing_by_itself_the_page_offers_play(page: AppTest) -> None:
    page.number_input("stop_epoch").set_value(3).run()
    play_until_paused(player_of(page))
    page.run()
    assert page.button("play").label == "Play"


def test_speeds_rise_to_as_fast_as_it_can() -> None:
    assert list(SPEEDS) == sorted(SPEEDS)
    assert SPEEDS[-1] == UNLIMITED


def test_the_sheet_lists_every_key_that_the_page_knows() -> None:
    listed = {part.lower() for key, _ in KEYS for part in key.replace(" Ctrl ", " Ctrl+").split(" or ")}
    source = (STATIC / "keyboard.js").read_text(encoding="utf-8")
    table = source[source.index("const KEYS = {") : source.index("};", source.index("const KEYS = {"))]
    for key in listed - {"space", "←", "→"}:
        assert f"{key}:" in table or f"'{key}':" in table, key
    assert "' ': 'play'" in table
    assert "ARROWS = { ArrowLeft: -1, ArrowRight: 1 }" in source
