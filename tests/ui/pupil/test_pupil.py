"""A pupil's page without a browser: joining, what it reports, the teacher's orders, and leaving."""

import json

import pytest
from streamlit.util import calc_hash

from dnn import Experiment
from dnn.classroom import Goal
from dnn.experiment.documents import read
from dnn.ui.pupil import badge, membership
from dnn.ui.pupil.reporter import FROZEN, REPORTER
from tests.ui.page import Page, unescaped
from tests.ui.pupil.pupil_page import BothPages, PupilsPage, ReloadedPage, Teacher, report_until

pytestmark = pytest.mark.slow


@pytest.fixture
def pupil(teacher: Teacher) -> PupilsPage:
    return PupilsPage(**{"class": teacher.code.lower(), "play": "yes"}).join("Mia")


def test_a_link_of_a_class_asks_for_a_name(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code})
    assert f"Your name in class {teacher.code}" in page.labels
    assert page.link == {"class": teacher.code}
    assert teacher.names == []
    page.join("  Mia ")
    assert teacher.names == ["Mia"]
    assert f"Class {teacher.code} · **Mia**" in page.text
    assert "Join" not in page.buttons
    assert page.link == {"class": teacher.code}


def test_pupils_can_guess_first_unless_the_teacher_wants_otherwise(teacher: Teacher) -> None:
    assert PupilsPage(**{"class": teacher.code}).join().player.state == "paused"
    assert PupilsPage(**{"class": teacher.code, "play": "yes"}).join().player.state == "playing"


def test_without_a_name_one_is_an_animal(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code, "lang": "zh"})
    suggested = page.at.text_input(key=badge.NAME).proto.placeholder
    page.press("加入")
    assert teacher.names == [suggested]
    assert suggested
    assert not suggested.isascii()


def test_a_name_that_is_taken_gets_a_number(teacher: Teacher, pupil: PupilsPage) -> None:
    PupilsPage(**{"class": teacher.code}).join("mia")
    assert teacher.names == ["Mia", "mia 2"]


def test_a_name_that_is_none_gets_its_message(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code})
    page.at.text_input(key=badge.NAME).set_value("\u200b")
    page.press("Join")
    assert "it needs a letter or a digit" in page.errors[0]
    assert teacher.names == []


def test_a_name_that_is_too_long_gets_its_message(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code})
    field = page.at.text_input(key=badge.NAME)
    assert field.proto.max_chars == 0  # or the browser drops what is longer
    field.set_value(25 * "x")
    page.press("Join")
    assert "Name: a text of 25 characters is not allowed; it may have 24 at most." in unescaped(page.errors[0])
    assert teacher.names == []
    page.join(24 * "x")
    assert teacher.names == [24 * "x"]


def test_another_name_reaches_the_pupils_page(teacher: Teacher, pupil: PupilsPage) -> None:
    REPORTER.round()
    teacher.store.rename(teacher.code, teacher.key, teacher.seat.pupil.id, "Owl")
    notice = pupil.player.notice
    pupil.press("Step")
    pupil.player.picture()
    report_until(lambda: pupil.player.notice == notice + 1)  # the browser runs the page again
    pupil.run()
    assert f"Class {teacher.code} · **Owl**" in pupil.text


def test_a_code_that_is_none_gets_its_message() -> None:
    page = Page(**{"class": "nonsense"})
    assert "a code has six letters and digits" in page.said
    assert page.link == {}


def test_a_class_that_is_not_there() -> None:
    page = PupilsPage(**{"class": "ABCDEF"})
    assert "This class has ended, or never was." in page.text
    page.press("Without a class")
    assert "class" not in page.link
    page.press("Play")
    assert page.player.state == "playing"


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
        mounted = [each.proto for each in pupil.at.get("bidi_component")]
        return json.loads(next(each.json for each in mounted if each.component_name == "dnn.live_panel"))["noticed"]

    assert noticed() == pupil.player.notice == 0
    teacher.order(teacher.classroom.orders.freeze())
    with pytest.MonkeyPatch.context() as patch:  # the order to go on comes after this run has read the orders
        patch.setattr(badge, "draw", lambda *_: teacher.order(teacher.classroom.orders.freeze(False)))
        pupil.run()
    assert (pupil.player.notice, pupil.player.heard) == (2, 1)
    pupil.run()
    assert noticed() == 2


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
