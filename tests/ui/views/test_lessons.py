"""The lessons' page without a browser: links, steps, progress, and the way to the playground."""

import pytest

from dnn import LESSONS, Experiment
from dnn.experiment.links import to_query
from dnn.ui.lessons import browser
from dnn.ui.lessons.location import Location, read
from tests.ui.views.lesson_page import Lessons

pytestmark = pytest.mark.slow
SHAPES = (("W1", "(2, 5)"), ("W2", "(5, 3)"), ("b2", "(3,)"), ("W3", "(3, 1)"))  # as the step's text has them


@pytest.mark.parametrize(("step", "shows"), [("1", True), ("2", True), ("3", False)])
def test_the_steps_on_shapes_show_every_shape_of_their_network(step: str, shows: bool) -> None:
    page = Lessons(lesson="modular", step=step)
    tables = [each.proto.body for each in page.at.get("html") if "dnn-shapes" in each.proto.body]
    assert [sum(f"{layer} {shape}" in table for table in tables) for layer, shape in SHAPES] == [shows] * len(SHAPES)
    links = [each.proto.query_string for each in page.at.get("page_link") if each.proto.page == "inside"]
    assert ["layers=5-3" in link for link in links] == [True] * shows


def test_the_list_shows_every_lesson_and_opens_it() -> None:
    page = Lessons()
    labels = [button.label for button in page.at.button]
    for number, lesson in enumerate(LESSONS.values(), start=1):
        assert f"{number}. {lesson.title}" in labels
        assert lesson.summary in page.said
    page.press("lesson.relu-net")
    assert page.link == {"lesson": "relu-net", "step": "1"}
    assert page.at.subheader[0].value == LESSONS["relu-net"].steps[0].title


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_step_is_drawn_and_has_a_link(lesson: str) -> None:
    """From page to page; the first is opened by its link, as single steps are in the tests below."""
    page = Lessons(lesson=lesson)
    for number, step in enumerate(LESSONS[lesson].steps, start=1):
        if number > 1:
            page.press("lesson_next")
        assert page.at.subheader[0].value == step.title
        assert page.link == {"lesson": lesson, "step": str(number)}
        assert read(page.link) == (Location(LESSONS[lesson], number), ())
        if step.mystery:
            assert len(page.at.get("plotly_chart")) == 3
        else:
            assert page.player.run.experiment == step.experiment
            assert page.player.state == "paused"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"lesson": "relu"}, r"Lesson\: \'relu\' is not allowed\; choose one of one\-neuron"),
        ({"lesson": "relu-net", "step": "9"}, r"Step\: \'9\' is not allowed\; it must be a whole number from 1 to 7\."),
        ({"lesson": "relu-net", "step": "²"}, "is not allowed"),
        ({"lesson": "<b>" * 2000}, "is not allowed"),
    ],
)
def test_a_link_to_nowhere_says_so(link: dict[str, str], sentence: str) -> None:
    page = Lessons(**link)
    assert sentence in page.at.warning[0].value
    location, _ = read(link)
    assert page.link == ({} if location is None else {"lesson": "relu-net", "step": "1"})


def test_a_step_that_asks_nothing_opens_its_picture_at_once() -> None:
    opens = Lessons(lesson="valleys", step="1").opens
    assert (opens["shows"], opens["logarithmic"]) == ("landscape", [])


def test_a_step_begins_with_logarithmic_epochs() -> None:
    assert Lessons(lesson="one-hidden", step="3").opens["logarithmic"] == ["epochs"]


def test_a_lesson_ends_with_what_was_learnt() -> None:
    last = len(LESSONS["valleys"].steps)
    page = Lessons(lesson="valleys", step=f"{last}")
    assert "What you have learnt" not in page.said
    page.at.session_state["lesson.done"] = frozenset({f"valleys.{last}"})
    page.run()
    shown = [each.value for each in page.at.markdown if "What you have learnt" in each.value]
    assert [each.count("\n- ") for each in shown] == [3]


def test_next_and_back_turn_the_pages_and_the_last_leads_to_the_list() -> None:
    page = Lessons(lesson="one-neuron", step="1")
    assert page.button("lesson_back").disabled
    page.press("lesson_next")
    assert page.link["step"] == "2"
    assert page.at.session_state["lesson.done"] == {"one-neuron.1"}
    page.press("lesson_back")
    assert page.link["step"] == "1"
    page.press("lesson_step_7")
    assert page.link["step"] == "7"
    page.press("lesson_next")
    assert page.link == {}
    assert "2 of 7 steps" in page.said
    page.press("lesson.one-neuron")
    assert page.link["step"] == "2"


@pytest.mark.parametrize("way", ["lesson_list", "lesson_step_3", "lesson_next"])
def test_a_step_that_only_tells_is_done_however_it_is_left(way: str) -> None:
    page = Lessons(lesson="one-neuron", step="1")
    assert "lesson.done" not in page.at.session_state
    page.press(way)
    assert page.at.session_state["lesson.done"] == {"one-neuron.1"}


def test_a_step_that_only_tells_is_done_when_it_is_played() -> None:
    page = Lessons(lesson="one-neuron", step="1")
    page.play_to_the_end()
    assert page.at.session_state["lesson.done"] == {"one-neuron.1"}


@pytest.mark.parametrize("way", ["lesson_list", "lesson_step_3", "lesson_next", "lesson_back"])
def test_a_step_that_asks_is_not_done_by_leaving_it(way: str) -> None:
    page = Lessons(lesson="one-neuron", step="2")
    page.press(way)
    assert "lesson.done" not in page.at.session_state


def test_an_experiment_is_taken_to_the_playground() -> None:
    page = Lessons(lesson="relu-net", step="6", lang="zh")
    page.press("lesson_open")
    wanted = LESSONS["relu-net"].steps[5].experiment
    found: Experiment = page.at.session_state["experiment"]
    assert found == wanted
    assert page.link == to_query(wanted) | {"lang": "zh"}


def test_only_steps_that_there_are_count_as_done() -> None:
    assert "relu-net.7" in browser.KNOWN
    assert "relu-net.8" not in browser.KNOWN
