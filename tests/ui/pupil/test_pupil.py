"""A pupil's page without a browser: joining, what it reports, the teacher's orders, and leaving."""

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment
from dnn.classroom import ClassStore, Goal, open_store
from dnn.experiment.documents import read
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.pupil import badge, membership
from dnn.ui.pupil.reporter import FROZEN, REPORTER
from tests.ui.page import Page

pytestmark = pytest.mark.slow


class Teacher:
    """A class, and its teacher."""

    def __init__(self, **about: object) -> None:
        self.store: ClassStore = open_store()
        self.classroom, self.key = self.store.create(**about)
        self.code = self.classroom.code

    def order(self, orders: object) -> None:
        self.classroom = self.store.order(self.code, self.key, orders)
        REPORTER.round()

    def end(self) -> None:
        self.store.end(self.code, self.key)
        REPORTER.round()

    @property
    def names(self) -> list[str]:
        return [pupil.name for pupil in self.store.reports(self.code).pupils]

    @property
    def seat(self):
        (seat,) = self.store.reports(self.code).new
        return seat


class PupilsPage(Page):
    """The page of one who has the link for pupils."""

    def join(self, name: str = "") -> "PupilsPage":
        self.at.text_input(key=badge.NAME).set_value(name)
        self.press("Join")
        REPORTER.round()
        self.run()
        return self

    @property
    def text(self) -> str:
        return "\n".join(each.value for each in (*self.at.markdown, *self.at.caption))


def page_and_tab() -> None:
    """The page, after what it does when the browser's tab has answered."""
    import runpy

    import streamlit as st

    from dnn.ui.pupil import membership
    from tests.ui.page import MAIN

    if membership.TAB in st.session_state:
        membership.come_back()
        del st.session_state[membership.TAB]
    runpy.run_path(str(MAIN))


def playground_and_lessons() -> None:
    """The playground, or another page where the test has gone there."""
    import streamlit as st

    from dnn.ui.views import compare, lessons, playground, sweep, trainability
    from dnn.ui.visitor import address

    address.read_page_words()
    st.session_state[address.HELD] = False
    play = st.Page(playground.show, title="Playground", url_path="playground", default=True)
    others = {each.__name__.rsplit(".", 1)[-1]: each for each in (compare, lessons, sweep, trainability)}
    pages = [st.Page(lambda each=each: each.show(play), title=name, url_path=name) for name, each in others.items()]
    st.navigation([play, *pages], position="hidden")
    if "test.page" in st.session_state:
        others[st.session_state["test.page"]].show(play)
    else:
        playground.show()


class BothPages(PupilsPage):
    """The playground, and then another page."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(playground_and_lessons, default_timeout=60)

    def go_to(self, name: str, token: str, **link: str) -> BasePlayer:
        """The player of another page; ``token`` is the key of its token in the session."""
        self.at.session_state["test.page"] = name
        self.at.query_params = self.link | link
        self.run()
        player = BasePlayer.of(self.at.session_state[token])
        assert player
        return player


class ReloadedPage(PupilsPage):
    """The page of a tab that has kept something."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(page_and_tab, default_timeout=60)

    def tab_answers(self, text: str) -> None:
        self.at.session_state[membership.TAB] = {"kept": text}
        self.run()


@pytest.fixture
def teacher() -> Iterator[Teacher]:
    yield Teacher()
    REPORTER._members.clear()


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
    REPORTER.round()
    assert (teacher.seat.report.epoch, teacher.seat.report.state) == (1, "paused")
    assert read(teacher.seat.report.experiment).training.learning_rate == 0.01


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
    REPORTER.round()
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
    teacher.order(teacher.classroom.orders.freeze(False))
    assert other.held == page.player.held == ""


def test_one_whom_the_teacher_removes_hears_of_it(teacher: Teacher, pupil: PupilsPage) -> None:
    (seat,) = teacher.store.reports(teacher.code).new
    teacher.store.leave(teacher.code, seat.pupil.id)
    pupil.press("Step")
    pupil.player.picture()
    REPORTER.round()
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
    pupil.press("Leave")
    assert teacher.names == []
    assert "class" not in pupil.link
    assert pupil.player.held == ""
    assert pupil.player.token not in REPORTER._members
    pupil.run()
    assert "Leave" not in pupil.buttons


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


def test_a_reload_keeps_the_pupil(teacher: Teacher, pupil: PupilsPage) -> None:
    kept = pupil.at.session_state[membership.TAB_TEXT]
    assert json.loads(kept)["code"] == teacher.code
    again = ReloadedPage(**{"class": teacher.code})
    again.tab_answers(kept)
    assert f"Class {teacher.code} · **Mia**" in again.text
    assert teacher.names == ["Mia"]


def test_a_reload_keeps_the_way_back(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code, "learning_rate": "0.3"}).join("Mia")
    for _ in range(3):
        page.press("Step")
        page.player.picture()
    own, mine = page.experiment, page.player.newest
    assert mine.epoch == 3
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=5).model_dump_json(), "Tom"))
    page.run()
    again = ReloadedPage(**page.link)
    again.tab_answers(page.at.session_state[membership.TAB_TEXT])
    assert again.experiment == Experiment.of(seed=5)
    assert "On screen: the network of Tom" in again.text
    again = ReloadedPage(**again.link)  # the text of the first page stays good
    again.tab_answers(page.at.session_state[membership.TAB_TEXT])
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=6).model_dump_json()))
    again.run()
    assert again.experiment == Experiment.of(seed=6)
    again.press("Back to mine")
    assert again.experiment == own
    assert again.player.newest.epoch == 3
    assert again.player.newest.params.vector.tolist() == mine.params.vector.tolist()
    assert "Back to mine" not in again.buttons
    assert "mine" not in json.loads(again.at.session_state[membership.TAB_TEXT])


@pytest.mark.parametrize("kept", ["", "{}", "[]", "null", "5", "nonsense", '{"code": 5, "id": []}', "x" * 10_000])
def test_a_tab_may_keep_anything(teacher: Teacher, kept: str) -> None:
    page = ReloadedPage(**{"class": teacher.code})
    page.tab_answers(kept)
    assert f"Your name in class {teacher.code}" in page.labels
    assert teacher.names == []
