"""The teacher's sheets and the three classes: every lesson has its sheet, minutes add up, and findings are so."""

import re

import pytest

from dnn import LESSONS, Experiment, advance, start
from dnn.lessons.class_hours import CLASS_HOURS, MINUTES, Activity, ClassHour
from dnn.lessons.sheets import SHEETS, Sheet
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.visitor import class_plan

pytestmark = pytest.mark.slow

SEEDS = range(5)
TASKS = {
    (hour.title, number): activity
    for hour in CLASS_HOURS
    for number, activity in enumerate(hour.activities, start=1)
    if activity.experiment
}


def test_every_lesson_has_its_sheet_in_order() -> None:
    assert list(SHEETS) == list(LESSONS)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_fits_its_lesson_and_a_class(sheet: Sheet) -> None:
    lesson = LESSONS[sheet.lesson]
    playing = sum(step.epochs / step.speed for step in lesson.steps) / 60
    asked = sum(bool(step.prediction or step.checkpoint or step.mystery) for step in lesson.steps)
    assert playing + 3 * asked + len(lesson.steps) <= sheet.minutes <= MINUTES
    assert len(sheet.aims) == len(sheet.misunderstandings) == 3
    assert all(1 <= each.step <= len(lesson.steps) for each in sheet.misunderstandings)
    for number in re.findall(r"[Ss]tep (\d+)", sheet.further):
        assert 1 <= int(number) <= len(lesson.steps)


@pytest.mark.parametrize("hour", CLASS_HOURS, ids=[hour.title for hour in CLASS_HOURS])
def test_the_minutes_of_a_class_add_up(hour: ClassHour) -> None:
    assert sum(activity.minutes for activity in hour.activities) == MINUTES


@pytest.mark.parametrize("hour", CLASS_HOURS, ids=[hour.title for hour in CLASS_HOURS])
def test_steps_of_a_class_exist_and_have_time_to_be_played(hour: ClassHour) -> None:
    for activity in hour.activities:
        assert not (activity.step and activity.experiment)
        if activity.step:
            lesson, _, number = activity.step.rpartition(".")
            step = LESSONS[lesson].steps[int(number) - 1]
            assert activity.minutes * 60 >= 2 * step.epochs / step.speed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("title", "number"), TASKS)
def test_a_task_in_the_playground_is_a_link_that_can_be_read(title: str, number: int, language: str) -> None:
    activity = TASKS[title, number]
    controls = frozenset(activity.controls)
    plan = class_plan.Plan(controls, title=translated(title, language), task=translated(activity.task, language))
    assert class_plan.read(class_plan.words(plan)) == (plan, ())
    assert controls


def latest(activity: Activity, seed: int, epochs: int, **settings: dict[str, object]) -> dict[str, float]:
    """The numbers of the task's run when these settings of its sections are changed."""
    assert activity.experiment is not None
    plain = activity.experiment.model_dump() | {"seed": seed}
    changed = {section: plain[section] | values for section, values in settings.items()}
    return advance(start(Experiment.of(**plain | changed)), epochs).latest


@pytest.mark.parametrize("seed", SEEDS)
def test_three_units_close_around_the_disc_and_two_do_not(seed: int) -> None:
    task = TASKS["What a network is", 3]
    runs = [latest(task, seed, 100, network={"hidden_layer_sizes": (units,)}) for units in (1, 2, 3, 4)]
    assert [run["test_accuracy"] >= 0.9 for run in runs] == [False, False, True, True]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_cost_falls_up_to_a_rate_of_one_and_leaps_at_ten(seed: int) -> None:
    task = TASKS["Why it fails", 1]
    costs = [latest(task, seed, 60, training={"learning_rate": rate})["train_cost"] for rate in (0.01, 0.1, 1.0, 10.0)]
    assert max(costs[:3]) < 0.4
    assert costs[3] > 0.693


@pytest.mark.parametrize("seed", SEEDS)
def test_the_race_is_won_as_the_teacher_reads(seed: int) -> None:
    task = TASKS["How it is trained well", 5]
    assert latest(task, seed, 300)["test_accuracy"] < 0.95
    training = {"optimizer": "adam", "learning_rate": 0.03}
    won = latest(task, seed, 300, training=training, network={"hidden_layer_sizes": (8, 8)})
    assert won["test_accuracy"] >= 0.95
