"""A pupil's way to a class: by its link or its code, to the task and to the wall."""

import pytest

from dnn.classroom import open_store
from tests.ui.page import unescaped
from tests.ui.views.class_page import ClassPage

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> ClassPage:
    return ClassPage(layers="5", data="circles")


def test_the_short_link_brings_a_pupil_to_the_task_of_the_class(page: ClassPage) -> None:
    page.set("Title", "Circles")
    page.set("Locked", ["data"])
    page.open()
    pupil = ClassPage.of_pupil(**{"class": page.mine.code, "lang": "en"})
    assert pupil.at.session_state["experiment"] == page.at.session_state["experiment"]
    assert (pupil.link["title"], pupil.link["lock"], pupil.link["class"]) == ("Circles", "data", page.mine.code)
    assert "Join" in pupil.buttons
    assert not pupil.at.session_state["changes"].history.past  # undo leads to nothing else


def test_a_typed_code_brings_a_pupil_to_the_task_of_the_class(page: ClassPage) -> None:
    page.open()
    pupil = ClassPage(lang="en")
    pupil.widget("Are you a pupil? The code of your class").set_value(
        f" {page.mine.code[:3].lower()}-{page.mine.code[3:]} "
    )
    pupil.press("Go to the class")
    assert pupil.at.session_state["experiment"] == page.at.session_state["experiment"]
    assert "Join" in pupil.buttons


def test_a_code_of_no_class_is_refused(page: ClassPage) -> None:
    pupil = ClassPage(**{"class": "ABCDEF"})
    assert "no class ABCDEF" in unescaped(pupil.toasts[0])
    pupil.widget("Are you a pupil? The code of your class").set_value("what?")
    pupil.press("Go to the class")
    assert "no class what?" in unescaped(pupil.errors[0])
    assert "Open a class" in pupil.buttons


def test_a_pupil_sees_the_wall_without_its_buttons_when_the_teacher_says_so(page: ClassPage) -> None:
    page.open()
    pupil = ClassPage.of_pupil(**{"class": page.mine.code})
    pupil.press("Join")
    pupil.press("to the wall")
    assert "does not show the wall" in pupil.at.info[0].value
    page.set("Pupils may see the wall", True)
    pupil.run()
    assert not pupil.at.info
    assert not pupil.wall.teacher
    assert not {"Freeze", "Open a class", "End it now"} & set(pupil.buttons)
    number = page.pupil("Fox")
    pupil.send("remove", id=number)
    assert "Fox" in page.names


@pytest.mark.parametrize("ends", [True, False], ids=["ended", "removed"])
def test_one_who_is_in_the_class_no_longer_can_enter_another(page: ClassPage, ends: bool) -> None:
    page.open()
    store = open_store()
    pupil = ClassPage.of_pupil(**{"class": page.mine.code})
    pupil.press("Join")
    pupil.press("to the wall")
    if ends:
        store.end(page.mine.code, page.mine.key)
    else:
        (joined,) = store.reports(page.mine.code).pupils
        store.leave(page.mine.code, joined.id)
    pupil.run()
    assert pupil.at.info[0].value.startswith("The class has ended" if ends else "You are not in the class any more")
    assert "Open a class" not in pupil.buttons
    code = store.create()[0].code if ends else page.mine.code
    pupil.widget("Are you a pupil? The code of your class").set_value(code)
    pupil.press("Go to the class")
    assert pupil.link["class"] == code
    pupil.press("Join")
    assert len(store.reports(code).pupils) == 1
