"""The page while its visitor looks at the past: whatever is done there goes on from there, and undo takes it back."""

from typing import Any

import numpy as np
import pytest

from dnn import Run, advance, advance_batch, start
from dnn.ui.live.wire import unpack
from tests.ui.session.diagram_page import DiagramPage
from tests.ui.session.strokes import points

pytestmark = pytest.mark.slow


class TimePage(DiagramPage):
    """The playground with a run that has come to epoch 20, with a learning rate that changed at epoch 10."""

    def __init__(self) -> None:
        super().__init__(samples="60", layers="3", learning_rate="0.1")
        self.train(10)
        self.tenth = self.player.run
        self.set("Learning rate", 0.3)
        self.train(10)
        self.left = self.player.newest

    def train(self, epochs: int) -> None:
        for _ in range(epochs):
            self.player.step()
            self.frame()

    def frame(self) -> dict[str, Any]:
        return unpack(self.player.frame())[0]

    def look(self, epoch: int) -> dict[str, Any]:
        assert self.player.request(f"time {epoch}")
        return self.frame()

    @property
    def rate(self) -> float:
        return self.experiment.training.learning_rate


def same(run: Run, other: Run) -> bool:
    return run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector)


@pytest.fixture
def page() -> TimePage:
    return TimePage()


def test_play_goes_on_with_the_settings_of_the_epoch_and_undo_brings_back_the_way_left(page: TimePage) -> None:
    page.look(5)
    page.press("Play")
    page.player.play(False)
    page.train(7)
    assert page.rate == 0.1
    assert same(page.player.run, advance(start(page.experiment), 12))
    page.press("Undo")
    assert page.player.newest is page.left
    assert page.rate == 0.3
    assert page.look(15)["epoch"] == 15
    page.look(20)
    page.press("Redo")
    assert page.rate == 0.1
    assert page.player.newest.epoch == 12
    assert page.look(4)["epoch"] == 4


def test_running_the_page_again_leaves_the_past_on_screen(page: TimePage) -> None:
    page.look(15)
    page.run()
    page.run()
    assert page.frame()["epoch"] == 15
    assert page.player.newest is page.left
    page.press("Step")
    assert page.frame()["epoch"] == 16
    assert page.player.newest is page.left


def test_a_setting_changed_while_looking_back_goes_on_from_there(page: TimePage) -> None:
    page.look(15)
    page.set("Learning rate", 0.03)
    assert (page.player.newest.epoch, page.rate) == (15, 0.03)
    page.train(1)
    page.press("Undo")
    assert page.player.newest is page.left
    assert page.rate == 0.3


def test_an_edited_weight_and_a_batch_while_looking_back_go_on_from_there(page: TimePage) -> None:
    page.look(15)
    sizes = list(page.left.params.sizes)
    page.send({"do": "number", "sizes": sizes, "place": 0, "value": 9.0, "frozen": False})
    assert page.player.newest.epoch == 15
    assert page.player.newest.params.vector[0] == 9.0
    page.press("Undo")
    assert page.player.newest is page.left
    page.look(15)
    page.press("Batch")
    page.frame()
    assert page.player.newest.epoch == 15
    assert page.player.newest.batch == 1
    page.press("Undo")
    assert page.player.newest is page.left


def test_an_action_that_comes_to_nothing_leaves_the_past_on_screen(page: TimePage) -> None:
    page.look(15)
    page.send({"do": "number", "sizes": [9, 9], "place": 0, "value": 9.0, "frozen": False})
    assert page.player.looks_back
    assert page.player.newest is page.left
    assert not page.possible[1]


def test_examples_drawn_while_looking_back_are_added_to_those_of_the_epoch(page: TimePage) -> None:
    page.look(5)
    page.send(points((0.1, 0.1)))
    assert page.player.newest.epoch == 5
    assert len(page.player.newest.data.X) == 61
    assert page.rate == 0.1
    page.press("Undo")
    assert page.player.newest is page.left
    assert len(page.player.run.data.X) == 60


def test_undo_while_looking_back_takes_back_the_last_change_of_the_newest_run(page: TimePage) -> None:
    page.look(15)
    page.press("Undo")
    assert (page.player.newest.epoch, page.rate) == (20, 0.1)
    assert not page.player.looks_back


def test_a_reset_and_another_layer_while_looking_back_can_be_undone(page: TimePage) -> None:
    page.look(15)
    page.press("Reset")
    assert (page.player.run.epoch, page.rate) == (0, 0.3)
    page.press("Undo")
    assert page.player.newest is page.left
    page.look(5)
    page.send({"do": "layers", "by": 1})
    assert page.widths == (3, 3)
    assert page.player.run.epoch == 0
    page.press("Undo")
    assert page.player.newest is page.left
    assert page.look(12)["epoch"] == 12


def test_a_batch_of_the_past_equals_that_of_the_run_stopped_there(page: TimePage) -> None:
    page.look(10)
    page.press("Batch")
    page.frame()
    expected = page.tenth.with_settings(page.left.experiment)
    assert same(page.player.newest, advance_batch(expected))
