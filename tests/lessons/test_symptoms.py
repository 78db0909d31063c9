"""What can be seen of each flawed network: two of the symptoms that the step offers, from every seed where it shows."""

import numpy as np
import pytest

from dnn import LESSONS
from dnn.lessons import symptoms as s
from dnn.lessons.drawings.symptom_curves import CURVES
from dnn.lessons.straightness import misfit_of
from tests.lessons.seeded import SEEDS
from tests.mistakes.comparisons import compared

pytestmark = pytest.mark.slow

STEPS = LESSONS["spot-the-mistake"].steps
SEEN = (
    {s.STRAIGHT, s.ENDS_HIGHER},
    {s.HALVES, s.STILL},
    {s.LEAPING, s.SAME_START},
    {s.STARTS_HIGH, s.HALVES},
    {s.SAME_START, s.BREAKS_OFF},
    {s.ENDS_LOWER, s.TEST_WORSE},
)
# Those that do not show from all starting weights: the step shows the first of five.
NOT_ALWAYS = {s.HALVES: (3,), s.BREAKS_OFF: (4,)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("number", range(len(STEPS)))
def test_two_symptoms_are_seen_and_the_others_are_not(number: int, seed: int) -> None:
    asked = STEPS[number].mystery
    assert asked is not None
    found = compared(asked.mistake, seed)
    for symptom in asked.symptoms:
        if seed == 0 or number not in NOT_ALWAYS.get(symptom, ()):
            assert symptom.seen(found) == (symptom in SEEN[number]), (symptom.title, symptom.numbers(found))


ON_CURVES = {
    "ends_higher": s.ENDS_HIGHER,
    "still": s.STILL,
    "leaping": s.LEAPING,
    "starts_high": s.STARTS_HIGH,
    "breaks_off": s.BREAKS_OFF,
    "ends_lower": s.ENDS_LOWER,
}


def test_the_drawn_curves_are_those_of_the_steps_and_show_what_they_are_called_by() -> None:
    asked = {step.mystery.mistake for step in STEPS if step.mystery}
    assert {mistake for mistake, _ in CURVES.values()} == asked
    assert CURVES.keys() == ON_CURVES.keys()
    for name, (mistake, epochs) in CURVES.items():
        found = compared(mistake, 0, epochs)
        assert ON_CURVES[name].seen(found), name
        assert not any(ON_CURVES[other].seen(found) for other in {"still", "starts_high", "breaks_off"} - {name}), name


def test_every_step_offers_five_and_no_two_steps_the_same() -> None:
    offered = [step.mystery.symptoms for step in STEPS if step.mystery]
    assert [len(set(each)) for each in offered] == [5] * len(STEPS)
    assert len(set(offered)) == len(STEPS)
    assert len(set(map(frozenset, SEEN))) == len(STEPS)


def test_the_numbers_say_what_is_seen() -> None:
    straight, still, broken = (compared(name, 0) for name in ("output_reads_z", "tiny_start", "divides_by_output"))
    assert s.STRAIGHT.numbers(straight) == "a straight line would colour 0.0 % of the plane otherwise"
    assert s.STRAIGHT.numbers(still) == "there is no boundary"
    assert s.HALVES.numbers(still) == "answers from 0.50 to 0.50"
    assert s.BREAKS_OFF.numbers(broken) == f"no number from epoch {broken.flawed.broke_at} on"
    assert s.BREAKS_OFF.numbers(still) == "a number in every epoch"
    assert s.ENDS_HIGHER.numbers(broken).startswith("no number, the right one's 0.0001")


def test_a_bent_boundary_is_no_line() -> None:
    points = np.random.default_rng(0).uniform(-1.0, 1.0, (50, 2))
    assert misfit_of(lambda at: (at[:, 0] > 0.2).astype(float), points) < 1e-9
    assert misfit_of(lambda at: ((at**2).sum(axis=1) < 0.4).astype(float), points) > 0.1
