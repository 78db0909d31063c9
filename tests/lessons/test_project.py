"""A pupil's own network: training without test examples, the test that is counted, and the rubric."""

import numpy as np
import pytest

from dnn import LESSONS, Experiment, Run, advance, start
from dnn.lessons.lesson import changed
from dnn.lessons.project import DRAWN, RUBRIC, Attempt, asked_now, without_test
from tests.lessons.seeded import SEEDS

pytestmark = pytest.mark.slow

STEP = LESSONS["own-network"].steps[4]
VALIDATION, IN_TIME, UNITS, ONCE, HOLDS, EXPECTED = RUBRIC


def chosen(*labels: str, seed: int = 0) -> Experiment:
    """The step's experiment with the options of these labels, one a setting."""
    experiment = STEP.experiment.model_copy(update={"seed": seed})
    for setting, label in zip(STEP.settings, labels, strict=False):
        experiment = changed(experiment, next(option for option in setting.options if option.label == label))
    return experiment


def trained(experiment: Experiment, epochs: int = STEP.epochs) -> Run:
    return advance(start(experiment, data=without_test(experiment.make_data())), epochs)


@pytest.mark.parametrize("patience", ["Off", "20"])
def test_a_run_without_test_examples_trains_to_the_same_bits(patience: str) -> None:
    experiment = chosen("8 and 8", "0.03", patience)
    hidden, full = trained(experiment), advance(start(experiment), STEP.epochs)
    assert np.array_equal(hidden.params.vector, full.params.vector)
    assert hidden.history["validation_cost"].tolist() == full.history["validation_cost"].tolist()
    assert not hidden.has_test_data
    assert np.isnan(hidden.history["test_cost"]).all()


def test_the_test_examples_say_what_they_say_of_the_full_run() -> None:
    experiment = chosen("8 and 8", "0.03", "20")
    full = advance(start(experiment), STEP.epochs)
    asked = asked_now(Attempt(trained(experiment)))
    assert asked.asked == 1
    assert (asked.test_cost, asked.test_accuracy) == (full.latest["test_cost"], full.latest["test_accuracy"])
    assert asked_now(asked).asked == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_good_project_meets_the_whole_rubric(seed: int) -> None:
    run = trained(chosen("8 and 8", "0.03", "20", seed=seed))
    attempt = asked_now(Attempt(run, expected=0.95))
    assert [line.met(attempt) for line in RUBRIC] == [True] * len(RUBRIC)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_large_network_that_is_not_stopped_misses_two_lines(seed: int) -> None:
    attempt = asked_now(Attempt(trained(chosen("32 and 32", "0.03", seed=seed)), expected=0.95))
    assert not UNITS.met(attempt)
    assert not IN_TIME.met(attempt)


def test_what_is_not_asked_is_not_met_and_not_told() -> None:
    attempt = Attempt(trained(chosen("8 and 8")), expected=0.95)
    assert [line.met(attempt) for line in (ONCE, HOLDS, EXPECTED)] == [False] * 3
    assert [line.now(attempt) for line in (ONCE, HOLDS, EXPECTED)] == ["not asked yet", "hidden", "hidden"]


def test_asking_twice_and_a_wrong_expectation_are_not_met() -> None:
    attempt = asked_now(asked_now(Attempt(trained(chosen("8 and 8")), expected=0.5)))
    assert not ONCE.met(attempt)
    assert ONCE.now(attempt) == "asked 2 times"
    assert HOLDS.met(attempt)
    assert not EXPECTED.met(attempt)


def test_without_validation_or_training_nothing_is_in_time() -> None:
    experiment = chosen("8 and 8")
    alone = experiment.model_copy(update={"data": experiment.data.model_copy(update={"validation_share": 0.0})})
    for run in (trained(experiment, 0), trained(alone, 5)):
        assert not IN_TIME.met(Attempt(run))
        assert IN_TIME.now(Attempt(run)) == "not trained yet"
    assert not VALIDATION.met(Attempt(trained(alone, 0)))
    assert VALIDATION.met(Attempt(trained(experiment, 0)))


def test_drawn_examples_are_counted_by_class() -> None:
    few = Attempt(start(LESSONS["own-network"].steps[0].experiment))
    assert [(line.met(few), line.now(few)) for line in DRAWN] == [(False, "40"), (False, "20 + 20")]
    many = Attempt(trained(STEP.experiment, 0))
    assert all(line.met(many) for line in DRAWN)
    empty = Attempt(start(Experiment.of(data={"dataset": "own"})))
    assert [line.met(empty) for line in DRAWN] == [False, False]
