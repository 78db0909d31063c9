"""The teacher's page of a class without a browser: opening it, what is ordered, and what is done with a tile."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment
from dnn.classroom import Classroom, Report, open_store
from dnn.ui.class_wall import downloads, state
from dnn.ui.compare import state as comparison
from dnn.ui.live.wall_player import WallPlayer
from tests.classroom.examples import run
from tests.ui.page import Page, unescaped

pytestmark = pytest.mark.slow

# the page, with a button for what the browser does by other means
SCRIPT = """
import streamlit as st
from dnn.ui.class_wall import actions, state
from dnn.ui.live.wall_player import WallPlayer
from dnn.ui.views import classroom, compare, playground
from dnn.ui.widgets.guard import callback
play = st.Page(lambda: playground.show(None, beside), title="Playground", url_path="playground")
beside = st.Page(lambda: compare.show(play), title="Compare", url_path="compare")
group = st.Page(lambda: classroom.show(play, beside), title="Class", url_path="class", default=True)
st.navigation([group, play, beside], position="hidden").run()
wall = lambda: WallPlayer.of(st.session_state["wall.token"])
st.button("browser", on_click=callback(lambda: actions.act(st.session_state["sent"], wall())))
st.button("reload", on_click=callback(state._restore))
if st.button("to the wall"):
    st.switch_page(group)
"""
SMALL = {"network": {"hidden_layer_sizes": [3]}, "data": {"samples": 60}}


class ClassPage(Page):
    """The page, and what its wall sends."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    @classmethod
    def of_pupil(cls, **link: str) -> "ClassPage":
        """One who has opened the link for pupils, and has come to the playground."""
        page = cls(**link)
        assert "Open a class" not in page.buttons
        return page

    def open(self) -> Classroom:
        self.press("Open a class")
        return self.classroom

    @property
    def mine(self) -> state.Taught:
        found: state.Taught = self.at.session_state[state.TAUGHT]
        return found

    @property
    def classroom(self) -> Classroom:
        found = open_store().find(self.mine.code)
        assert found is not None
        return found

    @property
    def wall(self) -> WallPlayer:
        found = WallPlayer.of(self.at.session_state[state.TOKEN])
        assert found is not None
        return found

    def pupil(self, name: str, *, epochs: int = 2, **settings: Any) -> int:
        """A pupil whose page has reported a run; returns the number of the tile."""
        trained = run(epochs, **(SMALL | settings))
        joined = open_store().join(self.mine.code, name)
        open_store().publish(self.mine.code, joined.id, Report.of(trained, "playing"))
        self.wall.feed.poll(at_once=True)
        return next(tile.number for tile in self.wall.feed.shown()[1] if tile.name == joined.name)

    def send(self, do: str, **values: Any) -> None:
        """What the wall sends."""
        self.at.session_state["sent"] = {"do": do, "at": 1} | values
        self.press("browser")

    @property
    def names(self) -> list[str]:
        return [tile.name for tile in self.wall.feed.shown()[1]]

    @property
    def toasts(self) -> list[str]:
        return [toast.value for toast in self.at.toast]


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


def test_a_pupils_experiment_is_shown_on_all_screens(page: ClassPage) -> None:
    page.open()
    page.send("show", id=page.pupil("Fox"))
    shown = page.classroom.orders.shown
    assert shown is not None
    assert (json.loads(shown.experiment)["network"]["hidden_layer_sizes"], shown.of) == ([3], "Fox")


def test_a_copy_opens_in_the_playground_at_the_same_epoch(page: ClassPage) -> None:
    page.open()
    page.send("open", id=page.pupil("Fox", epochs=7))
    assert page.at.session_state["experiment"].network.hidden_layer_sizes == (3,)
    assert "Play" in page.buttons or "Pause" in page.buttons
    assert page.player.newest.epoch >= 7
    trained = run(7, **SMALL)
    assert page.player.newest.history["train_cost"][7] == trained.history["train_cost"][7]


def test_chosen_networks_are_compared(page: ClassPage) -> None:
    page.open()
    fox, owl = page.pupil("Fox"), page.pupil("Owl", network={"hidden_layer_sizes": [2, 2]})
    page.send("compare", ids=[owl, fox])
    sizes = [each.network.hidden_layer_sizes for each in page.at.session_state[comparison.COMPARISON].experiments]
    assert sizes == [(2, 2), (3,)]


def test_a_pupil_is_renamed_and_removed(page: ClassPage) -> None:
    page.open()
    rude, _ = page.pupil("Rude"), page.pupil("Owl")
    page.send("rename", id=rude, name="Fox")
    assert page.names == ["Fox", "Owl"]
    page.send("remove", id=rude)
    assert page.names == ["Owl"]


NONSENSE: list[object] = [
    None,
    [],
    {"do": "open"},
    {"do": "open", "id": 99},
    {"do": "open", "id": "0"},
    {"do": "rename", "id": 0, "name": 7},
    {"do": "rename", "id": 0, "name": "\n"},
    {"do": "compare", "ids": 7},
    {"do": "compare", "ids": [0]},
    {"do": "compare", "ids": [0, 99, None, {}]},
    {"do": "compare", "ids": list(range(50))},
    {"do": "end"},
]


def test_nonsense_does_nothing(page: ClassPage) -> None:
    page.open()
    page.pupil("Fox")
    for sent in NONSENSE:
        page.at.session_state["sent"] = sent
        page.press("browser")
        assert page.names == ["Fox"], sent
        assert page.classroom.orders.shown is None, sent
        assert "Freeze" in page.buttons, sent


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


def test_the_page_speaks_the_visitors_language() -> None:
    page = ClassPage(lang="zh")
    page.press("开始一堂课")
    assert {"全体暂停", "在所有屏幕上显示我的"} <= set(page.buttons)
