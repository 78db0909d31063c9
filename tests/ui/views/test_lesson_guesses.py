"""Guesses on the lessons' page: no play without one, the verdict, a mistake to be found, and what it opens."""

import pytest

from dnn import LESSONS
from dnn.lessons import measures
from tests.lessons.answers import ANSWERS
from tests.ui.views.lesson_page import Lessons

pytestmark = pytest.mark.slow


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
        (measures.UNIT_DIFFERENCE, 3e-17, "less than 0.000001"),
        (measures.UNIT_DIFFERENCE, 0.0, "0"),
        (measures.GRADIENT_RATIO, 19087.3, "19,100 times"),
        (measures.SPREAD_RATIO, 1.5, "1.5 times"),
        (measures.TEST_ACCURACY, 0.4111, "41.1 %"),
        (measures.EPOCHS, 57.0, "57"),
        (measures.GRADIENT_RATIO, float("inf"), "–"),
    ],
)
def test_numbers_are_written_for_people(measure: measures.Measure, value: float, written: str) -> None:
    assert measure.written(value) == written


def test_a_right_guess_that_is_no_number_is_right() -> None:
    """0.668 is in the range that was chosen, whatever the words beside it."""
    page = Lessons(lesson="weather", step="4")
    page.at.radio[0].set_value(2)
    page.run()
    page.play_to_the_end()
    assert "You were right. Train cost after 60 epochs: **0.668**." in page.said
    assert "**Not far from ln 2 = 0.69 (0.58 or more)** · right, your guess: **0.668**" in page.said


def test_settings_open_when_the_guess_is_answered() -> None:
    page = Lessons(lesson="weather", step="4")
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Standardise")
    assert setting.proto.disabled
    page.at.radio[0].set_value(0)
    page.run()
    page.play_to_the_end()
    (setting,) = (each for each in page.at.get("button_group") if each.proto.label == "Standardise")
    assert not setting.proto.disabled


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
