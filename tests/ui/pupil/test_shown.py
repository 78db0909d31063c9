"""What the teacher shows stands on a pupil's page, and the pupil's own run comes back."""

import json

import pytest

from dnn import Experiment
from dnn.ui.pupil import membership
from dnn.ui.pupil.reporter import REPORTER
from tests.ui.pupil.pupil_page import PupilsPage, ReloadedPage, Teacher, report_until

pytestmark = pytest.mark.slow


def test_the_teacher_shows_an_experiment_and_one_goes_back(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code, "lock": "activation", "learning_rate": "0.3"}).join("Mia")
    for _ in range(3):
        page.press("Step")
        page.player.picture()
    mine, own = page.player.newest, page.experiment
    shown = Experiment.of(network={"activation": "relu", "hidden_layer_sizes": [3]})
    teacher.order(teacher.classroom.orders.show(shown.model_dump_json(), "Tom*"))
    page.run()
    assert page.experiment == shown  # though the activation is locked
    assert r"On screen: the network of Tom\*" in page.text
    page.run()
    assert page.experiment == shown
    other = Experiment.of(seed=5)
    teacher.order(teacher.classroom.orders.show(other.model_dump_json()))
    page.run()
    assert page.experiment == other
    assert "On screen: your teacher's network" in page.text
    page.press("Back to mine")
    assert page.experiment == own
    assert page.player.newest is mine
    assert page.widget("Learning rate").value == 0.3
    assert "Back to mine" not in page.buttons
    page.run()
    assert page.experiment == own


def test_the_same_settings_are_shown_untrained(teacher: Teacher, pupil: PupilsPage) -> None:
    pupil.press("Step")
    pupil.player.picture()
    mine = pupil.player.newest
    report_until(lambda: teacher.seat.report.epoch == 1)
    teacher.order(teacher.classroom.orders.show(pupil.experiment.model_dump_json()))
    pupil.run()
    assert (mine.epoch, pupil.player.newest.epoch) == (1, 0)
    REPORTER.round()
    assert teacher.seat.report.epoch == 1  # the own run stays on the wall
    pupil.press("Back to mine")
    assert pupil.player.newest is mine


def test_what_was_shown_before_is_not_shown_to_one_who_comes_later(teacher: Teacher) -> None:
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=7).model_dump_json()))
    assert PupilsPage(**{"class": teacher.code}).join().experiment == Experiment()


def test_what_cannot_be_read_is_not_shown(teacher: Teacher, pupil: PupilsPage) -> None:
    teacher.order(teacher.classroom.orders.show('{"version": 99}'))
    pupil.run()
    assert pupil.experiment == Experiment()
    assert "Back to mine" not in pupil.buttons


@pytest.mark.parametrize("run_text", ["", "nonsense", "AAAA", None, [5]])
def test_of_a_run_that_cannot_be_read_the_settings_come_back(teacher: Teacher, run_text: object) -> None:
    page = PupilsPage(**{"class": teacher.code, "learning_rate": "0.3"}).join("Mia")
    own = page.experiment
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=5).model_dump_json(), "Tom"))
    page.run()
    kept = json.loads(page.at.session_state[membership.TAB_TEXT]) | {"run": run_text}
    again = ReloadedPage(**page.link)
    again.tab_answers(json.dumps(kept))
    again.press("Back to mine")
    assert (again.experiment, again.player.newest.epoch) == (own, 0)
