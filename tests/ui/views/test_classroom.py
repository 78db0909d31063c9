"""The teacher's page of a class without a browser: opening it, what is ordered, its export and its end."""

import json
import time

import pytest

from dnn import Experiment
from dnn.classroom import Orders, open_store
from dnn.classroom.classroom import FREEZE_LASTS
from dnn.ui.class_wall import downloads, opening, state
from dnn.ui.live.player import Player
from dnn.ui.pupil.reporter import FROZEN, Reporter
from tests.ui.page import Page, unescaped
from tests.ui.views.class_page import SMALL, ClassPage

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> ClassPage:
    return ClassPage(layers="5", data="circles")


def test_a_class_opens_with_task_goal_and_the_experiment_of_the_playground(page: ClassPage) -> None:
    page.set("Title", "Circles")
    page.at.text_area(key="class.task").set_value("Who needs the fewest units?")
    page.set("Locked", ["data"])
    page.set("A goal for everybody", True)
    page.set("Hidden units at most", 4)
    found = page.open()
    assert (found.title, found.task) == ("Circles", "Who needs the fewest units?")
    assert (found.goal.accuracy, found.goal.most_units) == (0.95, 4)
    assert "layers=5" in found.query
    assert "lock=data" in found.query
    assert "Open a class" not in page.buttons
    assert page.wall.teacher


def test_what_is_typed_last_counts_though_the_button_is_pressed_at_once(page: ClassPage) -> None:
    page.set("A goal for everybody", True)
    page.widget("Title").set_value("Circles")
    page.widget("Hidden units at most").set_value(3)
    found = page.open()
    assert (found.title, found.goal.most_units, "title=Circles" in found.query) == ("Circles", 3, True)


def test_the_form_says_with_which_data_the_goal_counts(page: ClassPage) -> None:
    page.set("A goal for everybody", True)
    assert opening.ANY_DATA in [each.value for each in page.at.caption]
    page.set("Locked", ["data"])
    assert opening.ANY_DATA not in [each.value for each in page.at.caption]


def test_without_a_goal_there_is_none(page: ClassPage) -> None:
    assert page.open().goal.accuracy is None


def test_for_numbers_the_goal_is_a_cost() -> None:
    page = ClassPage(data="plane")
    page.at.text_area(key="class.task").set_value(500 * "课")  # in an address nine characters each
    page.set("A goal for everybody", True)
    assert "Test accuracy in % at least" not in page.labels
    page.set("Train cost at most", 0.05)
    assert page.open().goal.cost == 0.05


def test_the_address_has_neither_the_code_nor_the_key(page: ClassPage) -> None:
    page.open()
    address = str(page.link)
    assert page.mine.key not in address
    assert page.mine.code not in address


def test_freezing_and_going_on(page: ClassPage) -> None:
    page.open()
    page.press("Freeze")
    assert page.classroom.orders.frozen
    page.press("Go on")
    assert not page.classroom.orders.frozen


def test_a_freeze_holds_while_any_page_is_open_in_the_teachers_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(open_store(), "_clock", lambda: now[0])
    classroom, key = open_store().create()
    open_store().order(classroom.code, key, Orders.freeze)
    playground = Page(samples="60")
    playground.at.session_state[state.TAUGHT] = state.Taught(code=classroom.code, key=key)
    frozen = []
    for seconds in (FREEZE_LASTS - 1, FREEZE_LASTS - 1, 1):
        now[0] += seconds
        found = open_store().find(classroom.code)
        frozen.append(found is not None and found.orders.frozen)
        if len(frozen) == 1:
            playground.run()  # which the browser does by itself
    assert frozen == [True, True, False]


def test_pupils_of_this_server_hear_of_an_order_at_once(page: ClassPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reporter, "_serve", lambda _: None)  # without the thread that would bring it later
    reporter, player = Reporter(), Player(Experiment.of(**SMALL))
    monkeypatch.setattr(state, "REPORTER", reporter)
    classroom = page.open()
    reporter.watch(player.token, classroom.code, open_store().join(classroom.code, "Mia").id, classroom)
    page.press("Freeze")
    assert (player.held, player.notice) == (FROZEN, 1)
    page.press("Go on")
    assert (player.held, player.notice) == ("", 2)


def test_the_wall_is_shown_to_pupils_and_hidden_again(page: ClassPage) -> None:
    page.open()
    page.set("Pupils may see the wall", True)
    assert page.classroom.orders.open_wall
    page.set("Pupils may see the wall", False)
    assert not page.classroom.orders.open_wall


def test_the_teachers_experiment_is_shown_on_all_screens(page: ClassPage) -> None:
    page.open()
    page.press("Show mine on all screens")
    shown = page.classroom.orders.shown
    assert shown is not None
    assert Experiment.model_validate_json(shown.experiment) == page.at.session_state["experiment"]
    assert shown.of == ""
    assert "All screens show it now" in page.toasts[0]


def test_a_reload_of_the_tab_keeps_the_class(page: ClassPage) -> None:
    page.open()
    page.pupil("Fox")
    stored = page.mine.model_dump_json()
    later = ClassPage()
    assert "Open a class" in later.buttons
    later.at.session_state[state.STORAGE] = {"kept": stored}
    later.press("reload")
    assert later.mine == page.mine
    assert later.names == ["Fox"]


def test_a_tab_without_the_key_is_no_teachers(page: ClassPage) -> None:
    page.open()
    later = ClassPage()
    for change in ({"key": "another"}, {"code": "ABCDEF"}, {"code": 7}):
        later.at.session_state[state.STORAGE] = {"kept": json.dumps(page.mine.model_dump() | change)}
        later.press("reload")
        assert "Open a class" in later.buttons, change
        said = ["Class ABCDEF is no longer there: its 8 hours are over, or the server was started again."]
        assert [unescaped(toast) for toast in later.toasts] == (said if change == {"code": "ABCDEF"} else []), change


def test_the_class_is_exported(page: ClassPage) -> None:
    page.open()
    page.pupil("Owl")
    page.pupil("Fox")
    page.run()
    labels = [button.label for button in page.at.get("download_button")]
    assert sorted(labels) == 2 * ["Page (HTML)"] + 2 * ["Table (CSV)"]  # beside the end they stand once more
    rows = downloads.table(page.classroom, "http://page/").decode("utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["name", "Fox", "Owl"]
    written = downloads.page(page.classroom, "http://page/", "zh").decode()
    assert written.index(">Fox<") < written.index(">Owl<")
    assert 'lang="zh"' in written


def test_the_end_is_asked_for_and_forgets_the_class(page: ClassPage) -> None:
    page.open()
    page.pupil("Fox")
    code = page.mine.code
    page.press("End it now")
    found = open_store().find(code)
    assert found is not None
    assert found.ended
    assert open_store().reports(code).pupils == ()
    assert "Open a class" in page.buttons
    assert page.at.session_state[state.TAUGHT] is False


def test_a_class_that_ended_elsewhere_is_noticed(page: ClassPage) -> None:
    page.open()
    open_store().end(page.mine.code, page.mine.key)
    page.run()
    assert "Open a class" in page.buttons
    assert [unescaped(toast) for toast in page.toasts] == ["The class has ended."]


def test_the_page_speaks_the_visitors_language() -> None:
    page = ClassPage(lang="zh")
    page.press("开始一堂课")
    assert {"全体暂停", "在所有屏幕上显示我的"} <= set(page.buttons)
