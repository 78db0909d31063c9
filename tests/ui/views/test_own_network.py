"""Lesson 12 on its page: choices go on from step to step, and the test is hidden, asked, counted and judged."""

import itertools
from typing import Any

import numpy as np
import pytest

from dnn import LESSONS, Experiment
from dnn.datasets.custom_data import CustomData
from dnn.ui.live.pace import UNLIMITED
from tests.ui.views.lesson_page import SCRIPT, Lessons

pytestmark = pytest.mark.slow

# the page, with a button for what its browser does by other means
DRAWING = """
from dnn.ui.lessons import project
from dnn.ui.live.player import Player
st.button("browser", key="browser", on_click=lambda: project.draw(Player.of(st.session_state["lesson.token"]), "sent"))
"""
PLANE = {"across": 0, "up": 1, "components": False, "held": [0.0, 0.0]}


class Own(Lessons):
    """The lesson in one pupil's session."""

    script = SCRIPT + DRAWING

    def __init__(self, step: int, **link: str) -> None:
        self.numbers = itertools.count()
        super().__init__(lesson="own-network", step=str(step), **link)

    def choose(self, label: str, number: int) -> None:
        (found,) = (each for each in self.at.get("button_group") if each.proto.label == label)
        found.set_value(number)
        self.run()

    def choose_well(self) -> None:
        """Two layers of eight units, and a patience of 20."""
        self.choose("Hidden units", 4)
        self.choose("Patience", 2)

    def draw(self, **action: Any) -> None:
        sent = [{"number": next(self.numbers), "stroke": 1, "plane": PLANE, **action}]
        self.at.session_state["sent"] = {"action": sent}
        self.press("browser")

    def expect(self, per_cent: int) -> None:
        self.at.number_input(key="lesson.project.expected").set_value(per_cent)
        self.run()

    @property
    def drawn(self) -> CustomData:
        dataset = self.player.newest.experiment.data.dataset
        assert isinstance(dataset, CustomData)
        return dataset


def page_code(page: Own) -> str:
    return "\n".join(each.value for each in page.at.code)


def test_examples_that_are_drawn_are_those_of_the_next_steps() -> None:
    page = Own(1)
    assert "0 of 2 are met" in page.said
    rng = np.random.default_rng(0)
    page.draw(do="points", at=rng.normal(-1.0, 0.3, (40, 2)).tolist(), target=0.0)
    page.draw(do="points", at=rng.normal(1.0, 0.3, (40, 2)).tolist(), target=1.0)
    assert len(page.drawn.rows) == 120
    assert "2 of 2 are met" in page.said
    assert "own-network.1" in page.at.session_state["lesson.done"]
    drawn = page.drawn
    page.press("lesson_step_4")
    assert page.drawn == drawn
    data = page.player.newest.data
    assert (data.n_train + data.n_validation, len(data.X)) == (84, 84)  # without the 36 test examples


def test_a_stroke_that_is_sent_again_is_drawn_once() -> None:
    page = Own(1)
    page.draw(do="points", at=[[3.0, 3.0]], target=1.0)
    page.press("browser")
    assert len(page.drawn.rows) == 41
    page.draw(do="clear")
    assert len(page.drawn.rows) == 0
    assert "30 examples or more of each class: 0 + 0 · not met" in page.said
    page.press("project_again")
    assert len(page.player.run.data.X) == 40


def test_choices_go_on_to_the_next_steps_and_stay_out_of_the_prepared_ones() -> None:
    page = Own(4)
    page.choose_well()
    chosen = page.player.run.experiment
    assert (chosen.network.hidden_layer_sizes, chosen.training.patience) == ((8, 8), 20)
    page.press("lesson_next")
    assert page.player.run.experiment == chosen
    page.press("lesson_step_2")
    assert page.player.run.experiment.network.hidden_layer_sizes == (8,)
    assert page.player.run.has_test_data


@pytest.mark.parametrize("step", [4, 5])
def test_nothing_tells_of_the_test_examples_before_they_are_asked(step: int) -> None:
    page = Own(step)
    page.choose_well()
    page.play_to_the_end()
    assert page.player.newest.epoch > 0
    assert not page.player.newest.has_test_data
    page.press("reset")
    page.run()
    assert not page.player.newest.has_test_data
    assert "Test accuracy **" not in page.said


def test_a_drawing_that_tells_the_answer_comes_after_it() -> None:
    page = Own(3)
    drawn = [each.proto.component_name for each in page.at.get("bidi_component")]
    assert "dnn.drawing" not in drawn
    assert "dnn-part" not in page.said
    page.at.radio[0].set_value(1)
    page.run()
    page.play_to_the_end()
    drawn = [each.proto.component_name for each in page.at.get("bidi_component")]
    assert "dnn.drawing" in drawn
    assert "dnn-part-best" in page.said


def test_the_goal_is_a_validation_cost() -> None:
    page = Own(4)
    page.choose_well()
    page.play_to_the_end()
    assert "Goal reached." in page.said
    assert "own-network.4" in page.at.session_state["lesson.done"]


def test_the_test_examples_are_asked_once() -> None:
    page = Own(5)
    page.choose_well()
    assert page.button("project_test").disabled
    page.play_to_the_end()
    assert page.button("project_test").disabled
    page.expect(95)
    assert "Test cost and test accuracy are hidden: not asked yet." in page.said
    assert "3 of 6 are met" in page.said
    page.press("project_test")
    assert (
        "The test examples were asked once. Test accuracy **95.8 %**, test cost **0.102**, expected 95.0 %."
        in page.said
    )
    assert "6 of 6 are met" in page.said
    assert page.button("project_test").disabled
    assert "own-network.5" in page.at.session_state["lesson.done"]


def test_asking_again_after_a_change_is_counted_until_there_are_new_examples() -> None:
    page = Own(5)
    page.choose_well()
    page.play_to_the_end()
    page.expect(95)
    page.press("project_test")
    page.choose("Hidden units", 2)
    assert "Test cost and test accuracy are hidden: asked once." in page.said
    page.player.set_speed(UNLIMITED)
    while page.player.state == "playing":  # it plays on with the other network
        page.player.frame()
    page.run()
    page.press("project_test")
    assert "Test examples asked once: asked 2 times · not met" in page.said
    assert "they are validation examples now" in page.said
    page.press("lesson_step_1")
    page.draw(do="points", at=[[3.0, 3.0]], target=1.0)
    page.press("lesson_step_5")
    assert "Test cost and test accuracy are hidden: not asked yet." in page.said


def test_the_script_is_that_of_the_run_that_was_tested() -> None:
    page = Own(5)
    page.choose_well()
    page.play_to_the_end()
    page.expect(95)
    page.press("project_test")
    page.press("lesson_next")
    codes = [each.value for each in page.at.code]
    assert "LAYERS = (2, 8, 8, 1)" in codes[0]
    assert "EPOCHS = 48" in codes[0]
    assert "PATIENCE, MIN_IMPROVEMENT = 20" in codes[0]
    assert any("class ReferenceNetwork" not in code and "Z = A @ W + b" in code for code in codes)
    assert "`grads.insert(0, np.dot(As[layer - 1], dZ.T))` ↔ `dW = A.T @ dZ`" in page.said


@pytest.mark.parametrize("step", [4, 5, 6])
def test_the_playground_opens_without_the_test_examples(step: int) -> None:
    page = Own(step)
    known = page.player.newest.data if step < 6 else None
    page.press("lesson_open")
    opened: Experiment = page.at.session_state["experiment"]
    data = opened.make_data()
    assert (len(data.X), data.n_validation) == (280, 84)
    assert len(data.X) == data.n_train + data.n_validation
    if known:
        rounded = np.vectorize(lambda number: float(f"{number:.4g}"))(known.points)
        assert sorted(data.points.tolist()) == sorted(rounded.tolist())


def test_the_playground_opens_where_nothing_is_drawn() -> None:
    page = Own(1)
    page.draw(do="clear")
    page.press("lesson_step_5")
    page.press("lesson_open")
    assert len(page.at.session_state["experiment"].make_data().X) == 0


def test_a_script_that_is_read_before_the_test_has_no_test_examples() -> None:
    before = page_code(Own(6))
    assert "test" not in before.split("class ")[0].split("def ")[0]
    assert "the first train, the others are held out" in before
    assert "test and validation examples" not in before
    page = Own(5)
    page.play_to_the_end()
    page.expect(80)
    page.press("project_test")
    page.press("lesson_next")
    assert "test and validation examples" in page_code(page)


def test_examples_to_look_at_are_others_than_those_that_will_be_asked() -> None:
    shown, asked = (LESSONS["own-network"].steps[number].experiment.make_data() for number in (1, 4))
    assert not set(map(tuple, shown.points)) & set(map(tuple, asked.points))


def test_the_script_can_be_read_without_a_test_and_in_chinese() -> None:
    page = Own(6, lang="zh")
    assert "LAYERS = (2, 1, 1)" in page.at.code[0].value
    assert "误差从输出传回第一层" in page.said
    assert "Your script" not in page.said
