"""The lessons' page without a browser: links, guesses, goals, progress, and the way to the playground."""

import json
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import LESSONS, Experiment
from dnn.experiment.links import to_query
from dnn.lessons import measures
from dnn.lessons.glossary import GLOSSARY
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.lessons import browser
from dnn.ui.lessons.location import Location, read
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from dnn.ui.session import recovery
from dnn.ui.widgets import glossary
from tests.catalogue import messages
from tests.lessons.test_glossary import STEPS, said
from tests.lessons.test_lessons import ANSWERS
from tests.ui.session.test_recovery import kept as snapshot_of

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui import navigation, session
from dnn.ui.visitor import address
from dnn.ui.views import inside, lessons, playground
address.read_page_words()
play = st.Page(playground.show, title="Playground", url_path="playground")
look = st.Page(lambda: inside.show(play), title="Inside one step", url_path="inside")
learn = st.Page(lambda: lessons.show(play, inside=look), title="Lessons", url_path="lessons", default=True)
page = st.navigation([learn, play, look], position="hidden")
navigation.draw([play, learn], page)
page.run()
"""


SHAPES = (("W1", "(2, 5)"), ("W2", "(5, 3)"), ("b2", "(3,)"), ("W3", "(3, 1)"))  # as the step's text has them


class Lessons:
    """The page in one pupil's session."""

    def __init__(self, **link: str) -> None:
        self.at = AppTest.from_string(SCRIPT, default_timeout=60)
        self.at.query_params = dict(link)
        self.run()

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    @property
    def link(self) -> dict[str, Any]:
        return dict(self.at.query_params)

    @property
    def player(self) -> Player:
        player = Player.of(self.at.session_state["lesson.token"])
        assert player is not None
        return player

    @property
    def opens(self) -> dict[str, Any]:
        """What the panel is asked to open."""
        mounted = [each.proto for each in self.at.get("bidi_component")]
        data = json.loads(next(each.json for each in mounted if each.component_name == "dnn.live_panel"))
        found: dict[str, Any] = data["opens"]
        return found

    @property
    def said(self) -> str:
        kinds = (self.at.success, self.at.warning, self.at.info, self.at.markdown, self.at.caption)
        return "\n".join(element.value for kind in kinds for element in kind)

    def button(self, key: str) -> Any:
        return self.at.button(key=key)

    def press(self, key: str) -> None:
        self.button(key).click()
        self.run()

    def play_to_the_end(self) -> None:
        """As fast as it can: frames at the step's own speed would keep a processor busy for seconds."""
        self.press("play")
        self.player.set_speed(UNLIMITED)
        while self.player.state == "playing":
            self.player.frame()
        self.run()


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


def test_no_play_without_a_guess_and_then_the_run_decides() -> None:
    page = Lessons(lesson="one-neuron", step="2")
    assert page.button("play").disabled
    assert "Choose, then press play" in page.said
    page.at.radio[0].set_value(1)
    page.run()
    assert not page.button("play").disabled
    page.play_to_the_end()
    assert page.player.run.epoch == 60
    assert not page.at.radio
    right = ":green[:material/check_circle:] **Hardly more than a coin toss (less than 65 %)** · right: **41.1 %**"
    assert right in page.said
    assert ":orange[:material/cancel:] About four in five (65 % to 90 %) · your guess" in page.said
    assert ":material/radio_button_unchecked: Nearly all of them (90 % or more)" in page.said
    assert "The run says otherwise. Test accuracy after 60 epochs: **41.1 %**." in page.said
    assert "No straight line has the disc on one side" in page.said
    assert "one-neuron.2" in page.at.session_state["lesson.done"]


def test_a_right_guess_is_praised() -> None:
    page = Lessons(lesson="one-neuron", step="2")
    page.at.radio[0].set_value(0)
    page.run()
    page.play_to_the_end()
    assert "You were right." in page.said
    assert "**Hardly more than a coin toss (less than 65 %)** · right, your guess: **41.1 %**" in page.said


@pytest.mark.parametrize(
    ("step", "language", "verdict"),
    [
        ("one-hidden.2", "en", "You were right. Train cost after one epoch: **0.693**."),
        ("overfitting.5", "en", "You were right. The run ended at epoch **57**."),
        ("relu-net.3", "zh", "你猜对了。100 轮之后，"),
    ],
)
def test_the_verdict_is_a_sentence(step: str, language: str, verdict: str) -> None:
    lesson, _, number = step.rpartition(".")
    page = Lessons(lesson=lesson, step=number, lang=language)
    page.at.radio[0].set_value(ANSWERS[step])
    page.run()
    page.play_to_the_end()
    assert verdict in page.said


@pytest.mark.parametrize(
    ("measure", "value", "written"),
    [
        (measures.TRAIN_COST, 4.2681e-05, "0.0000427"),
        (measures.TRAIN_COST, 0.69314, "0.693"),
        (measures.TRAIN_COST, 12.0, "12"),
        (measures.TRAIN_COST, 123456.0, "123,000"),
        (measures.TWINS, 3e-17, "less than 0.000001"),
        (measures.TWINS, 0.0, "0"),
        (measures.VANISHED, 19087.3, "19,100 times"),
        (measures.LOUDNESS, 1.5, "1.5 times"),
        (measures.TEST_ACCURACY, 0.4111, "41.1 %"),
        (measures.EPOCHS, 57.0, "57"),
        (measures.VANISHED, float("inf"), "–"),
    ],
)
def test_numbers_are_written_for_people(measure: measures.Measure, value: float, written: str) -> None:
    assert measure.written(value) == written


def test_a_setting_starts_afresh_and_a_goal_stops_the_run() -> None:
    page = Lessons(lesson="one-neuron", step="5")
    assert "Goal reached." not in page.said
    page.play_to_the_end()
    assert page.player.run.epoch == 10
    assert "Goal reached." not in page.said
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Learning rate")
    assert "A rate of 10 is large enough" not in page.said
    setting.set_value(3)
    page.run()
    assert page.player.run.epoch == 0
    assert page.player.run.experiment.training.learning_rate == 10.0
    page.play_to_the_end()
    assert 0 < page.player.run.epoch < 10
    assert "Goal reached." in page.said
    assert "A rate of 10 is large enough" in page.said
    way = f"Reached at epoch **{page.player.run.epoch}** with: Learning rate 10."
    assert way in page.said
    setting.set_value(0)
    page.run()
    assert way in page.said  # whatever is on screen by now
    assert "one-neuron.5" in page.at.session_state["lesson.done"]


def test_published_figures_stand_beside_ones_own_for_what_was_tried() -> None:
    page = Lessons(lesson="one-hidden", step="5")

    def tables() -> list[str]:
        return [each.proto.body for each in page.at.get("html") if "dnn-published" in each.proto.body]

    def reached() -> str:
        return f"{100 * page.player.newest.latest['train_accuracy']:.4g} %, epoch 1"

    assert tables() == []
    page.press("step")
    page.player.frame()
    page.run()
    (one,) = tables()
    assert one.count("<td") == 2
    assert ">67.5 %</td>" in one
    assert f">{reached()}</td>" in one
    (units,) = (each for each in page.at.get("button_group") if each.proto.label == "Hidden units")
    units.set_value(3)
    page.run()
    assert tables() == [one]
    page.press("step")
    page.player.frame()
    page.run()
    (both,) = tables()
    assert both.count("<td") == 4
    assert ">90.5 %</td>" in both
    assert "90.75" not in both


def test_the_run_before_a_change_stays_as_a_ghost_until_the_next_change_or_step() -> None:
    page = Lessons(lesson="sigmoid-net", step="6")

    def choose(setting: str, option: int) -> None:
        (group,) = (each for each in page.at.get("button_group") if each.proto.label == setting)
        group.set_value(option)
        page.run()

    def ghost() -> tuple[str, int] | None:
        found = page.player.ghost
        return found and (found.label, found.run.epoch)

    choose("Activation", 1)
    assert ghost() is None  # nothing was trained
    page.player.step()
    page.player.frame()
    choose("Hidden layers", 1)
    assert ghost() == ("Hidden layers 4", 1)
    page.press("reset")
    choose("Activation", 0)
    assert ghost() == ("Hidden layers 4, Tanh", 1)  # the last one that was trained
    choose("Activation", 1)
    choose("Hidden layers", 0)
    assert ghost() is None  # the same again
    page.player.step()
    page.player.frame()
    choose("Learning rate", 0)
    label = page.player.ghost
    assert label is not None
    assert translated(label.label, "zh") == "学习率 0.1"
    page.press("lesson_back")
    assert ghost() is None


def test_a_right_guess_that_is_no_number_is_right() -> None:
    """0.668 is in the range that was chosen, whatever the words beside it."""
    page = Lessons(lesson="weather", step="4")
    page.at.radio[0].set_value(2)
    page.run()
    page.play_to_the_end()
    assert "You were right. Train cost after 60 epochs: **0.668**." in page.said
    assert "**Not far from ln 2 = 0.69 (0.58 or more)** · right, your guess: **0.668**" in page.said


def test_it_is_the_step_that_pauses_the_run() -> None:
    page = Lessons(lesson="one-neuron", step="1")
    page.play_to_the_end()
    assert unpack(page.player.frame())[0]["reason"] == "Paused at epoch 30, where this step ends."


def test_another_server_goes_on_with_the_run_of_a_step() -> None:
    before = Lessons(lesson="one-neuron", step="1")
    for _ in range(12):
        before.player.step()
    text = snapshot_of(before.player)
    after = Lessons(**before.link)
    assert after.player.newest.epoch == 0
    after.at.session_state[recovery.KEPT] = {"number": 1, "text": text, "playing": True}
    after.run()
    assert (after.player.newest.epoch, after.player.state) == (12, "playing")
    np.testing.assert_array_equal(after.player.newest.params.vector, before.player.newest.params.vector)
    after.player.set_speed(UNLIMITED)
    while after.player.state == "playing":
        after.player.frame()
    assert after.player.newest.epoch == 30  # where the step ends
    elsewhere = Lessons(lesson="one-neuron", step="2")
    elsewhere.at.session_state[recovery.KEPT] = {"number": 1, "text": text, "playing": True}
    elsewhere.run()
    assert elsewhere.player.newest.epoch == 0


def test_settings_open_when_the_guess_is_answered() -> None:
    page = Lessons(lesson="weather", step="4")
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Standardise")
    assert setting.proto.disabled
    page.at.radio[0].set_value(0)
    page.run()
    page.play_to_the_end()
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Standardise")
    assert not setting.proto.disabled


def test_with_and_without_are_shown_in_step_once_the_run_has_decided() -> None:
    page = Lessons(lesson="faster", step="4")
    switches = [toggle.label for toggle in page.at.toggle]
    assert "With and without it, in step" not in switches
    page.at.radio[0].set_value(0)
    page.run()
    page.play_to_the_end()
    page.at.toggle(key="lesson.pair.faster.4").set_value(True)
    page.run()
    group = GroupPlayer.of(page.at.session_state["lesson.pair.token"])
    assert group is not None
    step = LESSONS["faster"].steps[3]
    assert [run.experiment for run in group.runs if run is not None] == [step.experiment, step.beside]
    assert (group.until, group.speed) == (step.epochs, step.speed)
    page.press("play")
    assert group.state == "paused"
    page.at.toggle(key="lesson.pair.faster.4").set_value(False)
    page.run()
    assert page.player.run.epoch == step.epochs


def test_the_picture_goes_back_to_the_epoch_that_the_text_speaks_of_and_returns() -> None:
    page = Lessons(lesson="valleys", step="6")
    page.at.radio[0].set_value(1)
    page.run()
    assert "Go back to epoch 20" not in [button.label for button in page.at.button]
    page.play_to_the_end()
    assert page.button("lesson_back_to").label == "Go back to epoch 20"
    page.press("lesson_back_to")
    page.player.settle()
    assert (page.player.run.epoch, page.player.newest.epoch) == (20, 120)
    assert "You were right. The train cost was below 0.6 for the first time at epoch **28**." in page.said
    assert page.button("lesson_back_to").label == "Return to the end"
    page.press("lesson_back_to")
    page.player.settle()
    assert page.player.run.epoch == 120
    assert page.button("lesson_back_to").label == "Go back to epoch 20"


def test_a_step_that_is_left_in_the_past_begins_at_epoch_0() -> None:
    page = Lessons(lesson="faster", step="3")
    page.play_to_the_end()
    page.press("lesson_back_to")
    page.player.settle()
    assert page.player.run.epoch == 15
    page.press("lesson_back")
    page.press("lesson_next")
    assert (page.player.run.epoch, page.player.newest.epoch) == (0, 0)
    assert "lesson_back_to" not in {button.key for button in page.at.button}


@pytest.mark.parametrize(("lesson", "step", "shows"), [("relu-net", "6", "health"), ("valleys", "3", "landscape")])
def test_what_may_tell_the_answer_is_opened_after_the_guess(lesson: str, step: str, shows: str) -> None:
    page = Lessons(lesson=lesson, step=step)
    before = page.opens
    assert before["shows"] == "cost"
    page.at.radio[0].set_value(0)
    page.run()
    after = page.opens
    assert after["shows"] == shows
    assert after["step"] != before["step"]
    page.run()
    assert page.opens == after  # and once only: the visitor may open something else


def test_a_step_that_asks_nothing_opens_its_picture_at_once() -> None:
    opens = Lessons(lesson="valleys", step="1").opens
    assert (opens["shows"], opens["logarithmic"]) == ("landscape", [])


def test_a_step_begins_with_logarithmic_epochs() -> None:
    assert Lessons(lesson="one-hidden", step="3").opens["logarithmic"] == ["epochs"]


def test_a_mistake_is_found_after_two_symptoms_are_named() -> None:
    page, guess = Lessons(lesson="spot-the-mistake", step="1"), "lesson.guess.spot-the-mistake.1"
    assert guess not in [radio.key for radio in page.at.radio]
    still, straight, _, higher, _ = page.at.checkbox
    still.check()
    straight.check()
    higher.check()
    page.run()
    assert guess not in [radio.key for radio in page.at.radio], "one of them is not a symptom"
    assert "No: largest change 0.412." in page.said
    assert "Yes: a straight line would colour 0.0 % of the plane otherwise." in page.said
    page.at.checkbox[0].uncheck()
    page.run()
    page.at.radio(key=guess).set_value("summed_bias")
    page.run()
    assert "Not this one" in page.said
    assert "lesson.done" not in page.at.session_state
    page.at.radio(key=guess).set_value("output_reads_z")
    page.run()
    assert "Found." in page.said
    assert "A gradient check catches it." in page.said
    assert "spot-the-mistake.1" in page.at.session_state["lesson.done"]


def test_the_curves_are_called_by_their_mistakes_when_the_last_one_is_found() -> None:
    page = Lessons(lesson="spot-the-mistake", step="6")

    def drawings() -> int:
        return [each.proto.component_name for each in page.at.get("bidi_component")].count("dnn.drawing")

    for symptom in ("lower than that", "accuracy is lower"):
        next(box for box in page.at.checkbox if symptom in box.label).check()
    page.run()
    assert drawings() == 0
    page.at.radio(key="lesson.guess.spot-the-mistake.6").set_value("bias_per_example")
    page.run()
    page.run()  # the page itself runs once more when the browser has kept what is done
    assert drawings() == 1


def test_a_lesson_begins_with_a_question_about_the_one_before_and_says_the_answer() -> None:
    page = Lessons(lesson="relu-net", step="1")
    recall = LESSONS["relu-net"].recall
    assert recall is not None
    (folded,) = (each for each in page.at.expander if each.label == recall.question)
    assert recall.why not in page.said
    folded.radio[0].set_value(0)
    page.run()
    assert f":green[:material/check_circle:] **{recall.choices[recall.right]}** · right" in page.said
    assert f":orange[:material/cancel:] {recall.choices[0]} · your guess" in page.said
    assert f"The answer is another one. {recall.why}" in page.said
    page.press("lesson_next")
    assert recall.question not in [each.label for each in page.at.expander]
    page.press("lesson_back")
    assert recall.why in page.said  # it stays answered


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


def test_a_step_begins_at_epoch_0_each_time() -> None:
    page = Lessons(lesson="one-hidden", step="3")
    page.at.radio[0].set_value(0)
    page.run()
    page.press("step")
    page.player.frame()
    assert page.player.run.epoch == 1
    page.press("lesson_back")
    page.press("lesson_next")
    assert page.player.run.epoch == 0


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


def test_the_first_of_each_word_is_explained_but_not_in_formulas() -> None:
    marked = glossary.mark_terms("The cost $cost$ and costs of `weight`, a **Weight**; learning rate; rebatch.")
    assert marked.count("dnn-meaning") == 3
    assert "$cost$" in marked
    assert "`weight`" in marked
    assert marked.index("dnn-word-cost") < marked.index("$cost$")
    assert "rebatch." in marked


def test_all_terms_are_used_and_explained() -> None:
    texts = glossary.mark_terms("\n".join(text for name in STEPS for text in said(name)))
    for term in GLOSSARY:
        assert f"dnn-word-{term.slug}" in texts, term.name


def test_no_star_of_any_text_in_any_language_is_left_to_be_read() -> None:
    """Markdown does not see the stars of 一个**权重**， once a tag stands beside them."""
    for text in (text for text in messages() if "*" in text):
        for language in LANGUAGES:
            said = glossary.mark_terms(translated(text, language))
            assert "*" not in re.sub(rf"{glossary.LITERAL}|(?<!\S)\*(?!\S)", "", said, flags=re.DOTALL), said


def test_stars_become_tags_around_words_but_not_in_formulas_and_code() -> None:
    assert glossary.mark_terms("一个**x**，*y*和 $a*b$ `c*d*e` **f $g*$ h** 2 * 3 * 4") == (
        "一个<strong>x</strong>，<em>y</em>和 $a*b$ `c*d*e` <strong>f $g*$ h</strong> 2 * 3 * 4"
    )
    assert glossary.mark_terms("a **weight**,").startswith('a <strong><a class="dnn-word"')


def test_every_equation_has_a_line_of_its_own() -> None:
    """A row of equations breaks where it is narrow; and two formulas on consecutive lines are one paragraph."""
    texts = [step.text.strip() for lesson in LESSONS.values() for step in lesson.steps]
    for text in (translated(text, language) for text in texts for language in LANGUAGES):
        for paragraph in re.split(r"\n\s*\n", text):
            if "$$" in paragraph:
                assert re.fullmatch(r"\$\$[^$]+\$\$", paragraph.strip()), paragraph
                for line in paragraph.split("\\\\"):
                    assert len(re.findall(r"=|\\leftarrow", line)) <= 1, line


def test_a_word_has_a_place_of_its_own_in_each_text() -> None:
    places = [re.findall(r'id="([^"]+)"', glossary.mark_terms(text)) for text in ("The cost falls.", "The cost rises.")]
    assert [len(each) for each in places] == [1, 1]
    assert places[0] != places[1]
