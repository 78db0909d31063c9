"""A step's run on the lessons' page: what is played, changed, gone back to, and published beside it."""

import numpy as np
import pytest

from dnn import LESSONS
from dnn.ui.catalogue import translated
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.wire import unpack
from dnn.ui.session import recovery
from tests.ui.session.kept import kept as snapshot_of
from tests.ui.views.lesson_page import Lessons

pytestmark = pytest.mark.slow


def test_a_setting_starts_afresh_and_a_goal_stops_the_run() -> None:
    page = Lessons(lesson="one-neuron", step="5")
    assert "Goal reached." not in page.said
    page.play_to_the_end()
    assert page.player.run.epoch == 10
    assert "Goal reached." not in page.said
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Learning rate")
    assert "A rate of 10 is large enough" not in page.said
    setting.set_value(3)
    page.run()
    assert page.player.run.epoch == 0
    assert page.player.run.experiment.training.learning_rate == 10.0
    page.play_to_the_end()
    assert 0 < page.player.run.epoch < 10
    assert "Goal reached." in page.said
    assert "A rate of 10 is large enough" in page.said
    way = f"Reached at epoch **{page.player.run.epoch}** with: Learning rate 10."
    assert way in page.said
    setting.set_value(0)
    page.run()
    assert way in page.said  # whatever is on screen by now
    assert "one-neuron.5" in page.at.session_state["lesson.done"]


def test_published_figures_stand_beside_ones_own_for_what_was_tried() -> None:
    page = Lessons(lesson="one-hidden", step="5")

    def tables() -> list[str]:
        return [each.proto.body for each in page.at.get("html") if "dnn-published" in each.proto.body]

    def reached() -> str:
        return f"{100 * page.player.newest.latest['train_accuracy']:.4g} %, epoch 1"

    assert tables() == []
    page.press("step")
    page.player.frame()
    page.run()
    (one,) = tables()
    assert one.count("<td") == 2
    assert ">67.5 %</td>" in one
    assert f">{reached()}</td>" in one
    (units,) = (each for each in page.at.get("button_group") if each.proto.label == "Hidden units")
    units.set_value(3)
    page.run()
    assert tables() == [one]
    page.press("step")
    page.player.frame()
    page.run()
    (both,) = tables()
    assert both.count("<td") == 4
    assert ">90.5 %</td>" in both
    assert "90.75" not in both


def test_the_run_before_a_change_stays_as_a_ghost_until_the_next_change_or_step() -> None:
    page = Lessons(lesson="sigmoid-net", step="6")

    def choose(setting: str, option: int) -> None:
        (group,) = (each for each in page.at.get("button_group") if each.proto.label == setting)
        group.set_value(option)
        page.run()

    def ghost() -> tuple[str, int] | None:
        found = page.player.ghost
        return found and (found.label, found.run.epoch)

    choose("Activation", 1)
    assert ghost() is None  # nothing was trained
    page.player.step()
    page.player.frame()
    choose("Hidden layers", 1)
    assert ghost() == ("Hidden layers 4", 1)
    page.press("reset")
    choose("Activation", 0)
    assert ghost() == ("Hidden layers 4, Tanh", 1)  # the last one that was trained
    choose("Activation", 1)
    choose("Hidden layers", 0)
    assert ghost() is None  # the same again
    page.player.step()
    page.player.frame()
    choose("Learning rate", 0)
    label = page.player.ghost
    assert label is not None
    assert translated(label.label, "zh") == "学习率 0.1"
    page.press("lesson_back")
    assert ghost() is None


def test_it_is_the_step_that_pauses_the_run() -> None:
    page = Lessons(lesson="one-neuron", step="1")
    page.play_to_the_end()
    assert unpack(page.player.frame())[0]["reason"] == "Paused at epoch 30, where this step ends."


def test_another_server_goes_on_with_the_run_of_a_step() -> None:
    before = Lessons(lesson="one-neuron", step="1")
    for _ in range(12):
        before.player.step()
    text = snapshot_of(before.player)
    after = Lessons(**before.link)
    assert after.player.newest.epoch == 0
    after.at.session_state[recovery.KEPT] = {"number": 1, "text": text, "playing": True}
    after.run()
    assert (after.player.newest.epoch, after.player.state) == (12, "playing")
    np.testing.assert_array_equal(after.player.newest.params.vector, before.player.newest.params.vector)
    after.player.set_speed(UNLIMITED)
    while after.player.state == "playing":
        after.player.frame()
    assert after.player.newest.epoch == 30  # where the step ends
    elsewhere = Lessons(lesson="one-neuron", step="2")
    elsewhere.at.session_state[recovery.KEPT] = {"number": 1, "text": text, "playing": True}
    elsewhere.run()
    assert elsewhere.player.newest.epoch == 0


def test_with_and_without_are_shown_in_step_once_the_run_has_decided() -> None:
    page = Lessons(lesson="faster", step="4")
    switches = [toggle.label for toggle in page.at.toggle]
    assert "With and without it, in step" not in switches
    page.at.radio[0].set_value(0)
    page.run()
    page.play_to_the_end()
    page.at.toggle(key="lesson.pair.faster.4").set_value(True)
    page.run()
    group = GroupPlayer.of(page.at.session_state["lesson.pair.token"])
    assert group is not None
    step = LESSONS["faster"].steps[3]
    assert [run.experiment for run in group.runs if run is not None] == [step.experiment, step.beside]
    assert (group.until, group.speed) == (step.epochs, step.speed)
    page.press("play")
    assert group.state == "paused"
    page.at.toggle(key="lesson.pair.faster.4").set_value(False)
    page.run()
    assert page.player.run.epoch == step.epochs


def test_the_picture_goes_back_to_the_epoch_that_the_text_speaks_of_and_returns() -> None:
    page = Lessons(lesson="valleys", step="6")
    page.at.radio[0].set_value(1)
    page.run()
    assert "Go back to epoch 20" not in [button.label for button in page.at.button]
    page.play_to_the_end()
    assert page.button("lesson_back_to").label == "Go back to epoch 20"
    page.press("lesson_back_to")
    page.player.settle()
    assert (page.player.run.epoch, page.player.newest.epoch) == (20, 120)
    assert "You were right. The train cost was below 0.6 for the first time at epoch **28**." in page.said
    assert page.button("lesson_back_to").label == "Return to the end"
    page.press("lesson_back_to")
    page.player.settle()
    assert page.player.run.epoch == 120
    assert page.button("lesson_back_to").label == "Go back to epoch 20"


def test_a_step_that_is_left_in_the_past_begins_at_epoch_0() -> None:
    page = Lessons(lesson="faster", step="3")
    page.play_to_the_end()
    page.press("lesson_back_to")
    page.player.settle()
    assert page.player.run.epoch == 15
    page.press("lesson_back")
    page.press("lesson_next")
    assert (page.player.run.epoch, page.player.newest.epoch) == (0, 0)
    assert "lesson_back_to" not in {button.key for button in page.at.button}


def test_a_step_begins_at_epoch_0_each_time() -> None:
    page = Lessons(lesson="one-hidden", step="3")
    page.at.radio[0].set_value(0)
    page.run()
    page.press("step")
    page.player.frame()
    assert page.player.run.epoch == 1
    page.press("lesson_back")
    page.press("lesson_next")
    assert page.player.run.epoch == 0
