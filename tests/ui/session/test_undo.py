"""Taking back what was done in the diagram and by the widgets, and doing it again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment, Run
from dnn.ui.session.history import MOST, Snapshot, UndoHistory
from tests.ui.session.diagram_page import DiagramPage, number, unit

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> DiagramPage:
    return DiagramPage()


def same(run: Run, other: Run) -> bool:
    alike = run.frozen is other.frozen is None or np.array_equal(run.frozen, other.frozen)  # type: ignore[arg-type]
    return bool(run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector) and alike)


def test_there_is_nothing_to_undo_at_first(page: DiagramPage) -> None:
    assert page.possible == (False, False)
    before = page.player.run
    page.press("undone")
    page.press("redone")
    assert page.player.run is before


def test_an_edit_is_undone_to_the_run_before_it_and_done_again(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.send(number(3, 2.5, True))
    page.player.step()
    page.player.frame()
    after = page.player.run
    page.press("undone")
    assert same(page.player.run, before)
    assert page.possible == (False, True)
    page.press("redone")
    assert same(page.player.run, after)
    assert page.possible == (True, False)


def test_another_network_is_undone_without_losing_what_was_learnt(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.send(unit(0))
    page.set("Seed", 4)
    assert page.player.run.epoch == 0
    page.press("undone")
    page.press("undone")
    assert same(page.player.run, before)
    assert page.experiment == Experiment()
    assert (page.value("Units in hidden layer 1"), page.value("Seed")) == (4, 0)
    page.press("redone")
    assert page.widths == (5, 2)


def test_a_setting_of_training_is_undone_in_place(page: DiagramPage) -> None:
    page.set("Learning rate", 0.3)
    page.player.step()
    page.player.frame()
    page.press("undone")
    assert page.experiment == Experiment()
    assert page.value("Learning rate") == Experiment().training.learning_rate
    assert page.player.run.epoch == 1
    page.press("redone")
    assert page.experiment.training.learning_rate == 0.3
    assert page.player.run.epoch == 1


def test_a_reset_and_new_weights_are_undone(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.press("begun again")
    assert page.player.run.epoch == 0
    page.press("undone")
    assert same(page.player.run, before)
    page.press("New weights")
    assert page.experiment.draw == 1
    page.press("undone")
    assert same(page.player.run, before)


def test_something_new_gives_up_what_was_undone(page: DiagramPage) -> None:
    page.send(unit(0))
    page.press("undone")
    page.send(unit(1))
    assert page.possible == (True, False)
    page.press("undone")
    assert page.widths == (4, 2)


def test_edits_and_settings_are_undone_in_turn(page: DiagramPage) -> None:
    first = page.player.run
    page.send(number(0, 1.0))
    page.set("Learning rate", 0.1)
    page.send(number(1, 2.0))
    page.send(unit(0))
    for _ in range(4):
        page.press("undone")
    assert same(page.player.run, first)
    assert page.experiment == Experiment()
    for _ in range(4):
        page.press("redone")
    assert page.widths == (5, 2)
    assert page.experiment.training.learning_rate == 0.1


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=80))
def test_the_undo_history_equals_a_list_with_an_index(steps: list[str]) -> None:
    snapshots = [Snapshot(Experiment(seed=0))]
    index, history = 0, UndoHistory()
    for step in steps:
        current = snapshots[index]
        if step == "change":
            del snapshots[index + 1 :]
            snapshots.append(Snapshot(Experiment(seed=len(steps) + len(snapshots))))
            history, index = history.push(current), index + 1
        elif step == "undo" and history.past:
            assert history.past[-1] == snapshots[index - 1]
            history, index = history.undo(current), index - 1
        elif step == "redo" and history.future:
            assert history.future[-1] == snapshots[index + 1]
            history, index = history.redo(current), index + 1
        assert len(history.past) == min(index, MOST)
        assert len(history.future) == len(snapshots) - 1 - index


def test_the_undo_history_holds_so_many_steps() -> None:
    history = UndoHistory()
    for seed in range(MOST + 10):
        history = history.push(Snapshot(Experiment(seed=seed)))
    assert [snapshot.experiment.seed for snapshot in history.past] == list(range(10, MOST + 10))
