"""Every lesson has its form, and every step trains, asks what can be answered and sets goals that can be reached."""

import math
import re

import pytest

from dnn import LESSONS, advance, start
from dnn.experiment.differences import differences
from dnn.lessons import Lesson, Step, measures
from dnn.lessons.lesson import WORDS_AT_MOST, Condition, Prediction, answer, changed
from dnn.lessons.measures import EPOCHS, TEST_ACCURACY
from dnn.mistakes import MISTAKES
from tests.lessons.answers import ANSWERS
from tests.lessons.seeded import SEEDS, Seeded
from tests.lessons.steps import STEPS

pytestmark = pytest.mark.slow


def test_there_are_twelve_and_the_tutorials_are_among_them() -> None:
    assert len(LESSONS) == 12
    assert {"sigmoid-net", "one-hidden", "relu-net", "weather", "modular"} <= LESSONS.keys()


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_has_four_to_eight_short_steps(lesson: Lesson) -> None:
    assert 4 <= len(lesson.steps) <= 8
    for step in lesson.steps:
        assert 0 < len(step.text.split()) <= WORDS_AT_MOST, step.title
        assert step.epochs / step.speed <= 20  # seconds
        assert sum(map(bool, (step.prediction, step.checkpoint, step.mystery))) <= 1, step.title
    assert sum(step.epochs / step.speed for step in lesson.steps) < 5 * 60


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_every_option_is_one_and_the_step_begins_with_one(step: Step) -> None:
    for setting in step.settings:
        assert setting.chosen(step.experiment) is not None, setting.label
        assert len({changed(step.experiment, option) for option in setting.options}) == len(setting.options)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_step_goes_back_to_an_epoch_that_it_has_been_through(step: Step) -> None:
    assert step.back_to is None or 0 <= step.back_to < step.epochs


BESIDE = ("activation", "initializer", "optimizer", "schedule", "batch_size", "l2", "dropout", "patience")
PAIRS = {name: step for name, step in STEPS.items() if step.beside}


@pytest.mark.parametrize("step", PAIRS.values(), ids=PAIRS)
def test_the_run_beside_lacks_one_thing(step: Step) -> None:
    assert step.beside is not None
    found = differences((step.experiment, step.beside))
    (setting,) = {difference.setting.partition(".")[0] for difference in found}
    assert setting in BESIDE


@pytest.mark.parametrize("name", [name for name in PAIRS if name in ANSWERS])
def test_the_run_beside_would_have_answered_otherwise(name: str) -> None:
    asked, beside = PAIRS[name].prediction, PAIRS[name].beside
    assert asked is not None
    assert beside is not None
    assert asked.outcome(advance(start(beside), PAIRS[name].epochs)) != ANSWERS[name]


def test_every_guess_has_its_answer() -> None:
    assert {name for name, step in STEPS.items() if step.prediction} == ANSWERS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_the_run_decides_as_the_lesson_says(name: str) -> None:
    """From every seed, and clearly: the number is not one that is written like a limit."""
    asked = STEPS[name].prediction
    assert asked is not None
    for seed in SEEDS:
        run = Seeded(name, seed).run()
        assert asked.outcome(run) == ANSWERS[name], asked.measure.read(run)
        assert asked.measure.written(asked.measure.read(run)) not in map(asked.measure.written, asked.limits)


def test_the_page_takes_the_answer_from_the_step_itself() -> None:
    step = STEPS["weather.4"]
    right, value = answer(step)
    assert right == ANSWERS["weather.4"]
    assert value == Seeded("weather.4", 0).run().latest["train_cost"]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_choice_has_its_range_and_no_two_overlap(name: str) -> None:
    """What is read is what is compared: a label says in words what its range says in numbers."""
    asked = STEPS[name].prediction
    assert asked is not None
    assert len(asked.choices) == len(asked.limits) + 1
    assert list(asked.limits) == sorted(set(asked.limits))
    ranges = asked.ranges()
    assert len(set(ranges)) == len(ranges)
    for label, numbers in zip(asked.choices, ranges, strict=True):
        assert label or numbers
        found = re.findall(r"\d+(?:\.\d+)?", label.replace("ln 2 = 0.69", ""))
        assert not found, "numbers come from the limits"


@pytest.mark.parametrize(
    ("measure", "limits", "ranges"),
    [
        (measures.TEST_ACCURACY, (0.65, 0.9), ("less than 65 %", "65 % to 90 %", "90 % or more")),
        (measures.TRAIN_COST, (0.3, 0.58), ("less than 0.3", "0.3 to 0.58", "0.58 or more")),
        (measures.TRAIN_COST, (0.01, math.inf), ("less than 0.01", "0.01 or more", "")),
        (measures.EPOCHS, (101, 200), ("100 or fewer", "101 to 199", "200 or more")),
        (measures.MEETS_EDGE, (1.0,), ("0", "1 or more")),
        (measures.GRADIENT_RATIO, (10.0,), ("less than 10 times", "10 times or more")),
        (measures.UNIT_DIFFERENCE, (1e-6,), ("less than 0.000001", "0.000001 or more")),
    ],
)
def test_ranges_are_written_for_people(
    measure: measures.Measure, limits: tuple[float, ...], ranges: tuple[str, ...]
) -> None:
    assert Prediction("?", ("",) * len(ranges), measure, limits, "").ranges() == ranges


def test_a_run_that_broke_off_has_no_finite_cost() -> None:
    run = Seeded("starting-points.4", 0).run()
    assert run.diverged
    assert measures.TRAIN_COST.read(run) == math.inf
    assert Prediction("?", ("", "", "broken off"), measures.TRAIN_COST, (0.01, math.inf), "").outcome(run) == 2


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.checkpoint])
def test_a_goal_is_not_reached_by_waiting(name: str) -> None:
    assert not Seeded(name, 0).reached()


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if not step.mystery])
def test_no_step_opens_with_nearly_every_example_wrong(name: str) -> None:
    run = start(STEPS[name].experiment)
    if run.data.task != "regression":
        assert run.latest["train_accuracy"] > 0.2


@pytest.mark.parametrize("name", STEPS)
def test_where_a_run_diverges_the_rate_can_be_made_smaller(name: str) -> None:
    """The page then advises a smaller learning rate."""
    step = STEPS[name]
    if step.mystery or not Seeded(name, 0).run().diverged:
        return
    rates = [setting for setting in step.settings if setting.label == "Learning rate"]
    assert rates
    chosen = rates[0].chosen(step.experiment)
    assert chosen is not None
    assert chosen > 0


def test_a_mystery_names_its_mistake_among_others() -> None:
    for step in LESSONS["spot-the-mistake"].steps:
        assert step.mystery is not None
        assert step.mystery.mistake in step.mystery.suspects
        assert len(set(step.mystery.suspects)) >= 3
        assert MISTAKES.keys() >= set(step.mystery.suspects)


def test_a_prediction_chooses_by_its_limits() -> None:
    run = start(STEPS["one-neuron.1"].experiment)
    for limits, right in (((0.5,), 0), ((-0.5,), 1), ((-2.0, -1.0), 2), ((-1.0, 0.0), 2)):
        choices = ("a", "b", "c")[: len(limits) + 1]
        assert Prediction("?", choices, EPOCHS, limits, "").outcome(run) == right


def test_a_condition_that_has_no_number_is_not_met() -> None:
    run = start(STEPS["one-hidden.1"].experiment)  # without test examples
    assert not Condition(TEST_ACCURACY, least=0.0).met(run)
    assert Condition(EPOCHS, most=0).met(run)
    assert not Condition(EPOCHS, least=1).met(run)
