"""Every lesson has its form, and every step trains, asks what can be answered and sets goals that can be reached."""

from functools import reduce

import pytest

from dnn import LESSONS, advance, start
from dnn.lessons import Lesson, Step
from dnn.lessons.lesson import WORDS_AT_MOST, Condition, Prediction, answer, changed
from dnn.lessons.measures import EPOCHS, TEST_ACCURACY
from dnn.mistakes import MISTAKES

STEPS = {f"{lesson.id}.{number}": step for lesson in LESSONS.values() for number, step in enumerate(lesson.steps, 1)}

# What a guess turns out to be: the number of the right choice, from 0.
ANSWERS = {
    "one-neuron.2": 0,
    "one-neuron.4": 1,
    "one-hidden.2": 1,
    "one-hidden.3": 2,
    "one-hidden.4": 0,
    "sigmoid-net.2": 2,
    "sigmoid-net.3": 2,
    "sigmoid-net.5": 2,
    "relu-net.2": 1,
    "relu-net.3": 0,
    "relu-net.4": 2,
    "relu-net.6": 2,
    "modular.3": 0,
    "modular.4": 2,
    "starting-points.1": 2,
    "starting-points.2": 0,
    "starting-points.3": 0,
    "starting-points.5": 2,
    "overfitting.1": 2,
    "overfitting.2": 2,
    "overfitting.3": 0,
    "overfitting.4": 0,
    "overfitting.5": 0,
    "faster.2": 0,
    "faster.4": 0,
    "faster.5": 2,
    "faster.6": 0,
    "weather.2": 0,
    "weather.3": 2,
    "weather.4": 2,
}

# A way to every goal: the options to choose.
WAYS = {
    "one-neuron.5": ("10",),
    "one-hidden.5": ("3",),
    "sigmoid-net.6": ("4", "Tanh", "0.1"),
    "relu-net.5": ("He", "0.01"),
    "relu-net.7": ("0.3", "ReLU"),
    "modular.6": ("He",),
    "starting-points.6": ("He", "ReLU"),
    "overfitting.6": ("0.1", "0", "200"),
    "faster.7": ("Adam", "0.01"),
    "weather.6": ("Each input", "1", "0.1"),
}


def test_there_are_ten_and_the_tutorials_are_among_them() -> None:
    assert len(LESSONS) == 10
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


def test_every_guess_has_its_answer() -> None:
    assert {name for name, step in STEPS.items() if step.prediction} == ANSWERS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_the_run_decides_as_the_lesson_says(name: str) -> None:
    step = STEPS[name]
    assert step.prediction is not None
    assert len(step.prediction.choices) == len(step.prediction.limits) + 1
    assert list(step.prediction.limits) == sorted(step.prediction.limits)
    assert answer(step)[0] == ANSWERS[name]


def test_every_goal_has_a_way() -> None:
    assert {name for name, step in STEPS.items() if step.checkpoint} == WAYS.keys()


@pytest.mark.parametrize("name", WAYS)
def test_a_goal_can_be_reached_and_not_by_waiting(name: str) -> None:
    step = STEPS[name]
    assert step.checkpoint is not None
    options = [
        next(option for option in setting.options if option.label == label)
        for setting, label in zip(step.settings, WAYS[name], strict=True)
    ]

    def reaches(experiment: object) -> bool:
        run = start(experiment)  # type: ignore[arg-type]
        while run.epoch < step.epochs and not run.stopped:
            run = advance(run, 1)
            if step.checkpoint.reached(run):
                return True
        return False

    assert reaches(reduce(changed, options, step.experiment))
    assert not reaches(step.experiment)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_where_a_run_diverges_the_rate_can_be_made_smaller(step: Step) -> None:
    """The page then advises a smaller learning rate."""
    if step.mystery or not advance(start(step.experiment), step.epochs).diverged:
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
