"""A pupil's page without a browser: what it reports, the teacher's orders, and leaving."""

import pytest
from streamlit.util import calc_hash

from dnn.classroom import Goal
from dnn.experiment.documents import read
from dnn.ui.pupil import badge
from dnn.ui.pupil.reporter import FROZEN, REPORTER
from tests.ui.pupil.pupil_page import BothPages, PupilsPage, Teacher, report_until

pytestmark = pytest.mark.slow


def test_the_page_reports_its_run(teacher: Teacher, pupil: PupilsPage) -> None:
    first = teacher.seat.report
    assert (first.epoch, first.state) == (0, "playing")
    assert read(first.experiment) == pupil.experiment
    number = teacher.seat.number
    REPORTER.round()
    assert teacher.seat.number == number  # nothing new
    pupil.press("Step")
    pupil.player.picture()
    pupil.set("Learning rate", 0.01)
    report_until(lambda: read(teacher.seat.report.experiment).training.learning_rate == 0.01)
    assert (teacher.seat.report.epoch, teacher.seat.report.state) == (1, "paused")


def test_the_goal_is_noted() -> None:
    teacher = Teacher(goal=Goal(accuracy=0.0, most_units=6))
    page = PupilsPage(**{"class": teacher.code}).join()
    assert ":material/flag: 0 % right with at most 6 units :green[" in page.text
    assert "Reached" in page.text
    assert teacher.seat.reached is not None


def test_the_teacher_pauses_the_class(teacher: Teacher, pupil: PupilsPage) -> None:
    notice = pupil.player.notice
    teacher.order(teacher.classroom.orders.freeze())
    assert pupil.player.notice == notice + 1  # the browser runs the page again
    assert pupil.player.held == FROZEN
    before = pupil.player.run.epoch
    for _ in range(3):
        pupil.player.picture()
    assert pupil.player.run.epoch == before
    pupil.run()
    for label in ("Play", "Step", "Batch", "Reset", "Undo"):
        assert next(button for button in pupil.at.button if button.label == label).disabled
    assert pupil.widget("Learning rate").proto.disabled
    assert pupil.widget("Data set").proto.disabled
    teacher.order(teacher.classroom.orders.freeze(False))
    pupil.run()
    assert not pupil.widget("Learning rate").proto.disabled
    assert pupil.player.state == "playing"
    assert pupil.player.held == ""


@pytest.mark.parametrize(
    ("name", "token", "link"),
    [
        ("lessons", "lesson.token", {"lesson": "overfitting", "step": "1"}),
        ("compare", "comparison.token", {}),
        ("sweep", "sweep.token", {"axis.1": "training.learning_rate:0.1,0.3"}),
        ("trainability", "map.token", {}),
    ],
)
def test_other_pages_wait_too(teacher: Teacher, name: str, token: str, link: dict[str, str]) -> None:
    page = BothPages(**{"class": teacher.code}).join("Mia")
    teacher.order(teacher.classroom.orders.freeze())
    other = page.go_to(name, token, **link)
    assert other.held == FROZEN
    plays = [button for button in page.at.button if button.label == "Play"]
    assert [button.disabled for button in plays] == ([] if name == "trainability" else [True])
    teacher.order(teacher.classroom.orders.freeze(False))
    assert other.held == page.player.held == ""


@pytest.mark.parametrize("name", ["inside", "mistakes", "textbook"])
def test_one_who_reads_another_page_is_there(teacher: Teacher, pupil: PupilsPage, name: str) -> None:
    player = pupil.player
    player.left = 0.0
    pupil.at._page_hash = calc_hash(name)
    pupil.at.run()
    assert not pupil.at.exception
    assert player.left > 0.0


def test_one_whom_the_teacher_removes_hears_of_it(teacher: Teacher, pupil: PupilsPage) -> None:
    (seat,) = teacher.store.reports(teacher.code).new
    teacher.store.leave(teacher.code, seat.pupil.id)
    pupil.press("Step")
    pupil.player.picture()
    report_until(lambda: not REPORTER.watch(pupil.player.token, teacher.code, seat.pupil.id, None).present)
    pupil.run()
    assert "You are not in the class any more." in pupil.text
    pupil.press("Close")
    assert "class" not in pupil.link


def test_what_comes_while_the_page_runs_is_heard_afterwards(teacher: Teacher, pupil: PupilsPage) -> None:
    def noticed() -> int:
        return int(pupil.told("live_panel")["noticed"])

    assert noticed() == pupil.player.notice == 0
    teacher.order(teacher.classroom.orders.freeze())
    with pytest.MonkeyPatch.context() as patch:  # the order to go on comes after this run has read the orders
        patch.setattr(badge, "draw", lambda *_: teacher.order(teacher.classroom.orders.freeze(False)))
        pupil.run()
    assert (pupil.player.notice, pupil.player.heard) == (2, 1)
    pupil.run()
    assert noticed() == 2


def test_one_leaves(teacher: Teacher, pupil: PupilsPage) -> None:
    teacher.order(teacher.classroom.orders.freeze())
    pupil.run()
    pupil.press("Leave the class")
    assert teacher.names == []
    assert "class" not in pupil.link
    assert pupil.player.held == ""
    assert pupil.player.token not in REPORTER._members
    pupil.run()
    assert "Leave the class" not in pupil.buttons


def test_the_class_ends(teacher: Teacher, pupil: PupilsPage) -> None:
    teacher.order(teacher.classroom.orders.freeze())
    teacher.end()
    assert pupil.player.held == ""
    pupil.run()
    assert "The class has ended." in pupil.text
    assert pupil.player.state == "playing"
    pupil.press("Close")
    assert "class" not in pupil.link
    assert "The class has ended." not in pupil.text
