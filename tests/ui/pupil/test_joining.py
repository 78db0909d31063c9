"""A pupil's page without a browser: the name, and a class that is not there."""

import pytest

from dnn.ui.pupil import badge
from dnn.ui.pupil.reporter import REPORTER
from tests.ui.page import Page, unescaped
from tests.ui.pupil.pupil_page import PupilsPage, Teacher, report_until

pytestmark = pytest.mark.slow


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
